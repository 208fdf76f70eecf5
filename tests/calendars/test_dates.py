"""Dates of events against an independent reader of calendars (recurring_ical_events), date by date."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events

from portal.calendars.reading.dates import bounds, dates_of
from portal.calendars.reading.failing import FetchError
from portal.calendars.reading.parsing import Series, parse
from portal.offers.choices import ScheduleKind
from portal.offers.occurrences import expand
from portal.offers.rules import RuleError
from portal.offers.snapshot.checking import schedule_of, wrong_with
from tests.calendars.writing import at, calendar, event, five_hundred, onwards

BERLIN = ZoneInfo("Europe/Berlin")
TODAY = date(2030, 1, 7)
UNTIL = date(2030, 11, 15)


def ours(series: Series) -> set[tuple[datetime, datetime]]:
    """Every date from today on, as the occurrences of an offer with these rules say it."""
    found = dates_of(series, today=TODAY)
    assert [wrong_with(rule) for rule in found.rules if wrong_with(rule)] == []
    rows = [row for rule in found.rules for row in expand(schedule_of(rule), horizon=UNTIL)]
    return {(row.starts_at, row.ends_at) for row in rows if TODAY <= row.first_date < UNTIL}


def everything_in(text: str) -> list[Any]:
    """What the other reader finds, with some days on both sides: it counts days where the event is."""
    query = recurring_ical_events.of(icalendar.Calendar.from_ical(text))
    return list(query.between(TODAY - timedelta(days=2), UNTIL + timedelta(days=2)))


def theirs(text: str, uid: str) -> set[tuple[datetime, datetime]]:
    """The same by the other reader: local moments; whole days last until a second before midnight, as ours do."""
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(text)).between(
        TODAY - timedelta(days=2), UNTIL + timedelta(days=2)
    )
    spans = set()
    for each in found:
        if str(each["UID"]) != uid or str(each.get("STATUS", "")) == "CANCELLED":
            continue
        start, end = each.start, each.end
        if not isinstance(start, datetime):
            start = datetime.combine(start, datetime.min.time(), BERLIN)
            end = datetime.combine(end, datetime.min.time(), BERLIN) - timedelta(seconds=1)
        spans.add((start.astimezone(BERLIN), end.astimezone(BERLIN)))
    return {span for span in spans if TODAY <= span[0].date() < UNTIL}


CASES = {
    "one date": event("x", "Fest", "20300304T180000", at("DTEND", "20300304T200000")),
    "over midnight": event("x", "Tanz", "20300304T220000", at("DTEND", "20300305T013000")),
    "a weekend": event("x", "Lager", "20300308T180000", at("DTEND", "20300310T120000")),
    "one whole day": event("x", "Fest", "20300304", at("DTEND", "20300305")),
    "whole days": event("x", "Ferien", "20300304", at("DTEND", "20300309")),
    "a length": event("x", "Fest", "20300304T180000", "DURATION:PT90M"),
    "in UTC": event("x", "Fest", "20300704T160000Z", at("DTEND", "20300704T170000Z")),
    "every week": event("x", "Chor", "20291001T193000", "DURATION:PT2H", "RRULE:FREQ=WEEKLY"),
    "with an end in UTC": event(
        "x", "Chor", "20291001T193000", "DURATION:PT2H", "RRULE:FREQ=WEEKLY;UNTIL=20300325T173000Z"
    ),
    "an end before the hour": event(
        "x", "Chor", "20291001T193000", "DURATION:PT2H", "RRULE:FREQ=WEEKLY;UNTIL=20300325T173000Z;BYDAY=MO"
    ),
    "a number of times": event("x", "Kurs", "20300102T100000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=8"),
    "the second Tuesday": event("x", "Rat", "20300108T100000", "DURATION:PT1H", "RRULE:FREQ=MONTHLY;BYDAY=2TU"),
    "the last Friday, frequency last": event(
        "x", "Rat", "20300125T100000", "DURATION:PT1H", "RRULE:BYDAY=-1FR;FREQ=MONTHLY"
    ),
    "every year": event("x", "Fest", "20250501", "RRULE:FREQ=YEARLY"),
    "without some": event(
        "x", "Chor", "20300107T193000", "DURATION:PT2H", "RRULE:FREQ=WEEKLY",
        at("EXDATE", "20300114T193000") + ",20300121T193000", at("EXDATE", "20300301T193000"),
    ),
    "and some more": event(
        "x", "Chor", "20300107T193000", "DURATION:PT2H", "RRULE:FREQ=WEEKLY;COUNT=3",
        at("RDATE", "20300601T100000") + ",20300602T100000",
    ),
    "periods": event("x", "Chor", "20300107T193000", "DURATION:PT2H",
                     "RDATE;VALUE=PERIOD:20300601T100000Z/PT3H,20300603T100000Z/20300603T110000Z"),
    "a beginning beside the rule": event(
        "x", "Chor", "20300107T193000", "DURATION:PT2H", "RRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=5"
    ),
    "London": event("x", "Call", "20300107T190000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY", zone="Europe/London"),
    "New York in the evening": event(
        "x", "Call", "20300107T190000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;BYDAY=MO,TH", zone="America/New_York"
    ),
    "New York without some": event(
        "x", "Call", "20300107T190000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=200",
        at("EXDATE", "20300110T190000", "America/New_York"), zone="America/New_York",
    ),
    "UTC every week": event("x", "Call", "20300107T170000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY"),
    "weekends": event("x", "Lager", "20300111T180000", at("DTEND", "20300113T120000"), "RRULE:FREQ=MONTHLY;COUNT=6"),
    "whole days that repeat": event("x", "Markt", "20300112", at("DTEND", "20300114"), "RRULE:FREQ=WEEKLY;COUNT=9"),
    "moved, cancelled, elsewhere": "".join([
        event("x", "Chor", "20300107T193000", at("DTEND", "20300107T213000"), "RRULE:FREQ=WEEKLY;COUNT=30"),
        event("x", "Chor", "20300115T180000", at("RECURRENCE-ID", "20300114T193000"), at("DTEND", "20300115T190000")),
        event("x", "Chor", "20300121T193000", at("RECURRENCE-ID", "20300121T193000"), "STATUS:CANCELLED"),
        event("x", "Chor", "20300204T193000", at("RECURRENCE-ID", "20300204T193000"), at("DTEND", "20300204T213000"),
              "LOCATION:Rathaus"),
    ]),
    "moved in another zone": "".join([
        event("x", "Call", "20300107T190000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=60", zone="America/New_York"),
        event("x", "Call", "20300116T120000", at("RECURRENCE-ID", "20300115T000000Z"), "DURATION:PT1H"),
    ]),
    "later from one date on": "".join([
        event("x", "Chor", "20291001T193000", "DURATION:PT2H", "RRULE:FREQ=WEEKLY",
              at("EXDATE", "20300225T193000") + ",20300408T193000"),
        event("x", "Chor", "20300318T180000", "DURATION:PT90M", onwards("20300318T193000")),
        event("x", "Chor", "20300422T100000", at("RECURRENCE-ID", "20300422T193000"), "DURATION:PT1H"),
    ]),
    "on another day from one date on, twice, a number of times": "".join([
        event("x", "Kurs", "20300102T100000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=20"),
        event("x", "Kurs", "20300131T110000", "DURATION:PT2H", onwards("20300130T100000")),
        event("x", "Kurs", "20300424T100000", "DURATION:PT1H", onwards("20300424T100000")),
    ]),
    "cancelled from one date on": "".join([
        event("x", "Rat", "20300108T100000", "DURATION:PT1H", "RRULE:FREQ=MONTHLY;BYDAY=2TU"),
        event("x", "Rat", "20300611T100000", "DURATION:PT1H", "STATUS:CANCELLED", onwards("20300611T100000")),
    ]),
    "elsewhere on the clock from one date on": "".join([
        event("x", "Call", "20300107T190000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;BYDAY=MO,TH",
              zone="America/New_York"),
        event("x", "Call", "20300301T010000Z", "DURATION:PT1H", onwards("20300301T000000Z")),
    ]),
    "whole days later from one on": "".join([
        event("x", "Markt", "20300112", at("DTEND", "20300113"), "RRULE:FREQ=WEEKLY;COUNT=30",
              "RDATE;VALUE=DATE:20300120,20300515"),
        event("x", "Markt", "20300414", at("DTEND", "20300416"), onwards("20300413")),
    ]),
    "the hour in the rule, too": event(
        "x", "Chor", "20300107T190500", "DURATION:PT2H", "RRULE:FREQ=WEEKLY;BYHOUR=19;BYMINUTE=5;BYSECOND=0;COUNT=5"
    ),
    "all dates from the first on": "".join([
        event("x", "Chor", "20300107T193000", "DURATION:PT2H", "RRULE:FREQ=WEEKLY"),
        event("x", "Chor", "20300107T170000", "DURATION:PT2H", onwards("20300107T193000")),
    ]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_dates_are_those_of_an_independent_reader(name):
    text = calendar(CASES[name])
    [series] = parse(text).series
    expected = theirs(text, "x")
    assert expected, "the case says nothing"
    assert ours(series) == expected


def test_a_calendar_of_500_events_is_equal_date_by_date():
    text = five_hundred()
    found = parse(text).series
    assert len(found) == 500
    everything = recurring_ical_events.of(icalendar.Calendar.from_ical(text)).between(
        TODAY - timedelta(days=2), UNTIL + timedelta(days=2)
    )
    expected: dict[str, set[datetime]] = {series.main.uid: set() for series in found}
    for each in everything:
        start = each.start.astimezone(BERLIN)
        if str(each.get("STATUS", "")) != "CANCELLED" and TODAY <= start.date() < UNTIL:
            expected[str(each["UID"])].add(start)
    assert sum(map(len, expected.values())) > 6000
    for series in found:
        assert {start for start, _end in ours(series)} == expected[series.main.uid], series.main


@pytest.mark.parametrize(
    ("start", "end", "zone", "day", "hours"),
    [
        # The nights in which the clocks go forward: at 2 in Germany and New York, at 1 in London.
        ("20300331T023000", "20300331T030000", "Europe/Berlin", "2030-03-31", ("03:30", "04:00")),
        ("20300310T023000", "20300310T031500", "America/New_York", "2030-03-10", ("08:30", "09:15")),
        ("20300331T013000", "20300331T020000", "Europe/London", "2030-03-31", ("03:30", "04:00")),
        ("20300331T013000", "20300331T023000", "Europe/Berlin", "2030-03-31", ("01:30", "03:30")),
    ],
)
def test_what_begins_in_a_missing_hour_keeps_its_length_wherever_it_is(start, end, zone, day, hours):
    [series] = parse(calendar(event("x", "Schicht", start, at("DTEND", end, zone), zone=zone))).series
    [said] = dates_of(series, today=TODAY).rules
    assert (said["first_date"], said["last_date"], (said["start_time"], said["end_time"])) == (day, None, hours)


def test_a_change_of_the_hour_for_all_later_dates_leaves_two_rules():
    [series] = parse(calendar(CASES["later from one date on"])).series
    said = [(each["first_date"], each["rrule"], each["start_time"]) for each in dates_of(series, today=TODAY).rules]
    assert said == [
        ("2029-10-01", "FREQ=WEEKLY;UNTIL=20300317", "19:30"),
        ("2030-03-18", "FREQ=WEEKLY", "18:00"),
        ("2030-04-22", "", "10:00"),
    ]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY", "FREQ=MINUTELY;COUNT=9", "FREQ=HOURLY", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYHOUR=1,2,3", "FREQ=DAILY;COUNT=1000000", "FREQ=DAILY;INTERVAL=0", "INTERVAL=2", "",
        "FREQ=WEEKLY;UNTIL=20301399", "FREQ=DAILY;BYDAY=" + ",".join(["MO"] * 200),
    ],
)  # fmt: skip
def test_repetitions_without_bounds_are_refused_with_a_reason(rule):
    found = parse(calendar(event("x", "Chor", "20300107T193000", f"RRULE:{rule}")))
    with pytest.raises(RuleError) as error:
        dates_of(found.series[0], today=TODAY)
    assert str(error.value)


def test_single_dates_of_a_repetition_change_their_horizon_twice_a_year():
    days = [date(2030, 1, 1) + timedelta(days=each) for each in range(730)]
    assert 4 <= len({bounds(day)[1] for day in days}) <= 5
    assert all((bounds(day)[1] - day).days >= 400 for day in days)


def test_the_kind_of_dates_is_what_a_form_would_say():
    kinds = {name: dates_of(parse(calendar(CASES[name])).series[0], today=TODAY).kind for name in CASES}
    assert kinds["one date"] == ScheduleKind.DATES
    assert kinds["whole days"] == ScheduleKind.PERIOD
    assert kinds["every week"] == ScheduleKind.WEEKLY
    assert kinds["the second Tuesday"] == ScheduleKind.MONTHLY
    assert kinds["New York in the evening"] == ScheduleKind.WEEKLY


def test_what_is_private_cancelled_or_without_a_beginning_is_left_out():
    found = parse(
        calendar(
            event("a", "Vorstand", "20300304T180000", "CLASS:PRIVATE"),
            event("b", "Fest", "20300304T180000", "STATUS:CANCELLED"),
            event("c", "Kaputt", "20309999T180000"),
            event("d", "Lauf", "20300304T180000", "DTEND:quatsch", "EXDATE:quatsch", "GEO:a;b"),
        )
    )
    assert [each.main.title for each in found.series] == ["Lauf"]
    assert (found.private, found.cancelled, found.unclear) == (1, 1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR",
        "BEGIN:VCALENDAR\x00\x01;;::",
        "BEGIN:VCALENDAR\r\nEND:VEVENT",
        calendar(CASES["every week"], CASES["one date"])[:-60],
    ],
)
def test_a_damaged_file_says_so(text):
    with pytest.raises(FetchError) as error:
        parse(text)
    assert error.value.failure == "broken"


def test_more_events_than_we_read_are_refused_before_they_are_read():
    with pytest.raises(FetchError) as error:
        parse(calendar(*[event(str(each), "x", "20300304") for each in range(2001)]))
    assert error.value.failure == "too_many"
