"""Entries that the catalogue merged or removed: what is unchanged follows, what is the municipality's own stays."""

from portal.taxonomy.adoption.engine.placing import Wants
from portal.taxonomy.adoption.engine.town import (
    APART,
    GONE,
    JOINED,
    MERGED,
    NAME,
    OWN,
    PARENT,
    POSITION,
    REMOVED,
    RETIRED,
    Base,
    Link,
    Release,
    Row,
    Shape,
    Town,
    own_fields,
)


def merge(town: Town, kind: str, shape: Shape, release: Release, wants: Wants) -> None:
    """Let entries follow into what they were merged into."""
    for link, row in list(town.active(kind)):
        value = release.values.get(link.code)
        if value is None or not value.replaced_by or _is_newer(link, release) or not wants(link.code, MERGED):
            continue
        if own_fields(link, row) or row.retired:
            _keep(town, link, row)
            continue
        target = town.row_of(value.replaced_by)
        if target is None or target.pk < 0:
            _take_name(town, link, row, value.replaced_by, target)
        elif can_join(town, kind, shape, row, target):
            _join(town, link, row, target)
        else:
            town.say(link.code, kind, APART, row.pk)


def _is_newer(link: Link, release: Release) -> bool:
    """Whether it was taken of a later release: an entry that was removed can come back."""
    return bool(link.base) and all(base.release > release.number for base in link.base.values())


def _keep(town: Town, link: Link, row: Row) -> None:
    """It is an entry of the municipality's own from now on."""
    del town.links[link.code]
    town.say(link.code, link.kind, OWN, row.pk)


def _take_name(town: Town, link: Link, row: Row, code: str, new: Row | None) -> None:
    """What it was merged into is not here: it becomes that. Where that was added a release before, in the same breath,
    there is nothing on it yet but what came with it."""
    kind = link.kind
    if new is not None:
        if new.pk in town.trail(kind, row.pk):
            _take_place(town, link, row, code, new)
        for pk in list(town.below(kind, new.pk)):
            _carry(town, kind, pk, new.pk, row.pk)
        town.drop(kind, new.pk)
    del town.links[link.code]
    town.links[code] = Link(code, kind, row.pk, link.base)
    town.say(link.code, kind, JOINED, row.pk)


def _take_place(town: Town, link: Link, row: Row, code: str, new: Row) -> None:
    """The catalogue had put it below what it becomes: it goes where that stood, or what is carried to it would stand
    above it."""
    town.move(link.kind, row, new.parent)
    link.base.pop(POSITION, None)
    if PARENT in town.links[code].base:
        link.base[PARENT] = town.links[code].base[PARENT]


def _carry(town: Town, kind: str, pk: int, old: int, new: int) -> None:
    """To another row, which from now on is the place the catalogue gave it."""
    child = town.rows[kind][pk]
    link = town.linked(kind).get(pk)
    if link is not None and PARENT in link.base and link.base[PARENT].value[1] == old:
        base = link.base[PARENT]
        link.base[PARENT] = Base((base.value[0], new), base.release)
        link.base.pop(POSITION, None)
    town.move(kind, child, new)


def can_join(town: Town, kind: str, shape: Shape, row: Row, target: Row) -> bool:
    """Whether a row can go into another: as portal.vocabulary.merging sees it."""
    if row.pk in town.trail(kind, target.pk):
        return False
    if not shape.tree:
        return True
    names = {town.rows[kind][each].values[NAME] for each in town.below(kind, target.pk) if each != row.pk}
    if any(town.rows[kind][each].values[NAME] in names for each in town.below(kind, row.pk)):
        return False
    return len(town.trail(kind, target.pk)) + town.height(kind, row.pk) - 1 <= shape.deepest


def _join(town: Town, link: Link, row: Row, target: Row) -> None:
    """What stood below it by the municipality's wish or the catalogue's stands below the other now; what was moved out
    stays out: its base names a row that is no more."""
    kind = link.kind
    for pk in list(town.below(kind, row.pk)):
        _carry(town, kind, pk, row.pk, target.pk)
    town.drop(kind, row.pk)
    town.merged.append((kind, row.pk, target.pk))
    del town.links[link.code]
    if (kind, row.pk) in town.used:
        town.used |= {(kind, target.pk)}
    town.say(link.code, kind, JOINED, target.pk)


def remove(town: Town, kind: str, shape: Shape, release: Release, wants: Wants) -> None:
    """Let go of entries that were removed, those below before those above."""
    gone = [(link, row) for link, row in town.active(kind) if _is_removed(release, link) and wants(link.code, REMOVED)]
    for link, row in sorted(gone, key=lambda pair: (-len(town.trail(kind, pair[1].pk)), pair[0].code)):
        offered = any(not town.rows[kind][each].retired for each in town.below(kind, row.pk))
        if row.retired and not own_fields(link, row):
            del town.links[link.code]
        elif own_fields(link, row) or offered or (kind, row.pk) in town.used:
            _keep(town, link, row)
        else:
            _let_go(town, link, row, retires=shape.retires)


def forget(town: Town, kind: str, release: Release) -> None:
    """Nobody need remember that an entry was left out which is no more. Done first: whether new ones belong to what was
    taken depends on what was left out, and is to be the same when the release is taken again."""
    for link in [each for each in town.links.values() if each.kind == kind and each.pk is None]:
        if _is_removed(release, link):
            del town.links[link.code]


def _is_removed(release: Release, link: Link) -> bool:
    value = release.values.get(link.code)
    return value is not None and value.removed and not value.replaced_by and not _is_newer(link, release)


def _let_go(town: Town, link: Link, row: Row, *, retires: bool) -> None:
    del town.links[link.code]
    if retires:
        row.retired = True
        town.say(link.code, link.kind, RETIRED, row.pk)
    else:
        town.drop(link.kind, row.pk)
        town.say(link.code, link.kind, GONE)
