"""By when an error should be mended, and the monthly record of it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.releases.due import Month, after_working_days, is_working_day, months, settled_on

DAYS = st.dates(date(2025, 1, 1), date(2030, 12, 31))
TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("reported", "days", "due"),
    [
        (date(2026, 11, 25), 1, date(2026, 11, 26)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),
        (date(2026, 11, 28), 1, date(2026, 11, 30)),
        (date(2026, 12, 23), 1, date(2026, 12, 24)),
        (date(2026, 12, 24), 1, date(2026, 12, 28)),
        (date(2026, 4, 30), 1, date(2026, 5, 4)),
        (date(2026, 11, 25), 5, date(2026, 12, 2)),
    ],
)
def test_working_days_leave_out_weekends_and_the_holidays_of_the_whole_country(reported, days, due):
    assert after_working_days(reported, days) == due


def test_a_holiday_of_a_few_states_is_a_working_day():
    assert is_working_day(date(2026, 6, 4)), "Corpus Christi"
    assert not is_working_day(date(2026, 10, 3))


@given(DAYS, st.integers(1, 30))
def test_a_time_ends_on_a_working_day_with_as_many_between(reported, number):
    due = after_working_days(reported, number)
    between = [date.fromordinal(day) for day in range(reported.toordinal() + 1, due.toordinal() + 1)]
    assert is_working_day(due)
    assert sum(map(is_working_day, between)) == number


def test_a_time_is_settled_when_it_is_met_or_over():
    assert settled_on(date(2026, 11, 30), None, TODAY) is None
    assert settled_on(TODAY, None, TODAY) is None, "the last day belongs to it"
    assert settled_on(date(2026, 11, 28), None, TODAY) == date(2026, 11, 28)
    assert settled_on(date(2026, 12, 4), date(2026, 11, 20), TODAY) == date(2026, 11, 20)
    assert settled_on(date(2026, 10, 30), date(2026, 11, 2), TODAY) == date(2026, 10, 30)


def test_the_record_counts_each_time_in_the_month_it_was_settled_in():
    record = months(
        [
            (date(2026, 10, 30), date(2026, 11, 2)),
            (date(2026, 10, 30), date(2026, 10, 30)),
            (date(2026, 12, 4), date(2026, 11, 20)),
            (date(2026, 11, 27), None),
            (date(2026, 11, 30), None),
        ],
        TODAY,
    )
    assert record == [Month(date(2026, 10, 1), 1, 2), Month(date(2026, 11, 1), 1, 2)]
    assert record[0].percent == 50


@given(st.lists(st.tuples(DAYS, st.none() | DAYS)))
def test_nothing_is_counted_twice_or_lost(times):
    record = months(times, TODAY)
    assert sum(month.all for month in record) == sum(settled_on(due, met, TODAY) is not None for due, met in times)
    assert all(0 <= month.kept <= month.all for month in record)


def test_a_hundred_percent_is_all():
    assert Month(TODAY, 199, 200).percent == 99
