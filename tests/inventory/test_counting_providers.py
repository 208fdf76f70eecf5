"""The numbers of the list of providers, counted in memory, are those that the database counts."""

from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.utils import timezone

from portal.inventory.lists import providers
from portal.inventory.lists.counting_providers import ProviderFacts
from portal.inventory.lists.seen import listing_of, rows_of, shows_bin
from portal.inventory.models import Subject
from portal.listing.reading import read
from portal.offers.states import State as OfferState
from portal.providers.models import Carrier, Membership, Provider
from portal.providers.states import State
from portal.revisions.models import Desk, Revision
from portal.revisions.models import State as RevisionState
from tests.factories import a_provider, an_offer

QUERIES = (
    {}, {"zustand": "public"}, {"zustand": ["public", "draft"], "merkmal": "angebote"}, {"zustand": "trashed"},
    {"merkmal": "vertraut"}, {"merkmal": ["vertraut", "personen"]}, {"merkmal": "personen", "zustand": "in_review"},
    {"q": "verein"}, {"q": "gibt es nicht"}, {"q": "verein 1", "zustand": "paused"}, {"zustand": "returned"},
    {"q": "verein", "zustand": "trashed"}, {"zustand": "change_in_review"}, {"reihenfolge": "neu"},
    {"reihenfolge": "angebote"}, {"reihenfolge": "angebote", "q": "e", "seite": "2"}, {"seite": "99"},
    {"reihenfolge": "neu", "seite": "2", "zustand": ["public", "blocked"]}, {"q": "nichts", "seite": "2"},
)  # fmt: skip


def numbers(shown):
    """Every number on the page, and its rows."""
    facets = [
        (facet["name"], option["value"], option["count"]) for facet in shown.facets for option in facet["options"]
    ]
    rows = [
        (row.pk, row.condition, row.offers_number, row.public_number, row.people_number, str(row.carrier or ""))
        for row in shown.page
    ]
    return shown.total, shown.without_filters, shown.page.number, rows, facets


@pytest.fixture
def many(cast, monkeypatch):
    """Organisations in every state, with and without people, offers, trust, a text that waits or was returned."""
    monkeypatch.setattr(providers, "PER_PAGE", 5)
    person, now = Membership.objects.select_related("user").first().user, timezone.now()
    for number, state in enumerate(State):
        for more in range(3):
            row = a_provider(name=f"{'ÄaZ'[more]} Verein {number}", state=state, trusted=more == 1)
            for offers in range(more):
                an_offer(title=f"Kurs {offers}", provider=row, state=[OfferState.PUBLISHED, OfferState.TRASHED][offers])
            if more == 2:
                Membership.objects.create(provider=row, user=person, role=Membership.Role.MEMBER)
            if more == 1:
                settled = {"state": RevisionState.SUBMITTED, "waits_for": Desk.EDITORS}
                if number % 2:
                    settled = {"state": RevisionState.RETURNED, "decided_at": now, "reason": "Bitte ergänzen"}
                Revision.objects.create(
                    kind="provider",
                    subject_id=row.pk,
                    content={},
                    format=1,
                    submitted_at=now,
                    settled_at=now,
                    **settled,
                )
    first, second, *_rest = Provider.objects.filter(state=State.PUBLISHED).order_by("pk")
    Provider.objects.filter(pk=first.pk).update(merged_into=second.pk)
    return cast


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: urlencode(query, doseq=True))
def test_every_number_is_the_one_the_database_counts(many, query):
    asked = QueryDict(urlencode(query, doseq=True))
    listing, rows = listing_of(Subject.PROVIDERS, asked), rows_of(Subject.PROVIDERS, asked)
    facts = ProviderFacts.now(with_bin=shows_bin(asked))
    assert numbers(read(listing, rows, asked, facts)) == numbers(read(listing, rows, asked))


def test_a_narrowed_list_is_counted_so_too(many):
    carrier = Carrier.objects.create(name="Frei")
    Provider.objects.filter(name__startswith="Ä").update(carrier=carrier)
    asked = QueryDict(urlencode({"traeger": carrier.pk, "merkmal": "angebote"}))
    listing, rows = listing_of(Subject.PROVIDERS, asked), rows_of(Subject.PROVIDERS, asked)
    shown = read(listing, rows, asked, ProviderFacts.now(with_bin=False))
    assert shown.total > 0
    assert numbers(shown) == numbers(read(listing, rows, asked))


def test_how_many_there_are_in_each_state_is_told_whatever_is_asked(many):
    expected = {state: Provider.objects.filter(state=state, merged_into=None).count() for state in State}
    assert min(expected.values()) > 1
    for with_bin in (True, False):
        assert ProviderFacts.now(with_bin=with_bin).by_state() == expected
