"""How long the editors of this municipality usually take, from what they decided last."""

from datetime import date, datetime, timedelta

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.access import Role
from portal.revisions.models import Revision, State

LOOKED_AT = 20
FEWEST = 5
"""With fewer decisions a figure would be a guess; then none is told."""
_WEEKEND = 5


def usual_time_to_decide(kind: str | None = None) -> int | None:
    """Working days (Monday to Friday) within which three of four of the last twenty decisions came; 0 is the same day.

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
    days = sorted(_working_days(submitted, then) for submitted, then in decided[:LOOKED_AT])
    return days[-(-len(days) * 3 // 4) - 1] if len(days) >= FEWEST else None


def _working_days(start: datetime | None, end: datetime | None) -> int:
    if start is None or end is None:
        return 0
    first, last = timezone.localdate(start), timezone.localdate(end)
    weeks, rest = divmod((last - first).days, 7)
    return weeks * 5 + sum((first + timedelta(days=number + 1)).weekday() < _WEEKEND for number in range(rest))


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
    day = timezone.localdate(since)
    while days > 0 or day.weekday() >= _WEEKEND:
        day += timedelta(days=1)
        days -= day.weekday() < _WEEKEND
    return max(day, timezone.localdate())
