"""Days and times as browsers send them and as people type them."""

import re
from calendar import monthrange
from datetime import date, time

from django.utils import timezone

_DAY = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4}|\d{2})?")
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?::\d{2})?\s*(?:uhr|h)?", re.IGNORECASE)


class UnclearError(ValueError):
    """It is no day or no time."""


def day_of(written: str) -> date | None:
    """2026-12-01, 1.12.2026, 1.12.26; a day without a year is the next of that name. None: nothing written."""
    text = written.strip()
    if not text:
        return None
    try:
        found = _DAY.fullmatch(text)
        return _german(found) if found else date.fromisoformat(text)
    except ValueError:
        raise UnclearError from None


def _german(found: re.Match[str]) -> date:
    day, month, year = int(found[1]), int(found[2]), found[3]
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    today = timezone.localdate()
    # The 29th of February is in one of two years at most; where it is in neither, the year must be said.
    for near in (today.year, today.year + 1):
        if day <= monthrange(near, month)[1] and (found_day := date(near, month, day)) >= today:
            return found_day
    raise UnclearError


def time_of(written: str) -> time | None:
    """18:00, 18.00, 18 Uhr, 18. None: nothing written."""
    text = written.strip()
    if not text:
        return None
    found = _TIME.fullmatch(text)
    if not found:
        raise UnclearError
    try:
        return time(int(found[1]) % 24 if found[1] == "24" else int(found[1]), int(found[2] or 0))
    except ValueError:
        raise UnclearError from None
