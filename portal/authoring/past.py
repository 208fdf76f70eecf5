"""The states of an offer for its own people: who, when, what; whoever works in the town hall is the editorial team.

No entry of the audit log stands here, no note and no name of the editors: those are for the town hall, whose own pages
are in `portal/history`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.access import is_editor
from portal.differences.showing import Shown, shown
from portal.offers.kind import KIND
from portal.revisions.models import Revision, State
from portal.revisions.order import Order

MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class Told:
    """A state: when it became one, of whom, what it changed and what became of it."""

    pk: int
    number: int
    at: datetime
    who: str
    what: str
    became: str
    is_current: bool
    waits: bool


# What acts for nobody in particular has the name of a command or job; names of people have none of that form.
_COMMAND = re.compile(r"[a-z0-9_.]+")


def somebody(person: Any, name: str = "") -> str:
    """A person as an organisation's people may know them. Whose account is gone may have been an editor."""
    if person is None:
        return _("the portal itself") if _COMMAND.fullmatch(name) else _("no longer known")
    return _("Editorial team") if is_editor(person) else str(person)


def told(page: Sequence[Revision], order: Order) -> list[Told]:
    """The states of a page; one statement for the texts before them."""
    numbers, before = order.numbers, order.before()
    known = {revision.pk: revision for revision in page}
    wanted = {before[pk] for pk in known if pk in before} - set(known)
    known |= Revision.objects.in_bulk(wanted) if wanted else {}
    return [
        Told(
            pk=revision.pk,
            number=numbers[revision.pk],
            at=revision.settled_at or revision.created_at,
            who=somebody(revision.author, revision.author_name),
            what=_changed(known.get(before.get(revision.pk, 0)), revision),
            became=_became(revision),
            is_current=revision.pk == order.current,
            waits=revision.state == State.SUBMITTED,
        )
        for revision in page
    ]


def _changed(old: Revision | None, new: Revision) -> str:
    """Which fields differ, by their names; of many, how many."""
    if old is None:
        return _("the first state")
    differences = KIND.differences(KIND.content_of(old), KIND.content_of(new))
    labels = list(dict.fromkeys(str(each.label) for each in differences))
    if len(labels) > MOST_NAMED:
        more = len(labels) - MOST_NAMED + 1
        rest = ngettext("%(number)d more", "%(number)d more", more) % {"number": more}
        labels = [*labels[: MOST_NAMED - 1], rest]
    return capfirst(", ".join(labels)) or _("nothing")


def _became(revision: Revision) -> str:
    if revision.state == State.RETURNED:
        return _("given back: “%(reason)s”") % {"reason": revision.reason}
    if revision.state == State.SUBMITTED:
        return _("handed in, waits for approval")
    if revision.state == State.WITHDRAWN:
        return _("taken back before a decision")
    if revision.state == State.REPLACED:
        return _("replaced by a newer one before a decision")
    if revision.decided_by is not None and revision.decided_by_id != revision.author_id:
        return _("approved by %(name)s") % {"name": somebody(revision.decided_by)}
    return _("changed") if revision.author is not None else _("as it was found")


def change_of(revision: Revision, order: Order) -> list[Shown]:
    """What a state changed of the one that held before it; nothing where it is the first."""
    old = Revision.objects.filter(pk=order.before().get(revision.pk, 0)).first()
    if old is None:
        return []
    before, after = KIND.content_of(old), KIND.content_of(revision)
    return shown(KIND.differences(before, after), before, after)
