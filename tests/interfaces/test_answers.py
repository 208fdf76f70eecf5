"""The form of answers: as described, with a tag, for everybody, without a cookie, within bounds."""

import gzip
import json

import brotli
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator

from portal.interfaces import limits
from portal.interfaces.description import as_text
from portal.interfaces.schema.offers import OFFER_FIELDS
from portal.interfaces.schema.others import PROVIDER_FIELDS
from portal.interfaces.views.others import SCHEMA
from portal.offers.models import Location, OfferImage
from portal.pages.models import Page
from portal.preferences.models import Preferences
from portal.providers.models import OpeningHours
from portal.search.parameters import SearchQuery
from tenants.running.context import inside
from tests.factories import a_provider, an_offer
from tests.search import corpus
from tests.tenants.test_page_cache import Browser


@pytest.fixture
def town(ahausen):
    with inside(ahausen):
        corpus.taxonomy()
        made = corpus.offers(20, 3)
        provider = a_provider(name="Ganz", phone="0681 1", website="https://x.example/", opening_hours_note="zu")
        OpeningHours.objects.create(provider=provider, weekday=1, opens="08:00", closes="12:00")
        offer = an_offer(title="Voll", provider=provider, cost_kind="amount", cost_amount="3.50", min_age=3)
        Location.objects.create(offer=offer, street="Weg 1", city="Ahausen")
        OfferImage.objects.create(
            offer=offer, kind="hero", image="offers/a.png", alt_text="a", copyright="b", width=1, height=1
        )
        page = Page.objects.create(slug="offen", title="Offen", body="<p>Hallo</p>")
        made[0].delete()
    return {"offer": offer.pk, "provider": provider.pk, "page": page.pk}


ADDRESSES = {
    "/api/v1/": "/api/v1/",
    "/api/v1/offers/": "/api/v1/offers/?limit=100&facets=1&expand=provider,categories,target_groups,dates&fremd=1",
    "/api/v1/offers/#changes": "/api/v1/offers/?limit=100&updated_since=2020-01-01",
    "/api/v1/offers/#fields": "/api/v1/offers/?fields=title,url&expand=provider",
    "/api/v1/offers/{id}/": "/api/v1/offers/{offer}/?expand=provider,dates",
    "/api/v1/dates/": "/api/v1/dates/?limit=100&expand=offer",
    "/api/v1/providers/": "/api/v1/providers/?limit=100",
    "/api/v1/providers/#changes": "/api/v1/providers/?updated_since=2020-01-01",
    "/api/v1/providers/{id}/": "/api/v1/providers/{provider}/",
    "/api/v1/categories/": "/api/v1/categories/",
    "/api/v1/target-groups/": "/api/v1/target-groups/",
    "/api/v1/districts/": "/api/v1/districts/",
    "/api/v1/pages/": "/api/v1/pages/",
    "/api/v1/pages/{id}/": "/api/v1/pages/{page}/",
}


def test_the_description_is_what_the_views_say():
    assert SCHEMA.read_text(encoding="utf-8") == as_text(), "run python -m tools.api_schema and look at the change"


def test_every_parameter_of_the_search_is_described():
    described = {
        each["name"] for each in json.loads(SCHEMA.read_text())["paths"]["/api/v1/offers/"]["get"]["parameters"]
    }
    names = {each.metadata["name"] for each in SearchQuery.__dataclass_fields__.values()}
    # Neighbours' offers are theirs, and what is mentioned only is shown apart on the page.
    assert names - described == {"kommune", "erwaehnt", "ansicht", "seite"}


@pytest.mark.parametrize("path", ADDRESSES)
def test_answers_are_as_described(town, visitor, path):
    description = json.loads(SCHEMA.read_text())
    asked = description["paths"][path.partition("#")[0]]["get"]
    schema = asked["responses"]["200"]["content"]["application/json"]["schema"]
    answer = visitor("ahausen").get(ADDRESSES[path].format(**town))
    assert answer.status_code == 200
    assert answer.json().get("results") != []
    validator = Draft202012Validator({**schema, "components": description["components"]})
    assert [error.message for error in validator.iter_errors(answer.json())] == []


def test_records_have_exactly_the_described_fields(town, visitor):
    client = visitor("ahausen")
    assert set(client.get("/api/v1/offers/").json()["results"][0]) == set(OFFER_FIELDS)
    assert set(client.get(f"/api/v1/offers/{town['offer']}/").json()) == set(OFFER_FIELDS)
    assert set(client.get("/api/v1/providers/").json()["results"][0]) == set(PROVIDER_FIELDS)


def test_one_offer_is_told_alike_everywhere(town, visitor):
    client = visitor("ahausen")
    whole = client.get(f"/api/v1/offers/{town['offer']}/").json()
    listed = client.get("/api/v1/offers/?limit=100").json()["results"]
    assert whole in listed
    lines = [json.loads(line) for line in b"".join(client.get("/daten/angebote.jsonl")).decode().splitlines()]
    for each in listed:
        each.pop("next_date")
    assert lines == sorted(listed, key=lambda each: each["id"])


def test_fields_and_expansions(town, visitor):
    client = visitor("ahausen")
    answer = client.get(f"/api/v1/offers/{town['offer']}/?fields=title&expand=provider").json()
    assert set(answer) == {"id", "title", "provider"}
    assert answer["provider"]["name"] == "Ganz"
    refused = client.get("/api/v1/offers/?fields=title,quatsch")
    assert refused.status_code == 400
    assert "quatsch" in refused.json()["detail"]


def test_everybody_may_read_and_nobody_gets_a_cookie(town, visitor):
    client = visitor("ahausen")
    for address in [*ADDRESSES.values(), "/api/v1/openapi.json", "/daten/angebote.csv", "/api/", "/daten/"]:
        answer = client.get(address.format(**town))
        b"".join(answer)
        assert not answer.cookies, address
        assert "cookie" not in answer.get("Vary", "").lower()
        if address not in {"/api/", "/daten/"}:
            assert answer["Access-Control-Allow-Origin"] == "*"
            assert "Access-Control-Allow-Credentials" not in answer
    asked = client.options("/api/v1/offers/", HTTP_ORIGIN="https://app.example")
    assert asked.status_code == 204
    assert "GET" in asked["Access-Control-Allow-Methods"]
    for address in ("/api/v1/districts/", "/daten/angebote.jsonl", "/daten/katalog.ttl", "/daten/termine.ics"):
        asked = client.options(address, HTTP_ORIGIN="https://app.example")
        assert (asked.status_code, "If-None-Match" in asked["Access-Control-Allow-Headers"]) == (204, True), address
        first = client.get(address)
        b"".join(first)
        again = client.get(address, HTTP_IF_NONE_MATCH=first["ETag"])
        assert (again.status_code, again["Access-Control-Allow-Origin"]) == (304, "*"), address
    for wrong, right in (
        ("/api/v1", "/api/v1/"),
        ("/api/v1/offers", "/api/v1/offers/"),
        ("/hsds/services/", "/hsds/services"),
    ):
        answer = client.get(wrong)
        assert answer.status_code == 404
        assert right in answer.json()["detail"].split()
    for method in (client.post, client.put, client.delete, client.patch):
        answer = method("/api/v1/dates/")
        assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json")
    # Writing needs a token (tests/machine_access).
    answer = client.post("/api/v1/offers/")
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert client.head("/api/v1/offers/").status_code == 200


def test_who_has_it_already_gets_304(town, visitor):
    client = visitor("ahausen")
    for address in ("/api/v1/offers/", "/api/v1/categories/", "/daten/angebote.jsonl", "/daten/angebote.geojson"):
        first = client.get(address)
        b"".join(first)
        assert client.get(address, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
        other = client.get(address, HTTP_IF_NONE_MATCH='"anders"')
        assert (other.status_code, len(b"".join(other)) > 0) == (200, True)


def test_answers_come_from_memory_and_never_old(own_database):
    from tests.conftest import municipality

    browser = Browser()
    with inside(municipality("ahausen")):
        offer = an_offer(title="Vorher")
    first = browser.get("/api/v1/offers/")
    asked = browser.django.asked
    assert browser.get("/api/v1/offers/") == first
    browser.get("/api/v1/offers/", HTTP_IF_NONE_MATCH=browser.answer["etag"])
    assert browser.answer["status"].startswith("304")
    assert browser.django.asked - asked <= 1
    with inside(municipality("ahausen")):
        type(offer).objects.filter(pk=offer.pk).update(title="Nachher")
    assert "Nachher" in browser.get("/api/v1/offers/")


def test_answers_are_compressed(town, visitor):
    client = visitor("ahausen")
    for address in ("/api/v1/offers/", "/daten/angebote.jsonl"):
        plain = b"".join(client.get(address))
        packed = client.get(address, HTTP_ACCEPT_ENCODING="gzip")
        assert packed["Content-Encoding"] == "gzip"
        assert gzip.decompress(b"".join(packed)) == plain
        small = client.get(address, HTTP_ACCEPT_ENCODING="gzip, deflate, br")
        assert (small["Content-Encoding"], small["Vary"]) == ("br", "Accept-Encoding")
        assert small["ETag"].startswith("W/")
        assert brotli.decompress(b"".join(small)) == plain
        wishes = {"br;q=0, gzip;q=0.5": "gzip", "gzip;q=0": "", "identity": "", "br;q=0": "", "gzip;q=0, *": ""}
        for wish, coding in wishes.items():
            answer = client.get(address, HTTP_ACCEPT_ENCODING=wish)
            assert (answer.get("Content-Encoding", ""), answer["Vary"]) == (coding, "Accept-Encoding"), wish
            # Files are closed when they are read to their end.
            assert b"".join(answer)
    # Pages may hold secrets: gzip alone is padded against guessing them.
    assert client.get("/", HTTP_ACCEPT_ENCODING="gzip, br")["Content-Encoding"] == "gzip"


def test_a_network_that_asks_too_much_waits(town, visitor, monkeypatch):
    monkeypatch.setattr(limits, "MOST", 3)
    client = visitor("ahausen")
    answers = [client.get("/api/v1/categories/", REMOTE_ADDR="10.1.2.3") for _n in range(4)]
    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    assert 1 <= int(answers[-1]["Retry-After"]) <= 60
    assert answers[-1]["Content-Type"] == "application/problem+json"
    assert client.get("/api/v1/categories/", REMOTE_ADDR="10.9.9.9").status_code == 200
    assert client.get("/daten/angebote.csv", REMOTE_ADDR="10.7.7.7").status_code == 429


def test_statements_do_not_grow_with_what_is_told(town, ahausen, visitor):
    client, counts = visitor("ahausen"), []
    for limit in (12, 100):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(f"/api/v1/offers/?limit={limit}&expand=provider,categories,target_groups,dates")
        counts.append(len(asked))
    assert counts[0] == counts[1], counts


def test_the_licence_goes_with_every_answer(town, ahausen, visitor):
    client = visitor("ahausen")
    assert client.get("/api/v1/").json()["licence"] is None
    assert "Link" not in client.get("/api/v1/offers/")
    with inside(ahausen):
        rules = Preferences.load()
        rules.data_licence = "dl-by-de/2.0"
        rules.save()
    licence = client.get("/api/v1/").json()["licence"]
    assert licence["uri"] == "http://dcat-ap.de/def/licenses/dl-by-de/2.0"
    assert licence["attribution"]
    for address in ("/api/v1/offers/", "/daten/angebote.csv"):
        answer = client.get(address)
        b"".join(answer)
        assert 'rel="license"' in answer["Link"]
    assert settings.LANGUAGE_CODE == "de"
