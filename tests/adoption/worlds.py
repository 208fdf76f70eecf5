"""Catalogues and municipalities that hypothesis makes up: releases, and people who change what they took."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis import strategies as st

from core.text import fold
from portal.taxonomy.adoption.engine.stepping import adopt
from portal.taxonomy.adoption.engine.town import Row, Shape, Town

KIND, DEEPEST = "category", 4
NAMES = [f"{letter}{number}" for letter in "abc" for number in range(4)]
COLORS = ["", "#111111", "#222222", "#333333"]


@dataclass(frozen=True)
class Entry:
    code: str
    name: str
    kind: str = KIND
    parent: str = ""
    position: int = 0
    color: str = ""
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    replaced_by: str = ""
    removed: bool = False


@dataclass(frozen=True)
class Issue:
    number: int
    values: dict[str, Entry]


SHAPE = Shape(
    read=lambda value: {"name": value.name, "color": value.color},
    alike=lambda values: frozenset({fold(values["name"])}),
    tree=True,
    deepest=DEEPEST,
)
SHAPES = {KIND: SHAPE}


def _trail(values: dict[str, Entry], code: str) -> list[str]:
    found = []
    while code:
        found.append(code)
        code = values[code].parent
    return found


def _free(values: dict[str, Entry], name: str, parent: str, but: str = "") -> bool:
    return all(
        each.removed or each.code == but or (each.parent, each.name) != (parent, name) for each in values.values()
    )


@st.composite
def issues(draw: Any, most: int = 4) -> list[Issue]:
    """Releases 1, 2, … as the catalogue's own rules allow them."""
    values: dict[str, Entry] = {}
    for _entry in range(draw(st.integers(1, 6))):
        _add(draw, values)
    found = [Issue(1, dict(values))]
    for number in range(2, draw(st.integers(2, most)) + 1):
        for _deed in range(draw(st.integers(0, 5))):
            draw(st.sampled_from([_add, _rename, _paint, _move, _shift, _remove, _merge, _restore]))(draw, values)
        found.append(Issue(number, dict(values)))
    return found


def _one(draw: Any, values: dict[str, Entry]) -> Entry | None:
    there = [each for each in values.values() if not each.removed]
    return draw(st.sampled_from(there)) if there else None


def _add(draw: Any, values: dict[str, Entry]) -> None:
    there = ["", *(code for code, each in values.items() if not each.removed and len(_trail(values, code)) < 3)]
    name, parent = draw(st.sampled_from(NAMES)), draw(st.sampled_from(there))
    if _free(values, name, parent):
        code = f"K{len(values):02}"
        values[code] = Entry(
            code, name, parent=parent, position=draw(st.integers(0, 5)), color=draw(st.sampled_from(COLORS))
        )


def _rename(draw: Any, values: dict[str, Entry]) -> None:
    one, name = _one(draw, values), draw(st.sampled_from(NAMES))
    if one and _free(values, name, one.parent, one.code):
        values[one.code] = replace(one, name=name, translations={"en": {"name": f"{name} in English"}})


def _paint(draw: Any, values: dict[str, Entry]) -> None:
    if one := _one(draw, values):
        values[one.code] = replace(one, color=draw(st.sampled_from(COLORS)))


def _shift(draw: Any, values: dict[str, Entry]) -> None:
    if one := _one(draw, values):
        values[one.code] = replace(one, position=draw(st.integers(0, 9)))


def _move(draw: Any, values: dict[str, Entry]) -> None:
    one, other = _one(draw, values), _one(draw, values)
    parent = other.code if other and draw(st.booleans()) else ""
    if one is None or one.code in _trail(values, parent) or len(_trail(values, parent)) >= 2:
        return
    if _free(values, one.name, parent, one.code):
        values[one.code] = replace(one, parent=parent)


def _gone(values: dict[str, Entry], one: Entry, into: str) -> None:
    for code, each in list(values.items()):
        if each.parent == one.code and not each.removed:
            parent = into or one.parent
            if not _free(values, each.name, parent, code) or parent == code or code in _trail(values, parent):
                return
            values[code] = replace(each, parent=parent)
    for code, each in list(values.items()):
        if each.replaced_by == one.code:
            values[code] = replace(each, replaced_by=into or each.replaced_by)
    values[one.code] = replace(one, removed=True, replaced_by=into)


def _remove(draw: Any, values: dict[str, Entry]) -> None:
    if one := _one(draw, values):
        _gone(values, one, "")


def _merge(draw: Any, values: dict[str, Entry]) -> None:
    one, into = _one(draw, values), _one(draw, values)
    if one and into and one != into and one.code not in _trail(values, into.code):
        _gone(values, one, into.code)


def _restore(draw: Any, values: dict[str, Entry]) -> None:
    """What was removed or merged comes back: where it was, or at the top where that is no more."""
    gone = [each for each in values.values() if each.removed]
    if not gone:
        return
    one = draw(st.sampled_from(gone))
    parent = one.parent if one.parent and not values[one.parent].removed else ""
    if _free(values, one.name, parent, one.code) and len(_trail(values, parent)) < 3:
        values[one.code] = replace(one, parent=parent, removed=False, replaced_by="", position=9)


@st.composite
def towns(draw: Any, first: Issue) -> Town:
    """A municipality that took part of a release, and lives with it."""
    there = [code for code, each in first.values.items() if not each.removed]
    chosen = draw(st.lists(st.sampled_from(there), unique=True)) if there and draw(st.booleans()) else there
    before = Town(rows={KIND: {}}, order={KIND: {}})
    for number in range(draw(st.integers(0, 2))):
        _own(draw, before, 900 + number)
    town = written(adopt(before, SHAPES, first, chosen))
    for number in range(draw(st.integers(0, 6))):
        live(draw, town, 500 + number)
    town.used = frozenset((KIND, pk) for pk in town.rows[KIND] if draw(st.booleans()))
    town.notes = []
    return town


def live(draw: Any, town: Town, number: int) -> None:
    """One thing somebody does on the pages of the lists."""
    rows = town.rows[KIND]
    deeds = {
        "own": lambda _row: _own(draw, town, number),
        "rename": lambda row: _rename_row(draw, town, row),
        "paint": lambda row: row.values.update(color=draw(st.sampled_from(COLORS))),
        "move": lambda row: _move_row(draw, town, row),
        "order": lambda row: _shuffle(draw, town, row),
        "hide": lambda row: setattr(row, "retired", not row.retired),
        "delete": lambda row: None if town.below(KIND, row.pk) else town.drop(KIND, row.pk),
    }
    deed = draw(st.sampled_from(list(deeds) if rows else ["own"]))
    deeds[deed](draw(st.sampled_from(list(rows.values()))) if rows else None)


def _rename_row(draw: Any, town: Town, row: Row) -> None:
    name = draw(st.sampled_from([*NAMES, "eigen"]))
    if name_free(town, name, row.parent, row.pk):
        row.values["name"] = name


def _shuffle(draw: Any, town: Town, row: Row) -> None:
    siblings = town.order[KIND][row.parent]
    siblings[:] = draw(st.permutations(siblings))


def name_free(town: Town, name: str, parent: int | None, but: int | None = None) -> bool:
    return all(
        each.pk == but or (each.parent, each.values["name"]) != (parent, name) for each in town.rows[KIND].values()
    )


def _own(draw: Any, town: Town, number: int) -> None:
    above = [pk for pk in town.rows[KIND] if len(town.trail(KIND, pk)) < DEEPEST]
    name, parent = draw(st.sampled_from(NAMES)), draw(st.sampled_from([None, *above]))
    if name_free(town, name, parent):
        town.put(KIND, Row(number, {"name": name, "color": draw(st.sampled_from(COLORS))}, parent))


def _move_row(draw: Any, town: Town, row: Row) -> None:
    inside = set(town.walk(KIND, row.pk))
    places = [
        pk
        for pk in [None, *town.rows[KIND]]
        if pk not in inside
        and name_free(town, row.values["name"], pk, row.pk)
        and len(town.trail(KIND, pk)) + town.height(KIND, row.pk) <= DEEPEST
    ]
    town.move(KIND, row, draw(st.sampled_from(places)))


def written(town: Town) -> Town:
    """As the database gives it back: new rows have numbers of their own."""
    known = [pk for rows in town.rows.values() for pk in rows if pk > 0]
    first = max(known, default=0) + 1
    numbers = {-n: first + n for n in range(1, -town.last_new + 1)}

    def now(pk: int | None) -> int | None:
        return numbers.get(pk, pk) if pk is not None else None

    fresh = Town(used=town.used, refused=town.refused)
    for kind, rows in town.rows.items():
        fresh.rows[kind] = {
            now(row.pk): Row(now(row.pk), dict(row.values), now(row.parent), row.retired) for row in rows.values()
        }
        fresh.order[kind] = {now(above): [now(pk) for pk in pks] for above, pks in town.order[kind].items()}
    for code, link in town.links.items():
        copy = link.copy()
        copy.pk = now(copy.pk)
        if "parent" in copy.base:
            base = copy.base["parent"]
            copy.base["parent"] = replace(base, value=(base.value[0], now(base.value[1])))
        fresh.links[code] = copy
    return fresh
