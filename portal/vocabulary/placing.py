"""Moving an entry: beside its neighbours, below another one, out again.

A move names where the entry shall stand (below whom, before whom) and not how far it goes: the second half of a double
click changes nothing, and somebody else's move in between does not send it astray.
"""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from portal.vocabulary.errors import RefusedError
from portal.vocabulary.kinds import Kind
from portal.vocabulary.rows import DEEPEST, Rows, load, lock, parent_of, renumber
from portal.vocabulary.words import place_spoken


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands: the how-manieth of how many, in what."""

    name: str
    number: int
    count: int
    above: str

    def __str__(self) -> str:
        return place_spoken(self.name, self.number, self.count, self.above)


def place_of(rows: Rows, pk: int) -> Place:
    """Where it stands."""
    row = rows.by_pk[pk]
    above = parent_of(row)
    siblings = rows.below[above]
    name = rows.by_pk[above].name if above is not None else ""
    return Place(row.name, siblings.index(pk) + 1, len(siblings), name)


@transaction.atomic
def move(kind: Kind, pk: int, *, parent: int | None, before: int | None, by: Any) -> Place:
    """Put it below `parent` (None: at the top) and before `before` (None, or one that left: at the end)."""
    lock(kind)
    rows = load(kind)
    row = rows.get(pk)
    check_place(rows, pk, parent)
    old_parent, old = parent_of(row), list(rows.below[parent_of(row)])
    if before == pk and parent == old_parent:
        return place_of(rows, pk)
    rows.below[old_parent].remove(pk)
    siblings = rows.below.setdefault(parent, [])
    siblings.insert(siblings.index(before) if before in siblings else len(siblings), pk)
    if old_parent == parent and siblings == old:
        return place_of(rows, pk)
    if old_parent != parent:
        row.parent_id = parent
        kind.model._default_manager.filter(pk=pk).update(parent_id=parent)
        renumber(kind, rows, old_parent)
    renumber(kind, rows, parent)
    was = rows.by_pk[old_parent].name if old_parent is not None else ""
    now = place_of(rows, pk)
    changes: dict[str, Any] = {"position": [old.index(pk) + 1, now.number]}
    if kind.tree:
        changes["parent"] = [was, now.above]
    record("vocabulary.moved", row, by=by, changes=changes)
    return now


def check_place(rows: Rows, pk: int, parent: int | None) -> None:
    """Refuse a place that cannot be: inside itself, beside a namesake, too deep."""
    row = rows.get(pk)
    if parent is None:
        depth = 0
    else:
        above = rows.get(parent)
        trail = rows.trail(parent)
        if pk in trail:
            raise RefusedError(_circle(row.name, above.name, itself=parent == pk))
        depth = len(trail)
    if depth + rows.height(pk) > DEEPEST:
        raise RefusedError(_("At most %(most)d levels are possible.") % {"most": DEEPEST})
    check_name(rows, row.name, parent, but=pk)


def check_name(rows: Rows, name: str, parent: int | None, *, but: int | None = None) -> None:
    """Refuse a second entry of a name at one place."""
    same = (rows.by_pk[each] for each in rows.below.get(parent, []) if each != but)
    if any(each.name == name for each in same):
        where = f" („{rows.by_pk[parent].name}“)" if parent is not None else ""
        raise RefusedError(_("There is “%(name)s” at this place already%(where)s.") % {"name": name, "where": where})


def _circle(name: str, above: str, *, itself: bool) -> str:
    if itself:
        return _("“%(name)s” cannot stand below itself.") % {"name": name}
    said = {"name": name, "above": above}
    return (
        _("“%(name)s” cannot be put below “%(above)s”: “%(above)s” itself stands below “%(name)s”.") % said
        + " "
        + _("Perhaps somebody else moved it in the meantime. Nothing was changed.")
    )
