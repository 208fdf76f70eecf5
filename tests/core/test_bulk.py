"""Columns of many rows written by one statement are what Django's own way would write."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from core.bulk import write_columns
from portal.calendars.models import Calendar, CalendarEvent
from portal.offers.models import Offer
from tenants.running.context import inside
from tests.factories import a_provider, an_offer

MOMENT = datetime(2027, 3, 4, 5, 6, 7, 89, tzinfo=UTC)
NAMES = ["title", "min_age", "cost_kind", "cost_amount", "volunteering", "extras", "ends_at", "schedule_kind", "author"]


@pytest.fixture(autouse=True)
def _here(ahausen):
    with inside(ahausen):
        yield


def changed(rows: list[Offer], person) -> None:
    first, second, third = rows
    first.title, first.min_age, first.author = "Ärger \\ 'mit' \"Zeichen\", {a,b}; 🎈\nNULL", 3, person
    first.cost_kind, first.cost_amount = "amount", Decimal("12.50")
    second.title, second.volunteering, second.extras = "NULL", True, {"7": ["a", None], "8": "{}"}
    third.title, third.schedule_kind, third.ends_at = "Drei", "dates", MOMENT


def test_it_writes_what_bulk_update_writes(person, ahausen):
    provider, somebody = a_provider(), person(ahausen)
    ours, theirs = ([an_offer(provider=provider) for _row in range(3)] for _twin in range(2))
    for rows in (ours, theirs):
        changed(rows, somebody)
    write_columns(ours, NAMES)
    Offer.objects.bulk_update(theirs, NAMES)
    both = [list(Offer.objects.filter(pk__in=[each.pk for each in rows]).order_by("pk").values(*NAMES))
            for rows in (ours, theirs)]  # fmt: skip
    assert both[0] == both[1]
    assert both[0][0]["title"].startswith("Ärger")
    assert [row["author"] for row in both[0]] == [somebody.pk, None, None]


def test_it_is_one_statement_whatever_the_number_of_rows_and_nothing_for_none():
    rows = [an_offer() for _row in range(5)]
    with CaptureQueriesContext(connection) as asked:
        write_columns(rows, ["summary"])
        write_columns([], ["summary"])
        write_columns(rows, [])
    assert len(asked) == 1


def test_what_is_too_long_or_forbidden_is_refused_not_cut():
    one, other = an_offer(), an_offer(title="Bleibt")
    one.title = "x" * 256
    with pytest.raises(DataError), transaction.atomic():
        write_columns([one, other], ["title"])
    one.title, other.title = "Kurz", ""
    with pytest.raises(IntegrityError), transaction.atomic():
        write_columns([one, other], ["title"])
    other.refresh_from_db()
    assert other.title == "Bleibt"


def test_json_and_keys_of_other_tables_may_be_empty(person, ahausen):
    made = Calendar.objects.create(provider=a_provider(), url="https://x.example/", keeper=person(ahausen))
    offer = an_offer()
    events = [
        CalendarEvent.objects.create(calendar=made, uid=str(at), start_key="", first=MOMENT.date()) for at in range(2)
    ]
    events[0].offer, events[0].kept, events[1].kept = offer, {"a": [1, {"b": None}]}, {}
    write_columns(events, ["offer", "kept"])
    found = CalendarEvent.objects.order_by("pk").values_list("offer_id", "kept")
    assert list(found) == [(offer.pk, {"a": [1, {"b": None}]}), (None, {})]


def test_fields_that_are_lists_are_refused():
    with pytest.raises(TypeError):
        write_columns([an_offer()], ["languages"])
