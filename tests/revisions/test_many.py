"""Many texts written at once are what they would be written one by one: every column, child, date and remark."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.media.models import MediaFile
from portal.offers import snapshot
from portal.offers.kind import KIND
from portal.offers.models import Occurrence, Offer
from portal.revisions import bulk
from portal.taxonomy.models import Category, District, Marker, TargetGroup
from tenants.running.context import inside
from tests.factories import an_offer
from tests.revisions import generated

pytestmark = pytest.mark.django_db
GONE = 999_999
OWN = {"id", "published_at", "created_at", "updated_at", "title_key"}


@pytest.fixture
def choices(ahausen: Any) -> Iterator[dict[str, list[int]]]:
    """Things to choose from, and ourselves in Ahausen."""
    with inside(ahausen):
        yield {
            "categories": [Category.objects.create(name=name).pk for name in ("Sport", "Kunst", "Rat")],
            "groups": [TargetGroup.objects.create(name=name).pk for name in ("Kinder", "Alle zusammen")],
            "markers": [Marker.objects.create(name=name).pk for name in ("Elternschule", "Pass")],
            "districts": [District.objects.create(name=name).pk for name in ("Nord", "Süd")],
            "media": [MediaFile.objects.create(file=f"mediafile/{n}.webp", width=9, height=9).pk for n in range(3)],
        }


def spoilt(text: dict[str, Any], how: str) -> dict[str, Any]:
    """The text with something that cannot be kept."""
    places = [{**place, "district": GONE} for place in text["locations"]]
    spoiling: dict[str, dict[str, Any]] = {
        "": {},
        "vanished": {"categories": [*text["categories"], GONE], "markers": [GONE], "locations": places},
        "costs": {"cost_kind": "amount", "cost_amount": None},
        "ages": {"min_age": 50, "max_age": 3},
        "dates": {"schedule_kind": "dates", "schedules": [{"first_date": "2027-02-30"}, *text["schedules"]]},
        "pictures": {"images": [{**each, "copyright": ""} for each in text["images"]]},
    }
    return {**text, **spoiling[how]}


def changes(before: st.SearchStrategy[Any], every: list[str]) -> st.SearchStrategy[Any]:
    """Two texts (of the second only some keys are taken), how it is spoilt, and which keys are written."""
    return st.tuples(
        before, before, st.sets(st.sampled_from(every)),
        st.sampled_from(["", "", "vanished", "costs", "ages", "dates", "pictures"]),
        st.none() | st.sets(st.sampled_from(every)),
    )  # fmt: skip


def whole(offer: Offer, before: dict[str, list[int]]) -> dict[str, Any]:
    """Everything the tables say of an offer; of its children, which were there `before`."""
    row = Offer.objects.filter(pk=offer.pk).values().get()
    found: dict[str, Any] = {name: value for name, value in row.items() if name not in OWN}
    found["text"] = snapshot.take(Offer.objects.get(pk=offer.pk))
    for name in ("schedules", "locations", "images"):
        children = list(getattr(offer, name).model.objects.filter(offer=offer).order_by("position", "pk").values())
        found[name] = [
            {key: value for key, value in each.items() if key not in ("id", "offer_id")}
            | {"kept": before[name].index(each["id"]) if each["id"] in before[name] else None}
            for each in children
        ]
    dates = Occurrence.objects.filter(offer=offer).order_by("starts_at", "schedule__position")
    found["dates"] = list(dates.values("starts_at", "ends_at", "has_time", "start_time", "end_time", "last_date"))
    return found


def children_of(offer: Offer) -> dict[str, list[int]]:
    return {
        name: list(getattr(offer, name).order_by("position", "pk").values_list("pk", flat=True))
        for name in ("schedules", "locations", "images")
    }


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_many_texts_at_once_are_what_they_are_one_by_one(choices, data):
    texts = generated.offers(**choices).map(snapshot.canonical)
    every = sorted(snapshot.canonical({}))
    drawn = data.draw(st.lists(changes(texts, every), min_size=1, max_size=4))
    with transaction.atomic():
        provider = an_offer().provider
        pairs, wishes = [], []
        for first, second, taken, how, only in drawn:
            one, other = (an_offer(title="Vorher", provider=provider) for _twin in range(2))
            for each in (one, other):
                snapshot.apply(each, first)
            wishes.append((spoilt({**first, **{name: second[name] for name in taken}}, how), only))
            pairs.append((one, other, children_of(one), children_of(other)))
        told = [
            snapshot.apply(Offer.objects.get(pk=one.pk), *wish, searchable=False)
            for (one, *_rest), wish in zip(pairs, wishes, strict=True)
        ]
        rows = {row.pk: row for row in bulk.fetched(KIND, [other.pk for _one, other, *_rest in pairs], lock=True)}
        many = snapshot.apply_many([(rows[pair[1].pk], *wish) for pair, wish in zip(pairs, wishes, strict=True)])
        for (one, other, of_one, of_other), single, together in zip(pairs, told, many, strict=True):
            assert whole(other, of_other) == whole(one, of_one)
            assert together == single
        # What is at hand after `complete` says the same as what is read anew.
        for row in bulk.complete(KIND, list(rows.values())):
            assert KIND.take(row) == KIND.take(Offer.objects.get(pk=row.pk))
        transaction.set_rollback(True)


def test_the_number_of_statements_does_not_grow_with_the_offers(choices):
    rule = {"first_date": "2026-12-01", "rrule": "FREQ=WEEKLY;COUNT=3"}
    place = {"street": "Hauptstraße 1", "postcode": "66111", "city": "Saarbrücken", "district": choices["districts"][0]}
    provider = an_offer().provider
    numbers = []
    for size in (2, 12):
        rows = bulk.fetched(KIND, [an_offer(provider=provider).pk for _each in range(size)])
        wishes = [
            (row, {"title": f"Neu {at}", "categories": choices["categories"][:2], "markers": choices["markers"],
                   "schedule_kind": "dates", "schedules": [rule], "locations": [place]}, None)
            for at, row in enumerate(rows)
        ]  # fmt: skip
        with transaction.atomic(), CaptureQueriesContext(connection) as asked:
            snapshot.apply_many(wishes)
        numbers.append(len(asked))
        assert Offer.objects.filter(pk__in=[row.pk for row in rows], title__startswith="Neu").count() == size
    assert numbers[0] == numbers[1]
