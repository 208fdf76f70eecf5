"""The result of a search as a calendar: one day, up to seven days side by side, or weeks below each other.

There is no parameter for the kind: the days that are searched for decide, so that every link says what it filters.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

import numpy as np
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.search.days import Day, Entry, Spread, addresses_of, entries_of, entry_of, spread
from portal.search.parameters import SearchQuery
from portal.search.results import Meeting, Results

MOST_LONG = 8
# Six weeks below each other are still a calendar; of longer spans the first month is shown.
LONGEST_GRID = 42
# Nothing is known beyond; without an end the links to the next month would lead visitors' robots through the ages.
FARTHEST = timedelta(days=740)


class Kind(StrEnum):
    """How days are laid out."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


# Lines for each day.
MOST = {Kind.DAY: 100, Kind.WEEK: 8, Kind.MONTH: 3}


@dataclass(frozen=True, slots=True)
class Period:
    """The days that are laid out."""

    kind: Kind
    first: date
    last: date

    @property
    def title(self) -> str:
        if self.kind == Kind.DAY:
            return date_format(self.first, _("l, F j, Y"))
        if self == month_of(self.first):
            return date_format(self.first, "YEAR_MONTH_FORMAT")
        # Translators: a Django date format for a day in the year that is named after it; German writes "j.n."
        first = date_format(self.first, _("d/m")) if self.first.year == self.last.year else _short(self.first)
        return _("%(first)s to %(last)s") % {"first": first, "last": _short(self.last)}

    @property
    def short_title(self) -> str:
        """The title as it fits on a button."""
        if self.kind == Kind.DAY:
            return date_format(self.first, _("D, d/m"))
        if self.kind == Kind.MONTH:
            return self.title
        return f"{date_format(self.first, _('d/m'))}–{date_format(self.last, _('d/m'))}"

    def days(self) -> Iterator[date]:
        return (date.fromordinal(number) for number in range(self.first.toordinal(), self.last.toordinal() + 1))


@dataclass(frozen=True, slots=True)
class Link:
    """A way to other days."""

    label: str
    url: str
    id: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """Everything search/_calendar.html shows."""

    kind: Kind
    title: str
    note: str
    days: list[Day]
    weeks: list[list[Day | None]]
    weekdays: list[date]
    long: list[Entry]
    more_long: int
    total: int
    without_date: int
    list_url: str
    any_time_url: str
    previous: Link | None
    next: Link | None
    today: Link
    kinds: list[Link]


def month_of(day: date) -> Period:
    """The whole month around a day."""
    return Period(Kind.MONTH, day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def week_of(day: date) -> Period:
    """Monday to Sunday around a day; the very last days there are end it early."""
    monday = day - timedelta(days=day.weekday())
    return Period(Kind.WEEK, monday, shifted(monday, 6) or date.max)


def day_of(day: date) -> Period:
    """One day."""
    return Period(Kind.DAY, day, day)


_AROUND = {Kind.DAY: day_of, Kind.WEEK: week_of, Kind.MONTH: month_of}


def shifted(day: date, days: int) -> date | None:
    """A day some days away; None beyond the first and last year."""
    number = day.toordinal() + days
    return date.fromordinal(number) if 1 <= number <= date.max.toordinal() else None


def period_of(query: SearchQuery, today: date) -> Period:
    """Which days to lay out, and how."""
    first, last = query.from_date, query.to_date
    if first is None or last is None:
        return month_of(first or min(today, last or today))
    length = (last - first).days + 1
    if length > LONGEST_GRID:
        return month_of(first)
    kind = Kind.DAY if length == 1 else Kind.WEEK if length <= 7 else Kind.MONTH
    return Period(kind, first, last)


def calendar_page(results: Results) -> CalendarPage:
    """The calendar of what was found; one query besides those of the search."""
    search = results.search
    query, today = search.query, search.today
    period = period_of(query, today)
    first, last = max(period.first, query.from_date or date.min), min(period.last, query.to_date or date.max)
    meetings = results.meetings(first, last)
    found = spread(meetings, first, last, weekdays=query.weekday_numbers)
    long = found.long[: MOST_LONG if period.kind != Kind.DAY else MOST[Kind.DAY]]
    days, entries = _days_and_long(results, period, found, long)
    return CalendarPage(
        kind=period.kind,
        title=period.title,
        note=_note(query, period, today),
        days=days,
        weeks=_weeks(days) if period.kind == Kind.MONTH else [],
        weekdays=[date(2024, 1, number) for number in range(1, 8)],
        long=entries,
        more_long=len(found.long) - len(entries),
        total=len(meetings),
        without_date=_without_date(results),
        list_url=f"?{query.link(view='', from_date=first, to_date=last)}",
        any_time_url=f"?{query.link(view='', from_date=None, to_date=None)}",
        kinds=_kinds(query, period, today),
        today=_link(query, _AROUND[period.kind](today), _("Today")),
        **_neighbours(query, period, today),
    )


def _days_and_long(
    results: Results, period: Period, found: Spread, long: list[Meeting]
) -> tuple[list[Day], list[Entry]]:
    search = results.search
    query = search.query
    shown = {day: found.shown(day, MOST[period.kind]) for day in period.days() if day in found.days}
    urls = addresses_of([*long, *(meeting for each in shown.values() for meeting in each)])
    days = [
        Day(
            day=day,
            entries=entries_of(shown.get(day, ()), urls, search.tree, day),
            total=len(found.days.get(day, ())),
            url=_url(query, day_of(day)) if period.kind != Kind.DAY else _list_of(query, day),
            today=day == search.today,
            past=day < search.today,
            open=(query.from_date or day) <= day <= (query.to_date or day),
        )
        for day in period.days()
    ]
    entries = [
        entry_of(each, urls[each.offer_id], search.tree, day=period.first, time=_stretch(each, period))
        for each in long
        if each.offer_id in urls
    ]
    return days, entries


def _stretch(meeting: Meeting, period: Period) -> str:
    """How long it lasts, as seen from the days shown."""
    if meeting.first_date > period.first:
        return _("%(first)s to %(last)s") % {"first": _short(meeting.first_date), "last": _short(meeting.last_date)}
    return _("until %(day)s") % {"day": _short(meeting.last_date)}


def _weeks(days: list[Day]) -> list[list[Day | None]]:
    """Rows of seven; None where a row begins before or ends after the days shown."""
    cells: list[Day | None] = [None] * days[0].day.weekday()
    cells += days
    cells += [None] * (-len(cells) % 7)
    return [cells[start : start + 7] for start in range(0, len(cells), 7)]


def _note(query: SearchQuery, period: Period, today: date) -> str:
    """What somebody must know who looks at these days."""
    if period.last < today:
        return _("These days are over. The calendar shows what is still to come.")
    if query.from_date and query.to_date and query.to_date > period.last:
        return _(
            "You are looking for dates until %(last)s. This is the first month; the next follows by the arrow."
        ) % {"last": _short(query.to_date)}
    return ""


def _without_date(results: Results) -> int:
    """How many of the found offers have no dates and so no place in a calendar."""
    return int(np.count_nonzero(results.found & results.columns.dateless))


def _kinds(query: SearchQuery, period: Period, today: date) -> list[Link]:
    """Month, week or day around the same days."""
    anchor = today if period.first <= today <= period.last else max(period.first, query.from_date or period.first)
    labels = {Kind.MONTH: _("Month"), Kind.WEEK: _("Week"), Kind.DAY: _("Day")}
    return [
        replace(_link(query, _AROUND[kind](anchor), label), id=f"kal-{kind}", current=kind == period.kind)
        for kind, label in labels.items()
    ]


def stretch_before(period: Period) -> Period | None:
    """The days that end where these begin; None before the first year."""
    last = shifted(period.first, -1)
    if last is None:
        return None
    if period == month_of(period.first):
        return month_of(last)
    return Period(period.kind, shifted(last, period.first.toordinal() - period.last.toordinal()) or date.min, last)


def stretch_after(period: Period) -> Period | None:
    """The days that begin where these end: the next month after a month, else as many days; None after the last
    year."""
    first = shifted(period.last, 1)
    if first is None:
        return None
    if period == month_of(period.first):
        return month_of(first)
    return Period(period.kind, first, shifted(first, period.last.toordinal() - period.first.toordinal()) or date.max)


def _neighbours(query: SearchQuery, period: Period, today: date) -> dict[str, Link | None]:
    """The days before and after, as far as there can be anything."""
    earlier, later = stretch_before(period), stretch_after(period)
    has_earlier = earlier is not None and earlier.last >= today
    has_later = later is not None and later.last >= today and later.first <= today + FARTHEST
    return {
        "previous": _link(query, earlier, earlier.short_title) if earlier and has_earlier else None,
        "next": _link(query, later, later.short_title) if later and has_later else None,
    }


def _link(query: SearchQuery, period: Period, label: str) -> Link:
    return Link(label, _url(query, period))


def _url(query: SearchQuery, period: Period) -> str:
    return f"?{query.link(view='kalender', from_date=period.first, to_date=period.last)}"


def _list_of(query: SearchQuery, day: date) -> str:
    return f"?{query.link(view='', from_date=day, to_date=day)}"


def _short(day: date) -> str:
    return date_format(day, _("d/m/Y"))
