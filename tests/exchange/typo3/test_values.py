"""What ten years of editors wrote into one column, and what we make of it."""

import datetime as dt
from decimal import Decimal

import pytest

from portal.exchange.addresses import Address, address
from portal.exchange.typo3 import values
from portal.exchange.typo3.values import Hours


def refused(convert, *written) -> bool:
    """Whether a value is reported as impossible; the caller names the row and the column, not this function."""
    try:
        convert(*written)
    except ValueError:
        return True
    return False


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("0-3 Jahre", (0, 3)),
        ("7–13 Jahre", (7, 13)),
        ("14 bis 18 Jahre", (14, 18)),
        ("19 - 27 J.", (19, 27)),
        ("ab 60 Jahre", (60, None)),
        ("Senioren 60+", (60, None)),
        ("Ü50", (50, None)),
        ("bis 6 Jahre", (None, 6)),
        ("U3", (None, 2)),
        ("unter 3 Jahren", (None, 2)),
        ("Eltern", None),
        ("Fachkräfte Kinder/ Jugend/ Familie", None),
        ("13-7 Jahre", None),
        ("ab 999", None),
    ],
)
def test_the_age_range_is_read_from_a_target_groups_name(name, expected):
    assert values.ages(name) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            "Marktstraße 1, 33378 Rheda-Wiedenbrück, Deutschland",
            ("Marktstraße 1", "33378", "Rheda-Wiedenbrück"),
        ),
        ("33378 Rheda-Wiedenbrück, Am Fluss 3", ("Am Fluss 3", "33378", "Rheda-Wiedenbrück")),
        ("Am Fluss 3 33378 Rheda-Wiedenbrück", ("Am Fluss 3", "33378", "Rheda-Wiedenbrück")),
        ("Rathaus, Markt 1, D-33378 Ort", ("Rathaus, Markt 1", "33378", "Ort")),
        ("33378 Ort", ("", "33378", "Ort")),
        ("01067 Dresden, Straße des 17. Juni 5", ("Straße des 17. Juni 5", "01067", "Dresden")),
    ],
)
def test_an_address_in_one_line_is_taken_apart(written, expected):
    assert address(written) == Address(*expected)


@pytest.mark.parametrize("written", ["", "Turnhalle", "Rheda, Deutschland", "3337 Ort", "Straße 12345"])
def test_an_address_without_postcode_and_place_is_left_alone(written):
    assert address(written) is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("12,50 €", "12.50"),
        ("20", "20.00"),
        ("€ 5.5", "5.50"),
        ("5,- Euro", "5.00"),
        ("1.250,00 EUR", "1250.00"),
        ("0 €", "0.00"),
        ("kostenlos", "0"),
        ("Eintritt frei!", "0"),
    ],
)
def test_plain_costs_become_an_amount(written, expected):
    assert values.amount(written) == Decimal(expected)


@pytest.mark.parametrize("written", ["", "12,50 € pro Termin", "3 bis 5 Euro", "Spende", "1,2,3", "-5"])
def test_costs_that_need_words_stay_words(written):
    assert values.amount(written) is None


@pytest.mark.parametrize(
    "written",
    [
        "https://www.youtube.com/watch?v=d5sTnpZgsQA",
        "http://youtube.com/watch?feature=share&v=d5sTnpZgsQA&t=3",
        "youtu.be/d5sTnpZgsQA?si=x",
        "https://www.youtube-nocookie.com/embed/d5sTnpZgsQA?rel=0",
        "https://www.youtube.com/shorts/d5sTnpZgsQA",
    ],
)
def test_every_form_of_a_youtube_address_becomes_one(written):
    assert values.youtube(written) == "https://www.youtube.com/watch?v=d5sTnpZgsQA"


@pytest.mark.parametrize("written", ["https://vimeo.com/1", "youtube.com/watch?v=kurz", "javascript:alert(1)"])
def test_other_films_are_refused(written):
    assert refused(values.youtube, written)


def test_a_website_gets_its_scheme_and_nothing_dangerous_passes():
    assert values.website("www.example.org/x?a=1&b=2") == "https://www.example.org/x?a=1&b=2"
    assert values.website("http://example.org") == "http://example.org"
    assert values.website("") == ""
    for written in ("javascript:alert(1)", "siehe unten", "ftp://example.org", "data:text/html,x"):
        assert refused(values.website, written)


def test_times_are_seconds_since_midnight_and_zero_is_none():
    assert values.time_of_day("33300") == dt.time(9, 15)
    assert values.time_of_day("") is None
    assert values.time_of_day("0") is None
    for written in ("86400", "-5", "9:15"):
        assert refused(values.time_of_day, written)


def test_zero_dates_are_none_and_impossible_ones_refused():
    assert values.day("0000-00-00") is None
    assert values.day(None) is None
    assert values.day("2026-11-22") == dt.date(2026, 11, 22)
    assert values.moment("0000-00-00 00:00:00") is None
    assert values.moment("2022-08-01 09:00:00") == dt.datetime(2022, 8, 1, 9, tzinfo=dt.UTC)
    assert values.moment(0) is None
    assert refused(values.day, "2020-02-31")


def test_a_postcode_gets_back_its_leading_zero():
    assert values.postcode("1067") == "01067"
    assert values.postcode("D-33378") == "33378"
    assert refused(values.postcode, "12")


def test_coordinates_are_on_the_globe_or_refused():
    assert values.coordinates("51,8497", "8.3002") == (Decimal("51.849700"), Decimal("8.300200"))
    assert values.coordinates("", "8.3") is None
    assert values.coordinates("0.0", "0") is None
    for pair in (("999", "1"), ("abc", "1"), ("NaN", "1")):
        assert refused(values.coordinates, *pair)


def test_opening_hours_are_structured_only_when_nothing_else_is_said():
    eight, noon, two, five = dt.time(8), dt.time(12), dt.time(14), dt.time(17)
    hours = values.opening_hours("Mo–Fr 08:00–12:00 Uhr\nDo 14:00–17:00 Uhr")

    assert hours == [
        *(Hours(day, eight, noon) for day in range(4)),
        Hours(3, two, five),
        Hours(4, eight, noon),
    ]
    assert values.opening_hours("Montag und Mittwoch von 8 bis 12 Uhr") == [
        Hours(0, eight, noon),
        Hours(2, eight, noon),
    ]
    for written in (
        "",
        "nach Vereinbarung",
        "Mo–Fr 8–12 Uhr außer in den Ferien",
        "Mo 17-8 Uhr",
        "Mo 8-26 Uhr",
    ):
        assert values.opening_hours(written) is None


def test_text_loses_what_postgresql_cannot_hold_and_nothing_else():
    assert values.text("  a\x00b\r\nc\t🎈 ") == "ab\nc\t🎈"
    assert values.text(None) == ""
    assert values.number("") == 0
    assert values.number("7") == 7
