"""Opening hours as people say them."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from portal.providers.models import OpeningHours, Provider
from portal.providers.presentation import closed_days, opening_state, opening_table

BERLIN = ZoneInfo("Europe/Berlin")
HOURS = [OpeningHours(weekday=day, opens=time(8), closes=time(12)) for day in (1, 2, 3, 4)] + [
    OpeningHours(weekday=4, opens=time(12), closes=time(18)),
    OpeningHours(weekday=4, opens=time(19), closes=time(20)),
]


def at(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=BERLIN)


def test_days_with_the_same_hours_share_a_row():
    rows = opening_table(HOURS, now=at(24, 9))
    assert [(row.days, row.hours, row.today) for row in rows] == [
        ("Montag bis Mittwoch", "08:00–12:00 Uhr", True),
        ("Donnerstag", "08:00–12:00, 12:00–18:00, 19:00–20:00 Uhr", False),
        ("Freitag bis Sonntag", "geschlossen", False),
    ]
    assert opening_table([], now=at(24, 9)) == []


@pytest.mark.parametrize(
    ("moment", "is_open", "words"),
    [
        (at(24, 8), True, "jetzt geöffnet, bis 12:00 Uhr"),
        (at(24, 7, 59), False, "jetzt geschlossen, öffnet heute um 08:00 Uhr"),
        (at(24, 12), False, "jetzt geschlossen, öffnet morgen um 08:00 Uhr"),
        (at(26, 11), True, "jetzt geöffnet, bis 18:00 Uhr"),
        (at(26, 18, 30), False, "jetzt geschlossen, öffnet heute um 19:00 Uhr"),
        (at(26, 20), False, "jetzt geschlossen, öffnet am Montag um 08:00 Uhr"),
        (at(28, 9), False, "jetzt geschlossen, öffnet am Montag um 08:00 Uhr"),
        (at(29, 23, 59), False, "jetzt geschlossen, öffnet morgen um 08:00 Uhr"),
    ],
)
def test_one_sees_whether_it_is_open_now_and_until_or_from_when(moment, is_open, words):
    state = opening_state(HOURS, now=moment)
    assert (state.is_open, state.text) == (is_open, words)


def test_who_opens_on_one_weekday_only_opens_in_a_week_after_closing():
    monday = [OpeningHours(weekday=1, opens=time(8), closes=time(12))]
    assert opening_state(monday, now=at(23, 12)).text == "jetzt geschlossen, öffnet am Montag um 08:00 Uhr"
    assert opening_state(monday, now=at(23, 7)).text == "jetzt geschlossen, öffnet heute um 08:00 Uhr"


def test_nothing_is_said_where_no_hours_are_known():
    assert opening_state([], now=at(24, 9)) is None


def test_a_note_stands_beside_the_hours_of_its_day_or_in_their_place():
    notes = ["", "", "", "abends Eingang hinten", "nach Absprache", "nach Absprache", ""]
    rows = opening_table(HOURS, notes, now=at(24, 9))
    assert [(row.days, row.hours, row.note) for row in rows] == [
        ("Montag bis Mittwoch", "08:00–12:00 Uhr", ""),
        ("Donnerstag", "08:00–12:00, 12:00–18:00, 19:00–20:00 Uhr", "abends Eingang hinten"),
        ("Freitag und Samstag", "", "nach Absprache"),
        ("Sonntag", "geschlossen", ""),
    ]
    assert [row.days for row in opening_table([], notes, now=at(24, 9))] == [
        "Montag bis Mittwoch",
        "Donnerstag",
        "Freitag und Samstag",
        "Sonntag",
    ]


@pytest.mark.parametrize(
    ("on_holidays", "in_school_holidays", "sentence"),
    [
        (False, False, ""),
        (True, False, "An Feiertagen geschlossen."),
        (False, True, "In den Schulferien geschlossen."),
        (True, True, "An Feiertagen und in den Schulferien geschlossen."),
    ],
)
def test_when_it_is_closed_whatever_the_week_says(on_holidays, in_school_holidays, sentence):
    provider = Provider(closed_on_holidays=on_holidays, closed_in_school_holidays=in_school_holidays)
    assert closed_days(provider) == sentence


@pytest.mark.parametrize(
    ("moment", "closed", "words"),
    [
        (at(24, 8), {24}, "jetzt geschlossen, öffnet morgen um 08:00 Uhr"),
        (at(24, 7), {24, 25}, "jetzt geschlossen, öffnet am Donnerstag um 08:00 Uhr"),
        (at(24, 8), {25}, "jetzt geöffnet, bis 12:00 Uhr"),
        (at(16, 8), set(range(16, 31)), "jetzt geschlossen, öffnet am 1. Dezember um 08:00 Uhr"),
    ],
)
def test_holidays_are_no_days_on_which_it_opens(moment, closed, words):
    days = {date(2026, 11, day) for day in closed}
    assert opening_state(HOURS, now=moment, closed_on=lambda day: day in days).text == words


def test_what_does_not_open_for_months_is_only_closed():
    assert opening_state(HOURS, now=at(24, 8), closed_on=lambda _day: True).text == "jetzt geschlossen"
