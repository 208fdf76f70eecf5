"""The numbers of the list of offers, counted in memory, are those that the database counts."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.utils import timezone

from portal.inventory.lists import offers
from portal.inventory.lists.counting import OfferFacts
from portal.inventory.lists.offers import places_of
from portal.inventory.lists.seen import listing_of, rows_of, shows_bin
from portal.inventory.models import Subject
from portal.listing.reading import read
from portal.offers.models import Offer, OfferImage
from portal.offers.states import State
from portal.taxonomy.models import Category, Marker
from tests.factories import an_offer

QUERIES = (
    {}, {"zustand": "public"}, {"zustand": ["public", "draft"], "fehlt": "bild"}, {"zustand": "trashed"},
    {"merkmal": "endet"}, {"merkmal": ["endet", "pruefen"], "fehlt": ["kosten", "barriere"]}, {"fehlt": "barriere"},
    {"q": "kurs"}, {"q": "turnverein"}, {"q": "gibt es nicht"}, {"q": "kurs 1", "zustand": "over"},
    {"q": "kurs", "zustand": "trashed"}, {"zustand": "hidden"}, {"zustand": "change_in_review"},
    {"reihenfolge": "name"}, {"reihenfolge": "ende", "q": "e"}, {"reihenfolge": "geprueft"}, {"seite": "99"},
    {"reihenfolge": "name", "seite": "2", "zustand": ["public", "over", "draft"]}, {"q": "nichts", "seite": "2"},
)  # fmt: skip


def numbers(shown):
    """Every number on the page, and its rows."""
    facets = [
        (facet["name"], option["value"], option["count"]) for facet in shown.facets for option in facet["options"]
    ]
    rows = [(row.pk, row.condition, row.ends_soon, row.unchecked, places_of(row), row.topics) for row in shown.page]
    return shown.total, shown.without_filters, shown.page.number, rows, facets


@pytest.fixture
def many(cast, monkeypatch):
    monkeypatch.setattr(offers, "PER_PAGE", 5)
    now = timezone.now()
    for number, state in enumerate(State):
        for days in (-1, 3, None):
            an_offer(
                title=f"Kurs {number}", provider=cast.club, state=state, accessibility=["unknown", "yes"][number % 2],
                schedule_kind="none" if days is None else "dates", cost_kind=["unknown", "free"][number % 3 == 0],
                ends_at=None if days is None else now + timedelta(days=days), categories=[cast.sport],
            )  # fmt: skip
    first, second, *rest = Offer.objects.filter(state=State.PUBLISHED).order_by("pk")
    Offer.objects.filter(pk=second.pk).update(hidden_at=now, reviewed_at="2020-01-01")
    OfferImage.objects.create(
        offer=first, kind="hero", alt_text="x", image="x.webp", copyright="Wir", width=9, height=9
    )  # fmt: skip
    Marker.objects.create(name="Familienkarte").offers.add(rest[0])
    return cast


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: urlencode(query, doseq=True))
def test_every_number_is_the_one_the_database_counts(many, query):
    asked = QueryDict(urlencode(query, doseq=True))
    listing, rows = listing_of(Subject.OFFERS, asked), rows_of(Subject.OFFERS, asked)
    facts = OfferFacts.now(with_bin=shows_bin(asked))
    assert numbers(read(listing, rows, asked, facts)) == numbers(read(listing, rows, asked))


def test_a_narrowed_list_is_counted_so_too(many):
    for query in ({"thema": Category.objects.get().pk}, {"kennzeichen": Marker.objects.get().pk},
                  {"anbieter": many.club.pk, "zustand": "public"}, {"anbieter": many.other_club.pk}):  # fmt: skip
        asked = QueryDict(urlencode(query))
        listing, rows = listing_of(Subject.OFFERS, asked), rows_of(Subject.OFFERS, asked)
        assert numbers(read(listing, rows, asked, OfferFacts.now(with_bin=False))) == numbers(
            read(listing, rows, asked)
        )


def test_how_many_there_are_in_each_state_is_told_whatever_is_asked(many):
    for with_bin in (True, False):
        found = OfferFacts.now(with_bin=with_bin).by_state()
        assert found == {state: Offer.objects.filter(state=state).count() for state in State}
