"""Dates, prices and ages as people say them."""

from datetime import date, datetime, time
from decimal import Decimal
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from portal.offers.models import Location, Occurrence, Offer, Schedule
from portal.offers.presentation import (
    age_line,
    cost_line,
    next_date_line,
    occurrence_line,
    place_line,
    schedule_sentences,
)
from portal.preferences.models import Preferences
from portal.taxonomy.models import District

BERLIN = ZoneInfo("Europe/Berlin")
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=BERLIN)
FOUR, HALF_PAST_FIVE = time(16), time(17, 30)


def rule(rrule="", first=date(2026, 1, 6), start=FOUR, end=HALF_PAST_FIVE, last=None, exdates=()):
    return Schedule(
        first_date=first, last_date=last, start_time=start, end_time=end, rrule=rrule, exdates=list(exdates)
    )


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        ([rule("FREQ=WEEKLY;BYDAY=TU")], "Jeden Dienstag, 16:00–17:30 Uhr"),
        (
            [rule("FREQ=WEEKLY;BYDAY=TU;UNTIL=20270630", exdates=[date(2026, 12, 24), date(2026, 1, 6)])],
            "Jeden Dienstag, 16:00–17:30 Uhr, bis 30.06.2027, nicht am 24.12.2026",
        ),
        (
            [rule("FREQ=WEEKLY;BYDAY=TU", exdates=[date(2026, 12, 29), date(2026, 12, 22)])],
            "Jeden Dienstag, 16:00–17:30 Uhr, nicht am 22.12.2026 und 29.12.2026",
        ),
        ([rule("FREQ=WEEKLY")], "Jeden Dienstag, 16:00–17:30 Uhr"),
        ([rule("FREQ=WEEKLY;BYDAY=TU,TH")], "Jeden Dienstag und Donnerstag, 16:00–17:30 Uhr"),
        ([rule("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")], "Montag bis Freitag, 16:00–17:30 Uhr"),
        ([rule("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")], "Alle 2 Wochen am Dienstag, 16:00–17:30 Uhr"),
        ([rule("FREQ=DAILY", start=None, end=None)], "Täglich"),
        ([rule("FREQ=DAILY;INTERVAL=3", end=None)], "Alle 3 Tage, 16:00 Uhr"),
        ([rule("FREQ=MONTHLY;BYDAY=2TU")], "Jeden zweiten Dienstag im Monat, 16:00–17:30 Uhr"),
        ([rule("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2")], "Jeden zweiten Dienstag im Monat, 16:00–17:30 Uhr"),
        ([rule("FREQ=MONTHLY;BYDAY=-1FR")], "Jeden letzten Freitag im Monat, 16:00–17:30 Uhr"),
        ([rule("FREQ=MONTHLY;BYMONTHDAY=15")], "Am 15. jedes Monats, 16:00–17:30 Uhr"),
        ([rule("FREQ=MONTHLY")], "Am 6. jedes Monats, 16:00–17:30 Uhr"),
        ([rule("FREQ=YEARLY", start=None, end=None)], "Jedes Jahr am 6. Januar"),
        (
            [rule("FREQ=WEEKLY;BYDAY=TU;COUNT=3", first=date(2026, 12, 1))],
            "Jeden Dienstag, 16:00–17:30 Uhr, ab 01.12.2026, bis 15.12.2026",
        ),
        (
            [rule("FREQ=WEEKLY;BYDAY=MO", start=time(9), end=time(12)), rule("FREQ=WEEKLY;BYDAY=MO", start=time(14))],
            "Jeden Montag, 09:00–12:00 und 14:00–17:30 Uhr",
        ),
        ([rule(first=date(2026, 12, 1), last=date(2026, 12, 5))], "01.12.2026 bis 05.12.2026, 16:00–17:30 Uhr"),
        ([rule(first=date(2026, 12, 1))], "Dienstag, 1. Dezember 2026, 16:00–17:30 Uhr"),
    ],
)
def test_rules_become_sentences(rules, sentence):
    assert schedule_sentences(rules, today=TODAY) == [sentence]


def test_different_rules_become_different_sentences():
    found = schedule_sentences([rule("FREQ=WEEKLY;BYDAY=TU"), rule("FREQ=WEEKLY;BYDAY=WE")], today=TODAY)
    assert [sentence.split(",")[0] for sentence in found] == ["Jeden Dienstag", "Jeden Mittwoch"]


def occurrence(first, last=None, start=FOUR, end=HALF_PAST_FIVE):
    return Occurrence(first_date=first, last_date=last or first, start_time=start, end_time=end)


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (occurrence(TODAY), "Heute, 16:00–17:30 Uhr"),
        (occurrence(date(2026, 11, 23)), "Morgen, 16:00–17:30 Uhr"),
        (occurrence(date(2026, 11, 24)), "Di., 24.11., 16:00–17:30 Uhr"),
        (occurrence(date(2027, 1, 5)), "Di., 05.01.2027, 16:00–17:30 Uhr"),
        (occurrence(date(2026, 11, 24), start=None, end=None), "Di., 24.11."),
        (occurrence(date(2026, 11, 24), date(2026, 11, 25), time(22), time(2)), "Di., 24.11., 22:00–02:00 Uhr"),
        # Two days are two days, on the card as on the page; the hours of a camp belong to its first and its last.
        (occurrence(date(2026, 12, 12), date(2026, 12, 13)), "Sa., 12.12. und So., 13.12., 16:00–17:30 Uhr"),
        (occurrence(date(2026, 12, 31), date(2027, 1, 1), None, None), "Do., 31.12. und Fr., 01.01.2027"),
        (
            occurrence(date(2026, 12, 12), date(2026, 12, 13), time(14), time(12)),
            "Sa., 12.12., 14:00 Uhr bis So., 13.12., 12:00 Uhr",
        ),
        (occurrence(date(2026, 11, 22), date(2026, 11, 23)), "Heute und Mo., 23.11., 16:00–17:30 Uhr"),
        (occurrence(date(2026, 11, 23), date(2026, 11, 24), None, None), "Morgen und Di., 24.11."),
        (occurrence(date(2026, 11, 21), date(2026, 11, 22)), "bis 22.11.2026"),
        (occurrence(date(2026, 11, 21), date(2026, 11, 22), time(22), time(2)), "Sa., 21.11., 22:00–02:00 Uhr"),
        (occurrence(date(2026, 11, 1), date(2026, 12, 31)), "bis 31.12.2026"),
        (occurrence(date(2026, 12, 1), date(2026, 12, 31)), "01.12.2026 bis 31.12.2026"),
        (None, ""),
    ],
)
def test_the_next_date_stands_on_one_line(when, words):
    assert next_date_line(when, now=NOW) == words


IN_FULL = [
    (date(2026, 11, 24), None, FOUR, HALF_PAST_FIVE, "Dienstag, 24. November 2026, 16:00–17:30 Uhr"),
    (date(2026, 11, 24), date(2026, 11, 25), time(22), time(2), "Dienstag, 24. November 2026, 22:00–02:00 Uhr"),
    (date(2026, 12, 12), date(2026, 12, 13), None, None, "Sa., 12.12.2026 und So., 13.12.2026"),
    (
        date(2026, 12, 12),
        date(2026, 12, 13),
        time(10),
        time(17),
        "Sa., 12.12.2026 und So., 13.12.2026, 10:00–17:00 Uhr",
    ),
    (
        date(2026, 12, 12),
        date(2026, 12, 13),
        time(14),
        time(12),
        "Sa., 12.12.2026, 14:00 Uhr bis So., 13.12.2026, 12:00 Uhr",
    ),
    (date(2026, 12, 1), date(2026, 12, 5), time(16), time(17), "01.12.2026 bis 05.12.2026, 16:00–17:00 Uhr"),
    (
        date(2026, 12, 1),
        date(2026, 12, 5),
        time(16),
        time(9),
        "Di., 01.12.2026, 16:00 Uhr bis Sa., 05.12.2026, 09:00 Uhr",
    ),
]


@pytest.mark.parametrize(("first", "last", "start", "end", "words"), IN_FULL)
def test_a_date_in_full_is_the_same_as_its_rule_in_words(first, last, start, end, words):
    assert occurrence_line(occurrence(first, last, start, end)) == words
    assert schedule_sentences([rule(first=first, last=last, start=start, end=end)], today=TODAY) == [words]


def test_a_night_that_ends_late_in_the_morning_is_told_with_both_days():
    words = "Fr., 27.11.2026, 19:00 Uhr bis Sa., 28.11.2026, 08:30 Uhr"
    sleepover = {"first": date(2026, 11, 27), "start": time(19), "end": time(8, 30)}
    assert schedule_sentences([rule(**sleepover)], today=TODAY) == [words]
    assert occurrence_line(occurrence(last=date(2026, 11, 28), **sleepover)) == words


def test_the_last_day_there_is_can_be_told():
    assert schedule_sentences([rule(first=date.max)], today=TODAY) == ["Freitag, 31. Dezember 9999, 16:00–17:30 Uhr"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"cost_kind": "free"}, "kostenfrei"),
        ({"cost_kind": "amount", "cost_amount": Decimal("12.00")}, "12 €"),
        ({"cost_kind": "amount", "cost_amount": Decimal("3.50")}, "3,50 €"),
        ({"cost_kind": "text", "cost_text": "Spende erbeten"}, "Spende erbeten"),
        ({"cost_kind": "unknown"}, ""),
    ],
)
def test_costs_are_short(fields, words):
    assert cost_line(Offer(**fields)) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (6, 12, "6 bis 12 Jahre"),
        (0, 3, "0 bis 3 Jahre"),
        (18, None, "ab 18 Jahren"),
        (None, 6, "bis 6 Jahre"),
        (5, 5, "5 Jahre"),
        (None, None, ""),
        (0, None, ""),
    ],
)
def test_ages_are_short(low, high, words):
    assert age_line(low, high) == words


def test_a_protected_address_shows_its_district_only():
    offer = Offer(venue="on_site")
    shelter = Location(
        street="Geheimweg 1",
        postcode="66111",
        city="Saarbrücken",
        hide_exact_address=True,
        district=District(name="Mitte"),
    )
    names = Preferences(whole_area_name="Ganze Stadt")
    assert place_line(offer, [shelter], names=names) == "Mitte"
    shelter.district = None
    assert place_line(offer, [shelter], names=names) == "Ganze Stadt"


def test_an_online_offer_says_so():
    names = SimpleNamespace(whole_area_name="Ganze Stadt")
    assert (
        place_line(Offer(venue="both"), [Location(postcode="33378", city="Rheda")], names=names)
        == "33378 Rheda, online"
    )
