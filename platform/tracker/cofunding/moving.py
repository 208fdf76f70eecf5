"""What becomes of a funding when its ticket is merged into another one."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from tracker.cofunding.models import Funding, Key, Part
from tracker.cofunding.services import count_anew, may_estimate, missing, parts_of
from tracker.tickets.merging import Moved
from tracker.tickets.models import Ticket, operator


def move(source: Ticket, target: Ticket) -> list[Moved]:
    """Bring it along. Of two estimates that of the target holds, and who took part in the other takes part in it."""
    rows = Funding.objects.select_for_update().filter(pk__in=[source.pk, target.pk]).order_by("pk")
    found = {funding.ticket_id: funding for funding in rows}
    theirs, ours = found.get(source.pk), found.get(target.pk)
    if theirs is None:
        return []
    parts = parts_of(theirs)
    if not may_estimate(target) and (parts or theirs.is_final):
        raise ValidationError(_("Municipalities take part in paying this wish: it can only go into an open wish."))
    if ours is None:
        _take_over(theirs, target)
        return _told(len(parts))
    if parts and (theirs.is_final or ours.is_final):
        raise ValidationError(_("One of the two wishes is financed, so their fundings cannot become one."))
    brought = _unite(theirs, ours, parts)
    theirs.delete()
    return _told(brought)


def _told(count: int) -> list[Moved]:
    return [Moved(count, ngettext_lazy("%(count)s part in paying", "%(count)s parts in paying", "count"))]


def _take_over(theirs: Funding, target: Ticket) -> None:
    old = Funding.objects.get(pk=theirs.pk)
    theirs.ticket = target
    theirs.save(force_insert=True)
    old.parts.update(funding=theirs)
    old.delete()


def _unite(theirs: Funding, ours: Funding, parts: list[Part]) -> int:
    """How many take part in ours by it."""
    here = set(ours.parts.values_list("participant_id", flat=True))
    fresh = not ours.key
    if fresh:
        ours.key = theirs.key
        ours.save(update_fields=["key"])
    brought = 0
    for part in parts:
        if part.participant_id not in here and _fit(part, theirs, ours, fresh=fresh):
            part.funding = ours
            part.consents = False
            part.save()
            brought += 1
    if brought:
        count_anew(ours, by=operator())
    return brought


def _fit(part: Part, theirs: Funding, ours: Funding, *, fresh: bool) -> bool:
    """Made ready for ours; False where it cannot be. Whoever agreed to a share of something else is asked anew."""
    if ours.key == Key.AMOUNTS:
        part.amount = min(part.share, missing(ours, parts_of(ours))) if theirs.key == Key.AMOUNTS else 0
        part.agreed = part.share = part.amount
        return part.amount > 0
    if not fresh:
        part.agreed = part.agreed_at = None
    return True
