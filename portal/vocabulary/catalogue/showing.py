"""What the pages of the shared catalogue show."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from portal.taxonomy.adoption.engine.reading import in_order
from portal.taxonomy.adoption.engine.town import Row, Town, own_fields
from portal.taxonomy.adoption.kinds import Adoptable, kinds
from portal.vocabulary.catalogue.wording import own_words, title_of
from shared_categories.reading import Snapshot


@dataclass(frozen=True, slots=True)
class Choice:
    """An entry to tick: how deep it stands, and whether it is here already."""

    code: str
    name: str
    definition: str
    depth: int
    here: bool


@dataclass(frozen=True, slots=True)
class Group:
    """All of one kind, with how many of it are here."""

    kind: str
    title: str
    choices: list[Choice]
    here: int


@dataclass(frozen=True, slots=True)
class Numbers:
    """How a kind stands."""

    title: str
    all: int
    here: int
    changed: int
    own: int


@dataclass(frozen=True, slots=True)
class Linked:
    """A row with its entry."""

    code: str
    name: str
    url: str
    entry: str
    changed: str


@dataclass(frozen=True, slots=True)
class Own:
    """A row without one."""

    kind: str
    pk: int
    name: str
    url: str


def groups(newest: Snapshot, town: Town) -> list[Group]:
    """Everything of the catalogue that can be adopted, as trees."""
    return [group for each in kinds() if (group := _group(each, newest, town)).choices]


def _group(adoptable: Adoptable, newest: Snapshot, town: Town) -> Group:
    choices = [
        Choice(value.code, value.name, value.definition or value.text, depth, town.row_of(value.code) is not None)
        for value, depth in _walk(newest, adoptable.kind, "", 0)
    ]
    return Group(adoptable.kind, str(adoptable.title), choices, sum(each.here for each in choices))


def _walk(newest: Snapshot, kind: str, above: str, depth: int) -> Iterator[tuple[Any, int]]:
    for value in newest.children.get(above, ()):
        if value.kind == kind:
            yield value, depth
            yield from _walk(newest, kind, value.code, depth + 1)


def numbers(newest: Snapshot, town: Town) -> list[Numbers]:
    """For the first page: each kind with how much of it is here."""
    found = []
    for each in kinds():
        linked = list(town.active(each.kind))
        changed = sum(bool(own_fields(link, row)) or row.retired for link, row in linked)
        entries = len(list(in_order(newest, each.kind)))
        own = len(town.rows[each.kind]) - len(linked)
        if entries or linked:
            found.append(Numbers(str(each.title), entries, len(linked), changed, own))
    return found


def links(newest: Snapshot, town: Town) -> list[tuple[str, list[Linked], list[Own]]]:
    """For each kind the rows with their entries, and those that have none."""
    found = []
    for each in kinds():
        linked = town.linked(each.kind)
        rows = list(town.rows[each.kind].values())
        with_entry = [_linked(each, town, newest, row) for row in rows if row.pk in linked]
        without = [
            Own(each.kind, row.pk, title_of(row.values), each.url(row.pk)) for row in rows if row.pk not in linked
        ]
        found.append((str(each.title), with_entry, without))
    return found


def _linked(adoptable: Adoptable, town: Town, newest: Snapshot, row: Row) -> Linked:
    link = town.linked(adoptable.kind)[row.pk]
    value = newest.values.get(link.code)
    return Linked(
        link.code,
        title_of(row.values),
        adoptable.url(row.pk),
        value.name if value is not None else link.code,
        own_words(link, row),
    )


def free_entries(newest: Snapshot, town: Town, kind: str) -> list[tuple[str, str]]:
    """Entries that no row is linked with, with their way from the top."""
    found = []
    for value in in_order(newest, kind):
        if town.row_of(value.code) is None:
            found.append((value.code, " › ".join(_trail(newest, value.code))))
    return sorted(found, key=lambda pair: pair[1].casefold())


def _trail(newest: Snapshot, code: str) -> list[str]:
    found: list[str] = []
    while code in newest.values and len(found) < 9:
        found.insert(0, newest.values[code].name)
        code = newest.values[code].parent
    return found
