"""Calendar files as visitors fetch them."""

from datetime import time, timedelta

import icalendar
import pytest
from django.utils import timezone

from portal.offers import ics
from portal.offers.choices import ScheduleKind
from portal.offers.models import Schedule
from portal.offers.services import set_schedules
from portal.offers.states import State
from portal.providers.models import State as ProviderState
from tenants.running.context import inside
from tests.factories import a_provider, an_offer


@pytest.fixture
def portal(ahausen, visitor):
    return visitor("ahausen")


def soon(days=3):
    return timezone.localdate() + timedelta(days=days)


def dated(offer, *days, start=time(18)):
    set_schedules(offer, ScheduleKind.DATES, [Schedule(first_date=day, start_time=start) for day in days])
    return offer


def events(client, path, **params):
    answer = client.get(path, params)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return icalendar.Calendar.from_ical(answer.content).walk("VEVENT")


def test_all_dates_or_one_of_them_can_be_taken_along(ahausen, portal):
    with inside(ahausen):
        offer = dated(an_offer(title="Sommerfest"), soon(3), soon(9))
        one = offer.occurrences.order_by("starts_at")[1]
    path = ics.file_path(offer)
    assert path == f"{offer.get_absolute_url()}termine.ics"
    assert len(events(portal, path)) == 2
    single = ics.file_path(offer, one)
    found = events(portal, single)
    assert [event.start.astimezone() for event in found] == [one.starts_at]
    assert single == f"{path}?termin={soon(9)}-1800"
    assert portal.get(path, {"termin": one.pk}).content == portal.get(single).content
    assert 'filename="sommerfest.ics"' in portal.get(path)["Content-Disposition"]
    with inside(ahausen):
        dated(offer, soon(3), soon(9))
    assert events(portal, single)[0]["UID"] == found[0]["UID"], "the link outlives a change of the offer"
    for junk in ("0", "2026-01-01", "9" * 18, "9" * 19, "2026-13-99-9999", "2026-01-01-2500", "\0", "x" * 5000):
        assert portal.get(path, {"termin": junk}).status_code == 404
    moved = portal.get(f"/angebote/{offer.pk}-alt/termine.ics?termin={ics.occurrence_key(one)}")
    assert (moved.status_code, moved["Location"]) == (301, single)


def test_a_whole_day_has_a_name_too(ahausen, portal):
    with inside(ahausen):
        offer = dated(an_offer(), soon(), start=None)
        one = offer.occurrences.get()
    assert events(portal, ics.file_path(offer, one))[0]["DTSTART"].dt == soon()


def test_only_public_offers_have_a_file(ahausen, portal):
    with inside(ahausen):
        for state in State:
            for provider_state in ProviderState:
                provider = a_provider(state=provider_state)
                offer = dated(an_offer(provider=provider, title="Zaunkönig", state=state), soon())
                public = provider_state == ProviderState.PUBLISHED
                seen = public and state == State.PUBLISHED
                assert portal.get(ics.file_path(offer)).status_code == (200 if seen else 404)
                feed = portal.get(f"{provider.get_absolute_url()}termine.ics")
                assert feed.status_code == (200 if public else 404)
                assert ("Zaunkönig" in feed.content.decode()) == seen


def test_protected_places_are_not_told(ahausen, portal):
    place = {"street": "Weg 1", "postcode": "66113", "city": "Saarbrücken", "note": "Hinterhaus",
             "latitude": 49.24, "longitude": 6.99, "precision": "exact"}  # fmt: skip
    with inside(ahausen):
        shown = dated(an_offer(places=[{**place, "name": "Bücherei"}]), soon())
        near = dated(an_offer(places=[{**place, "precision": "postcode"}]), soon())
        hidden = dated(an_offer(places=[{**place, "hide_exact_address": True}]), soon())
    event = events(portal, ics.file_path(shown))[0]
    assert event["LOCATION"] == "Bücherei, Weg 1, 66113 Saarbrücken"
    assert event["GEO"].to_ical() == "49.24;6.99"
    assert "Hinterhaus" in event["DESCRIPTION"]
    assert "GEO" not in events(portal, ics.file_path(near))[0]
    body = portal.get(ics.file_path(hidden)).content.decode()
    for secret in ("Weg 1", "66113", "49.2", "Hinterhaus", "LOCATION", "GEO"):
        assert secret not in body


def test_a_provider_can_be_subscribed_to(ahausen, portal):
    with inside(ahausen):
        provider = a_provider(name="Verein Süd")
        kept = dated(an_offer(provider=provider, title="Chor"), soon())
        gone = dated(an_offer(provider=provider, title="Tanz"), soon())
        an_offer(provider=provider, title="Jederzeit")
        dated(an_offer(title="Andere"), soon())
    path = f"{provider.get_absolute_url()}termine.ics"
    assert {event["SUMMARY"] for event in events(portal, path)} == {"Chor", "Tanz"}
    first = portal.get(path)
    assert portal.get(path, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
    head = portal.head(path)
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", first["ETag"])
    assert portal.post(path).status_code == 405
    with inside(ahausen):
        type(gone).objects.filter(pk=gone.pk).update(state=State.PAUSED)
    assert {event["SUMMARY"] for event in events(portal, path)} == {"Chor"}
    assert portal.get(path, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200
    assert events(portal, path)[0]["UID"].startswith(f"angebot-{kept.pk}-")


def test_an_offer_without_dates_has_an_empty_but_valid_file(ahausen, portal):
    with inside(ahausen):
        offer = an_offer()
    assert events(portal, ics.file_path(offer)) == []


def test_many_offers_take_a_fixed_number_of_queries(ahausen, django_assert_max_num_queries):
    with inside(ahausen):
        provider = a_provider()
        offers = [dated(an_offer(provider=provider), soon()) for _number in range(30)]
        found = list(type(offers[0]).objects.filter(provider=provider))
        with django_assert_max_num_queries(4):
            body = ics.ics_for_offers(found, host="ahausen.localhost", now=timezone.now())
    assert body.count(b"BEGIN:VEVENT") == 30
