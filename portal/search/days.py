"""Dates of a search put into their days, for the calendar and the strip of coming days."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import attrgetter

from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from portal.offers.models import Offer
from portal.offers.presentation import hours_of
from portal.offers.schedule_words import goes_on, is_night
from portal.search.matching import Search
from portal.search.parameters import SearchQuery
from portal.search.results import Meeting, answer
from portal.taxonomy.tree import Tree, load_tree

# What lasts longer than three days is told once, not on every day.
LONGEST = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Entry:
    """One date of an offer as a line of a day. `time` is empty where nobody knows the hour."""

    title: str
    url: str
    time: str
    until: str
    category: str
    color: str
    icon: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day with the dates shown on it and the number of all; `open` is false outside of what was searched for."""

    day: date
    entries: tuple[Entry, ...]
    total: int
    url: str
    today: bool = False
    past: bool = False
    open: bool = True

    @property
    def more(self) -> int:
        """How many dates are not shown."""
        return self.total - len(self.entries)


@dataclass(frozen=True, slots=True)
class Spread:
    """Dates by day, and those that last for many days."""

    days: dict[date, list[Meeting]]
    long: list[Meeting]
    often: Counter[int]

    def shown(self, day: date, most: int) -> list[Meeting]:
        """A few dates of a day in order of time. What is rare comes first into the choice: a kindergarten that opens
        every morning must not hide the summer party."""
        found = self.days.get(day, [])
        if len(found) > most:
            found = sorted(found, key=lambda each: (self.often[each.offer_id], *by_time(each)))[:most]
        return sorted(found, key=by_time)


def by_time(meeting: Meeting) -> tuple[bool, object, int]:
    """Order within a day: by the hour, those without one last; then by title."""
    return meeting.start_time is None, meeting.start_time or 0, meeting.row


def spread(meetings: Iterable[Meeting], first: date, last: date, *, weekdays: Collection[int] = ()) -> Spread:
    """Put dates into the days from `first` to `last`; `weekdays` (ISO numbers) restricts where they may stand."""
    days: dict[date, list[Meeting]] = {}
    long: list[Meeting] = []
    often: Counter[int] = Counter()
    for meeting in meetings:
        often[meeting.offer_id] += 1
        if meeting.last_date - meeting.first_date > LONGEST:
            long.append(meeting)
            continue
        begin = max(meeting.first_date, first)
        end = begin if _is_night(meeting) else min(meeting.last_date, last)
        for number in range((end - begin).days + 1):
            day = begin + timedelta(days=number)
            if not weekdays or day.isoweekday() in weekdays:
                days.setdefault(day, []).append(meeting)
    return Spread(days, sorted(long, key=attrgetter("last_date", "first_date", "row")), often)


def _is_night(meeting: Meeting) -> bool:
    return is_night(meeting.first_date, meeting.last_date, hours_of(meeting))


def _hours_on(meeting: Meeting, day: date) -> tuple[str, str]:
    """From when until when on one of its days; empty where nobody knows, or where it goes on all day."""
    start = time_format(meeting.start_time, "H:i") if meeting.start_time else ""
    end = time_format(meeting.end_time, "H:i") if meeting.end_time and meeting.end_time != meeting.start_time else ""
    if not goes_on(meeting.first_date, meeting.last_date, hours_of(meeting)):
        return start, end
    if day == meeting.first_date:
        return start, end if _is_night(meeting) else ""
    return (_("until %(time)s (time of day)") % {"time": end} if day == meeting.last_date else ""), ""


def addresses_of(meetings: Iterable[Meeting]) -> dict[int, str]:
    """Where the pages of the offers of some dates are, by id; one query."""
    offers = Offer.objects.filter(pk__in={meeting.offer_id for meeting in meetings}).only("slug")
    return {offer.pk: offer.get_absolute_url() for offer in offers}


def entry_of(meeting: Meeting, url: str, tree: Tree, *, day: date, time: str = "") -> Entry:
    """A line of a day; `time` replaces the hours of the date."""
    start, end = (time, "") if time else _hours_on(meeting, day)
    node = tree.nodes.get(meeting.category_id)
    return Entry(
        title=meeting.title,
        url=url,
        time=start,
        until=end,
        category=node.said if node else "",
        color=node.color_class if node else "",
        icon=node.icon if node else "",
    )


def entries_of(meetings: Sequence[Meeting], urls: dict[int, str], tree: Tree, day: date) -> tuple[Entry, ...]:
    """Lines of a day. An offer that vanished since it was found is left out."""
    return tuple(entry_of(each, urls[each.offer_id], tree, day=day) for each in meetings if each.offer_id in urls)


def coming_days(now: datetime, days: int = 7, per_day: int = 3) -> list[Day]:
    """What takes place from today on, day by day, for search/_coming_days.html; one query.

    Days on which nothing happens are in it with no entries; stretches of more than three days are not.
    """
    tree = load_tree()
    today = timezone.localdate(now)
    span = [today + timedelta(days=number) for number in range(days)]
    found = spread(answer(Search(SearchQuery(), tree, None, now)).meetings(span[0], span[-1]), span[0], span[-1])
    shown = {day: found.shown(day, per_day) for day in span}
    urls = addresses_of(meeting for each in shown.values() for meeting in each)
    return [
        Day(
            day=day,
            entries=entries_of(shown[day], urls, tree, day),
            total=len(found.days.get(day, ())),
            url=f"/angebote/?{SearchQuery(from_date=day, to_date=day, view='kalender').link()}",
            today=day == today,
        )
        for day in span
    ]
