"""Every state of an offer × every interface: what residents may not see stands in none of them."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from portal.offer_fields.models import ExtraField, OfferForm
from portal.offers.models import OfferImage
from portal.pages.models import Page
from portal.taxonomy.models import District, Marker
from tenants.lifecycle.states import suspend_municipality
from tenants.running.context import inside
from tests.conftest import municipality
from tests.factories import a_provider, an_offer

NOW = timezone.now()
# Words that stand nowhere but in what is not public.
SECRET = "geheimniskraemerei"
LISTS = {
    "search": "/api/v1/offers/?limit=100&expand=provider,categories,target_groups,dates",
    "changes": "/api/v1/offers/?limit=100&updated_since=1970-01-01",
    "dates": "/api/v1/dates/?limit=100&expand=offer",
    "providers": "/api/v1/providers/?limit=100",
    "changed providers": "/api/v1/providers/?limit=100&updated_since=1970-01-01",
    "hsds": "/hsds/services?full=true&per_page=100",
    "hsds lines": "/hsds/services?full=true&format=ndjson",
    "hsds changes": "/hsds/services?full=true&modified_after=1970-01-01",
    "hsds places": "/hsds/service_at_locations?full=true&per_page=100",
    "hsds providers": "/hsds/organizations?full=true&per_page=100",
    "lines": "/daten/angebote.jsonl",
    "csv": "/daten/angebote.csv",
    "geojson": "/daten/angebote.geojson",
}
PAST = NOW - timedelta(days=3)
# How an offer came to be what it is: its fields, its provider's, and what its own address answers.
STATES = {
    "published": ({}, {}, 200),
    "over": ({"schedule_kind": "dates", "ends_at": PAST}, {}, 200),
    "draft": ({"state": "draft", "published_at": None}, {}, 404),
    "submitted": ({"state": "submitted", "published_at": None}, {}, 404),
    "returned": ({"state": "returned", "published_at": None}, {}, 404),
    "paused": ({"state": "paused"}, {}, 410),
    "archived": ({"state": "archived"}, {}, 410),
    "trashed": ({"state": "trashed", "trashed_at": NOW}, {}, 404),
    "taken down": ({"state": "paused", "taken_down_at": NOW}, {}, 404),
    "hidden as unchecked": ({"hidden_at": NOW}, {}, 410),
    "provider rests": ({}, {"state": "paused"}, 410),
    "provider is a draft": ({}, {"state": "draft", "published_at": None}, 404),
    "provider was archived": ({}, {"state": "archived"}, 410),
    "provider was taken down": ({}, {"state": "paused", "taken_down_at": NOW}, 404),
}
FOUND = {"published"}


def body(client, address):
    answer = client.get(address)
    return answer.status_code, b"".join(answer).decode()


@pytest.mark.parametrize("state", STATES)
def test_a_state_shows_what_residents_may_see_and_nothing_else(ahausen, visitor, state):
    fields, of_provider, status = STATES[state]
    with inside(ahausen):
        provider = a_provider(name=f"Verein {SECRET}", **of_provider)
        places = [{"city": "Ort", "latitude": 49.2, "longitude": 7.0, "precision": "exact"}]
        offer = an_offer(provider=provider, title=f"Kurs {SECRET}", summary=SECRET, places=places, **fields)
    client = visitor("ahausen")
    shown = provider.state == "published"
    for name, address in LISTS.items():
        code, text = body(client, address)
        assert code == 200
        expected = shown if "providers" in name else state in FOUND and name != "dates"
        assert (SECRET in text) == expected, name
    code, text = body(client, f"/api/v1/offers/{offer.pk}/?expand=provider")
    assert (code, SECRET in text) == (status, status == 200)
    code, text = body(client, f"/api/v1/providers/{provider.pk}/")
    assert (code, SECRET in text) == ((200, True) if shown else (404, False))


ALL = [*LISTS.values(), "/api/v1/offers/{offer}/?expand=provider,dates", "/api/v1/providers/{provider}/"]


@pytest.mark.parametrize("address", ALL)
def test_what_a_public_offer_keeps_to_itself_is_told_nowhere(ahausen, visitor, address):
    with inside(ahausen):
        district = District.objects.create(name="Mitte", latitude=49.1, longitude=7.1)
        question = ExtraField.objects.create(name="Intern", kind="text", use="internal")
        provider = a_provider(
            name="Haus",
            email=f"{SECRET}@haus.example",
            contact_name=SECRET,
            contact_email=f"{SECRET}2@haus.example",
            contact_role=SECRET,
        )
        offer = an_offer(
            provider=provider,
            title="Beratung",
            contact_name=SECRET,
            contact_role=SECRET,
            contact_email=f"{SECRET}3@haus.example",
            state_reason=SECRET,
            internal={str(question.pk): SECRET},
            extras={str(question.pk): SECRET},
            speaker=SECRET,
            course_number=SECRET,
            places=[
                {
                    "name": SECRET,
                    "street": SECRET,
                    "postcode": "66111",
                    "city": SECRET,
                    "note": SECRET,
                    "latitude": 49.2345,
                    "longitude": 6.9876,
                    "precision": "exact",
                    "hide_exact_address": True,
                    "district": district,
                }
            ],
        )
        offer.markers.add(Marker.objects.create(name=SECRET, internal=True))
        OfferImage.objects.create(
            offer=offer, kind="contact", image=f"offers/{SECRET}.png", alt_text=SECRET, copyright=SECRET,
            width=1, height=1,
        )  # fmt: skip
        form = OfferForm.load()
        form.left_out = ["course_number"]
        form.save()
    code, text = body(visitor("ahausen"), address.format(offer=offer.pk, provider=provider.pk))
    assert code == 200
    assert SECRET not in text
    assert "49.2345" not in text
    assert "66111" not in text
    if "dates" not in address.split("?")[0] and not {"providers", "organizations"} & set(re.split(r"[/?]", address)):
        assert "Beratung" in text
        assert "Mitte" in text


def test_pages_of_the_editors_are_told_when_they_are_public(ahausen, visitor):
    with inside(ahausen):
        shown = Page.objects.create(slug="offen", title="Offen", body="<p>Hallo</p>")
        hidden = Page.objects.create(slug="zu", title=SECRET, body=f"<p>{SECRET}</p>", published=False)
        ended = Page(slug="bloecke", title="Blöcke")
        ended.write(
            [
                {"id": "a1a1", "kind": "text", "hidden": False, "data": {"html": "<p>Sichtbar</p>"}},
                {"id": "b2b2", "kind": "text", "hidden": True, "data": {"html": f"<p>{SECRET}</p>"}},
            ]
        )
        ended.save()
    client = visitor("ahausen")
    titles = [each["title"] for each in client.get("/api/v1/pages/").json()["results"]]
    assert {"Offen", "Blöcke"} <= set(titles)
    assert SECRET not in titles
    assert client.get(f"/api/v1/pages/{shown.pk}/").json()["html"] == "<p>Hallo</p>"
    assert client.get(f"/api/v1/pages/{hidden.pk}/").status_code == 404
    html = client.get(f"/api/v1/pages/{ended.pk}/").json()["html"]
    assert "Sichtbar" in html
    assert SECRET not in html


def test_a_suspended_municipality_tells_nothing(own_database, visitor):
    with inside(municipality("ahausen")):
        offer = an_offer(title=SECRET)
    suspend_municipality("ahausen", reason="Wartung")
    for address in [*LISTS.values(), f"/api/v1/offers/{offer.pk}/", "/api/v1/", "/daten/", "/api/"]:
        code, text = body(visitor("ahausen"), address)
        assert (code, SECRET in text) == (503, False), address
        assert address in {"/daten/", "/api/"} or "<" not in text


def test_next_door_nothing_of_it_is_known(ahausen, bedorf, visitor):
    with inside(ahausen):
        offer = an_offer(title=SECRET)
    for address in LISTS.values():
        assert SECRET not in body(visitor("bedorf"), address)[1]
    assert visitor("bedorf").get(f"/api/v1/offers/{offer.pk}/").status_code == 404
