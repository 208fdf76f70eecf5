"""Days and times as browsers send them and as people type them."""

import re
from calendar import monthrange
from datetime import date, time

from django.utils import timezone

_WEEKDAYS = ("mo", "di", "mi", "do", "fr", "sa", "so")
_MONTHS = ("jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez")
_WEEKDAY = re.compile(rf"({'|'.join(_WEEKDAYS)})(?:\.|\w*)?,?\s*(?:den\s+)?(?=\d)")
_MONTH = rf"(\d{{1,2}})(?:\.|$)|({'|'.join(_MONTHS)})[a-z]*\.?(?=\s|$)"
_DAY = re.compile(rf"(\d{{1,2}})\.\s*(?:{_MONTH})\s*(\d{{4}}|\d{{2}})?")
_TIME = re.compile(r"(\d{1,2})(?:\s*[:.,h]\s*(\d{2})(?::\d{2})?|(?<=\d{2})(\d{2}))?\s*(?:uhr|h)?", re.IGNORECASE)


class UnclearError(ValueError):
    """It is no day or no time."""


def day_of(written: str) -> date | None:
    """2026-12-01, 1.12.2026, 1.12.26, Di, 1. Dezember; a day without a year is the next of that name. None: nothing
    written."""
    text = written.strip().lower().replace("sonnabend", "sa")
    if not text:
        return None
    named = _WEEKDAY.match(text)
    text = text[named.end() :] if named else text
    try:
        found = _DAY.fullmatch(text)
        day = _german(found) if found else date.fromisoformat(text)
    except ValueError:
        raise UnclearError from None
    if named and _WEEKDAYS[day.weekday()] != named[1]:
        # One of the two is a slip, and we cannot know which.
        raise UnclearError
    return day


def _german(found: re.Match[str]) -> date:
    day, year = int(found[1]), found[4]
    month = int(found[2]) if found[2] else _MONTHS.index(found[3]) + 1
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    today = timezone.localdate()
    # The 29th of February is in one of two years at most; where it is in neither, the year must be said.
    for near in (today.year, today.year + 1):
        if day <= monthrange(near, month)[1] and (found_day := date(near, month, day)) >= today:
            return found_day
    raise UnclearError


def time_of(written: str) -> time | None:
    """18:00, 18.00, 18,00, 18h00, 1800, 18 Uhr, 18. None: nothing written."""
    text = written.strip()
    if not text:
        return None
    found = _TIME.fullmatch(text)
    if not found:
        raise UnclearError
    try:
        return time(int(found[1]) % 24 if found[1] == "24" else int(found[1]), int(found[2] or found[3] or 0))
    except ValueError:
        raise UnclearError from None
