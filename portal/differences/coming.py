"""The next dates of both versions, and how many there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.differences.sides import spoken
from portal.offers.occurrences import HORIZON, end_of, expand
from portal.offers.snapshot.checking import schedule_of, wrong_with

SHOWN = 4
# So many rules of one text are expanded; nobody reads on then.
MOST_RULES = 60


@dataclass(frozen=True, slots=True)
class _Dates:
    days: Sequence[date]
    all_of_them: bool


def coming_lines(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[SafeString, SafeString]:
    """A line for each side: “24 dates. The next: Tue 12 January · …”, days of one side only marked."""
    old, new = _dates(before), _dates(after)
    return _line(old, new, "del"), _line(new, old, "ins")


def _dates(content: Mapping[str, Any]) -> _Dates:
    today, now = timezone.localdate(), timezone.now()
    rules = [rule for rule in content.get("schedules", ())[:MOST_RULES] if rule["first_date"] and not wrong_with(rule)]
    schedules = [schedule_of(rule) for rule in rules]
    found = (each for schedule in schedules for each in expand(schedule, horizon=today + HORIZON))
    days = sorted({each.first_date for each in found if each.ends_at >= now})
    ends = end_of(schedules)
    bounded = ends is not None and ends.date() <= today + HORIZON and len(rules) == len(content.get("schedules", ()))
    return _Dates(days, bounded)


def _line(own: _Dates, other: _Dates, name: str) -> SafeString:
    if not own.days:
        return SafeString("")
    known = set(other.days)
    days = " · ".join(_day(day, "" if day in known else name) for day in own.days[:SHOWN])
    number = ngettext("%(number)d date.", "%(number)d dates.", len(own.days)) % {"number": len(own.days)}
    start = f"{number} " if own.all_of_them else ""
    return SafeString(spoken(f"{escape(start)}{escape(_('The next:'))} {days}"))


def _day(day: date, name: str) -> str:
    said = escape(date_format(day, _("D, F j")))
    return f"<{name}>{said}</{name}>" if name else said
