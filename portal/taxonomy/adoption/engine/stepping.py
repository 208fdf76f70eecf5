"""Taking releases: one step a release, in their order, so that one by one and all at once are the same by construction.

A field is compared three ways: what the municipality has, what it once took (the base), what the release says. Where it
still has what it took, it takes the new value, and the base moves along. Where it does not, its own value stays, and so
does the base: what was changed here stays changed, whatever later releases say.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from portal.taxonomy.adoption.engine import joining, ordering
from portal.taxonomy.adoption.engine.placing import Placing, Wants
from portal.taxonomy.adoption.engine.reading import in_order, said
from portal.taxonomy.adoption.engine.town import (
    APART,
    CIRCLE,
    DEEP,
    FORCE,
    GONE,
    JOINED,
    NAME,
    OWN,
    PARENT,
    RETIRED,
    SPOKEN,
    TAKEN,
    Base,
    Group,
    Link,
    Release,
    Row,
    Shape,
    Town,
)

Shapes = Mapping[str, Shape]


def everything(code: str, name: str) -> int:
    """Take all of it."""
    return True


def nothing(code: str, name: str) -> int:
    """Take none of it."""
    return False


def every_order(kind: str, above: Group) -> int:
    """Follow the order of every place."""
    return True


def no_order(kind: str, above: Group) -> int:
    """Follow no order."""
    return False


def follows(town: Town, value: Any) -> bool:
    """Whether a new entry belongs to what the municipality has taken: below an entry it has; at the top, where it has
    left out nothing of that."""
    if value.parent:
        return town.row_of(value.parent) is not None
    here = [link for link in town.links.values() if link.kind == value.kind]
    left_out = any(link.pk is None and not _above(link) for link in here)
    return any(link.pk is not None for link in here) and not left_out


def _above(link: Link) -> str:
    base = link.base.get(PARENT)
    return base.value[0] if base is not None else ""


def take_all(town: Town, shapes: Shapes, releases: Sequence[Release]) -> Town:
    """The municipality after it took everything of these releases, the oldest first."""
    after = town.copy()
    for release in releases:
        before: Town | None = None
        for _pass in range(MOST_PASSES):
            # What was said before and is so no more is not said.
            after.notes = [note for note in after.notes if note.what in _DONE]
            step(after, shapes, release, wants=everything, orders=every_order, adds=follows)
            if not any(note.what in _STUCK for note in after.notes):
                break
            if before is not None and after.is_like(before):
                break
            before = after.copy()
    return after


# What one pass cleared away (a name, a circle) another can use; more than three were never needed.
MOST_PASSES = 6
_DONE = frozenset({JOINED, RETIRED, GONE, OWN})
_STUCK = frozenset({CIRCLE, DEEP, TAKEN, APART})


def step(
    town: Town,
    shapes: Shapes,
    release: Release,
    *,
    wants: Wants,
    orders: Callable[[str, Group], int],
    adds: Callable[[Town, Any], bool],
) -> None:
    """One release, in place."""
    for kind, shape in shapes.items():
        joining.forget(town, kind, release)
        joining.merge(town, kind, shape, release, wants)
        fresh = _fresh(town, kind, release, adds)
        Placing(town, kind, shape, release, wants, fresh).run()
        _fields(town, kind, shape, release, wants)
        joining.remove(town, kind, shape, release, wants)
        if shape.ordered:
            ordering.settle(town, kind, release, orders)


def _fresh(town: Town, kind: str, release: Release, adds: Callable[[Town, Any], bool]) -> list[Any]:
    """What is to be added, those above before those below. What stands below something added is asked after it."""
    unknown = [value for value in in_order(release, kind) if value.code not in town.links]
    if not unknown:
        return []
    found: list[Any] = []
    imagined = Town({each: dict(rows) for each, rows in town.rows.items()}, links=dict(town.links))
    for value in unknown:
        if adds(imagined, value):
            found.append(value)
            imagined.links[value.code] = Link(value.code, kind, 0, {})
            imagined.rows.setdefault(kind, {})[0] = Row(0, {})
    return found


def _fields(town: Town, kind: str, shape: Shape, release: Release, wants: Wants) -> None:
    for link, row in town.active(kind):
        value = release.values.get(link.code)
        if value is None or value.removed:
            continue
        told = said(release, value, shape)
        for name, new in told.values.items():
            if name != NAME:
                _field(link, row, name, new, release.number, wants(link.code, name))
        base = link.base.get(SPOKEN)
        older = base is None or (base.release <= release.number and base.value != told.names)
        if older and wants(link.code, SPOKEN):
            link.base[SPOKEN] = Base(told.names, release.number)


def _field(link: Link, row: Row, name: str, new: Any, number: int, want: int) -> None:
    base = link.base.get(name)
    if want == FORCE:
        unchanged = True
    else:
        unchanged = bool(want) and base is not None and row.values[name] == base.value and base.release <= number
    if unchanged and (base is None or base.value != new or row.values[name] != new):
        row.values[name] = new
        link.base[name] = Base(new, number)


def adopt(town: Town, shapes: Shapes, release: Release, codes: Collection[str]) -> Town:
    """Take these entries; what else there is of their kinds is remembered as left out, where it was not known yet."""
    after = town.copy()
    for code in codes:
        if code in after.links and after.row_of(code) is None:
            del after.links[code]
    chosen = set(codes)

    def wants(code: str, name: str) -> int:
        # What stands higher up because this was not here comes below it; nothing else moves.
        base = after.links[code].base.get(name) if code in after.links and code in release.values else None
        return name == PARENT and base is not None and base.value[0] == release.values[code].parent

    step(after, shapes, release, wants=wants, orders=no_order, adds=lambda _town, value: value.code in chosen)
    leave_out(after, shapes, release, [each.code for each in release.values.values() if each.code not in chosen])
    return after


def leave_out(town: Town, shapes: Shapes, release: Release, codes: Iterable[str]) -> None:
    """Remember that these were not wanted."""
    for code in codes:
        value = release.values.get(code)
        twins = {note.code for note in town.notes if note.what in {"twin", "taken"}}
        if value is None or value.removed or code in town.links or value.kind not in shapes or code in twins:
            continue
        base = {PARENT: Base((value.parent, None), release.number)}
        town.links[code] = Link(code, str(value.kind), None, base)
