"""What a table would change in a list: found without changing anything, told before, found again when it is done.

Entries that the table does not name stay as they are, at the end of their place: a table never deletes.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.taxonomy.aliases import moved
from portal.vocabulary.kinds import Kind
from portal.vocabulary.rows import DEEPEST, Rows, parent_of
from portal.vocabulary.sheets.columns import NAME, NUMBER, PARENT, columns_of
from portal.vocabulary.sheets.naming import Finder

MOST_ERRORS = 50
# An entry of the list by its number, or a new one by that of its row (negative).
Key = int


@dataclass(slots=True)
class Item:
    """A row of the table: which entry it is, and what it says of it."""

    line: int
    key: Key
    name: str
    parent: Key | None
    values: dict[str, Any]

    @property
    def is_new(self) -> bool:
        return self.key < 0


@dataclass(frozen=True, slots=True)
class Change:
    """One entry before and after, for people."""

    line: int
    name: str
    what: tuple[str, ...]


@dataclass(slots=True)
class Plan:
    """Everything that would happen; `errors` (row, sentence): nothing happens."""

    items: list[Item] = field(default_factory=list)
    errors: list[tuple[int, str]] = field(default_factory=list)
    new: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    # The order below each entry in the end, and where it differs from today's.
    order: dict[Key | None, list[Key]] = field(default_factory=dict)
    reordered: list[str] = field(default_factory=list)
    same: int = 0
    left: list[str] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether the table says what is."""
        return not (self.new or self.changed or self.reordered)

    @property
    def digest(self) -> str:
        """The same for the same changes."""
        told = [[(each.line, each.name, each.what) for each in group] for group in (self.new, self.changed)]
        return hashlib.sha256(json.dumps([told, self.reordered], ensure_ascii=False).encode()).hexdigest()


def plan(
    kind: Kind, rows: Rows, read: list[tuple[int, dict[str, Any]]], errors: Iterable[tuple[int, str]] = ()
) -> Plan:
    """Compare a table with the list; `errors` are those of its cells, found when it was read."""
    made = Plan(errors=[(line, sentence) for line, sentence in errors])
    made.items = _items(kind, rows, read, made)
    if not made.errors:
        _check_shape(kind, rows, made)
    if not made.errors:
        _tell(kind, rows, made)
    made.errors.sort()
    return made


def _items(kind: Kind, rows: Rows, read: list[tuple[int, dict[str, Any]]], made: Plan) -> list[Item]:
    lines: dict[int, int] = {}
    keys: dict[int, Key] = {}
    led_on = moved(kind.model)
    items = []
    for line, cells in read:
        number = cells.get(NUMBER)
        if number is not None and number in lines:
            made.errors.append(
                (
                    line,
                    _("The number %(number)d stands in row %(row)d, too.") % {"number": number, "row": lines[number]},
                )
            )
            continue
        if number is not None and number in led_on:
            made.errors.append(
                (
                    line,
                    _("The entry with the number %(number)d was merged into “%(name)s”. Please delete the row.")
                    % {
                        "number": number,
                        "name": rows.by_pk[led_on[number]].name if led_on[number] in rows.by_pk else "?",
                    },
                )
            )
            continue
        key = number if number in rows.by_pk else -line
        if number is not None:
            lines[number], keys[number] = line, key
        values = {name: value for name, value in cells.items() if name not in (NUMBER, PARENT)}
        items.append(Item(line, key, cells.get(NAME, ""), None, values))
    _find_parents(kind, rows, read, items, keys, made)
    for item in items:
        _check_values(kind, rows, item, made)
    return items


def _find_parents(kind: Kind, rows: Rows, read: Any, items: list[Item], keys: Mapping[int, Key], made: Plan) -> None:
    if not kind.tree:
        return
    cells = dict(read)
    finder = Finder(rows, {item.key: item.name for item in items}, keys)
    wanted = {item.key: cells[item.line].get(PARENT, "") for item in items}
    for item in items:
        try:
            item.parent = finder.parent(wanted[item.key], wanted)
        except ValueError as problem:
            made.errors.append((item.line, str(problem)))


def _check_values(kind: Kind, rows: Rows, item: Item, made: Plan) -> None:
    if not item.name:
        made.errors.append((item.line, _("The name is missing.")))
        return
    row = _row_today(kind, rows, item)
    for name, value in item.values.items():
        setattr(row, name, value)
    others = [each.name for each in row._meta.fields if each.name not in item.values]
    try:
        row.clean_fields(exclude=others)
    except ValidationError as problem:
        made.errors += [(item.line, sentence) for sentence in problem.messages]
    for check, sentence in _RULES:
        if check(row):
            made.errors.append((item.line, sentence()))


def _row_today(kind: Kind, rows: Rows, item: Item) -> Any:
    """A row to try values on, which nobody saves."""
    row = kind.model()
    if not item.is_new:
        for column in columns_of(kind):
            if not column.told and column.key not in (NUMBER, PARENT):
                setattr(row, column.key, getattr(rows.by_pk[item.key], column.key))
    return row


def _ages_wrong(row: Any) -> bool:
    low, high = getattr(row, "min_age", None), getattr(row, "max_age", None)
    return low is not None and high is not None and low > high


def _half_a_point(row: Any) -> bool:
    lat, lon = getattr(row, "latitude", None), getattr(row, "longitude", None)
    if lat is None or lon is None:
        return lat is not lon
    return not (-90 <= lat <= 90 and -180 <= lon <= 180)


_RULES: tuple[tuple[Callable[[Any], bool], Callable[[], str]], ...] = (
    (_ages_wrong, lambda: _("The lowest age must not be above the highest.")),
    (_half_a_point, lambda: _("A point needs a latitude (−90 to 90) and a longitude (−180 to 180), or neither.")),
)


def _check_shape(kind: Kind, rows: Rows, made: Plan) -> None:
    """No rings, no namesakes at one place, not too deep; and the order in the end."""
    named = {item.key: item for item in made.items}
    parents: dict[Key, Key | None] = {pk: parent_of(row) for pk, row in rows.by_pk.items()}
    parents |= {item.key: item.parent for item in made.items}
    names = {pk: row.name for pk, row in rows.by_pk.items()} | {item.key: item.name for item in made.items}
    for item in made.items:
        trail = _trail(parents, item.key)
        if trail is None:
            said = " › ".join(names[each] for each in _ring(parents, item.key))
            made.errors.append(
                (item.line, _("“%(name)s” would stand below itself: %(ring)s.") % {"name": item.name, "ring": said})
            )
        elif len(trail) > DEEPEST:
            made.errors.append((item.line, _("At most %(most)d levels are possible.") % {"most": DEEPEST}))
    if made.errors:
        return
    for key in [*(item.key for item in made.items), *(pk for pk in rows.walk() if pk not in named)]:
        made.order.setdefault(parents[key], []).append(key)
    for parent, below in made.order.items():
        _check_names(parent, below, names, named, made)
    depths = {pk: _trail(parents, pk) for pk in rows.by_pk if pk not in named}
    deep = [names[pk] for pk, trail in depths.items() if trail is None or len(trail) > DEEPEST]
    if deep:
        made.errors.append(
            (0, _("“%(name)s” would stand deeper than %(most)d levels.") % {"name": deep[0], "most": DEEPEST})
        )


def _trail(parents: Mapping[Key, Key | None], key: Key) -> list[Key] | None:
    """From an entry up to the top; None where it comes back to itself."""
    found: list[Key] = []
    current: Key | None = key
    while current is not None:
        if current in found:
            return None
        found.append(current)
        current = parents[current]
    return found


def _ring(parents: Mapping[Key, Key | None], key: Key) -> list[Key]:
    found: list[Key] = []
    current: Key | None = key
    while current is not None and current not in found:
        found.append(current)
        current = parents[current]
    return [*found[::-1], found[-1]] if current is not None else found


def _check_names(
    parent: Key | None, below: list[Key], names: Mapping[Key, str], named: Mapping[Key, Item], made: Plan
) -> None:
    where = f" („{names[parent]}“)" if parent is not None else ""
    seen: dict[str, Key] = {}
    for key in below:
        other = seen.setdefault(names[key], key)
        if other == key:
            continue
        one = named.get(key) or named.get(other)
        rows = _("row %(row)d") % {"row": named[other].line} if other in named and key in named else _("in the list")
        made.errors.append(
            (
                one.line if one else 0,
                _("“%(name)s” stands twice at this place%(where)s (%(rows)s).")
                % {"name": names[key], "where": where, "rows": rows},
            )
        )


def _tell(kind: Kind, rows: Rows, made: Plan) -> None:
    named = {item.key for item in made.items}
    made.left = [rows.by_pk[pk].name for pk in rows.walk() if pk not in named]
    headings = {column.key: column.heading for column in columns_of(kind)}
    names = {pk: row.name for pk, row in rows.by_pk.items()} | {item.key: item.name for item in made.items}
    for item in made.items:
        if item.is_new:
            above = f"in „{names[item.parent]}“" if item.parent is not None else ""
            made.new.append(Change(item.line, item.name, (above,) if above else ()))
            continue
        what = _differences(rows, item, headings, names, tree=kind.tree)
        if what:
            made.changed.append(Change(item.line, rows.by_pk[item.key].name, tuple(what)))
        else:
            made.same += 1
    for parent, below in made.order.items():
        here = set(below)
        today = [pk for pk in rows.below.get(parent, []) if pk in here]
        before = set(today)
        if [key for key in below if key in before] != today:
            made.reordered.append(names[parent] if parent is not None else "")


def _differences(
    rows: Rows, item: Item, headings: Mapping[str, str], names: Mapping[Key, str], *, tree: bool
) -> list[str]:
    row = rows.by_pk[item.key]
    found = []
    for name, value in item.values.items():
        old = getattr(row, name)
        if old != value:
            found.append(f"{headings[name]}: {_shown(old)} → {_shown(value)}")
    if tree and parent_of(row) != item.parent:
        old_parent = parent_of(row)
        was = names[old_parent] if old_parent is not None else _("at the top")
        now = names[item.parent] if item.parent is not None else _("at the top")
        found.append(f"{headings[PARENT]}: {was} → {now}")
    return found


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "–" if value in (None, "") else str(value)
