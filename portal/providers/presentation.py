"""How a provider's opening hours are put into words. Pure functions: no query, no clock but the given one."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from portal.providers.models import OpeningHours, Provider, Weekday


@dataclass(frozen=True, slots=True)
class OpenDays:
    """Consecutive weekdays with the same hours."""

    days: str
    hours: str
    today: bool
    note: str = ""
    """What is to be known about these days; it stands for the hours where there are none."""


def _clock(moment: time) -> str:
    return time_format(moment, "H:i")


def _hours(windows: "Windows") -> str:
    if not windows:
        return _("closed")
    spans = ", ".join(f"{_clock(opens)}–{_clock(closes)}" for opens, closes in windows)
    return _("%(times)s (time of day)") % {"times": spans}


Windows = tuple[tuple[time, time], ...]


def opening_table(hours: Iterable[OpeningHours], notes: Sequence[str] = (), *, now: datetime) -> list[OpenDays]:
    """The week in as few rows as it takes; empty where nothing is known. `notes`: of each weekday, Monday first."""
    by_day: dict[int, list[tuple[time, time]]] = {day: [] for day in Weekday.values}
    for each in hours:
        by_day[each.weekday].append((each.opens, each.closes))
    noted = dict(enumerate(notes, 1))
    if not any(by_day.values()) and not any(noted.values()):
        return []
    runs: list[tuple[list[int], tuple[Windows, str]]] = []
    for day, windows in by_day.items():
        said = tuple(sorted(windows)), noted.get(day, "")
        if runs and runs[-1][1] == said:
            runs[-1][0].append(day)
        else:
            runs.append(([day], said))
    today = timezone.localtime(now).isoweekday()
    return [_row(days, windows, note, today in days) for days, (windows, note) in runs]


def _row(days: list[int], windows: Windows, note: str, today: bool) -> OpenDays:
    return OpenDays(_days(days), _hours(windows) if windows or not note else "", today, note)


def closed_days(provider: Provider) -> str:
    """When it is closed whatever the week says; empty where nothing was said about that."""
    on_holidays, in_school_holidays = provider.closed_on_holidays, provider.closed_in_school_holidays
    if on_holidays and in_school_holidays:
        return _("Closed on public holidays and in the school holidays.")
    if on_holidays:
        return _("Closed on public holidays.")
    return _("Closed in the school holidays.") if in_school_holidays else ""


def _days(days: list[int]) -> str:
    first, last = Weekday(days[0]).label, Weekday(days[-1]).label
    if len(days) == 1:
        return str(first)
    if len(days) == 2:
        return _("%(first)s and %(last)s") % {"first": first, "last": last}
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether it is open now, and until or from when, in words."""

    is_open: bool
    text: str


# Farther ahead nobody is told: no holidays are so long.
_FARTHEST = 120
ClosedOn = Callable[[date], bool]


def _never(_day: date) -> bool:
    return False


def opening_state(hours: Iterable[OpeningHours], *, now: datetime, closed_on: ClosedOn = _never) -> Opening | None:
    """“open now, until 18:00” or “closed now, opens tomorrow at 9:00”; None where no hours are known.

    `closed_on` says on which days it is closed whatever the week says.
    """
    windows = sorted((each.weekday, each.opens, each.closes) for each in hours)
    if not windows:
        return None
    local = timezone.localtime(now)
    end = None if closed_on(local.date()) else _closing(windows, local.isoweekday(), local.time())
    if end is not None:
        return Opening(is_open=True, text=_("open now, until %(time)s") % {"time": _clock(end)})
    when = _next_opening(windows, local, closed_on)
    if not when:
        return Opening(is_open=False, text=_("closed now"))
    return Opening(is_open=False, text=_("closed now, opens %(when)s") % {"when": when})


def _closing(windows: list[tuple[int, time, time]], today: int, moment: time) -> time | None:
    """When it closes if it is open at this moment. Windows that touch are one."""
    end: time | None = None
    for weekday, opens, closes in windows:
        begins = end if end is not None else moment
        if weekday == today and opens <= begins < closes:
            end = closes
    return end


def _next_opening(windows: list[tuple[int, time, time]], local: datetime, closed_on: ClosedOn) -> str:
    """“today at 14:00”, “tomorrow at 9:00”, “on Monday at 9:00”, “on 4 January at 9:00”; empty: not for long."""
    today, moment = local.date(), local.time()
    for days in range(_FARTHEST):
        day = today + timedelta(days=days)
        times = [opens for weekday, opens, _closes in windows if weekday == day.isoweekday()]
        coming = [opens for opens in times if days or opens > moment]
        if coming and not closed_on(day):
            return _when(days, day, coming[0])
    return ""


def _when(days: int, day: date, opens: time) -> str:
    clock = {"time": _clock(opens)}
    if days == 0:
        return _("today at %(time)s") % clock
    if days == 1:
        return _("tomorrow at %(time)s") % clock
    if days <= 7:
        return _("on %(day)s at %(time)s") % {"day": Weekday(day.isoweekday()).label, **clock}
    return _("on %(date)s at %(time)s") % {"date": date_format(day, "j. F"), **clock}
