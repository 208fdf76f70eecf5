"""Dates moved on: the end by a period, the whole by a season. Expectations written by hand from a calendar."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from portal.offers.seasons import end_of_text, extended, longer_until, moved, why_not_longer
from portal.offers.snapshot import canonical

TODAY = date(2026, 11, 28)


def text(*rules: dict) -> dict:
    return {"schedules": canonical({"schedules": list(rules)})["schedules"]}


WEEKLY = {"first_date": "2026-09-04", "start_time": "15:00", "rrule": "FREQ=WEEKLY;UNTIL=20261218",
          "exdates": ["2026-10-16"]}  # fmt: skip
COUNTED = {"first_date": "2026-11-02", "rrule": "FREQ=WEEKLY;COUNT=5"}
LAST_FRIDAY = {"first_date": "2026-01-30", "rrule": "FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20261231"}
CAMP = {"first_date": "2026-12-27", "last_date": "2027-01-02"}
DAY = {"first_date": "2026-12-06"}
OPEN = {"first_date": "2026-09-04", "rrule": "FREQ=WEEKLY"}


@pytest.mark.parametrize(
    ("rules", "end"),
    [
        ([WEEKLY], date(2026, 12, 18)),
        ([COUNTED], date(2026, 11, 30)),
        ([CAMP, DAY], date(2027, 1, 2)),
        ([DAY], date(2026, 12, 6)),
        ([OPEN, DAY], None),
        ([], None),
    ],
)
def test_the_last_day(rules, end):
    assert end_of_text(text(*rules)) == end


@pytest.mark.parametrize(
    ("period", "until"),
    [("4w", date(2027, 1, 15)), ("3m", date(2027, 3, 18)), ("6m", date(2027, 6, 18)), ("1j", date(2027, 12, 18))],
)
def test_a_period_counts_from_the_last_day(period, until):
    assert longer_until(text(WEEKLY), period, today=TODAY) == until


def test_of_what_is_over_a_period_counts_from_today():
    over = text({**WEEKLY, "rrule": "FREQ=WEEKLY;UNTIL=20260930"})
    assert longer_until(over, "4w", today=TODAY) == date(2026, 12, 26)


@pytest.mark.parametrize(
    ("rule", "key", "value"),
    [
        (WEEKLY, "rrule", "FREQ=WEEKLY;UNTIL=20270318"),
        (COUNTED, "rrule", "FREQ=WEEKLY;UNTIL=20270318"),
        (LAST_FRIDAY, "rrule", "FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20270318"),
        (CAMP, "last_date", "2027-03-18"),
    ],
)
def test_the_end_moves_and_nothing_else(rule, key, value):
    before = text(rule)
    after = extended(before, date(2027, 3, 18))
    assert after["schedules"] == [{**before["schedules"][0], key: value}]
    assert extended(after, date(2027, 3, 18)) == after
    assert canonical(after)["schedules"] == after["schedules"]


def test_rules_that_ended_long_before_stay_where_they_are():
    spring = {"first_date": "2026-02-02", "rrule": "FREQ=WEEKLY;UNTIL=20260330"}
    later = {**WEEKLY, "rrule": "FREQ=WEEKLY;UNTIL=20261211"}
    after = extended(text(spring, later, WEEKLY), date(2027, 1, 15))
    assert [rule["rrule"][-8:] for rule in after["schedules"]] == ["20260330", "20270108", "20270115"]


@pytest.mark.parametrize(("rules", "words"), [([], "no dates"), ([OPEN], "without an end"), ([DAY], "single days")])
def test_what_cannot_be_extended_says_why(rules, words):
    from django.utils.translation import override

    with override("en"):
        assert words in why_not_longer(text(*rules))
    with pytest.raises(ValidationError):
        extended(text(*rules), date(2027, 3, 18))


def test_a_year_later_every_day_keeps_its_weekday():
    (rule,) = moved(text(WEEKLY), 52, today=TODAY)["schedules"]
    assert (rule["first_date"], rule["rrule"], rule["exdates"]) == (
        "2027-09-03", "FREQ=WEEKLY;UNTIL=20271217", ["2027-10-15"],
    )  # fmt: skip
    assert date.fromisoformat(rule["first_date"]).weekday() == date(2026, 9, 4).weekday()


def test_half_a_year_later_the_days_left_out_are_no_longer_holidays():
    (rule,) = moved(text(WEEKLY), 26, today=TODAY)["schedules"]
    assert (rule["first_date"], rule["exdates"]) == ("2027-03-05", [])


def test_an_old_offer_moves_as_often_as_it_takes():
    (rule,) = moved(text({"first_date": "2022-07-01", "last_date": "2022-07-10"}), 52, today=TODAY)["schedules"]
    assert (rule["first_date"], rule["last_date"]) == ("2027-06-25", "2027-07-04")
