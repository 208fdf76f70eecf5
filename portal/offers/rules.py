"""Repetitions (RRULE of RFC 5545) as days, bounded by construction. No tables.

Libraries look for the next day until the year 9999: `FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30` keeps them busy for seconds,
`FREQ=MINUTELY` for ever. Here a rule is read with limits on everything in it, days are looked for between two given
days only, and a rule says so where it never takes place. `tests/offers/test_rules.py` compares with dateutil.

What is understood: daily, weekly, monthly and yearly rules with INTERVAL, COUNT or UNTIL, WKST and the BY… lists of
days. Hours and minutes are not for rules: they stand in the schedule. UNTIL is a local day, itself included.
"""

import calendar
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FIRST_YEAR, LAST_YEAR = 1970, 2200
MOST_YEARS = 40
"""The longest a rule with an end may go on, and how far ahead its first day is looked for."""
LONGEST = 280
_LARGEST = {"BYMONTH": 12, "BYMONTHDAY": 31, "BYYEARDAY": 366, "BYWEEKNO": 53, "BYSETPOS": 366}
_DAY = rf"(?:{'|'.join(DAYS)})"
_NUMBER = r"[+-]?[0-9]{1,3}"
_PARTS = {
    "FREQ": r"DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": r"[1-9][0-9]{0,2}",
    "COUNT": r"[1-9][0-9]{0,2}",
    "UNTIL": r"(?:19[7-9][0-9]|2[0-2][0-9]{2})[0-9]{4}(?:T[0-9]{6})?",
    "WKST": _DAY,
    "BYDAY": rf"(?:[+-]?[0-9]{{1,2}})?{_DAY}(?:,(?:[+-]?[0-9]{{1,2}})?{_DAY}){{0,30}}",
    **dict.fromkeys(_LARGEST, rf"{_NUMBER}(?:,{_NUMBER}){{0,30}}"),
}
_FURTHER = "|".join(f"{name}=(?:{shape})" for name, shape in _PARTS.items() if name != "FREQ")
SHAPE = rf"^FREQ=(?:{_PARTS['FREQ']})(?:;(?:{_FURTHER}))*$"
"""The same limits for the database, as far as a pattern can tell."""
_TIMED_END = re.compile(r"UNTIL=([0-9]{8}T[0-9]{6})(Z?)")


class RuleError(ValueError):
    """The message says what is wrong with the repetition."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One repetition. Lists are empty where the rule says nothing; `first` is the day it may begin."""

    first: date
    freq: str
    interval: int
    count: int | None
    until: date | None
    week_starts: int
    months: tuple[int, ...]
    month_days: tuple[int, ...]
    year_days: tuple[int, ...]
    week_numbers: tuple[int, ...]
    positions: tuple[int, ...]
    weekdays: tuple[tuple[int, int], ...]
    """(which, weekday): (2, 1) is the second Tuesday, (0, 1) every Tuesday."""

    @property
    def is_open(self) -> bool:
        """Whether it goes on without end."""
        return self.count is None and self.until is None

    @property
    def farthest(self) -> date:
        """The last day anything is looked for where nobody gives one."""
        return date(self.first.year + MOST_YEARS, 12, 31)

    def days(self, since: date, until: date) -> Iterator[date]:
        """Its days from one day to another, both included, in order."""
        if self.count is None:
            return self.uncounted(since, until)
        return (day for day in _counted_days(self) if since <= day <= until)

    def uncounted(self, since: date, until: date) -> Iterator[date]:
        """As `days`, as if the rule had no number of repetitions."""
        start, end = max(since, self.first), min(until, self.until or until)
        index = max(0, self._index(start))
        while self._begin(index) <= end:
            yield from (day for day in self._hits(index) if start <= day <= end)
            index = self._following(index)

    @property
    def is_complete(self) -> bool:
        """Whether a rule that counts reaches its number, or its end, in the years a rule may go on."""
        return self.count is None or self.until is not None or len(_counted_days(self)) == self.count

    def first_day(self) -> date | None:
        """The first day it takes place; None where it never does."""
        return next(self.days(self.first, self.farthest), None)

    def last_day(self, without: Container[date] = frozenset()) -> date | None:
        """The last day it takes place apart from some; None where it never does, or has no end."""
        if self.count is not None:
            return next((day for day in reversed(_counted_days(self)) if day not in without), None)
        if self.until is None:
            return None
        for index in range(self._index(self.until), -1, -1):
            for day in reversed(self._hits(index)):
                if day <= self.until and day not in without:
                    return day
        return None

    def _following(self, index: int) -> int:
        """The next unit; out of a month that it does not name, a daily rule leaps into the next."""
        begin = self._begin(index)
        if self.freq != "DAILY" or not self.months or begin.month in self.months:
            return index + 1
        ahead = date(begin.year + begin.month // 12, begin.month % 12 + 1, 1)
        return max(index + 1, -(-(ahead - self.first).days // self.interval))

    def _unit(self, day: date) -> int:
        """Which day, week, month or year a day is in, counted from the beginning of time."""
        match self.freq:
            case "DAILY":
                return day.toordinal()
            case "WEEKLY":
                return (day.toordinal() - 1 - self.week_starts) // 7
            case "MONTHLY":
                return day.year * 12 + day.month - 1
        return day.year

    def _index(self, day: date) -> int:
        return (self._unit(day) - self._unit(self.first)) // self.interval

    def _begin(self, index: int) -> date:
        unit = self._unit(self.first) + index * self.interval
        match self.freq:
            case "DAILY":
                return date.fromordinal(unit)
            case "WEEKLY":
                return date.fromordinal(max(1, unit * 7 + 1 + self.week_starts))
            case "MONTHLY":
                return date(unit // 12, unit % 12 + 1, 1)
        return date(unit, 1, 1)

    def _hits(self, index: int) -> list[date]:
        """The days of the rule in one of its days, weeks, months or years."""
        begin = self._begin(index)
        length = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 31, "YEARLY": 366}[self.freq]
        if self.months and begin.month not in self.months and length in (1, 31):
            return []
        candidates = (date.fromordinal(begin.toordinal() + n) for n in range(length))
        unit = self._unit(begin)
        found = [day for day in candidates if self._takes(day) and self._unit(day) == unit]
        if self.positions:
            chosen = {at - 1 if at > 0 else len(found) + at for at in self.positions}
            found = [day for at, day in enumerate(found) if at in chosen]
        return [day for day in found if day >= self.first]

    def _takes(self, day: date) -> bool:
        return (
            (not self.months or day.month in self.months)
            and (not self.weekdays or any(self._is(day, which, name) for which, name in self.weekdays))
            and (not self.month_days or _counted(day.day, _month_length(day), self.month_days))
            and (not self.year_days or _counted(day.timetuple().tm_yday, _year_length(day), self.year_days))
            and (not self.week_numbers or self._in_weeks(day))
        )

    def _is(self, day: date, which: int, weekday: int) -> bool:
        if day.weekday() != weekday:
            return False
        if not which or self.freq in ("DAILY", "WEEKLY"):
            return True
        in_month = self.freq == "MONTHLY" or bool(self.months)
        at = day.day if in_month else day.timetuple().tm_yday
        left = (_month_length(day) if in_month else _year_length(day)) - at
        return (at - 1) // 7 + 1 == which if which > 0 else left // 7 + 1 == -which

    def _in_weeks(self, day: date) -> bool:
        """Whether the number of the day's week, from the front or from behind, is one of the rule's (ISO 8601)."""
        begin = day - timedelta(days=(day.weekday() - self.week_starts) % 7)
        year = (begin + timedelta(days=3)).year
        number = (begin - self._week_one(year)).days // 7 + 1
        weeks = (self._week_one(year + 1) - self._week_one(year)).days // 7
        return number in self.week_numbers or number - weeks - 1 in self.week_numbers

    def _week_one(self, year: int) -> date:
        fourth = date(year, 1, 4)
        return fourth - timedelta(days=(fourth.weekday() - self.week_starts) % 7)


@lru_cache(maxsize=512)
def _counted_days(rule: Rule) -> tuple[date, ...]:
    """All days of a rule that counts them: there are few, and several questions ask for them."""
    return tuple(islice(rule.uncounted(rule.first, rule.farthest), rule.count))


def forget() -> None:
    """Forget what was read and counted; for measuring."""
    read.cache_clear()
    _counted_days.cache_clear()


def _counted(at: int, length: int, wanted: tuple[int, ...]) -> bool:
    return at in wanted or at - length - 1 in wanted


def _month_length(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]


def _year_length(day: date) -> int:
    return 366 if calendar.isleap(day.year) else 365


def tidy(text: str, *, start: time | None = None) -> str:
    """A rule as other programs write it in our spelling: without its name, and its end, in UTC or here, as a local day.

    `start` is when it begins on each day: what ends before that does not take place on the last day any more.
    """
    written = "".join(text.split()).upper().removeprefix("RRULE:").strip(";")
    found = _TIMED_END.search(written)
    if found is None:
        return written
    if int(found[1][:4]) > LAST_YEAR:
        return f"{written[: found.start()]}UNTIL={found[1][:8]}{written[found.end() :]}"
    try:
        zone = ZoneInfo(settings.TIME_ZONE)
        end = datetime.strptime(found[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC if found[2] else zone).astimezone(zone)
        last = end.date() - timedelta(days=int(start is not None and end.time() < start))
    except (ValueError, OverflowError):
        raise RuleError(_("There is no such last day.")) from None
    return f"{written[: found.start()]}UNTIL={last:%Y%m%d}{written[found.end() :]}"


def without_far_end(text: str, first: date) -> str:
    """The rule without a last day that is further off than a rule may go on: that means “without end”."""
    parts = [part for part in text.split(";") if not (part.startswith("UNTIL=") and _is_far(part[6:10], first))]
    return ";".join(parts)


def _is_far(year: str, first: date) -> bool:
    return year.isascii() and year.isdigit() and int(year) > first.year + MOST_YEARS


@lru_cache(maxsize=4096)
def read(text: str, first: date) -> Rule:
    """Understand a rule that may begin on a day. Raises RuleError where it cannot be understood or has no bounds."""
    if not FIRST_YEAR <= first.year <= LAST_YEAR:
        raise RuleError(_("The year %(year)d cannot be right.") % {"year": first.year})
    parts = _parts(text)
    numbers = {name: _numbers(parts, name, most) for name, most in _LARGEST.items()}
    freq, months, month_days = parts["FREQ"], numbers["BYMONTH"], numbers["BYMONTHDAY"]
    weekdays = tuple((int(each[:-2] or 0), DAYS.index(each[-2:])) for each in _list(parts, "BYDAY"))
    if not (weekdays or month_days or numbers["BYYEARDAY"] or numbers["BYWEEKNO"]):
        # What the rule leaves open, its first day says.
        if freq == "YEARLY":
            months = months or (first.month,)
        if freq in ("YEARLY", "MONTHLY"):
            month_days = (first.day,)
        elif freq == "WEEKLY":
            weekdays = ((0, first.weekday()),)
    return Rule(
        first=first,
        freq=freq,
        interval=int(parts.get("INTERVAL", 1)),
        count=int(parts["COUNT"]) if "COUNT" in parts else None,
        until=_until(parts["UNTIL"], first) if "UNTIL" in parts else None,
        week_starts=DAYS.index(parts.get("WKST", "MO")),
        months=months,
        month_days=month_days,
        year_days=numbers["BYYEARDAY"],
        week_numbers=numbers["BYWEEKNO"],
        positions=numbers["BYSETPOS"],
        weekdays=weekdays,
    )


def check(text: str, first: date) -> None:
    """Raise RuleError for a rule that cannot be understood, has no bounds or never takes place."""
    rule = read(text, first)
    if rule.first_day() is None:
        raise RuleError(_("It never takes place."))
    if not rule.is_complete:
        raise RuleError(_too_long())


def _too_long() -> str:
    return _("It goes on for more than %(years)d years. Leave out the end, then it has none.") % {"years": MOST_YEARS}


def _parts(text: str) -> dict[str, str]:
    if len(text) > LONGEST:
        raise RuleError(_("It is too long."))
    pairs = [part.partition("=") for part in text.split(";")]
    parts = {name: value for name, _sign, value in pairs}
    if len(parts) != len(pairs):
        raise RuleError(_("It says something twice."))
    if not re.fullmatch(_PARTS["FREQ"], parts.get("FREQ", "")):
        raise RuleError(_("It must be daily, weekly, monthly or yearly."))
    for name, value in parts.items():
        if name not in _PARTS or not re.fullmatch(_PARTS[name], value):
            raise RuleError(_("This part cannot be understood: %(part)s") % {"part": f"{name}={value}"[:60]})
    if pairs[0][0] != "FREQ":
        raise RuleError(_("It must begin with FREQ."))
    return parts


def _list(parts: dict[str, str], name: str) -> list[str]:
    return parts[name].split(",") if name in parts else []


def _numbers(parts: dict[str, str], name: str, most: int) -> tuple[int, ...]:
    numbers = tuple(int(each) for each in _list(parts, name))
    if any(not 1 <= abs(number) <= most or (name == "BYMONTH" and number < 0) for number in numbers):
        raise RuleError(_("This part cannot be understood: %(part)s") % {"part": f"{name}={parts[name]}"[:60]})
    return numbers


def _until(written: str, first: date) -> date:
    try:
        until = date(int(written[:4]), int(written[4:6]), int(written[6:8]))
    except ValueError:
        raise RuleError(_("There is no such last day.")) from None
    if until.year > first.year + MOST_YEARS:
        raise RuleError(_too_long())
    return until
