"""A municipality's lists and what was taken of the catalogue, as plain values.

Nothing here keeps book of changes somebody makes: what differs from the value that was taken (its `Base`) was changed
by the municipality, whoever did it and on whatever page.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, Protocol

# Fields that are no columns: the place in the tree, the order among siblings, the names in other languages.
PARENT, POSITION, SPOKEN, NAME = "parent", "position", "spoken", "name"
_code = attrgetter("code")
# To take also what the municipality changed (`placing.Wants`).
FORCE = 2
# What can be wanted of an entry besides its fields.
MERGED, REMOVED, ADDED = "merged", "removed", "added"


class Value(Protocol):
    """An entry of a release (`shared_categories.reading.Value`)."""

    @property
    def code(self) -> str: ...
    @property
    def kind(self) -> Any: ...
    @property
    def name(self) -> str: ...
    @property
    def parent(self) -> str: ...
    @property
    def position(self) -> int: ...
    @property
    def replaced_by(self) -> str: ...
    @property
    def removed(self) -> bool: ...


class Release(Protocol):
    """A release (`shared_categories.reading.Snapshot`)."""

    @property
    def number(self) -> int: ...
    @property
    def values(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Shape:
    """How one kind of the catalogue stands in a municipality.

    `read` gives the fields of an entry as they would stand in its row (without its place); `alike` what two rows must
    share to be perhaps the same thing, and how much of it.
    """

    read: Callable[[Any], dict[str, Any]]
    alike: Callable[[Mapping[str, Any]], frozenset[str]]
    least: int = 1
    tree: bool = False
    ordered: bool = True
    # No two of a name at one place.
    unique: bool = True
    # What is not wanted any more can be retired; where not, its row goes.
    retires: bool = True
    deepest: int = 1


@dataclass(frozen=True, slots=True)
class Base:
    """What the catalogue said when the municipality took it, and in which release."""

    value: Any
    release: int


@dataclass(slots=True)
class Link:
    """An entry the municipality has (`pk`), or left out (None). Bases by field; that of the place is (code above,
    number of the row it was put under), that of the order its number among siblings that came from the catalogue."""

    code: str
    kind: str
    pk: int | None
    base: dict[str, Base] = field(default_factory=dict)

    def copy(self) -> "Link":
        return Link(self.code, self.kind, self.pk, dict(self.base))

    def is_of(self, other: "Link | None") -> bool:
        """Whether it is the link of the same row to the same entry, whatever each remembers."""
        return other is not None and (self.code, self.kind, self.pk) == (other.code, other.kind, other.pk)


@dataclass(slots=True)
class Row:
    """A row of the municipality. New ones have negative numbers until they are written."""

    pk: int
    values: dict[str, Any]
    parent: int | None = None
    retired: bool = False

    def copy(self) -> "Row":
        return Row(self.pk, dict(self.values), self.parent, self.retired)


@dataclass(frozen=True, slots=True)
class Note:
    """Something that is said about an entry: `what` is one of SAID, `pk` the row it is about."""

    code: str
    kind: str
    what: str
    pk: int | None = None


# Not moved: circle or too deep; not named or added: the name is taken; perhaps the same as an own row; merged; could
# not be merged; retired; gone (kinds that cannot be retired); stays as the municipality's own.
CIRCLE, DEEP, TAKEN, TWIN, JOINED, APART, RETIRED, GONE, OWN = (
    "circle", "deep", "taken", "twin", "joined", "apart", "retired", "gone", "own",
)  # fmt: skip

Group = int | None


@dataclass(slots=True)
class Town:
    """All of it. `order`: the rows below each place, in their order; `used`: rows something hangs on; `refused`: pairs
    of code and row that somebody said are not the same."""

    rows: dict[str, dict[int, Row]] = field(default_factory=dict)
    order: dict[str, dict[Group, list[int]]] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)
    used: frozenset[tuple[str, int]] = frozenset()
    refused: frozenset[tuple[str, int]] = frozenset()
    merged: list[tuple[str, int, int]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    last_new: int = 0

    def copy(self) -> "Town":
        """One that can be changed without changing this."""
        return Town(
            {kind: {pk: row.copy() for pk, row in rows.items()} for kind, rows in self.rows.items()},
            {kind: {above: list(pks) for above, pks in groups.items()} for kind, groups in self.order.items()},
            {code: link.copy() for code, link in self.links.items()},
            self.used,
            self.refused,
            list(self.merged),
            list(self.notes),
            self.last_new,
        )

    def is_like(self, other: "Town") -> bool:
        """Whether rows, their order and what is remembered are the same."""
        return (self.rows, self.order, self.links) == (other.rows, other.order, other.links)

    def row_of(self, code: str) -> Row | None:
        """The row of an entry; None where it was left out or its row is gone."""
        link = self.links.get(code)
        if link is None or link.pk is None:
            return None
        return self.rows.get(link.kind, {}).get(link.pk)

    def active(self, kind: str) -> Iterator[tuple[Link, Row]]:
        """Entries of a kind the municipality has, with their rows, in the order of their codes."""
        rows = self.rows.get(kind, {})
        found = [link for link in self.links.values() if link.kind == kind and link.pk in rows]
        found.sort(key=_code)
        for link in found:
            row = rows.get(link.pk or 0)
            # Whoever reads may let go of some on the way.
            if row is not None:
                yield link, row

    def all_active(self) -> Iterator[tuple[Link, Row]]:
        """Of all kinds."""
        for kind in self.rows:
            yield from self.active(kind)

    def linked(self, kind: str) -> dict[int, Link]:
        """The link of each row that has one."""
        return {row.pk: link for link, row in self.active(kind)}

    def below(self, kind: str, pk: Group) -> list[int]:
        """What stands directly below a row, in order."""
        return self.order.get(kind, {}).get(pk, [])

    def walk(self, kind: str, pk: int) -> Iterator[int]:
        """It and everything below it."""
        yield pk
        for each in self.below(kind, pk):
            yield from self.walk(kind, each)

    def trail(self, kind: str, pk: Group) -> list[int]:
        """It and everything above it, from below."""
        found: list[int] = []
        while pk is not None and pk not in found:
            found.append(pk)
            pk = self.rows[kind][pk].parent
        return found

    def height(self, kind: str, pk: int) -> int:
        """How many levels it takes."""
        return 1 + max((self.height(kind, each) for each in self.below(kind, pk)), default=0)

    def put(self, kind: str, row: Row) -> None:
        """A row at the end of its place."""
        self.rows.setdefault(kind, {})[row.pk] = row
        self.order.setdefault(kind, {}).setdefault(row.parent, []).append(row.pk)

    def move(self, kind: str, row: Row, parent: Group) -> None:
        """To the end of another place."""
        if row.parent != parent:
            self.order[kind][row.parent].remove(row.pk)
            row.parent = parent
            self.order[kind].setdefault(parent, []).append(row.pk)

    def drop(self, kind: str, pk: int) -> Row:
        """Take a row out on which nothing stands."""
        row = self.rows[kind].pop(pk)
        self.order[kind][row.parent].remove(pk)
        return row

    def new_pk(self) -> int:
        """For a row that is not written yet."""
        self.last_new -= 1
        return self.last_new

    def say(self, code: str, kind: str, what: str, pk: int | None = None) -> None:
        """Note something once."""
        note = Note(code, kind, what, pk)
        if note not in self.notes:
            self.notes.append(note)


def is_moved(link: Link, row: Row) -> bool:
    """Whether the municipality put it elsewhere."""
    base = link.base.get(PARENT)
    return base is not None and row.parent != base.value[1]


def own_fields(link: Link, row: Row) -> list[str]:
    """The fields the municipality changed, its place among them."""
    found = [name for name, value in row.values.items() if name in link.base and link.base[name].value != value]
    found += [name for name in row.values if name not in link.base]
    return [*found, PARENT] if is_moved(link, row) else found
