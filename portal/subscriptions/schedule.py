"""When a subscription is looked at next."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from portal.subscriptions.models import Frequency

# Before people leave the house.
HOUR = time(6, 30)
MONDAY = 0


def next_look(frequency: str, *, after: datetime) -> datetime:
    """The first moment after the given one at which somebody with this frequency may get a mail."""
    if frequency == Frequency.AT_ONCE:
        return after
    local = timezone.localtime(after)
    day = local.date()
    candidate = timezone.make_aware(datetime.combine(day, HOUR))
    while candidate <= after or (frequency == Frequency.WEEKLY and candidate.weekday() != MONDAY):
        day += timedelta(days=1)
        candidate = timezone.make_aware(datetime.combine(day, HOUR))
    return candidate
