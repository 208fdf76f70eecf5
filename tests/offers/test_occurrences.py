"""Dates: the rules against a slow, obvious reference that looks at every single day."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from audit.models import Entry
from portal.offers.choices import ScheduleKind
from portal.offers.models import Occurrence, Offer, Schedule
from portal.offers.occurrences import end_of, expand
from portal.offers.services import extend_occurrences, set_schedules
from tenants.running.context import inside
from tests.factories import an_offer

TODAY = date(2026, 11, 22)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
frozen = time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=UTC), tick=False)
near = st.dates(TODAY - timedelta(days=300), TODAY + timedelta(days=300))


def _rule(**fields):
    return Schedule(**{"offer_id": 1, "first_date": TODAY, **fields})


def _days(rule, horizon):
    return [row.first_date for row in expand(rule, horizon=horizon)]


@frozen
@given(
    first=near,
    days=st.sets(st.integers(0, 6), min_size=1),
    length=st.integers(0, 200),
    gap=st.integers(1, 3),
    out=st.sets(near, max_size=5),
)
def test_weekly_rules_hit_exactly_the_days_a_calendar_shows(first, days, length, gap, out):
    until = first + timedelta(days=length)
    names = ",".join(DAYS[day] for day in sorted(days))
    rule = _rule(
        first_date=first,
        rrule=f"FREQ=WEEKLY;INTERVAL={gap};BYDAY={names};UNTIL={until:%Y%m%d}T000000",
        exdates=sorted(out),
    )
    horizon = TODAY + timedelta(days=400)
    monday = first - timedelta(days=first.weekday())
    expected = [
        day
        for day in (first + timedelta(days=n) for n in range(length + 1))
        if day.weekday() in days and (day - monday).days // 7 % gap == 0 and day not in out and day <= horizon
    ]
    assert _days(rule, horizon) == expected


@frozen
@given(first=near, weekday=st.integers(0, 6), nth=st.sampled_from([1, 2, 3, 4, -1]))
def test_monthly_rules_hit_the_nth_weekday(first, weekday, nth):
    rule = _rule(first_date=first, rrule=f"FREQ=MONTHLY;BYDAY={nth}{DAYS[weekday]}")
    horizon = TODAY + timedelta(days=120)

    def hits(day):
        if day.weekday() != weekday:
            return False
        if nth > 0:
            return (day.day - 1) // 7 + 1 == nth
        return (day + timedelta(days=7)).month != day.month

    span = (horizon - first).days
    assert _days(rule, horizon) == [d for d in (first + timedelta(days=n) for n in range(span + 1)) if hits(d)]


@frozen
def test_a_course_keeps_its_local_time_when_the_clocks_change():
    rule = _rule(first_date=date(2027, 3, 26), rrule="FREQ=DAILY;COUNT=4", start_time=time(18), end_time=time(19, 30))
    rows = expand(rule, horizon=date(2027, 4, 30))
    assert [row.starts_at.astimezone(UTC).hour for row in rows] == [17, 17, 16, 16]
    assert {(row.ends_at - row.starts_at) for row in rows} == {timedelta(minutes=90)}


@frozen
def test_a_night_out_ends_on_the_following_day():
    row = expand(_rule(start_time=time(22), end_time=time(2)))[0]
    assert row.last_date == TODAY + timedelta(days=1)
    assert row.ends_at - row.starts_at == timedelta(hours=4)


@frozen
def test_a_period_is_one_stretch_and_a_day_without_time_lasts_all_day():
    row = expand(_rule(first_date=TODAY, last_date=TODAY + timedelta(days=5)))[0]
    assert (row.first_date, row.last_date, row.has_time) == (TODAY, TODAY + timedelta(days=5), False)
    assert timezone.localtime(row.ends_at).time() == time(23, 59, 59)


@frozen
def test_when_an_offer_is_over_does_not_depend_on_the_horizon():
    assert end_of([_rule(rrule="FREQ=WEEKLY")]) is None
    assert end_of([]) is None
    far = _rule(rrule="FREQ=MONTHLY;BYMONTHDAY=15;UNTIL=20310101T000000", start_time=time(10), end_time=time(11))
    assert timezone.localtime(end_of([far])).date() == date(2030, 12, 15)
    assert end_of([far, _rule(rrule="FREQ=DAILY")]) is None
    last_one_out = _rule(rrule="FREQ=DAILY;COUNT=3", exdates=[TODAY + timedelta(days=2)])
    assert timezone.localtime(end_of([last_one_out])).date() == TODAY + timedelta(days=1)


def test_an_offer_disappears_when_its_last_date_is_over(ahausen):
    with inside(ahausen):
        with frozen:
            offer = an_offer()
            set_schedules(
                offer, ScheduleKind.DATES, [Schedule(first_date=TODAY, start_time=time(15), end_time=time(16))]
            )
            assert offer in Offer.objects.current()
        with time_machine.travel(datetime(2026, 11, 22, 15, 30, tzinfo=UTC)):
            assert offer not in Offer.objects.current()
            assert offer in Offer.objects.over()


@frozen
def test_replacing_the_dates_replaces_their_occurrences(ahausen):
    with inside(ahausen):
        offer = an_offer()
        set_schedules(offer, ScheduleKind.WEEKLY, [Schedule(first_date=TODAY, rrule="FREQ=WEEKLY;BYDAY=SU")])
        assert Occurrence.objects.filter(offer=offer).count() > 50
        set_schedules(offer, ScheduleKind.DATES, [Schedule(first_date=TODAY)])
        assert Occurrence.objects.filter(offer=offer).count() == 1
        set_schedules(offer, ScheduleKind.NONE, [])
        assert (Occurrence.objects.filter(offer=offer).count(), offer.ends_at) == (0, None)


def test_the_nightly_job_moves_the_horizon_on_and_twice_is_once(ahausen):
    with inside(ahausen):
        with frozen:
            set_schedules(an_offer(), ScheduleKind.WEEKLY, [Schedule(first_date=TODAY, rrule="FREQ=WEEKLY")])
            before = Occurrence.objects.count()
        with time_machine.travel(datetime(2026, 12, 20, 12, tzinfo=UTC)):
            extend_occurrences()
            after = Occurrence.objects.count()
            extend_occurrences()
            assert Occurrence.objects.count() == after == before + 4


def test_one_bad_rule_stops_no_other_and_is_noted(ahausen, caplog):
    """A rule from before there were limits, in the middle of many; the night after it is mended the note goes."""
    with inside(ahausen):
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE offers_schedule DROP CONSTRAINT schedule_rule_bounded")
        offers = [an_offer() for _number in range(5)]
        with frozen:
            for offer in offers:
                set_schedules(offer, ScheduleKind.WEEKLY, [Schedule(first_date=TODAY, rrule="FREQ=WEEKLY")])
        bad = offers[2]
        bad.schedules.update(rrule="FREQ=MINUTELY")
        with time_machine.travel(datetime(2026, 12, 20, 12, tzinfo=UTC)):
            assert extend_occurrences() == [bad.pk]
            last = date(2028, 1, 23)
            found = {offer.pk: offer.occurrences.order_by("first_date").last().first_date for offer in offers}
            assert {pk for pk, day in found.items() if day == last} == {each.pk for each in offers} - {bad.pk}
            assert list(Offer.objects.with_date_problems()) == [bad]
            bad.refresh_from_db()
            assert bad.dates_problem.startswith("RuleError: ")
            assert Entry.objects.filter(action="dates_problem", target_id=str(bad.pk)).count() == 1
            assert f"The dates of offer {bad.pk} cannot be expanded." in caplog.text
            assert extend_occurrences() == [bad.pk]
            assert Entry.objects.filter(action="dates_problem").count() == 1
            bad.schedules.update(rrule="FREQ=WEEKLY")
            assert extend_occurrences() == []
            assert not Offer.objects.with_date_problems().exists()


def local(moment):
    return f"{timezone.localtime(moment):%d.%m. %H:%M}"


@pytest.mark.parametrize(
    ("day", "start", "end", "begins", "ends"),
    [
        # Spring: the hour from 2 to 3 is left out.
        (date(2027, 3, 28), time(2, 45), time(3, 15), "28.03. 03:45", "28.03. 04:15"),
        (date(2027, 3, 28), time(2, 30), time(2, 45), "28.03. 03:30", "28.03. 03:45"),
        (date(2027, 3, 28), time(2), time(3), "28.03. 03:00", "28.03. 04:00"),
        (date(2027, 3, 28), time(2, 30), time(3, 30), "28.03. 03:30", "28.03. 04:30"),
        (date(2027, 3, 28), time(2, 30), time(6), "28.03. 03:30", "28.03. 06:00"),
        (date(2027, 3, 28), time(2, 30), None, "28.03. 03:30", "28.03. 03:30"),
        (date(2027, 3, 28), time(1, 30), time(2, 30), "28.03. 01:30", "28.03. 03:30"),
        (date(2027, 3, 28), time(2, 30), time(2, 15), "28.03. 03:30", "29.03. 02:15"),
        (date(2027, 3, 27), time(23, 30), time(2, 30), "27.03. 23:30", "28.03. 03:30"),
        # Autumn: the hour from 2 to 3 comes twice; the first is meant.
        (date(2026, 10, 25), time(2, 30), time(2, 45), "25.10. 02:30", "25.10. 02:45"),
        (date(2026, 10, 25), time(2, 30), time(3, 15), "25.10. 02:30", "25.10. 03:15"),
        (date(2026, 10, 24), time(22), time(2, 30), "24.10. 22:00", "25.10. 02:30"),
    ],
)
def test_the_nights_in_which_the_clocks_change(day, start, end, begins, ends):
    row = expand(_rule(first_date=day, start_time=start, end_time=end), horizon=date(2028, 1, 1))[0]
    assert (local(row.starts_at), local(row.ends_at)) == (begins, ends)
    assert row.ends_at.astimezone(UTC) >= row.starts_at.astimezone(UTC)
    assert row.first_date == day
    assert row.last_date == timezone.localtime(row.ends_at).date()
    assert row.start_time == timezone.localtime(row.starts_at).time()


def test_the_first_of_two_equal_hours_is_meant():
    row = expand(_rule(first_date=date(2026, 10, 25), start_time=time(2, 30), end_time=time(3, 15)))[0]
    assert row.starts_at.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert row.ends_at.astimezone(UTC) == datetime(2026, 10, 25, 2, 15, tzinfo=UTC)


@given(
    day=st.sampled_from([date(2027, 3, 27), date(2027, 3, 28), date(2026, 10, 24), date(2026, 10, 25)]),
    start=st.times().map(lambda moment: moment.replace(second=0, microsecond=0)),
    end=st.one_of(st.none(), st.times().map(lambda moment: moment.replace(second=0, microsecond=0))),
    days=st.sampled_from([None, 0, 1]),
)
def test_nothing_ends_before_it_begins(day, start, end, days):
    last = None if days is None else day + timedelta(days=days)
    rule = _rule(first_date=day, last_date=last, start_time=start, end_time=end)
    row = expand(rule, horizon=date(2028, 1, 1))[0]
    assert row.ends_at.astimezone(UTC) >= row.starts_at.astimezone(UTC)
    assert row.last_date >= row.first_date


def test_a_rule_goes_through_the_gap_and_is_saved(ahausen):
    with inside(ahausen):
        daily = Schedule(
            first_date=date(2027, 3, 1), start_time=time(2, 30), end_time=time(3), rrule="FREQ=DAILY;UNTIL=20270430"
        )
        set_schedules(an_offer(), ScheduleKind.DAILY, [daily])
        assert Occurrence.objects.count() == 61
        odd = Occurrence.objects.get(first_date=date(2027, 3, 28))
        assert (odd.start_time, odd.end_time) == (time(3, 30), time(4))


@pytest.mark.parametrize(
    "fields",
    [
        {"rrule": "FREQ=OFTEN"},
        {"rrule": "FREQ=WEEKLY;BYDAY=XX"},
        {"rrule": "weekly"},
        {"last_date": TODAY - timedelta(days=1)},
        {"last_date": TODAY, "rrule": "FREQ=DAILY"},
        {"end_time": time(10)},
    ],
)
def test_impossible_dates_are_refused_and_nothing_is_lost(ahausen, fields):
    with inside(ahausen):
        offer = an_offer()
        set_schedules(offer, ScheduleKind.DATES, [Schedule(first_date=TODAY)])
        with pytest.raises(ValidationError):
            set_schedules(offer, ScheduleKind.WEEKLY, [Schedule(**{"first_date": TODAY, **fields})])
        assert offer.schedules.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"state": "sonstwas"},
        {"cost_kind": "free", "cost_amount": 5},
        {"cost_kind": "amount", "cost_amount": None},
        {"cost_kind": "text", "cost_text": ""},
        {"min_age": 10, "max_age": 5},
        {"title": ""},
        {"published_at": None},
        {"venue": "mond"},
        {"schedule_kind": "none", "ends_at": datetime(2026, 1, 1, tzinfo=UTC)},
    ],
)
def test_the_database_itself_refuses_an_impossible_offer(ahausen, change):
    with inside(ahausen):
        offer = an_offer()
        with pytest.raises(IntegrityError), transaction.atomic():
            Offer.objects.filter(pk=offer.pk).update(**change)
