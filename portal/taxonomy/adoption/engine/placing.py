"""Names and places of entries, found together: no circle, no level too many, no two of a name at one place.

What cannot be is left as it was, and said; then the rest is looked at once more, until all of it can be.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from portal.taxonomy.adoption.engine.reading import Said, said
from portal.taxonomy.adoption.engine.town import (
    CIRCLE,
    DEEP,
    FORCE,
    NAME,
    PARENT,
    POSITION,
    SPOKEN,
    TAKEN,
    TWIN,
    Base,
    Group,
    Link,
    Release,
    Row,
    Shape,
    Town,
    Value,
)

# Whether something of an entry is to be taken: False, True, or FORCE, also where the municipality changed it.
Wants = Callable[[str, str], int]


@dataclass
class Placing:
    """One kind, one release. `fresh` are entries to be added, those above before those below."""

    town: Town
    kind: str
    shape: Shape
    release: Release
    wants: Wants
    fresh: list[Any]
    blocked: set[str] = field(default_factory=set)
    numbers: dict[str, int] = field(default_factory=dict)
    # Rows of its own in which an entry would be proposed: what belongs below it goes there.
    twins: dict[str, int] = field(default_factory=dict)

    def run(self) -> None:
        """Find the places, then write them."""
        self._look_for_twins()
        for value in self.fresh:
            self.numbers[value.code] = self.town.new_pk()
        wanted = self._wanted()
        while wrong := self._wrong(wanted) - self.blocked:
            self.blocked |= wrong
            wanted = self._wanted()
        self._write(wanted)

    def _told(self, value: Any) -> Said:
        return said(self.release, value, self.shape)

    def _look_for_twins(self) -> None:
        """An own row that may be the same thing: the entry is proposed for it, not put beside it."""
        linked = set(self.town.linked(self.kind))
        own = [row for row in self.town.rows.get(self.kind, {}).values() if row.pk not in linked]
        kept = []
        for value in self.fresh:
            twin = self._twin(value, own)
            if twin is None:
                kept.append(value)
                continue
            own.remove(twin)
            self.twins[value.code] = twin.pk
            self.town.say(value.code, self.kind, TWIN, twin.pk)
        self.fresh = kept

    def _twin(self, value: Value, own: list[Row]) -> Row | None:
        mine = self.shape.alike(self._told(value).values)
        found = [
            row
            for row in own
            if len(mine & self.shape.alike(row.values)) >= min(self.shape.least, len(mine) or 1)
            and (value.code, row.pk) not in self.town.refused
        ]
        return min(found, key=lambda row: (row.retired, row.pk), default=None)

    def place_of(self, code: str, own: int | None = None) -> Group:
        """Where what stands below this entry belongs: to its row, else to that of the nearest above it."""
        seen: set[str] = set()
        while code and code not in seen:
            seen.add(code)
            value = self.release.values.get(code)
            row = self._row_number(code)
            if row is not None and row != own:
                return row
            if value is None:
                return None
            code = value.replaced_by or value.parent
        return None

    def _row_number(self, code: str) -> int | None:
        row = self.town.row_of(code)
        if row is not None:
            return row.pk
        if code in self.numbers and code not in self.blocked:
            return self.numbers[code]
        return self.twins.get(code)

    def _wanted(self) -> dict[int, tuple[Group, str]]:
        """Place and name of every row, as they would be."""
        found = {
            pk: (row.parent, str(row.values.get(NAME, ""))) for pk, row in self.town.rows.get(self.kind, {}).items()
        }
        for value in self.fresh:
            if value.code not in self.blocked:
                pk = self.numbers[value.code]
                above = self.place_of(value.parent, pk) if self.shape.tree else None
                found[pk] = above, str(self._told(value).values.get(NAME, ""))
        for link, row, value in self._there():
            if link.code not in self.blocked:
                found[row.pk] = self._parent(link, row, value), self._name(link, row, value)
        return found

    def _there(self) -> Iterator[tuple[Link, Row, Any]]:
        for link, row in self.town.active(self.kind):
            value = self.release.values.get(link.code)
            if value is not None and not value.removed:
                yield link, row, value

    def takes(self, link: Link, name: str, unchanged: bool) -> bool:
        """Whether a field is to have the value of this release."""
        base, want = link.base.get(name), self.wants(link.code, name)
        if want == FORCE:
            return True
        return bool(want) and base is not None and unchanged and base.release <= self.release.number

    def _parent(self, link: Link, row: Row, value: Value) -> Group:
        base = link.base.get(PARENT)
        if not self.shape.tree or not self.takes(link, PARENT, base is not None and base.value[1] == row.parent):
            return row.parent
        return self.place_of(value.parent, row.pk)

    def _name(self, link: Link, row: Row, value: Value) -> str:
        name = str(row.values.get(NAME, ""))
        base = link.base.get(NAME)
        if NAME not in row.values or not self.takes(link, NAME, base is not None and base.value == name):
            return name
        return str(self._told(value).values[NAME])

    def _wrong(self, wanted: dict[int, tuple[Group, str]]) -> set[str]:
        """Entries that cannot be where or what they would be; nothing of what was so before."""
        changing = self._changing(wanted)
        found = self._circles(wanted, changing) or self._deep(wanted, changing)
        return found or (self._same_names(wanted, changing) if self.shape.unique else set())

    def _changing(self, wanted: dict[int, tuple[Group, str]]) -> dict[int, str]:
        rows = self.town.rows.get(self.kind, {})
        changing = {pk: code for code, pk in self.numbers.items() if pk in wanted}
        for link, row in self.town.active(self.kind):
            if wanted[row.pk] != (rows[row.pk].parent, str(rows[row.pk].values.get(NAME, ""))):
                changing[row.pk] = link.code
        return changing

    def _circles(self, wanted: dict[int, tuple[Group, str]], changing: dict[int, str]) -> set[str]:
        for pk in sorted(changing, key=lambda each: changing[each]):
            trail: list[int] = []
            at: Group = pk
            while at is not None and at not in trail:
                trail.append(at)
                at = wanted[at][0]
            if at is not None:
                ring = {changing[each] for each in trail[trail.index(at) :] if each in changing}
                if ring:
                    return self._said(ring, CIRCLE)
        return set()

    def _deep(self, wanted: dict[int, tuple[Group, str]], changing: dict[int, str]) -> set[str]:
        """The nearest of what changes on the way up from whatever stands too deep."""
        if not self.shape.tree:
            return set()
        for pk in sorted(wanted):
            trail: list[int] = []
            at: Group = pk
            while at is not None and at not in trail:
                trail.append(at)
                at = wanted[at][0]
            culprit = next((changing[each] for each in trail if each in changing), None)
            if len(trail) > self.shape.deepest and culprit is not None:
                return self._said({culprit}, DEEP)
        return set()

    def _same_names(self, wanted: dict[int, tuple[Group, str]], changing: dict[int, str]) -> set[str]:
        having: dict[tuple[Group, str], list[int]] = {}
        for pk, place in wanted.items():
            having.setdefault(place, []).append(pk)
        for pks in having.values():
            new = sorted((changing[pk], pk) for pk in pks if pk in changing)
            if len(pks) > 1 and new:
                lost = new if len(new) < len(pks) else new[1:]
                held = next(pk for pk in pks if pk not in {number for _code, number in lost})
                return self._said({code for code, _number in lost}, TAKEN, held)
        return set()

    def _said(self, codes: set[str], what: str, pk: int | None = None) -> set[str]:
        for code in sorted(codes):
            self.town.say(code, self.kind, what, pk)
        return codes

    def _write(self, wanted: dict[int, tuple[Group, str]]) -> None:
        town, number = self.town, self.release.number
        for value in self.fresh:
            if value.code not in self.blocked:
                pk = self.numbers[value.code]
                row = Row(pk, dict(self._told(value).values), wanted[pk][0])
                town.put(self.kind, row)
                town.links[value.code] = Link(value.code, self.kind, pk, self.bases(value, row))
        for link, row, value in self._there():
            if link.code in self.blocked or row.pk not in wanted or link.pk in self.numbers.values():
                continue
            parent, name = wanted[row.pk]
            if self.shape.tree and self._settles(link, PARENT, parent, row.parent):
                if parent != row.parent:
                    town.move(self.kind, row, parent)
                    link.base.pop(POSITION, None)
                _remember(link, PARENT, (value.parent, parent), number)
            if NAME in row.values and self._settles(link, NAME, name, row.values[NAME]):
                row.values[NAME] = name
                _remember(link, NAME, name, number)

    def _settles(self, link: Link, name: str, new: Any, old: Any) -> bool:
        """Whether the value of this release is (now) the municipality's, by its wish and not by its own change."""
        if new != old:
            return True
        base = link.base.get(name)
        known = base.value[1] if base is not None and name == PARENT else base.value if base is not None else None
        return self.takes(link, name, base is not None and known == old)

    def bases(self, value: Any, row: Row) -> dict[str, Base]:
        """What an entry that is taken whole remembers."""
        number = self.release.number
        found = {name: Base(each, number) for name, each in self._told(value).values.items()}
        found[SPOKEN] = Base(self._told(value).names, number)
        if self.shape.tree:
            found[PARENT] = Base((value.parent, row.parent), number)
        return found


def _remember(link: Link, name: str, value: Any, number: int) -> None:
    """The release is that in which a value was taken: where it says the same as before, nothing was."""
    base = link.base.get(name)
    if base is None or base.value != value:
        link.base[name] = Base(value, number)
