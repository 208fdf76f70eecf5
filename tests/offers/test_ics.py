"""Calendar files against our own occurrences, read by independent programs."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import icalevents.icalparser
import pytest
import recurring_ical_events
import time_machine
import vobject
from dateutil.rrule import rrulestr
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from portal.offers import ics
from portal.offers.models import Offer, Schedule
from portal.offers.occurrences import expand
from portal.providers.models import Provider

# Importing icalevents lets the library that all here and the platform use read zones by pytz, in the whole process.
icalendar.use_zoneinfo()

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 9, 15, 12, tzinfo=UTC)
HORIZON = date(2027, 4, 30)
frozen = time_machine.travel(NOW, tick=False)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def the_offer(**fields):
    provider = Provider(name="Verein", updated_at=NOW)
    defaults = {"pk": 7, "title": "Chor", "slug": "chor", "updated_at": NOW, "provider": provider}
    return Offer(**{**defaults, **fields})


def file_of(*rules, **fields):
    """The calendar file of an offer that was never saved."""
    offer = the_offer(**fields)
    offer._prefetched_objects_cache = {"schedules": list(rules), "locations": [], "categories": []}
    return ics.ics_for_offers([offer], host="ahausen.localhost", now=NOW)


def moments(rules):
    """Beginnings of all occurrences in UTC, or days."""
    rows = [row for rule in rules for row in expand(rule, horizon=HORIZON)]
    return sorted(str(row.starts_at.astimezone(UTC) if row.has_time else row.first_date) for row in rows)


def spans(rules):
    """Beginnings and ends as the wall clock shows them; a day is over when the next begins."""
    rows = [row for rule in rules for row in expand(rule, horizon=HORIZON)]
    return sorted(
        (row.starts_at.astimezone(BERLIN).replace(tzinfo=None), _round(row.ends_at.astimezone(BERLIN)))
        for row in rows
        if row.has_time
    )


def _round(moment):
    naive = moment.replace(tzinfo=None)
    return naive + timedelta(seconds=1) if naive.time() == time(23, 59, 59) else naive


def _utc(moment):
    return str(moment.astimezone(UTC) if isinstance(moment, datetime) else moment)


def by_recurring_ical_events(body):
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(body)).between(date(2025, 1, 1), date(2027, 5, 1))
    return [event for event in found if event.get("STATUS") != "CANCELLED"]


def by_vobject(body):
    """vobject reads the file's own VTIMEZONE and expands with dateutil."""
    events = vobject.readOne(body.decode()).contents.get("vevent", [])
    found = []
    for event in events:
        if event.status.value == "CANCELLED":
            continue
        for moment in event.getrruleset(addRDate=True) if "rrule" in event.contents else [event.dtstart.value]:
            day = moment.date() if isinstance(moment, datetime) else moment
            if day > HORIZON:
                break
            whole = event.dtstart.params.get("VALUE") == ["DATE"] or not isinstance(event.dtstart.value, datetime)
            found.append(str(day) if whole else _utc(moment if moment.tzinfo else moment.replace(tzinfo=BERLIN)))
    return sorted(found)


def by_icalevents(body):
    """Its own bounds are fuzzy: it is asked for more and cut here."""
    events = icalevents.icalparser.parse_events(
        body, start=datetime(2025, 1, 1, tzinfo=UTC), end=datetime(2027, 5, 10, tzinfo=UTC), default_span=None
    )
    return sorted(
        str(event.start.date()) if event.all_day else _utc(event.start)
        for event in events
        if event.status != "CANCELLED" and event.start.astimezone(BERLIN).date() <= HORIZON
    )


@st.composite
def schedules(draw):
    first = draw(st.dates(date(2026, 8, 1), date(2027, 4, 15)))
    start = draw(
        st.one_of(st.none(), st.times(time(0), time(23, 59)).map(lambda t: t.replace(second=0, microsecond=0)))
    )
    length = draw(st.integers(1, 600))
    end = (datetime.combine(first, start) + timedelta(minutes=length)).time() if start and draw(st.booleans()) else None
    rrule, last = "", None
    kind = draw(st.sampled_from(["once", "period", "daily", "weekly", "monthly", "nth", "yearly"]))
    gap = f";INTERVAL={draw(st.integers(1, 4))}"
    days = ",".join(DAYS[day] for day in sorted(draw(st.sets(st.integers(0, 6), min_size=1, max_size=3))))
    rules = {
        "daily": "FREQ=DAILY" + gap,
        "weekly": f"FREQ=WEEKLY{gap};BYDAY={days}",
        "monthly": f"FREQ=MONTHLY{gap};BYMONTHDAY={draw(st.sampled_from([1, 15, 28, 29, 30, 31, -1]))}",
        "nth": f"FREQ=MONTHLY;BYDAY={draw(st.sampled_from([1, 2, 4, -1]))}{draw(st.sampled_from(DAYS))}",
        "yearly": "FREQ=YEARLY",
    }
    if kind == "period":
        last = first + timedelta(days=draw(st.integers(0, 60)))
    elif kind in rules:
        limit = draw(st.sampled_from(["", "COUNT", "UNTIL", "UNTILTIME"]))
        until = first + timedelta(days=draw(st.integers(0, 200)))
        limits = {
            "": "",
            "COUNT": f";COUNT={draw(st.integers(1, 40))}",
            "UNTIL": f";UNTIL={until:%Y%m%d}",
            "UNTILTIME": f";UNTIL={until:%Y%m%d}T000000",
        }
        rrule = rules[kind] + limits[limit]
    exdates = []
    if rrule:
        hits = rrulestr(rrule, dtstart=datetime.combine(first, time()))[:12]
        exdates = draw(st.lists(st.sampled_from(hits), max_size=3)) if hits else []
    return Schedule(
        first_date=first,
        last_date=last,
        start_time=start,
        end_time=end,
        rrule=rrule,
        exdates=[moment.date() for moment in exdates],
    )


def _series(first, rule, start, end=None, out=()):
    return Schedule(first_date=first, rrule=f"FREQ={rule}", start_time=time(start), end_time=end, exdates=list(out))


AUTUMN = _series(date(2026, 10, 18), "DAILY;UNTIL=20261101", 16, out=[date(2026, 10, 26)])
SPRING = _series(date(2027, 3, 20), "WEEKLY;BYDAY=SU,MO", 8, time(9))
NIGHT = _series(date(2026, 10, 23), "DAILY;COUNT=5", 22, time(6))
DST_NIGHT = _series(date(2026, 10, 24), "DAILY;COUNT=5", 22, time(6))
# The hour from 2 to 3: missing on 28 March 2027, twice on 25 October 2026.
GAP = Schedule(first_date=date(2027, 3, 20), start_time=time(2, 30), end_time=time(3), rrule="FREQ=DAILY;COUNT=20")
GAP_FIRST = Schedule(
    first_date=date(2027, 3, 28), start_time=time(2, 45), end_time=time(3, 15), rrule="FREQ=DAILY;COUNT=5"
)
GAP_ONCE = Schedule(first_date=date(2027, 3, 28), start_time=time(2, 45), end_time=time(3, 15))
TWICE_FIRST = Schedule(first_date=date(2026, 10, 25), start_time=time(2, 30), rrule="FREQ=WEEKLY")
TWICE = Schedule(first_date=date(2026, 10, 18), start_time=time(2, 30), end_time=time(3, 15), rrule="FREQ=WEEKLY")


@frozen
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(rules=st.lists(schedules(), min_size=1, max_size=3))
@example(rules=[AUTUMN])
@example(rules=[SPRING])
@example(rules=[NIGHT])
@example(rules=[DST_NIGHT])
@example(rules=[TWICE])
@example(rules=[TWICE_FIRST])
@example(rules=[GAP_ONCE])
@example(rules=[GAP_FIRST])
@example(rules=[GAP])
def test_four_programs_read_the_dates_the_portal_shows(rules):
    body = file_of(*rules)
    expected = moments(rules)
    events = by_recurring_ical_events(body)
    assert sorted(_utc(event["DTSTART"].dt) for event in events) == expected
    assert by_vobject(body) == expected
    assert by_icalevents(body) == expected


@frozen
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(rule=schedules())
@example(rule=NIGHT)
@example(rule=DST_NIGHT)
@example(rule=TWICE)
@example(rule=TWICE_FIRST)
@example(rule=GAP_ONCE)
@example(rule=GAP_FIRST)
@example(rule=GAP)
def test_events_end_when_the_portal_says(rule):
    events = by_recurring_ical_events(file_of(rule))
    found = {
        event.start.replace(tzinfo=None): event.end.replace(tzinfo=None)
        for event in events
        if isinstance(event["DTSTART"].dt, datetime)
    }
    expected = dict(spans([rule]))
    assert found == expected


@frozen
def test_the_file_keeps_to_the_letter_of_the_format():
    rule = Schedule(
        first_date=date(2026, 10, 20),
        start_time=time(16),
        end_time=time(17),
        rrule="FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20261130",
        exdates=[date(2026, 10, 22)],
    )
    body = file_of(rule, title="Töpfern, für Große;\nund Kleine\x0b\\", summary="ä" * 200)
    lines = body.split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 for line in lines)
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    for line in lines:
        line.decode()  # no sign is cut in two
    unfolded = body.replace(b"\r\n ", b"").decode()
    for expected in (
        "SUMMARY:Töpfern\\, für Große\\;\\nund Kleine \\\\\r\n",
        "DTSTART;TZID=Europe/Berlin:20261020T160000\r\n",
        "EXDATE;TZID=Europe/Berlin:20261022T160000\r\n",
        "UNTIL=20261130T150000Z",
        "BEGIN:DAYLIGHT\r\nDTSTART:19700329T020000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\nTZOFFSETFROM:+0100",
        "BEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nTZOFFSETFROM:+0200",
        "UID:angebot-7-serie-20261020T1600@ahausen.localhost\r\n",
        "DTSTAMP:20260915T120000Z\r\n",
        "STATUS:CONFIRMED\r\n",
    ):
        assert expected in unfolded, expected
    assert unfolded.count("BEGIN:VEVENT") == unfolded.count("RRULE:FREQ=WEEKLY") == 1
    assert "RDATE" not in unfolded


@frozen
def test_whole_days_are_days_and_a_called_off_date_stays_as_cancelled():
    period = Schedule(first_date=date(2026, 10, 20), last_date=date(2026, 10, 30))
    off = Schedule(first_date=date(2026, 11, 3), start_time=time(9), exdates=[date(2026, 11, 3)])
    body = file_of(period, off).decode()
    assert "DTSTART;VALUE=DATE:20261020\r\nDTEND;VALUE=DATE:20261031\r\n" in body
    cancelled = [event for event in icalendar.Calendar.from_ical(body).walk("VEVENT") if event["STATUS"] == "CANCELLED"]
    assert [event["UID"] for event in cancelled] == ["angebot-7-20261103T0900@ahausen.localhost"]


@frozen
def test_a_change_raises_the_number_and_keeps_the_name():
    rule = Schedule(first_date=date(2026, 10, 20), start_time=time(16), rrule="FREQ=WEEKLY")
    events = []
    for changed in (NOW, NOW + timedelta(seconds=1)):
        calendar = icalendar.Calendar.from_ical(file_of(rule, updated_at=changed))
        events += calendar.walk("VEVENT")
    assert events[0]["UID"] == events[1]["UID"]
    assert 0 < events[0]["SEQUENCE"] < events[1]["SEQUENCE"] < 2**31


@frozen
@pytest.mark.parametrize("rrule", ["FREQ=WEEKLY;BYDAY=TU;COUNT=9;UNTIL=20261110", "FREQ=YEARLY;BYYEARDAY=300,301"])
@pytest.mark.filterwarnings("ignore:Using both 'count' and 'until':DeprecationWarning")
def test_unusual_rules_become_lists_of_days(rrule):
    rule = Schedule(first_date=date(2026, 10, 1), start_time=time(16), rrule=rrule)
    body = file_of(rule)
    assert b"RRULE:FREQ=W" not in body
    found = sorted(_utc(event["DTSTART"].dt) for event in by_recurring_ical_events(body))
    assert found == moments([rule])


@frozen
def test_two_windows_on_a_day_are_two_events_and_an_empty_rule_is_none():
    once = {"first_date": date(2026, 10, 20), "start_time": time(9)}
    never = Schedule(first_date=date(2026, 10, 20), rrule="FREQ=DAILY;UNTIL=20261001")
    old = Schedule(first_date=date(2024, 10, 20), rrule="FREQ=DAILY;UNTIL=20241101")
    body = file_of(Schedule(**once), Schedule(**once), never, old, Schedule(first_date=date(2020, 1, 1)))
    uids = [event["UID"].split("@")[0] for event in icalendar.Calendar.from_ical(body).walk("VEVENT")]
    assert uids == ["angebot-7-20261020T0900", "angebot-7-20261020T0900-2"]
