"""From a pattern's wish ("Tuesdays, twelve weeks") to dates around a given day, so that a demo is never stale."""

from __future__ import annotations

from datetime import date, time, timedelta
from random import Random

from dateutil.easter import easter

from demo.content.types import WEEKDAYS, ScheduleSeed, ScheduleSpec, SlotSeed

NOTES = (
    "",
    "",
    "",
    "Nicht in den Schulferien.",
    "An Feiertagen geschlossen.",
    "In den Ferien bitte nachfragen.",
)


# Days on which nobody holds a course or gives a lecture.
FEASTS = frozenset({(1, 1), (5, 1), (10, 3), (11, 1), (12, 24), (12, 25), (12, 26), (12, 31)})


def _rests(day: date) -> bool:
    return (day.month, day.day) in FEASTS


def _window(text: str, shift: int = 0) -> tuple[time, time]:
    start, end = (part.split(":") for part in text.split("-"))
    minutes = [int(hour) * 60 + int(minute) + shift for hour, minute in (start, end)]
    first, second = (time(each // 60, each % 60) for each in minutes)
    return first, second


def _on_or_after(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def _holidays(today: date, season: str) -> date:
    """The Monday of the next school holidays of a season; without one, of whichever comes first."""
    found = {
        name: min(day for year in (today.year, today.year + 1) for day in _mondays(name, year) if day > today)
        for name in ("Osterferien", "Sommerferien", "Herbstferien")
    }
    return found.get(season) or min(found.values())


def _mondays(season: str, year: int) -> tuple[date, ...]:
    if season == "Osterferien":
        return (easter(year) - timedelta(days=6),)
    first = _on_or_after(date(year, 7, 20) if season == "Sommerferien" else date(year, 10, 10), 0)
    return (first, first + timedelta(days=7)) if season == "Sommerferien" else (first,)


def _dates(spec: ScheduleSpec, today: date, rng: Random, *, over: bool) -> ScheduleSeed:
    span = (spec.count - 1) * spec.gap
    offset = -span - rng.randint(8, 45) if over else rng.randint(1, 60) if spec.count < 3 else rng.randint(-8, 45)
    first = _on_or_after(today + timedelta(days=offset), WEEKDAYS.index(spec.weekdays[0]))
    if over and first + timedelta(days=span) >= today:
        first -= timedelta(days=7)
    start, end = _window(spec.windows[0])
    step = timedelta(days=spec.gap)
    days = [first]
    while _rests(days[0]):
        days[0] += timedelta(days=-7 if over else 7)
    while len(days) < spec.count:
        following = days[-1] + step
        while _rests(following):
            following += timedelta(days=7)
        days.append(following)
    return ScheduleSeed("dates", days[0], days[-1], tuple(SlotSeed(start, end, day=day) for day in days))


def _period(spec: ScheduleSpec, today: date, rng: Random, *, over: bool) -> ScheduleSeed:
    first = today - timedelta(days=spec.count + rng.randint(5, 40) if over else rng.randint(-14, spec.count - 10))
    return ScheduleSeed("period", first, first + timedelta(days=spec.count - 1))


def _daily(spec: ScheduleSpec, today: date, season: str, *, over: bool) -> ScheduleSeed:
    first = _holidays(today - timedelta(days=366) if over else today, season)
    if over and first + timedelta(days=spec.count) >= today:
        first -= timedelta(days=364)
    start, end = _window(spec.windows[0])
    # Holy Week ends with Good Friday.
    days = min(spec.count, 4) if first == easter(first.year) - timedelta(days=6) else spec.count
    return ScheduleSeed("daily", first, first + timedelta(days=days - 1), (SlotSeed(start, end),))


def _weekdays(spec: ScheduleSpec, rng: Random) -> list[int]:
    days = [WEEKDAYS.index(day) for day in spec.weekdays]
    if spec.movable and max(days) < 5:
        shift = rng.randrange(5)
        days = sorted((day + shift) % 5 for day in days)
    return days


def _weekly(spec: ScheduleSpec, today: date, rng: Random, *, over: bool) -> ScheduleSeed:
    days = _weekdays(spec, rng)
    shift = rng.choice((-30, 0, 0, 30)) if spec.movable else 0
    windows = [_window(text, shift) for text in spec.windows]
    slots = tuple(SlotSeed(start, end, weekday=day) for day in days for start, end in windows)
    if over:
        weeks = spec.count or 10
        last = today - timedelta(days=rng.randint(5, 60))
        return ScheduleSeed("weekly", _on_or_after(last - timedelta(days=weeks * 7), days[0]), last, slots)
    if spec.count:
        first = _on_or_after(today + timedelta(days=rng.randint(-21, 35)), days[0])
        last = first + timedelta(days=spec.count * 7 - 1)
        return ScheduleSeed("weekly", first, last, slots, exceptions=_exceptions(today, first, last, days, rng))
    first = _on_or_after(today - timedelta(days=rng.randint(10, 60)), days[0])
    return ScheduleSeed(
        "weekly",
        first,
        None,
        slots,
        exceptions=_exceptions(today, first, None, days, rng),
        note=rng.choice(NOTES),
    )


def _exceptions(today: date, first: date, last: date | None, days: list[int], rng: Random) -> tuple[date, ...]:
    """Now and then a day on which it does not take place, a few weeks ahead."""
    if rng.random() > 0.2:
        return ()
    day = _on_or_after(max(today, first) + timedelta(days=rng.randint(8, 24)), rng.choice(days))
    return (day,) if last is None or day < last else ()


def _monthly(spec: ScheduleSpec, today: date, rng: Random, *, over: bool) -> ScheduleSeed:
    weekday = WEEKDAYS.index(spec.weekdays[0])
    start, end = _window(spec.windows[0])
    first = (today - timedelta(days=rng.randint(40, 300))).replace(day=1)
    last = today - timedelta(days=rng.randint(5, 30)) if over else None
    return ScheduleSeed("monthly", first, last, (SlotSeed(start, end, weekday=weekday),), nth=spec.nth)


def place_schedule(
    spec: ScheduleSpec, today: date, rng: Random, *, season: str = "", over: bool = False
) -> ScheduleSeed:
    """The dates of one offer around `today`; with `over` all of them have passed.

    `season` names school holidays that a holiday week belongs to. Weekly slots repeat from `start` to `end`.
    """
    match spec.kind:
        case "none":
            return ScheduleSeed("none")
        case "dates":
            return _dates(spec, today, rng, over=over)
        case "period":
            return _period(spec, today, rng, over=over)
        case "daily":
            return _daily(spec, today, season, over=over)
        case "weekly":
            return _weekly(spec, today, rng, over=over)
        case "monthly":
            return _monthly(spec, today, rng, over=over)
