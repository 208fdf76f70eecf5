"""How long a decision usually takes here: one figure for providers who wait and for editors who decide."""

import statistics
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.revisions.models import Revision, State

# So many of the last decisions are looked at; from fewer than LEAST nobody should conclude anything.
LAST, LEAST = 20, 5
_DECIDED = (State.APPLIED, State.RETURNED, State.REPLACED)


def usual_working_days(kind: str | None = None) -> int | None:
    """The median of working days (Monday to Friday) between handing in and the decision, of the last decisions on one
    kind of text or on any; None from fewer than five. One query."""
    decided = Revision.objects.filter(
        state__in=_DECIDED, submitted_at__isnull=False, decided_at__gt=F("submitted_at") + timedelta(seconds=1)
    )
    if kind is not None:
        decided = decided.filter(kind=kind)
    spans = list(decided.order_by("-decided_at").values_list("submitted_at", "decided_at")[:LAST])
    return median_of(spans)


def median_of(spans: Iterable[tuple[datetime | None, datetime | None]]) -> int | None:
    """The same of given moments."""
    days = [_working_days(begin, end) for begin, end in spans if begin is not None and end is not None]
    return round(statistics.median(days)) if len(days) >= LEAST else None


def _working_days(begin: datetime, end: datetime) -> int:
    first, last = timezone.localdate(begin), timezone.localdate(end)
    weeks, rest = divmod((last - first).days, 7)
    return weeks * 5 + sum(_is_working(first + timedelta(days=at + 1)) for at in range(rest))


def _is_working(day: date) -> bool:
    return day.weekday() < 5


def usual_words(days: int | None) -> str:
    """“That usually takes two working days.” Empty where nobody knows."""
    if days is None:
        return ""
    if days == 0:
        return _("That is usually done on the same day.")
    return ngettext(
        "That usually takes %(number)d working day.", "That usually takes %(number)d working days.", days
    ) % {"number": days}
