"""Files with all offers: complete, read in a few statements and in little memory, safe to open."""

import csv
import io
import json
import tracemalloc
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.interfaces.exporting import FORMATS, export
from portal.offers.models import Location, Offer, Schedule
from portal.taxonomy.models import Category
from tenants.running.context import inside
from tests.conftest import municipality
from tests.factories import a_provider, an_offer
from tests.search import corpus

MOST_STATEMENTS = 10


def text_of(client, kind):
    return b"".join(client.get(f"/daten/angebote.{kind}")).decode()


def many(number):
    """So many offers with everything below them, in a few statements."""
    provider, topic = a_provider(), Category.objects.create(name=f"Thema {number}")
    rows = Offer.objects.bulk_create(
        Offer(
            provider=provider, title=f"Angebot {n}", slug="a", state="published", published_at=provider.published_at,
            description="<p>Ein Text.</p>" * 20, schedule_kind="weekly",
        )
        for n in range(number)
    )  # fmt: skip
    Location.objects.bulk_create(
        Location(offer=row, street="Weg 1", city="Ahausen", latitude=49.2, longitude=7.0, precision="exact")
        for row in rows
    )
    Schedule.objects.bulk_create(Schedule(offer=row, first_date="2026-01-05", rrule="FREQ=WEEKLY") for row in rows)
    Offer.categories.through.objects.bulk_create(
        Offer.categories.through(offer_id=row.pk, category_id=topic.pk) for row in rows
    )


def measured(kind):
    """Statements, bytes of memory at most, and the size of an export."""
    export(kind, "https://x")[0].close()
    with CaptureQueriesContext(connection) as asked:
        tracemalloc.start()
        file, size, _etag = export(kind, "https://x")
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    file.close()
    return len(asked), peak, size


def test_an_export_asks_the_same_few_questions_for_any_number_and_needs_little_memory(own_database):
    with inside(municipality("ahausen")):
        many(600)
        few = {kind: measured(kind) for kind in FORMATS}
        many(2400)
        all_of_them = {kind: measured(kind) for kind in FORMATS}
    for kind, (statements, small, size) in few.items():
        again, large, more = all_of_them[kind]
        assert statements == again <= MOST_STATEMENTS, kind
        assert more > 4 * size, kind
        # Five times as many offers in the memory of a few hundred.
        assert large < small * 1.3 + 2**20, kind


def test_csv_is_a_table_that_runs_nothing(ahausen, visitor):
    with inside(ahausen):
        topic = Category.objects.create(name="Kultur; Musik")
        offer = an_offer(
            title='=HYPERLINK("http://x")',
            summary="-1+1",
            description="<p>Eins</p><p>Zwei</p>",
            categories=[topic],
            cost_kind="amount",
            cost_amount="2.50",
            places=[{"name": "Saal", "street": "Weg 1", "postcode": "66111", "city": "Ort"}, {"city": "Zwei"}],
        )
    text = text_of(visitor("ahausen"), "csv")
    assert text.startswith("\ufeffid;url;title;")
    (row,) = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";")
    assert row["id"] == str(offer.pk)
    assert row["title"].startswith("'=")
    assert row["summary"] == "'-1+1"
    assert row["categories"] == "Kultur; Musik"
    assert (row["place"], row["postcode"], row["further_places"]) == ("Saal", "66111", "Zwei")
    assert (row["cost_amount"], row["volunteering"]) == ("2.5", "nein")
    assert "<p>" not in row["description"]


def test_geojson_has_a_point_for_each_place_on_the_map(ahausen, visitor):
    with inside(ahausen):
        corpus.taxonomy()
        corpus.offers(30, 5)
        places = list(
            Location.objects.filter(offer__in=Offer.objects.current()).values_list(
                "offer_id", "hide_exact_address", "latitude", "longitude", "district__latitude", "district__longitude"
            )
        )
    found = json.loads(text_of(visitor("ahausen"), "geojson"))
    assert found["type"] == "FeatureCollection"
    expected = []
    for offer, hidden, latitude, longitude, middle, centre in places:
        at = (middle, centre) if hidden else (latitude, longitude)
        if at[0] is not None:
            expected.append((offer, round(at[1], 6), round(at[0], 6)))
    points = [(each["properties"]["id"], *each["geometry"]["coordinates"]) for each in found["features"]]
    assert sorted(points) == sorted(expected)
    assert len(points) > 5


def test_a_file_has_its_name_and_size(ahausen, visitor):
    with inside(ahausen):
        an_offer()
    answer = visitor("ahausen").get("/daten/angebote.jsonl")
    assert answer["Content-Type"] == "application/jsonl; charset=utf-8"
    assert "angebote-ahausen-" in answer["Content-Disposition"]
    assert int(answer["Content-Length"]) == len(b"".join(answer))


@pytest.mark.parametrize("kind", FORMATS)
def test_a_town_without_offers_has_files_too(ahausen, visitor, kind):
    text = text_of(visitor("ahausen"), kind)
    assert {
        "jsonl": text == "",
        "csv": text.count("\n") == 1,
        "geojson": json.loads(text or "{}") if kind == "geojson" else 1,
    }[kind]


def test_who_has_the_file_is_told_from_memory_until_an_offer_changes_or_is_over(own_database, visitor, time_machine):
    soon = timezone.now() + timedelta(hours=1)
    with inside(municipality("ahausen")):
        offer = an_offer(title="Vorher", schedule_kind="dates", ends_at=soon)
    client = visitor("ahausen")

    def ask(tag):
        with CaptureQueriesContext(connection) as asked:
            answer = client.get("/daten/angebote.jsonl", HTTP_IF_NONE_MATCH=tag)
            text = b"".join(answer).decode()
        return answer, text, len(asked)

    tag = ask("")[0]["ETag"]
    assert ask(tag)[0].status_code == 304
    answer, _text, statements = ask(tag)
    assert (answer.status_code, answer["ETag"], statements) == (304, tag, 0)
    with inside(municipality("ahausen")):
        Offer.objects.filter(pk=offer.pk).update(title="Nachher")
    answer, text, _statements = ask(tag)
    assert (answer.status_code, "Nachher" in text) == (200, True)
    tag = answer["ETag"]
    assert ask(tag)[0].status_code == 304
    time_machine.move_to(soon + timedelta(minutes=1))
    answer, text, _statements = ask(tag)
    assert (answer.status_code, text) == (200, "")
