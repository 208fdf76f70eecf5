"""How a provider's opening hours are put into words. Pure functions: no query, no clock but the given one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from portal.providers.models import OpeningHours, Weekday


@dataclass(frozen=True, slots=True)
class OpenDays:
    """Consecutive weekdays with the same hours."""

    days: str
    hours: str
    today: bool


def _clock(moment: time) -> str:
    return time_format(moment, "H:i")


def _hours(windows: tuple[tuple[time, time], ...]) -> str:
    if not windows:
        return _("closed")
    spans = ", ".join(f"{_clock(opens)}–{_clock(closes)}" for opens, closes in windows)
    return _("%(times)s (time of day)") % {"times": spans}


def opening_table(hours: Iterable[OpeningHours], *, now: datetime) -> list[OpenDays]:
    """The week in as few rows as it takes; empty where no hours are known."""
    by_day: dict[int, list[tuple[time, time]]] = {day: [] for day in Weekday.values}
    for each in hours:
        by_day[each.weekday].append((each.opens, each.closes))
    if not any(by_day.values()):
        return []
    runs: list[tuple[list[int], tuple[tuple[time, time], ...]]] = []
    for day, windows in by_day.items():
        ordered = tuple(sorted(windows))
        if runs and runs[-1][1] == ordered:
            runs[-1][0].append(day)
        else:
            runs.append(([day], ordered))
    today = timezone.localtime(now).isoweekday()
    return [OpenDays(_days(days), _hours(windows), today in days) for days, windows in runs]


def _days(days: list[int]) -> str:
    first, last = Weekday(days[0]).label, Weekday(days[-1]).label
    if len(days) == 1:
        return str(first)
    if len(days) == 2:
        return _("%(first)s and %(last)s") % {"first": first, "last": last}
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


def open_until(hours: Iterable[OpeningHours], *, now: datetime) -> str:
    """“until 18:00” while it is open, else empty. Windows that touch are one."""
    local = timezone.localtime(now)
    moment = local.time()
    windows = sorted((each.opens, each.closes) for each in hours if each.weekday == local.isoweekday())
    end: time | None = None
    for opens, closes in windows:
        begins = end if end is not None else moment
        if opens <= begins and closes > begins:
            end = closes
    return _("until %(time)s (time of day)") % {"time": _clock(end)} if end else ""
