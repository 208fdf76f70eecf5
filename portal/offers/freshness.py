"""Since when nobody has looked at an offer, by the municipality's number of months."""

from datetime import date, datetime, timedelta

from django.utils import timezone

# Six of them are half a year: 183 days.
_DAYS_OF_A_MONTH = 30.5


def stale_before(today: date, months: int) -> date:
    """What was checked before this day counts as long unchecked, by the municipality's number of months."""
    return today - timedelta(days=int(months * _DAYS_OF_A_MONTH))


def is_stale(checked: date | None, changed: datetime, *, today: date, months: int) -> bool:
    """Whether nobody has looked at it for so many months."""
    return (checked or timezone.localdate(changed)) < stale_before(today, months)
