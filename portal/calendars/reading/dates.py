"""When an event takes place, as rules of an offer.

A repetition stays a repetition wherever our own rules say the same days and hours. Where they cannot (an evening in New
York is another hour here for three weeks of the year, a weekend that repeats lasts for two days) it becomes its single
dates, drawn together again into stretches of weeks. Those reach to a last day that moves on twice a year only, so that
such an event does not change every night. Everything is bounded by `portal.offers.rules`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from portal.calendars.reading.moments import Moment, Span, day_of, ended, instant, instants
from portal.calendars.reading.onwards import Stretch, stretches_of
from portal.calendars.reading.parsing import Event, Series
from portal.offers.choices import ScheduleKind
from portal.offers.models.schedule import MOST_EXCEPTIONS
from portal.offers.moments import at, zone
from portal.offers.rules import LAST_YEAR, Rule, RuleError, check, read, tidy, without_far_end

MOST_RULES = 300
MOST_DATES = 1500
_AHEAD = timedelta(days=430)
_BACK = timedelta(days=31)
_STRETCH = 4
"""From so many on, dates a constant number of weeks apart become one rule."""
_DAY = timedelta(days=1)
_LAST_MINUTE = time(23, 59)
_UNTIL = re.compile(r";UNTIL=([0-9]{8})(?:T([0-9]{6})(Z?))?")
# What RFC 7529 adds, where it says what is so anyway.
_USUAL = frozenset({"RSCALE=GREGORIAN", "SKIP=OMIT"})
_FREQS = {"DAILY": ScheduleKind.DAILY, "WEEKLY": ScheduleKind.WEEKLY}
Said = dict[str, Any]


class NoDatesError(RuleError):
    """Nothing is left of it: each of its dates was cancelled or left out, or is long over."""


@dataclass(frozen=True, slots=True)
class Dates:
    """The two keys of an offer's text on its dates."""

    kind: ScheduleKind
    rules: list[Said]


@dataclass(frozen=True, slots=True)
class _Shown:
    """One date as the clocks here show it; `last` only where it is another day than the first (or the night after)."""

    day: date
    start: time | None
    end: time | None
    last: date | None

    def said(self, rrule: str = "", exdates: Iterable[date] = ()) -> Said:
        return {
            "first_date": self.day.isoformat(),
            "last_date": self.last.isoformat() if self.last else None,
            "start_time": _clock(self.start),
            "end_time": _clock(self.end),
            "rrule": rrule,
            "exdates": sorted(each.isoformat() for each in exdates),
        }

    @property
    def order(self) -> tuple[date, time, date]:
        return self.day, self.start or time(), self.last or self.day


def dates_of(series: Series, *, today: date) -> Dates:
    """The dates of a series. RuleError where its repetition cannot be understood or has no bounds."""
    main, changed = series.main, [each for each in series.changed if not each.onwards]
    since, until = bounds(today)
    gone, stretches = _gone(main, changed), [each for each in stretches_of(series) if each.takes_place]
    rules: list[Said] = []
    gone = _excluding(gone, main, since, until)
    singles: list[_Shown] = [_shown(each.span) for each in changed if not each.cancelled]
    kind = ScheduleKind.DATES
    for text in main.rules:
        first = day_of(main.span.start)
        understood = _understood(main.span, text, first)
        kind = _FREQS.get(read(understood, first).freq, ScheduleKind.MONTHLY)
        for stretch in stretches:
            if (part := stretch.cut(understood, first)) is not None:
                rule, apart = _Wall(main.span, *part, stretch).written(gone, since, until)
                rules += [rule] if rule else []
                singles += apart
    listed = [each for each in _listed(main) if not gone.has(each.start)]
    singles += [_shown(way.moved(each)) for each in listed for way in stretches if way.has(day_of(each.start))]
    singles = [each for each in singles if (each.last or each.day) >= since or not main.rules]
    rules += _stretches(_distinct(singles, rules))
    if not rules:
        raise NoDatesError(_("It never takes place."))
    return Dates(_kind(rules, kind), rules[:MOST_RULES])


def bounds(today: date) -> tuple[date, date]:
    """From when to when single dates of a repetition are listed: whole half-years, so that they seldom change."""
    early, late = today - _BACK, today + _AHEAD
    since = date(early.year, 1 if early.month <= 6 else 7, 1)
    return since, date(late.year, 6, 30) if late.month <= 6 else date(late.year, 12, 31)


def _kind(rules: list[Said], repeated: ScheduleKind) -> ScheduleKind:
    if any(each["rrule"] for each in rules):
        return repeated if repeated != ScheduleKind.DATES else ScheduleKind.WEEKLY
    return ScheduleKind.PERIOD if len(rules) == 1 and rules[0]["last_date"] else ScheduleKind.DATES


@dataclass(frozen=True, slots=True)
class _Gone:
    """The dates that do not take place as the rule says: left out, cancelled or moved."""

    moments: frozenset[datetime]
    days: frozenset[date]
    is_open: bool = False
    """Whether a rule goes on taking dates out, so that no list of days says them all."""

    def has(self, start: Moment) -> bool:
        if isinstance(start, datetime):
            return instant(start) in self.moments or start.date() in self.days
        return start in self.days


def _gone(main: Event, changed: Iterable[Event]) -> _Gone:
    without = [_whole_day(each, main.span.start) for each in main.without]
    named = [*without, *(each.replaces for each in changed if each.replaces is not None)]
    whole = not isinstance(main.span.start, datetime)
    days = {each.date() if isinstance(each, datetime) else each for each in named
            if whole or not isinstance(each, datetime)}  # fmt: skip
    return _Gone(frozenset(instant(each) for each in named if isinstance(each, datetime)), frozenset(days))


def _whole_day(left_out: Moment, start: Moment) -> Moment:
    """Midnight on the clock is how some programs say a day of what begins at another hour."""
    if not isinstance(left_out, datetime) or not isinstance(start, datetime) or start.time() == time():
        return left_out
    return left_out.date() if left_out.time() == time() and left_out.tzname() != "UTC" else left_out


def _excluding(gone: _Gone, main: Event, since: date, until: date) -> _Gone:
    """With the dates that a rule takes out again (EXRULE, which old programs still write)."""
    first, starts, is_open = day_of(main.span.start), set[Moment](), gone.is_open
    for text in main.excluding:
        rule = read(_understood(main.span, text, first), first)
        starts |= {_at_the_hour(main.span, day) for day in islice(rule.days(max(since, first), until), MOST_DATES)}
        is_open = is_open or rule.is_open or (rule.last_day() or until) > until
    moments = {instant(each) for each in starts if isinstance(each, datetime)}
    days = {each for each in starts if not isinstance(each, datetime)}
    return _Gone(gone.moments | moments, gone.days | days, is_open)


def _at_the_hour(span: Span, day: date) -> Moment:
    """A day as another beginning of the same."""
    start = span.start
    return datetime.combine(day, start.time(), start.tzinfo) if isinstance(start, datetime) else day


def _listed(main: Event) -> Iterator[Span]:
    """What is a date without any rule: the first one (a series begins with it, whatever its rule says), and RDATE."""
    yield main.span
    for each in islice(main.further, MOST_DATES):
        start = each.start if isinstance(each.start, datetime) else _at_the_hour(main.span, each.start)
        yield each if each.end is not None else Span(start, ended(main.span, start))


def _shown(span: Span) -> _Shown:
    """A date as it is here."""
    if not isinstance(span.start, datetime):
        return _whole_days(span.start, span.end)
    if not isinstance(span.end, datetime):
        start = instant(span.start).astimezone(zone())
        return _Shown(start.date(), start.time(), None, None)
    start, end = (each.astimezone(zone()) for each in instants(span.start, span.end))
    if start.time() == time() and (end.time() == time() or end.time() >= _LAST_MINUTE):
        # From midnight to midnight, or to its last minute: what programs make of whole days.
        return _whole_days(start.date(), end.date() + _DAY * (end.time() != time()))
    night = end.date() == start.date() + _DAY and end.time() < start.time()
    several = end.date() != start.date() and not night
    return _Shown(start.date(), start.time(), end.time(), end.date() if several else None)


def _whole_days(start: date, end: Moment | None) -> _Shown:
    last = end - _DAY if end is not None and not isinstance(end, datetime) else start
    return _Shown(start, None, None, last if last > start else None)


def _understood(span: Span, text: str, first: date) -> str:
    """A rule in our spelling, its last day as it is there: the rules of offers know days only."""
    written = "".join(text.split()).upper().removeprefix("RRULE:").strip(";")
    # The name of the frequency comes first, whatever the program thinks.
    parts = sorted(written.split(";"), key=lambda part: not part.startswith("FREQ="))
    # Some programs say in the rule, too, at which hour it begins.
    known = _hours(span.start) | _USUAL
    joined = ";".join(part for part in parts if part and part not in known)
    found = without_far_end(_UNTIL.sub(lambda end: _until(end, span.start), joined, count=1), first)
    check(found, first)
    return found


def _hours(start: Moment) -> frozenset[str]:
    """What a rule may say of the time of day without saying anything new."""
    if not isinstance(start, datetime):
        return frozenset()
    hour, minute, second = start.hour, start.minute, start.second
    return frozenset({f"BYHOUR={hour}", f"BYMINUTE={minute}", f"BYSECOND={second}",
                      f"BYHOUR={hour:02}", f"BYMINUTE={minute:02}", f"BYSECOND={second:02}"})  # fmt: skip


def _until(found: re.Match[str], start: Moment) -> str:
    day, clock, utc = found[1], found[2], found[3]
    if not clock or not isinstance(start, datetime) or int(day[:4]) > LAST_YEAR:
        return f";UNTIL={day}"
    try:
        end = datetime.strptime(day + clock, "%Y%m%d%H%M%S")
    except ValueError:
        raise RuleError(_("There is no such last day.")) from None
    if utc:
        end = end.replace(tzinfo=UTC).astimezone(start.tzinfo or zone())
    last = end.date() - timedelta(days=int(end.time() < start.time()))
    return f";UNTIL={last:%Y%m%d}"


class _Wall:
    """One rule of a series in one of its stretches, on the clocks of where it takes place."""

    def __init__(self, span: Span, text: str, first: date, stretch: Stretch) -> None:
        self.span, self.text, self.first, self.stretch = span, text, first, stretch
        self.rule: Rule = read(text, first)

    def written(self, gone: _Gone, since: date, until: date) -> tuple[Said | None, list[_Shown]]:
        """As one rule of ours, or else as single dates."""
        spans = [self._on(day) for day in islice(self.rule.days(max(since, self.first), until), MOST_DATES)]
        shown = [(each, _shown(self.stretch.moved(each))) for each in spans]
        if not gone.is_open and self._is_plain(shown):
            return self._as_rule(gone), []
        return None, [here for each, here in shown if not gone.has(each.start)]

    def _on(self, day: date) -> Span:
        moved = _at_the_hour(self.span, day)
        return Span(moved, ended(self.span, moved))

    def _pattern(self) -> _Shown:
        """The first date, by whose hours the others go."""
        return _shown(self.stretch.moved(self._on(self.rule.first_day() or self.first)))

    def _is_plain(self, shown: list[tuple[Span, _Shown]]) -> bool:
        """Whether each date is on the day of its own clock and at the same hours as the first one here."""
        first = self.rule.first_day() or self.first
        pattern = self._pattern()
        if pattern.last is not None or pattern.day != first:
            return False
        for each, here in shown:
            if here.day != day_of(each.start) or here.last is not None or not _at_hours(here, pattern):
                return False
        return True

    def _as_rule(self, gone: _Gone) -> Said | None:
        pattern = self._pattern()
        free = [day for day in self._named(gone) if gone.has(self._on(day).start)]
        if self.rule.last_day(frozenset(free)) is None and not self.rule.is_open:
            return None
        begins = _Shown(self.first, pattern.start, pattern.end, None)
        return begins.said(tidy(self.text, start=pattern.start), sorted(set(free))[-MOST_EXCEPTIONS:])

    def _named(self, gone: _Gone) -> Iterator[date]:
        """The days of the rule that are named as gone."""
        there = self.span.start.tzinfo if isinstance(self.span.start, datetime) else None
        candidates = {*gone.days, *(each.astimezone(there or zone()).date() for each in gone.moments)}
        for day in candidates:
            if day >= self.first and next(self.rule.days(day, day), None) is not None:
                yield day


def _at_hours(here: _Shown, pattern: _Shown) -> bool:
    """In the night of spring an hour is missing: what begins in it is at the same hour as ever."""
    if pattern.start is None or here.start is None:
        return here.start == pattern.start
    usual = at(here.day, pattern.start).time()
    return here.start == usual and (here.end == pattern.end or here.start != pattern.start)


def _distinct(singles: Iterable[_Shown], rules: Iterable[Said]) -> list[_Shown]:
    """Single dates in order, without those that a rule says already."""
    known = [(read(each["rrule"], date.fromisoformat(each["first_date"])), each) for each in rules]
    found = {each.order: each for each in singles}
    return [each for _order, each in sorted(found.items()) if not any(_says(rule, said, each) for rule, said in known)]


def _says(rule: Rule, said: Said, single: _Shown) -> bool:
    return (
        single.last is None
        and said["start_time"] == _clock(single.start)
        and said["end_time"] == _clock(single.end)
        and single.day.isoformat() not in said["exdates"]
        and next(rule.days(single.day, single.day), None) is not None
    )


def _stretches(singles: list[_Shown]) -> list[Said]:
    """Single dates, those a constant number of weeks apart drawn together into one rule."""
    groups: dict[tuple[int, time | None, time | None, date | None], list[_Shown]] = {}
    for each in singles:
        # What lasts for several days cannot repeat; each such is alone.
        groups.setdefault((each.day.weekday(), each.start, each.end, each.last), []).append(each)
    found = [said for several in groups.values() for said in _drawn(several)]
    return sorted(found, key=lambda said: (said["first_date"], said["start_time"] or "", said["rrule"]))


def _drawn(several: list[_Shown]) -> Iterator[Said]:
    rest = several
    while rest:
        length = _constant(rest)
        if length >= _STRETCH:
            weeks = (rest[1].day - rest[0].day).days // 7
            interval = f";INTERVAL={weeks}" if weeks > 1 else ""
            yield rest[0].said(f"FREQ=WEEKLY{interval};UNTIL={rest[length - 1].day:%Y%m%d}")
        else:
            length = 1
            yield rest[0].said()
        rest = rest[length:]


def _constant(several: list[_Shown]) -> int:
    """How many from the first on are the same number of weeks apart."""
    if len(several) < 2:
        return len(several)
    step, length = several[1].day - several[0].day, 2
    while length < len(several) and several[length].day - several[length - 1].day == step:
        length += 1
    return length


def _clock(value: time | None) -> str | None:
    if value is None:
        return None
    return value.isoformat("minutes") if not value.second else value.isoformat("seconds")
