"""How long the editors of this municipality usually take, from what they decided last."""

from datetime import date, datetime, timedelta

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.access import Role
from portal.preferences.state import is_working_day, state_here, working_days_after
from portal.revisions.models import Revision, State

LOOKED_AT = 20
FEWEST = 5
"""With fewer decisions a figure would be a guess; then none is told."""


def usual_time_to_decide(kind: str | None = None) -> int | None:
    """Working days (Monday to Friday, without the public holidays of the state) within which three of four of the last
    twenty decisions came; 0 is the same day.

    Of one kind of text or of any; None where there are fewer than five decisions. Counted are words of the editors on
    what somebody handed in, approved or returned, and not what was public at once. One statement.
    """
    decided = (
        Revision.objects.filter(state__in=[State.APPLIED, State.RETURNED, State.REPLACED], informed=False)
        .filter(submitted_at__lt=F("decided_at"), decided_by__roles__overlap=[Role.EDITOR, Role.ADMIN])
        .exclude(decided_by=F("author"))
        .order_by("-decided_at")
        .values_list("submitted_at", "decided_at")
    )
    if kind is not None:
        decided = decided.filter(kind=kind)
    state = state_here()
    days = sorted(_working_days(submitted, then, state) for submitted, then in decided[:LOOKED_AT])
    return days[-(-len(days) * 3 // 4) - 1] if len(days) >= FEWEST else None


def _working_days(start: datetime | None, end: datetime | None, state: str) -> int:
    if start is None or end is None:
        return 0
    return working_days_after(timezone.localdate(start), timezone.localdate(end), state)


def usual_time_in_words(days: int) -> str:
    """For the middle of a sentence: “The answer mostly comes …”."""
    if days == 0:
        return _("on the same day")
    return ngettext("within one working day", "within %(number)d working days", days) % {"number": days}


def usual_sentence(days: int | None) -> str:
    """“That usually takes two working days.” Empty where nobody knows."""
    if days is None:
        return ""
    if days == 0:
        return _("That is usually done on the same day.")
    return ngettext(
        "That usually takes %(number)d working day.", "That usually takes %(number)d working days.", days
    ) % {"number": days}


def expected_day(since: datetime, days: int) -> date:
    """The day by which the answer to what was handed in then mostly comes; never one that has passed."""
    day, state = timezone.localdate(since), state_here()
    while days > 0 or not is_working_day(day, state):
        day += timedelta(days=1)
        days -= is_working_day(day, state)
    return max(day, timezone.localdate())
