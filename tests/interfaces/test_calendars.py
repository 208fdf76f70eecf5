"""Dates for other programs: each an event that the importer of Integreat takes, nothing that residents may not see.

The reader below reads as that importer does (integreat-cms, `external_calendar_utils.py`): UID, SUMMARY, DTSTART and
DTEND must be there, times count as they stand, daily repetitions are refused, one of the categories must be its own.
"""

from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from portal.offers.choices import ScheduleKind
from portal.offers.models import Location, Occurrence, Offer, Schedule
from portal.offers.services import set_schedules
from portal.taxonomy.models import Category
from tenants.running.context import inside
from tests.factories import an_offer

ADDRESS = "/daten/integreat.ics"


def as_integreat(body, category="integreat"):
    """What Integreat would make of it; KeyError or ValueError where it would refuse."""
    found = {}
    for event in Calendar.from_ical(body).walk("VEVENT"):
        uid, title = (str(event[name]) for name in ("UID", "SUMMARY"))
        start, end = event.decoded("DTSTART"), event.decoded("DTEND")
        if "RRULE" in event:
            raise ValueError("a rule")
        assert isinstance(start, datetime) == isinstance(end, datetime)
        assert start < end
        whole = not isinstance(start, datetime)
        if category not in getattr(event.get("categories"), "cats", []):
            continue
        assert uid not in found, "an event of two dates would be overwritten"
        when = (start, None) if whole else (start.date(), start.time())
        found[uid] = (title, *when, str(event["DESCRIPTION"]))
    return found


@pytest.fixture
def town(ahausen):
    today = timezone.localdate()
    with inside(ahausen):
        topic = Category.objects.create(name="Musik, laut; leise")
        concert = an_offer(title="Konzert", categories=[topic])
        Location.objects.create(offer=concert, name="Halle", city="Ahausen")
        evening = {"start_time": time(18), "end_time": time(20)}
        once = [Schedule(first_date=today + timedelta(days=n), **evening) for n in (2, 9)]
        set_schedules(concert, ScheduleKind.DATES, once)
        choir = an_offer(title="Chor", summary="Wir singen.")
        rule = Schedule(first_date=today + timedelta(days=1), start_time=time(10), rrule="FREQ=DAILY;COUNT=5")
        set_schedules(choir, ScheduleKind.DAILY, [rule])
        fair = an_offer(title="Markt")
        set_schedules(fair, ScheduleKind.DATES, [Schedule(first_date=today + timedelta(days=3))])
        hidden = an_offer(title="Entwurf")
        set_schedules(hidden, ScheduleKind.DATES, [Schedule(first_date=today + timedelta(days=3))])
        Offer.objects.filter(pk=hidden.pk).update(state="draft")
    return {"concert": concert, "choir": choir, "topic": topic.pk}


def test_every_coming_date_is_an_event_integreat_takes(town, ahausen, visitor):
    answer = visitor("ahausen").get(ADDRESS)
    assert answer["Content-Type"].startswith("text/calendar")
    events = as_integreat(answer.content)
    with inside(ahausen):
        expected = sorted(
            (row.offer.title, row.first_date, row.start_time)
            for row in Occurrence.objects.select_related("offer").filter(offer__state="published")
        )
    assert sorted((title, day, at) for title, day, at, _text in events.values()) == sorted(
        expected, key=lambda each: (each[0], each[1])
    )
    assert {title for title, *_rest in events.values()} == {"Konzert", "Chor", "Markt"}
    for title, _day, _at, text in events.values():
        if title == "Konzert":
            assert f"http://ahausen.localhost:8000{town['concert'].get_absolute_url()}" in text


def test_a_calendar_for_everybody_has_no_foreign_category(town, visitor):
    body = visitor("ahausen").get("/daten/termine.ics").content
    assert as_integreat(body) == {}
    assert len(as_integreat(body, category="Musik, laut; leise")) == 2


def test_the_parameters_of_the_search_count(town, visitor):
    def titles(**query):
        events = as_integreat(visitor("ahausen").get(f"{ADDRESS}?{urlencode(query)}").content)
        return sorted(title for title, *_rest in events.values())

    assert titles(kategorie=town["topic"]) == ["Konzert", "Konzert"]
    last = timezone.localdate() + timedelta(days=2)
    assert titles(kategorie=town["topic"], bis=last.isoformat()) == ["Konzert"]
    assert titles(q="singen") == ["Chor"] * 5
    assert titles(kategorie="quatsch", von="gestern") == sorted(["Konzert"] * 2 + ["Chor"] * 5 + ["Markt"])


def test_what_is_withdrawn_is_gone_and_unchanged_is_304(town, ahausen, visitor):
    client = visitor("ahausen")
    first = client.get(ADDRESS)
    assert client.get(ADDRESS, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
    with inside(ahausen):
        Offer.objects.filter(pk=town["concert"].pk).update(state="paused")
    after = client.get(ADDRESS, HTTP_IF_NONE_MATCH=first["ETag"])
    assert after.status_code == 200
    assert "Konzert" not in after.content.decode()


def test_a_file_holds_half_a_year_and_where_it_is_full_whole_days(ahausen, visitor, monkeypatch):
    """It said so, and ended after a thousand dates within a day: whoever takes it over drops what is missing."""
    first = timezone.localdate() + timedelta(days=1)
    with inside(ahausen):
        for number in range(9):
            rule = Schedule(first_date=first, start_time=time(9), end_time=time(10), rrule="FREQ=DAILY;COUNT=150")
            set_schedules(an_offer(title=f"Kurs {number}"), ScheduleKind.DAILY, [rule])
    client = visitor("ahausen")
    assert len(as_integreat(client.get(ADDRESS).content)) == 9 * 150
    monkeypatch.setattr("portal.interfaces.views.calendars.MOST", 30)
    days = [day for _title, day, *_rest in as_integreat(client.get(f"{ADDRESS}?neu=1").content).values()]
    assert sorted(days) == [first + timedelta(days=n) for n in range(3) for _offer in range(9)]


def test_names_stay_the_same_when_an_offer_is_saved_again(town, ahausen, visitor):
    before = as_integreat(visitor("ahausen").get(ADDRESS).content)
    with inside(ahausen):
        rules = list(town["concert"].schedules.all())
        fresh = [
            Schedule(first_date=each.first_date, start_time=each.start_time, end_time=each.end_time) for each in rules
        ]
        set_schedules(town["concert"], ScheduleKind.DATES, fresh)
    assert as_integreat(visitor("ahausen").get(ADDRESS).content).keys() == before.keys()


def test_statements_do_not_grow_with_the_dates(town, ahausen, visitor):
    def statements():
        with CaptureQueriesContext(connection) as asked:
            visitor("ahausen").get(ADDRESS)
        return len(asked)

    few = statements()
    with inside(ahausen):
        for number in range(12):
            offer = an_offer(title=f"Reihe {number}")
            day = date.today() + timedelta(days=number + 1)
            set_schedules(offer, ScheduleKind.DATES, [Schedule(first_date=day, start_time=time(9))])
    assert statements() == few
