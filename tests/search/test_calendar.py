"""The calendar against a slow look at every date on every day, its links, and what it costs."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import parse_qs

import pytest
import time_machine
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from portal.offers.choices import ScheduleKind
from portal.offers.models import Occurrence, Schedule
from portal.offers.services import set_schedules
from portal.search.calendar_view import (
    LONGEST_GRID,
    Kind,
    calendar_page,
    month_of,
    period_of,
    shifted,
    stretch_after,
    stretch_before,
)
from portal.search.days import coming_days
from portal.search.matching import Search
from portal.search.parameters import SearchQuery
from portal.search.results import answer
from portal.taxonomy.models import Category
from portal.taxonomy.tree import load_tree
from tenants.running.context import inside
from tests.conftest import municipality
from tests.factories import an_offer
from tests.search import corpus
from tests.search.reference import day_fits
from tests.search.test_matching import agreeing
from tests.search.test_pages import queries, text

TODAY = date(2026, 11, 22)
frozen = time_machine.travel(datetime(2026, 11, 22, 9, tzinfo=UTC), tick=False)


@pytest.fixture
def portal(ahausen, visitor):
    return visitor("ahausen")


def a_date(title="Sommerfest", day=TODAY, start=time(20), end=None, **fields):
    offer = an_offer(title=title, **fields)
    set_schedules(offer, ScheduleKind.DATES, [Schedule(first_date=day, start_time=start, end_time=end)])
    return offer


def page_of(**query):
    return calendar_page(answer(Search(SearchQuery(**query), load_tree(), None, timezone.now())))


def by_day(page):
    return {day.day: [entry.title for entry in day.entries] for day in page.days if day.entries}


def is_night(each):
    overnight = each.last_date == each.first_date + timedelta(days=1)
    if not overnight or each.start_time is None or each.end_time is None:
        return False
    return each.end_time < each.start_time and each.end_time <= time(6)


def obvious(search, found, first, last):
    """How many dates each day has, and which last for more than three days."""
    fitting = [each for each in Occurrence.objects.filter(offer__in=found) if day_fits(each, search)]
    touching = [each for each in fitting if each.last_date >= first and each.first_date <= last]
    long = [each for each in touching if (each.last_date - each.first_date).days > 2]
    days = {}
    day = first
    while day <= last:
        for each in touching:
            covers = each.first_date <= day <= each.last_date
            if is_night(each):
                covers = day == max(each.first_date, first)
            wanted = not search.query.weekdays or day.isoweekday() in search.query.weekday_numbers
            if covers and wanted and each not in long:
                days[day] = days.get(day, 0) + 1
        day += timedelta(days=1)
    return days, len(touching), len(long)


@pytest.mark.parametrize("seed", [6, 7])
def test_every_day_has_the_dates_a_slow_look_finds(ahausen, seed):
    seen = set()

    def compare(search, slow):
        page, found = calendar_page(answer(search)), slow.find(search)
        first = max(page.days[0].day, search.query.from_date or date.min)
        last = min(page.days[-1].day, search.query.to_date or date.max)
        days, total, long = obvious(search, found, first, last)
        assert {day.day: day.total for day in page.days if day.total} == days
        assert (page.total, len(page.long) + page.more_long) == (total, long)
        assert page.without_date == sum(each.pk in found and each.schedule_kind == "none" for each in slow.offers)
        seen.add((page.kind, total > 0))

    def same(search, slow):
        first = search.query.from_date or timezone.localdate()
        compare(replace(search, query=replace(search.query, to_date=None)), slow)
        for length in (0, 6, 20):
            last = first + timedelta(days=length)
            compare(replace(search, query=replace(search.query, from_date=first, to_date=last)), slow)

    agreeing(ahausen, seed, 15, same)
    assert len(seen) == 6, "the calendars were all alike"


anywhere = st.one_of(st.none(), st.dates(), st.dates(TODAY - timedelta(days=60), TODAY + timedelta(days=60)))


@given(first=anywhere, last=anywhere)
def test_any_days_are_laid_out_and_every_link_says_what_it_shows(first, last):
    if first and last and last < first:
        last = None
    period = period_of(SearchQuery(from_date=first, to_date=last), TODAY)
    days = list(period.days())
    assert days == sorted(set(days))
    assert len(days) <= LONGEST_GRID
    if first and last and (last - first).days < LONGEST_GRID:
        assert (days[0], days[-1]) == (first, last)
    elif first:
        assert first in days
    again = period_of(SearchQuery(from_date=period.first, to_date=period.last), TODAY)
    assert (again.first, again.last) == (period.first, period.last)


@pytest.mark.parametrize(
    ("first", "last", "kind", "shown"),
    [
        (None, None, Kind.MONTH, (date(2026, 11, 1), date(2026, 11, 30))),
        (date(2027, 2, 10), None, Kind.MONTH, (date(2027, 2, 1), date(2027, 2, 28))),
        (None, date(2026, 12, 24), Kind.MONTH, (date(2026, 11, 1), date(2026, 11, 30))),
        (TODAY, TODAY, Kind.DAY, (TODAY, TODAY)),
        (date(2026, 11, 28), date(2026, 11, 29), Kind.WEEK, (date(2026, 11, 28), date(2026, 11, 29))),
        (date(2026, 12, 20), date(2027, 1, 6), Kind.MONTH, (date(2026, 12, 20), date(2027, 1, 6))),
        (date(2026, 12, 20), date(2027, 6, 6), Kind.MONTH, (date(2026, 12, 1), date(2026, 12, 31))),
        (date.max, None, Kind.MONTH, (date(9999, 12, 1), date.max)),
    ],
)
def test_the_days_searched_for_decide_how_they_are_shown(first, last, kind, shown):
    period = period_of(SearchQuery(from_date=first, to_date=last), TODAY)
    assert (period.kind, (period.first, period.last)) == (kind, shown)


@pytest.mark.parametrize(
    ("shown", "previous", "following"),
    [
        # The first example of the report: a week that begins on a Tuesday.
        (("2026-12-01", "2026-12-07"), ("2026-11-24", "2026-11-30"), ("2026-12-08", "2026-12-14")),
        (("2026-12-07", "2026-12-13"), ("2026-11-30", "2026-12-06"), ("2026-12-14", "2026-12-20")),
        (("2026-12-24", "2026-12-24"), ("2026-12-23", "2026-12-23"), ("2026-12-25", "2026-12-25")),
        (("2027-01-01", "2027-01-31"), ("2026-12-01", "2026-12-31"), ("2027-02-01", "2027-02-28")),
        (("2027-02-01", "2027-02-28"), ("2027-01-01", "2027-01-31"), ("2027-03-01", "2027-03-31")),
        (("2026-12-20", "2027-01-06"), ("2026-12-02", "2026-12-19"), ("2027-01-07", "2027-01-24")),
        (("2027-02-02", "2027-02-28"), ("2027-01-06", "2027-02-01"), ("2027-03-01", "2027-03-27")),
    ],
)
def test_the_days_before_and_after_adjoin(shown, previous, following):
    first, last = map(date.fromisoformat, shown)
    period = period_of(SearchQuery(from_date=first, to_date=last), TODAY)
    before, after = stretch_before(period), stretch_after(period)
    assert [str(before.first), str(before.last)] == list(previous)
    assert [str(after.first), str(after.last)] == list(following)


@given(first=st.dates(), length=st.integers(0, 60), steps=st.integers(1, 5))
def test_no_day_is_left_out_and_none_comes_twice_on_any_walk(first, length, steps):
    last = shifted(first, length) or date.max
    shown = period_of(SearchQuery(from_date=first, to_date=last), TODAY)
    seen, period = list(shown.days()), shown
    for _step in range(steps):
        following = stretch_after(period)
        if following is None:
            assert period.last == date.max
            break
        # Links carry days only: what they lead to is read from those.
        period = period_of(SearchQuery(from_date=following.first, to_date=following.last), TODAY)
        assert (period.first, period.last) == (following.first, following.last)
        seen += period.days()
        before = stretch_before(period)
        assert before.last == period.first - timedelta(days=1)
    numbers = [day.toordinal() for day in seen]
    assert numbers == list(range(shown.first.toordinal(), shown.first.toordinal() + len(numbers)))


@frozen
def test_two_days_are_told_as_two_days_and_hours_stand_where_they_belong(ahausen):
    with inside(ahausen):
        days = {"first_date": date(2026, 12, 12), "last_date": date(2026, 12, 13)}
        for title, hours in (
            ("Markt", {"start_time": time(10), "end_time": time(17)}),
            ("Zeltlager", {"start_time": time(14), "end_time": time(12)}),
            ("Tanznacht", {"start_time": time(20), "end_time": time(3)}),
        ):
            set_schedules(an_offer(title=title), ScheduleKind.PERIOD, [Schedule(**days, **hours)])
        with override("de"):
            page = page_of(from_date=date(2026, 12, 12), to_date=date(2026, 12, 13))
        told = [[(entry.title, entry.time, entry.until) for entry in day.entries] for day in page.days]
        assert told == [
            [("Markt", "10:00", "17:00"), ("Zeltlager", "14:00", ""), ("Tanznacht", "20:00", "03:00")],
            [("Markt", "10:00", "17:00"), ("Zeltlager", "bis 12:00 Uhr", "")],
        ]


@frozen
def test_one_can_walk_through_months_weeks_and_days_within_reason(ahausen):
    with inside(ahausen):
        month = page_of(text="fest", free=True)
        assert month.previous is None
        assert parse_qs(month.next.url[1:]) == {
            "q": ["fest"], "kostenfrei": ["1"], "ansicht": ["kalender"], "von": ["2026-12-01"], "bis": ["2026-12-31"],
        }  # fmt: skip
        week = page_of(from_date=date(2026, 12, 30), to_date=date(2027, 1, 2))
        assert "von=2026-12-26&bis=2026-12-29" in week.previous.url
        assert "von=2027-01-03&bis=2027-01-06" in week.next.url
        assert "von=2026-11-16&bis=2026-11-22" in week.today.url
        day = page_of(from_date=TODAY, to_date=TODAY)
        assert day.previous is None
        assert "von=2026-11-23&bis=2026-11-23" in day.next.url
        assert [kind.current for kind in day.kinds] == [False, False, True]
        steps, link = 0, month.next
        while link:
            given = {
                name: date.fromisoformat(value[0])
                for name, value in parse_qs(link.url[1:]).items()
                if name in ("von", "bis")
            }
            link, steps = page_of(from_date=given["von"], to_date=given["bis"]).next, steps + 1
        assert steps == 25
        for far in (date.max, date.min, date(2020, 2, 1)):
            assert page_of(from_date=far).next is None
    assert shifted(date.max, 1) is None
    assert shifted(date.min, -1) is None


@frozen
def test_a_night_is_one_day_and_a_long_stretch_is_told_once(ahausen):
    with inside(ahausen):
        a_date("Nacht der Museen", day=date(2026, 11, 28), start=time(19), end=time(1))
        short, long = an_offer(title="Ferienspiele"), an_offer(title="Ausstellung")
        set_schedules(
            short, ScheduleKind.PERIOD, [Schedule(first_date=date(2026, 11, 26), last_date=date(2026, 11, 28))]
        )
        set_schedules(long, ScheduleKind.PERIOD, [Schedule(first_date=date(2026, 11, 1), last_date=date(2026, 12, 24))])
        an_offer(title="Jederzeit")
        page = page_of()
        assert by_day(page) == {
            date(2026, 11, 26): ["Ferienspiele"],
            date(2026, 11, 27): ["Ferienspiele"],
            date(2026, 11, 28): ["Nacht der Museen", "Ferienspiele"],
        }
        with override("de"):
            page = page_of(from_date=date(2026, 11, 29), to_date=date(2026, 11, 29))
        assert [(entry.title, entry.time) for entry in page.long] == [("Ausstellung", "bis 24.12.2026")]
        assert by_day(page) == {date(2026, 11, 29): ["Nacht der Museen"]}
        assert page.days[0].entries[0].time == "bis 01:00 Uhr"
        assert page.without_date == 1


@frozen
def test_what_is_rare_is_not_hidden_by_what_is_daily(ahausen):
    with inside(ahausen):
        for number in range(9):
            daily = Schedule(first_date=TODAY, start_time=time(7), rrule="FREQ=DAILY")
            set_schedules(an_offer(title=f"Kindergarten {number}"), ScheduleKind.DAILY, [daily])
        a_date(day=date(2026, 11, 27))
        day = next(each for each in page_of().days if each.day == date(2026, 11, 27))
        assert [entry.title for entry in day.entries] == ["Kindergarten 0", "Kindergarten 1", "Sommerfest"]
        assert (day.total, day.more) == (10, 7)
        assert [len(each.entries) for each in coming_days(timezone.now(), days=7, per_day=2)] == [0] + [2] * 6


@frozen
def test_the_clocks_may_change(ahausen):
    with inside(ahausen):
        rule = Schedule(
            first_date=date(2027, 3, 26), start_time=time(23, 30), end_time=time(0, 30), rrule="FREQ=DAILY;COUNT=4"
        )
        set_schedules(an_offer(title="Mondscheinrunde"), ScheduleKind.DAILY, [rule])
        page = page_of(from_date=date(2027, 3, 1), to_date=date(2027, 3, 31))
        assert by_day(page) == {date(2027, 3, number): ["Mondscheinrunde"] for number in (26, 27, 28, 29)}
        assert {entry.time for day in page.days for entry in day.entries} == {"23:30"}


@frozen
def test_the_page_is_a_table_with_a_link_for_each_day(ahausen, portal):
    with inside(ahausen):
        topic = Category.objects.create(name="Feste", color="#00519e", icon="party")
        offer = a_date(day=date(2026, 11, 27), categories=[topic])
        an_offer(title="Jederzeit")
    page = text(portal, "/angebote/", ansicht="kalender", q="sommerfest")
    for words in (
        "November 2026",
        '<th scope="col"><abbr title="Montag">Mo</abbr></th>',
        "Freitag, 27. November",
        f'href="{offer.get_absolute_url()}"',
        f"entry kategorie-{topic.pk}",
        "1 Termin",
        "von=2026-11-27&amp;bis=2026-11-27",
        'name="ansicht" value="kalender"',
        "is-today",
    ):
        assert words in page, words
    week = text(portal, "/angebote/", ansicht="kalender", von="2026-11-23", bis="2026-11-29")
    assert '<ol class="week week--week">' in week
    assert "1 ohne festen Termin" in week
    assert "An diesen Tagen findet nichts statt" in text(portal, "/angebote/", ansicht="kalender", von="2027-06-01")
    assert "Diese Tage sind vorbei" in text(portal, "/angebote/", ansicht="kalender", von="2020-02-01")
    ids = re.findall(r' id="([^"]+)"', week)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    "junk",
    [
        {"von": "9999-12-31"},
        {"von": "0001-01-01"},
        {"bis": "0001-01-01"},
        {"von": "0001-01-01", "bis": "9999-12-31"},
        {"von": "9999-12-31", "bis": "9999-12-31"},
        {"von": "9999-12-27", "bis": "9999-12-31"},
        {"von": "2026-02-31", "bis": "x", "seite": "-1"},
        {"von": "2026-12-24", "bis": "2026-12-01", "wochentag": "mo"},
    ],
)
def test_no_days_break_it(ahausen, portal, junk):
    with inside(ahausen):
        a_date()
    for view in ("kalender", "liste"):
        assert "kalender-titel" in text(portal, "/angebote/", ansicht=view, **junk) or view == "liste"


def test_a_full_month_costs_no_more_queries_and_stays_readable(own_database, visitor):
    ahausen, portal = municipality("ahausen"), visitor("ahausen")
    path = f"/angebote/?ansicht=kalender&von={month_of(timezone.localdate() + timedelta(days=32)).first}"
    with inside(ahausen):
        corpus.taxonomy()
        corpus.offers(10, 1)
    few = queries(portal, path + "&q=chor")
    with inside(ahausen):
        corpus.offers(3000, 2)
    many = queries(portal, path + "&q=ch")
    assert len(many) <= max(len(few), 12), "\n".join(many)
    page = text(portal, path)
    total = int(re.search(r"(\d+) Termine", page)[1])
    assert total > 1500
    assert page.count('<li class="entry') <= 31 * 3 + 8
    assert len(page) < 200_000
