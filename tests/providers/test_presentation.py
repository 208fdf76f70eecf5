"""Opening hours as people say them."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from portal.providers.models import OpeningHours
from portal.providers.presentation import open_until, opening_table

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
    ("moment", "words"),
    [
        (at(24, 8), "bis 12:00 Uhr"),
        (at(24, 7, 59), ""),
        (at(24, 12), ""),
        (at(26, 11), "bis 18:00 Uhr"),
        (at(26, 18, 30), ""),
        (at(28, 9), ""),
    ],
)
def test_it_is_open_from_the_first_minute_to_the_last(moment, words):
    assert open_until(HOURS, now=moment) == words
