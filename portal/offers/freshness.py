"""Since when nobody has looked at an offer, by the municipality's number of months: the one place that says it.

An offer was looked at on the day somebody confirmed it (`reviewed_at`), and where nobody ever did, when it was last
changed. A change that became public, and being brought back, count as a look: `looked_at`.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

# Six of them are half a year: 183 days.
_DAYS_OF_A_MONTH = 30.5


def stale_before(today: date, months: int) -> date:
    """What was checked before this day counts as long unchecked, by the municipality's number of months."""
    return today - timedelta(days=int(months * _DAYS_OF_A_MONTH))


def is_stale(checked: date | None, changed: datetime, *, today: date, months: int) -> bool:
    """Whether nobody has looked at it for so many months."""
    return (checked or timezone.localdate(changed)) < stale_before(today, months)


def start_of(day: date) -> datetime:
    """Midnight, here."""
    return timezone.make_aware(datetime.combine(day, time()))


def long_unchecked(*, today: date, months: int) -> Q:
    """The same in SQL, of offers or providers."""
    oldest = stale_before(today, months)
    return Q(reviewed_at__lt=oldest) | Q(reviewed_at__isnull=True, updated_at__lt=start_of(oldest))


def unchecked_since(checked: date | None, changed: datetime) -> date:
    """The day since which nobody has looked."""
    return checked or timezone.localdate(changed)


def looked_at(offer: Any) -> list[str]:
    """Somebody has just dealt with this offer: it is neither noted nor hidden any more, and a day on which it was
    checked before gives way to today's. Returns the columns that changed."""
    new: dict[str, date | None] = {"noted_at": None, "hidden_at": None}
    if offer.reviewed_at is not None:
        new["reviewed_at"] = timezone.localdate()
    changed = [name for name, value in new.items() if getattr(offer, name) != value]
    for name in changed:
        setattr(offer, name, new[name])
    return changed
