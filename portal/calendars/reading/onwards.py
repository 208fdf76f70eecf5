"""Changes of a repeated event that hold for one date and all later ones (RANGE=THISANDFUTURE of RFC 5545).

Such a change divides a series into stretches: up to its date everything is as the series says, from there on as the
change says, until the next one. What it moves is moved by the same time on every later date, on the clocks of where
the series takes place; how long it lasts holds for all of them. Days of a rule stay those of the series: a stretch only
says from which of them to which it goes, and what becomes of each.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from itertools import pairwise

from portal.calendars.reading.moments import Moment, Span, day_of, ended, instant
from portal.calendars.reading.parsing import Event, Series
from portal.offers.moments import zone
from portal.offers.rules import read

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a series: from one of its days to before another (None: its beginning, its end), as `change` says."""

    since: date | None
    before: date | None
    change: Event | None = None

    @property
    def takes_place(self) -> bool:
        """Whether its dates were not cancelled."""
        return self.change is None or not self.change.cancelled

    def has(self, day: date) -> bool:
        """Whether a day of the series lies in it."""
        return (self.since is None or day >= self.since) and (self.before is None or day < self.before)

    def moved(self, span: Span) -> Span:
        """What becomes of a date of the series here."""
        change = self.change
        if change is None or change.replaces is None:
            return span
        there = span.start.tzinfo if isinstance(span.start, datetime) else None
        start = _there(change.span.start, there)
        day = day_of(span.start) + (day_of(start) - day_of(_there(change.replaces, there)))
        begins: Moment = datetime.combine(day, start.time(), start.tzinfo) if isinstance(start, datetime) else day
        return Span(begins, ended(replace(change.span, start=start), begins))

    def cut(self, text: str, first: date) -> tuple[str, date] | None:
        """The rule of a series for the days of this stretch, and the first of them; None where it has none here."""
        rule = read(text, first)
        begins = first if self.since is None else next(rule.days(self.since, rule.farthest), None)
        if begins is None or not self.has(begins):
            return None
        last = rule.last_day()
        if self.before is not None and (last is None or last >= self.before):
            last = self.before - _DAY
        elif self.since is None or begins == first:
            return text, begins
        parts = [part for part in text.split(";") if not part.startswith(("COUNT=", "UNTIL="))]
        return ";".join([*parts, *([f"UNTIL={last:%Y%m%d}"] if last is not None else [])]), begins


def stretches_of(series: Series) -> list[Stretch]:
    """The stretches of a series in order; one where no change holds for later dates."""
    changes = list(_onwards(series))
    days = [None, *(day for day, _change in changes), None]
    ways = [None, *(change for _day, change in changes)]
    return [Stretch(since, before, way) for (since, before), way in zip(pairwise(days), ways, strict=True)]


def in_force(series: Series, today: date) -> Series:
    """The series with the words that hold today: those of its last change for all later dates that has begun."""
    main = series.main
    for day, change in _onwards(series):
        if day <= today and not change.cancelled:
            said = {name: getattr(change, name) for name in ("title", "description", "place", "url", "labels", "geo")}
            main = replace(main, **{name: value for name, value in said.items() if value})
    return replace(series, main=main)


def _onwards(series: Series) -> Iterator[tuple[date, Event]]:
    """Changes for all later dates with the day of the series from which each holds, in order, one a day."""
    there = series.main.span.start.tzinfo if isinstance(series.main.span.start, datetime) else None
    known = {_day_there(each.replaces, there): each for each in _in_order(series.changed) if each.replaces is not None}
    yield from sorted(known.items(), key=lambda item: item[0])


def _in_order(changed: Iterable[Event]) -> list[Event]:
    return sorted((each for each in changed if each.onwards), key=lambda each: each.sequence)


def _there(moment: Moment, there: tzinfo | None) -> Moment:
    """A moment of the world on the clocks of a series; a day, or a time without a zone, is one there already."""
    if isinstance(moment, datetime) and moment.tzinfo is not None and there is not None:
        return moment.astimezone(there)
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        return instant(moment).astimezone(zone())
    return moment


def _day_there(moment: Moment, there: tzinfo | None) -> date:
    return day_of(_there(moment, there))
