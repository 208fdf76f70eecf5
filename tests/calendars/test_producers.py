"""What programs really send: odd zones, moments beside the standard, words out of web pages, what is nobody's business.

The dates are those of an independent reader where it reads the file; where a program writes beside the standard, what
its people see on their own screen is written down here.
"""

from datetime import date, datetime, timedelta

import pytest

from portal.calendars.reading.dates import dates_of
from portal.calendars.reading.mapping import described
from portal.calendars.reading.parsing import parse
from tests.calendars.test_dates import ours, theirs
from tests.calendars.writing import at, calendar, event

TODAY = date(2030, 1, 7)
TWO_HOURS = "DURATION:PT2H"
WEEKLY = ("20300107T193000", TWO_HOURS, "RRULE:FREQ=WEEKLY;COUNT=4")


def zone(name: str, winter: str, summer: str, rule: str = "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10") -> str:
    """A zone as Outlook describes it."""
    parts = [
        f"BEGIN:VTIMEZONE\nTZID:{name}\nBEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:{summer}\n"
        f"TZOFFSETTO:{winter}\nRRULE:{rule}\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:16010101T020000\n"
        f"TZOFFSETFROM:{winter}\nTZOFFSETTO:{summer}\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\n"
        "END:VTIMEZONE\n"
    ]
    return "".join(parts)


def told(text: str) -> list[tuple[str, str | None, str | None, str | None]]:
    """First day, last day, beginning and end of each single date of the only event."""
    [series] = parse(text).series
    return [
        (rule["first_date"], rule["last_date"], rule["start_time"], rule["end_time"])
        for rule in dates_of(series, today=TODAY).rules
        if not rule["rrule"]
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ("RRULE:FREQ=WEEKLY;COUNT=20", "EXRULE:FREQ=WEEKLY;INTERVAL=4;COUNT=5"),
        ("RRULE:FREQ=WEEKLY", "EXRULE:FREQ=WEEKLY;INTERVAL=3"),
        ("RRULE:FREQ=DAILY;COUNT=30", "EXRULE:FREQ=WEEKLY;BYDAY=SA,SU"),
    ],
)
def test_what_a_rule_takes_out_does_not_take_place(lines):
    # The other reader does not know EXRULE, so days are counted here.
    [series] = parse(calendar(event("x", "Chor", "20300107T193000", TWO_HOURS, *lines))).series
    days = {start.date() for start, _end in ours(series)}
    first = date(2030, 1, 7)
    mondays = {first + timedelta(weeks=number) for number in range(60)}
    expected = {
        "RRULE:FREQ=WEEKLY;COUNT=20": {
            d for d in mondays if (d - first).days // 7 in set(range(20)) - {0, 4, 8, 12, 16}
        },
        "RRULE:FREQ=WEEKLY": {d for d in mondays if (d - first).days // 7 % 3 and d < date(2030, 11, 15)},
        "RRULE:FREQ=DAILY;COUNT=30": {d for d in (first + timedelta(n) for n in range(30)) if d.weekday() < 5},
    }[lines[0]]
    assert days == expected


def test_no_calendar_changes_the_zone_of_another():
    here = event("x", "Call", "20300704T180000", zone="Customized Time Zone")
    far = told(calendar(zone("Customized Time Zone", "-0500", "-0400"), here))
    near = told(calendar(zone("Customized Time Zone", "+0100", "+0200"), here))
    assert [each[:3] for each in (*far, *near)] == [("2030-07-05", None, "00:00"), ("2030-07-04", None, "18:00")]
    assert told(calendar(here)) == [("2030-07-04", None, "18:00", None)], "nothing is left of either"


def test_a_zone_whose_clock_changes_every_second_takes_no_time():
    text = calendar(
        zone("Endlos", "+0100", "+0200", rule="FREQ=SECONDLY"), event("x", "Call", "20300704T180000", zone="Endlos")
    )
    assert told(text)[0][0] == "2030-07-04"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("DTSTART;TZID=/mozilla.org/20050126_1/Europe/Berlin:20300704T180000", ("2030-07-04", "18:00")),
        ("DTSTART;TZID=W. Europe Standard Time:20300704T180000", ("2030-07-04", "18:00")),
        ("DTSTART;TZID=UTC+01:00:20300704T180000", ("2030-07-04", "18:00")),
        ("DTSTART;TZID=tzone://Microsoft/Utc:20300704T180000", ("2030-07-04", "20:00")),
        ("DTSTART;TZID=Europe:20300704T180000", ("2030-07-04", "18:00")),
        ('DTSTART;TZID="(UTC+01:00) Berlin, Wien":20300704T180000', ("2030-07-04", "18:00")),
        ("DTSTART;TZID=Europe/Berlin:20300704T160000Z", ("2030-07-04", "18:00")),
        ("DTSTART;TZID=Europe/Berlin;VALUE=DATE:20300704", ("2030-07-04", None)),
        ("DTSTART;VALUE=DATE:20300704T000000", ("2030-07-04", None)),
        ("DTSTART:20300704T1800", ("2030-07-04", "18:00")),
        ("DTSTART:2030-07-04T18:00:00+02:00", ("2030-07-04", "18:00")),
    ],
)
def test_a_beginning_is_understood_as_its_program_means_it(line, expected):
    text = calendar(event("x", "Fest", "20300101").replace("DTSTART;VALUE=DATE:20300101", line))
    assert [(first, start) for first, _last, start, _end in told(text)] == [expected]


def test_from_midnight_to_the_last_minute_is_whole_days():
    assert told(calendar(event("x", "Lager", "20300704T000000", "DTEND:20300706T235900"))) == [
        ("2030-07-04", "2030-07-06", None, None)
    ]


def test_hours_of_the_world_in_a_calendar_with_a_zone_stay_on_its_clock():
    text = calendar(event("x", "Chor", "20300107T183000Z", TWO_HOURS, "RRULE:FREQ=WEEKLY;COUNT=30"))
    text = text.replace("BEGIN:VEVENT", "X-WR-TIMEZONE:Europe/Berlin\r\nBEGIN:VEVENT")
    [series] = parse(text).series
    assert ours(series) == theirs(text, "x")
    assert {start.hour for start, _end in ours(series)} == {19}


@pytest.mark.parametrize(
    "lines",
    [
        ["EXDATE;TZID=Europe/Berlin:20300114T193000,quatsch"],
        ["EXDATE;TZID=Europe/Berlin:20300114T193000;20300114T193000"],
        ["EXDATE;TZID=Europe/Berlin:20300114T000000"],
        ["EXDATE:20300114"],
        ["END:VEVENT", "BEGIN:VEVENT", "UID:x", at("RECURRENCE-ID", "20300114T193000"), "STATUS:CANCELLED"],
        ["END:VEVENT", "BEGIN:VEVENT", "UID:x", at("RECURRENCE-ID", "20300114T193000"), "SUMMARY:Geheim",
         at("DTSTART", "20300114T200000"), "CLASS:CONFIDENTIAL"],
    ],
)  # fmt: skip
def test_one_date_of_four_does_not_take_place(lines):
    [series] = parse(calendar(event("x", "Chor", *WEEKLY, *lines))).series
    assert [start.day for start, _end in sorted(ours(series))] == [7, 21, 28]
    assert all("Geheim" not in str(each) for each in series.changed)


def test_a_day_more_is_at_the_hour_of_the_others():
    text = calendar(event("x", "Chor", "20300107T193000", TWO_HOURS, "RDATE;VALUE=DATE:20300120"))
    assert told(text)[1] == ("2030-01-20", None, "19:30", "21:30")


def test_what_is_not_for_everybody_is_left_out():
    found = parse(
        calendar(
            event("a", "Vorstand", "20300304T180000", "CLASS:X-INTERN"),
            event("b", "Privater Termin", "20300304T180000"),
            event("c", "Fest", "20300304T180000", "CLASS:PUBLIC", "TRANSP:TRANSPARENT"),
        )
    )
    assert ([each.main.uid for each in found.series], found.private) == (["c"], 2)


def test_of_two_versions_the_later_one_counts_wherever_it_stands():
    versions = [
        event("x", "Chor", "20300107T193000", f"DESCRIPTION:{name}", f"LAST-MODIFIED:{when}")
        for name, when in [("neu", "20290302T000000Z"), ("alt", "20290301T000000Z")]
    ]
    for order in (versions, versions[::-1]):
        [series] = parse(calendar(*order)).series
        assert series.main.description == "neu"


def test_words_out_of_web_pages_are_words():
    text = event(
        "x", "Kaffee &amp\\; Kuchen &#8211\\; <b>neu</b>", "20300304T180000", "DESCRIPTION:Caf&eacute\\; & mehr"
    )
    [series] = parse(calendar(text)).series
    assert series.main.title == "Kaffee & Kuchen – neu"
    assert described(series.main.description)[1] == "Café & mehr"


def test_breaks_that_were_not_written_as_such_belong_to_the_words_before():
    text = event(
        "x", "Chor", "20300304T180000", "DESCRIPTION:Bitte mitbringen", "", "Noten und Wasser", "URL:https://v.de"
    )
    [series] = parse(calendar(text)).series
    assert series.main.description == "Bitte mitbringen\nNoten und Wasser"
    assert series.main.url == "https://v.de"


@pytest.mark.parametrize("ends", ["\n", "\r", "\r\r\n", "\r\n\r\n"])
def test_lines_end_as_they_like(ends):
    text = calendar(event("x", "Chor", "20300304T180000")).replace("\r\n", ends)
    assert [each.main.span.start for each in parse(text + "<!-- gespeichert -->" * 40).series] == [
        datetime(2030, 3, 4, 18, tzinfo=parse(text).series[0].main.span.start.tzinfo)  # type: ignore[union-attr]
    ]
