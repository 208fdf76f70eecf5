"""Snapshots: what is applied is what is taken, differences miss nothing, older formats still apply."""

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.media.models import MediaFile
from portal.offers import snapshot
from portal.offers.kind import KIND as OFFER
from portal.offers.models import Location, Occurrence, Offer, OfferImage, Schedule
from portal.providers import comparing
from portal.providers import snapshot as profile
from portal.providers.models import Carrier, Provider
from portal.revisions.merging import merge
from portal.taxonomy.models import Category, District, Marker, TargetGroup
from tenants.running.context import inside
from tests.factories import a_provider, an_offer
from tests.revisions import generated

pytestmark = pytest.mark.django_db
often = settings(max_examples=40, suppress_health_check=list(HealthCheck))


@pytest.fixture
def choices(ahausen: Any) -> Iterator[dict[str, list[int]]]:
    """Things to choose from, and ourselves in Ahausen."""
    with inside(ahausen):
        made = {
            "categories": [Category.objects.create(name=name).pk for name in ("Sport", "Kunst", "Rat")],
            "groups": [TargetGroup.objects.create(name=name).pk for name in ("Kinder", "Alle zusammen")],
            "markers": [Marker.objects.create(name=name).pk for name in ("Elternschule", "Pass")],
            "districts": [District.objects.create(name=name).pk for name in ("Nord", "Süd")],
            "media": [MediaFile.objects.create(file=f"mediafile/{n}.webp", width=9, height=9).pk for n in range(3)],
        }
        yield made


@pytest.fixture
def carriers(choices: Any) -> list[int]:
    return [Carrier.objects.create(name=name).pk for name in ("Verein", "Kommune")]


def _for_profiles(choices: dict[str, list[int]]) -> dict[str, list[int]]:
    return {name: choices[name] for name in ("categories", "districts", "media")}


def the_same_after(model: Any, kind: Any, row: Any, content: dict[str, Any]) -> None:
    wanted = kind.canonical(content)
    applied = kind.apply(row, wanted)
    assert applied.left_out == ()
    assert kind.take(model.objects.get(pk=row.pk)) == wanted == applied.content
    assert kind.canonical(wanted) == wanted


@given(data=st.data())
@often
def test_an_offer_says_what_was_applied(choices, data):
    strategy = generated.offers(**choices)
    with transaction.atomic():
        offer = an_offer(title="Vorher")
        for _again in range(2):
            the_same_after(Offer, snapshot, offer, data.draw(strategy))
        transaction.set_rollback(True)


@given(data=st.data())
@often
def test_a_profile_says_what_was_applied(choices, carriers, data):
    strategy = generated.profiles(**_for_profiles(choices), carriers=carriers)
    with transaction.atomic():
        provider = a_provider()
        for _again in range(2):
            the_same_after(Provider, profile, provider, data.draw(strategy))
        transaction.set_rollback(True)


@given(data=st.data())
@often
def test_differences_of_offers_are_empty_for_equal_texts_only(choices, data):
    strategy = generated.offers(**choices).map(snapshot.canonical)
    a, b = data.draw(strategy), data.draw(strategy)
    assert snapshot.differences(a, a) == []
    assert bool(snapshot.differences(a, b)) == (a != b)
    named = {difference.name for difference in snapshot.differences(a, b)}
    assert named == {name if name != "schedule_kind" else "schedules" for name in a if a[name] != b[name]}


@given(data=st.data())
@often
def test_differences_of_profiles_are_empty_for_equal_texts_only(choices, carriers, data):
    strategy = generated.profiles(**_for_profiles(choices), carriers=carriers).map(profile.canonical)
    a, b = data.draw(strategy), data.draw(strategy)
    assert comparing.differences(a, a) == []
    assert {difference.name for difference in comparing.differences(a, b)} == {name for name in a if a[name] != b[name]}


@given(data=st.data())
@often
def test_a_merge_keeps_both_sides_and_tells_every_clash(data):
    keys = ["a", "b", "c", "d"]
    side = st.fixed_dictionaries({key: st.integers(0, 2) | st.lists(st.integers(0, 1), max_size=2) for key in keys})
    base, mine, theirs = data.draw(side), data.draw(side), data.draw(side)
    merged = merge(base, mine, theirs)
    for key in keys:
        i_changed, they_changed = mine[key] != base[key], theirs[key] != base[key]
        clash = i_changed and they_changed and mine[key] != theirs[key]
        assert (key in merged.conflicts) == clash
        assert merged.content[key] == (mine[key] if i_changed else theirs[key])
    assert merge(base, mine, base).content == mine
    assert merge(base, base, theirs).content == theirs


def test_unchanged_children_keep_their_ids_and_occurrences(choices):
    offer = an_offer()
    rule = {"first_date": "2026-12-01", "rrule": "FREQ=WEEKLY;COUNT=3", "start_time": "18:00"}
    place = {"street": "Weg 1", "postcode": "66111", "city": "Ahausen"}
    content = snapshot.canonical(
        {**snapshot.take(offer), "schedule_kind": "weekly", "schedules": [rule], "locations": [place]}
    )
    snapshot.apply(offer, content)
    ids = [list(model.objects.values_list("pk", flat=True)) for model in (Schedule, Location, Occurrence)]
    more = {**content, "title": "Neu", "schedules": [{"first_date": "2027-01-01"}, *content["schedules"]]}
    snapshot.apply(offer, snapshot.canonical({**more, "locations": [{"street": "Neu"}, place]}))
    for model, known in zip((Schedule, Location, Occurrence), ids, strict=True):
        assert set(known) < set(model.objects.values_list("pk", flat=True))
    assert [rule["first_date"] for rule in snapshot.take(Offer.objects.get())["schedules"]] == [
        "2027-01-01",
        "2026-12-01",
    ]


def test_what_was_deleted_since_is_left_out_and_told(choices):
    offer = an_offer(categories=Category.objects.all())
    picture = {"media": choices["media"][0], "kind": "hero", "copyright": "M"}
    content = snapshot.canonical(
        {
            **snapshot.take(offer),
            "target_groups": choices["groups"],
            "locations": [{"street": "Weg 1", "district": choices["districts"][0]}],
            "images": [picture],
        }
    )
    Category.objects.get(name="Kunst").delete()
    TargetGroup.objects.all().delete()
    District.objects.all().delete()
    MediaFile.objects.all().delete()
    applied = snapshot.apply(offer, content)
    assert len(applied.left_out) == 4
    assert applied.content == snapshot.take(Offer.objects.get())
    assert {row.name for row in offer.categories.all()} == {"Sport", "Rat"}
    assert not OfferImage.objects.exists()


def test_a_snapshot_of_an_older_format_still_applies(choices):
    """Format 0 knew one category and no places."""

    def from_zero(content: dict[str, Any]) -> dict[str, Any]:
        return {**content, "categories": [content.pop("category")], "locations": [{"street": content.pop("street")}]}

    old = {"title": "Von früher", "category": choices["categories"][1], "street": "Altes Gässchen 1"}
    kind = dataclasses.replace(OFFER, upgrades={0: from_zero})
    offer = an_offer()
    snapshot.apply(offer, kind.upgrade(old, 0))
    found = Offer.objects.get()
    assert (found.title, found.locations.get().street) == ("Von früher", "Altes Gässchen 1")
    assert [row.name for row in found.categories.all()] == ["Kunst"]
    assert kind.upgrade(old | {"category": choices["categories"][1], "street": ""}, 0)["schedules"] == []


def test_a_picture_from_before_the_library_stays_where_it_is(choices):
    offer = an_offer()
    OfferImage.objects.create(offer=offer, kind="hero", image="offerimage/alt.jpg", copyright="M", width=5, height=5)
    before = OfferImage.objects.get().pk
    content = snapshot.canonical(snapshot.take(offer))
    assert content["images"][0]["file"] == "offerimage/alt.jpg"
    snapshot.apply(offer, {**content, "title": "Neu"})
    assert OfferImage.objects.get().pk == before


def test_a_new_offer_has_the_place_and_the_contact_of_its_provider(choices):
    provider = a_provider(street="Markt 1", postcode="66111", city="Ahausen", contact_name="Frau M", phone="0681")
    content = snapshot.blank(provider)
    assert content["locations"][0]["street"] == "Markt 1"
    assert (content["contact_name"], content["title"], content["schedules"]) == ("Frau M", "", [])
