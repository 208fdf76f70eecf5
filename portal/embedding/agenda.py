"""A month of dates as a list by day: what a calendar can be in a narrow frame."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.search.calendar_view import FARTHEST
from portal.search.days import Entry, addresses_of, entries_of, entry_of, spread
from portal.search.results import Meeting, Results

MOST_OF_A_DAY = 12


@dataclass(frozen=True, slots=True)
class AgendaDay:
    """A day on which something happens; `more` is how many dates are not shown."""

    day: date
    entries: tuple[Entry, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Agenda:
    """A month from today on, and the months beside it that can be shown."""

    month: date
    days: list[AgendaDay]
    long: list[Entry]
    beside: list[date]


def month_of(text: str, today: date) -> date:
    """The first day of a month as an address names it (`2027-01`); of this month for anything else."""
    this = today.replace(day=1)
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", text, re.ASCII) or text[:4] == "0000":
        return this
    asked = date.fromisoformat(f"{text}-01")
    return asked if this <= asked <= today + FARTHEST else this


def agenda(results: Results, month: date) -> Agenda:
    """The dates of a month that fit the search; of the present one those to come. One statement."""
    today = timezone.localdate(results.search.now)
    first, last = max(month, today), month.replace(day=monthrange(month.year, month.month)[1])
    query, tree = results.search.query, results.search.tree
    found = spread(results.meetings(first, last), first, last, weekdays=query.weekday_numbers)
    shown = {day: found.shown(day, MOST_OF_A_DAY) for day in sorted(found.days)}
    long = found.long[:MOST_OF_A_DAY]
    urls = addresses_of([*long, *(meeting for day in shown.values() for meeting in day)])
    after = last + timedelta(days=1)
    return Agenda(
        month=month,
        days=[
            AgendaDay(day, entries_of(meetings, urls, tree, day), len(found.days[day]) - len(meetings))
            for day, meetings in shown.items()
        ],
        long=[
            entry_of(each, urls[each.offer_id], tree, day=first, time=_until(each))
            for each in long
            if each.offer_id in urls
        ],
        beside=[
            *([(month - timedelta(days=1)).replace(day=1)] if month > today else []),
            *([after] if after <= today + FARTHEST else []),
        ],
    )


def _until(meeting: Meeting) -> str:
    return _("until %(day)s") % {"day": date_format(meeting.last_date, "SHORT_DATE_FORMAT")}
