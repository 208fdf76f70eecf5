"""Repetitions: the same days as a well-known library, and never more work than a rule may make."""

import datetime as datetime_module
from datetime import date, datetime, time, timedelta

import dateutil.rrule
import pytest
from dateutil.rrule import rrulestr
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation
from hypothesis import assume, given
from hypothesis import strategies as st

from portal.offers.choices import ScheduleKind
from portal.offers.models import Occurrence, Schedule
from portal.offers.rules import DAYS, RuleError, check, read, tidy, without_far_end
from portal.offers.services import set_schedules
from tenants.running.context import inside
from tests.factories import an_offer

FIRST = date(2026, 11, 28)


def _few(draw, numbers, most=3):
    return ",".join(str(number) for number in sorted(draw(st.sets(numbers, min_size=1, max_size=most))))


@st.composite
def rules(draw):
    """Rules of every frequency with up to three BY… lists, in which dateutil and RFC 5545 agree."""
    freq = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={freq}", f"INTERVAL={draw(st.integers(1, 5))}"]
    signed = st.integers(-31, 31).filter(bool)
    which = st.sampled_from(["", "1", "2", "-1"] if freq == "MONTHLY" else [""])
    lists = {
        "BYMONTH": lambda: _few(draw, st.integers(1, 12), 4),
        "BYMONTHDAY": lambda: _few(draw, signed),
        "BYDAY": lambda: f"{draw(which)}{draw(st.sampled_from(DAYS))}",
        "BYYEARDAY": lambda: _few(draw, st.integers(-366, 366).filter(bool), 8),
        "BYWEEKNO": lambda: _few(draw, st.sampled_from([1, 2, 10, 52, 53, -1])),
    }
    chosen = draw(st.sets(st.sampled_from(sorted(lists)), max_size=2))
    parts += [f"{name}={lists[name]()}" for name in sorted(chosen)]
    if chosen and freq in ("MONTHLY", "YEARLY") and draw(st.booleans()):
        parts.append(f"BYSETPOS={_few(draw, st.sampled_from([1, 2, 3, -1, -2]))}")
    parts.append(draw(st.sampled_from(["", f"COUNT={draw(st.integers(1, 50))}"])))
    if draw(st.booleans()):
        parts.append(f"WKST={draw(st.sampled_from(['MO', 'SU']))}")
    return ";".join(part for part in parts if part)


class EarlyEnd:
    """dateutil looks for a day until the year 9999; here its world ends sooner."""

    MAXYEAR = 2034

    def __getattr__(self, name):
        return getattr(datetime_module, name)


@pytest.fixture(scope="module", autouse=True)
def _early_end():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dateutil.rrule, "datetime", EarlyEnd())
        yield


@given(text=rules(), first=st.dates(date(2023, 1, 1), date(2029, 12, 31)), ahead=st.integers(0, 900))
def test_the_days_are_those_of_dateutil(text, first, ahead):
    # dateutil counts the last week of a year wrongly where weeks do not begin on Monday.
    assume("BYWEEKNO" not in text or "WKST" not in text)
    until = first + timedelta(days=1400)
    known = rrulestr(text, dtstart=datetime.combine(first, time()))
    expected = [moment.date() for moment in known if moment.date() <= until]
    since = first + timedelta(days=ahead)
    rule = read(text, first)
    assert list(rule.days(first, until)) == expected
    assert list(rule.days(since, until)) == [day for day in expected if day >= since]


@given(text=rules().filter(lambda text: "COUNT" not in text), first=st.dates(date(2024, 1, 1), date(2028, 1, 1)))
def test_the_last_day_is_the_last_of_all(text, first):
    until = first + timedelta(days=1400)
    rule = read(f"{text};UNTIL={until:%Y%m%d}", first)
    expected = list(rule.days(first, until))
    assert rule.last_day() == (expected[-1] if expected else None)
    assert rule.last_day(frozenset(expected[-2:])) == (expected[-3] if len(expected) > 2 else None)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", ["2026-11-30", "2026-12-31", "2027-01-31"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=2", ["2028-02-29", "2032-02-29"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2", ["2026-11-30", "2026-12-31"]),
        ("FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SA,SU;COUNT=3", ["2026-11-28", "2026-12-06", "2026-12-12"]),
        ("FREQ=YEARLY;BYDAY=1MO,-1FR;COUNT=3", ["2026-12-25", "2027-01-04", "2027-12-31"]),
        ("FREQ=MONTHLY;BYDAY=MO,1TU;UNTIL=20261214", ["2026-11-30", "2026-12-01", "2026-12-07", "2026-12-14"]),
        ("FREQ=WEEKLY;COUNT=9;UNTIL=20261205", ["2026-11-28", "2026-12-05"]),
    ],
)
def test_days_known_by_the_calendar(text, days):
    assert [str(day) for day in read(text, FIRST).days(FIRST, date(2040, 1, 1))] == days


UNBOUNDED = [
    "FREQ=MINUTELY",
    "FREQ=SECONDLY;COUNT=2",
    "FREQ=HOURLY;INTERVAL=24",
    "FREQ=DAILY;BYHOUR=1,2,3",
    "FREQ=DAILY;BYSECOND=1",
    "FREQ=DAILY;FREQ=MINUTELY",
    "FREQ=DAILY;UNTIL=99990101",
    "FREQ=DAILY;UNTIL=99991231T235959",
    "FREQ=DAILY;UNTIL=20671231",
    "FREQ=DAILY;UNTIL=00010101",
    "FREQ=DAILY;UNTIL=20260231",
    "FREQ=DAILY;COUNT=100000",
    "FREQ=DAILY;COUNT=0",
    "FREQ=YEARLY;COUNT=500",
    "FREQ=DAILY;INTERVAL=0",
    "FREQ=DAILY;INTERVAL=100000",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=DAILY;BYMONTH=4;BYMONTHDAY=31;COUNT=3",
    "FREQ=MONTHLY;INTERVAL=12;BYMONTH=5",
    "FREQ=DAILY;UNTIL=20261101",
    "FREQ=YEARLY;BYMONTH=13",
    "FREQ=MONTHLY;BYMONTHDAY=0",
    "FREQ=MONTHLY;BYMONTHDAY=99",
    "FREQ=YEARLY;BYYEARDAY=" + ",".join(["1"] * 100),
    "FREQ=YEARLY;BYEASTER=1",
    "FREQ=WEEKLY;BYDAY=MO;BYDAY=TU",
    "FREQ=WEEKLY;BYDAY=MO\nRDATE:20270101",
    "FREQ=DAILY;UNTIL=20261231T225959Z",
    "INTERVAL=2;FREQ=DAILY",
    "FREQ=DAILY;",
    "FREQ=" + "D" * 400,
    "",
]


@pytest.mark.parametrize("text", UNBOUNDED)
def test_a_rule_without_bounds_is_refused_with_a_sentence(text):
    with translation.override("en"), pytest.raises(RuleError) as refused:
        check(text, FIRST)
    assert str(refused.value).endswith(".") or "part cannot be understood" in str(refused.value)


@pytest.mark.parametrize("first", [date(1, 1, 1), date(1969, 12, 31), date(2201, 1, 1), date(9999, 12, 31)])
def test_a_rule_of_an_impossible_year_is_refused(first):
    with pytest.raises(RuleError):
        check("FREQ=DAILY", first)


@pytest.mark.parametrize("text", [each for each in UNBOUNDED if each and each == tidy(each)])
def test_the_model_takes_no_such_rule(ahausen, text):
    with inside(ahausen):
        offer = an_offer()
        with pytest.raises(ValidationError):
            set_schedules(offer, ScheduleKind.WEEKLY, [Schedule(first_date=FIRST, rrule=text[:300])])
        assert not Occurrence.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"rrule": "FREQ=MINUTELY"},
        {"rrule": "FREQ=DAILY;FREQ=MINUTELY"},
        {"rrule": "FREQ=DAILY;UNTIL=99990101"},
        {"rrule": "FREQ=DAILY;COUNT=99999"},
        {"rrule": "FREQ=DAILY;BYHOUR=1"},
        {"rrule": "FREQ=YEARLY;BYYEARDAY=" + ",".join(["1"] * 60)},
        {"first_date": date(9999, 12, 31)},
        {"first_date": date(1, 1, 1)},
        {"last_date": date(9999, 12, 31)},
        {"exdates": [FIRST] * 1001},
    ],
)
def test_the_database_itself_refuses_it_whoever_writes(ahausen, fields):
    with inside(ahausen):
        offer = an_offer()
        with pytest.raises(IntegrityError), transaction.atomic():
            Schedule.objects.bulk_create([Schedule(**{"offer": offer, "first_date": FIRST, **fields})])


@pytest.mark.parametrize(
    ("written", "start", "tidied"),
    [
        ("RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20261221T225959Z", time(10), "FREQ=WEEKLY;BYDAY=MO;UNTIL=20261221"),
        ("FREQ=WEEKLY;UNTIL=20261221T230000Z;BYDAY=MO", None, "FREQ=WEEKLY;UNTIL=20261222;BYDAY=MO"),
        # It ends at 9:00 of our time: on the 21st, a course at 10:00 does not take place any more.
        ("FREQ=DAILY;UNTIL=20261221T080000Z", time(10), "FREQ=DAILY;UNTIL=20261220"),
        ("FREQ=DAILY;UNTIL=20260621T080000Z", time(10), "FREQ=DAILY;UNTIL=20260621"),
        # The same without a zone: on our clocks.
        ("FREQ=DAILY;UNTIL=20261221T000000", time(10), "FREQ=DAILY;UNTIL=20261220"),
        ("FREQ=DAILY;UNTIL=20261221T100000", time(10), "FREQ=DAILY;UNTIL=20261221"),
        ("FREQ=DAILY;UNTIL=20261221T000000", None, "FREQ=DAILY;UNTIL=20261221"),
        ("FREQ=DAILY;UNTIL=99991231T235959Z", None, "FREQ=DAILY;UNTIL=99991231"),
        ("freq=daily; count=3;", None, "FREQ=DAILY;COUNT=3"),
        ("FREQ=DAILY;UNTIL=20261221", time(10), "FREQ=DAILY;UNTIL=20261221"),
    ],
)
def test_rules_of_other_programs_are_put_into_our_spelling(written, start, tidied):
    assert tidy(written, start=start) == tidied


def test_an_end_in_a_far_future_is_none():
    assert without_far_end("FREQ=DAILY;UNTIL=20991231", FIRST) == "FREQ=DAILY"
    assert without_far_end("FREQ=DAILY;UNTIL=99991231T000000;BYDAY=MO", FIRST) == "FREQ=DAILY;BYDAY=MO"
    assert without_far_end("FREQ=DAILY;UNTIL=20661231", FIRST) == "FREQ=DAILY;UNTIL=20661231"
