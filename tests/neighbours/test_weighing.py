"""Words are found and weighed in the index as in the municipality itself, whichever of the ways to ask it is taken."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from neighbours import indexing
from neighbours.models import IndexedOffer
from neighbours.showing import Shown, Town
from portal.search.around.columns import columns_of
from portal.search.around.results import documents_of
from portal.search.questions import understand
from portal.search.text import Found, find, find_each, find_partly
from tenants.running.context import inside
from tests.factories import an_offer
from tests.neighbours.reference import put_into_index
from tests.search import corpus

WORDS = ("Chor", "Töpfern", "Sprachkurs", "Mädchen", "Fußball", "Deutschkurs", "Straße", "Großeltern", "Kurs", "Yoga",
         "Selbsthilfegruppe", "kennenlernen", "Treff", "Ahausen", "Xylofon", "Ko")  # fmt: skip


@pytest.fixture
def indexed(ahausen, bedorf):
    """Both in the index, with like offers."""
    for number, town in enumerate((ahausen, bedorf)):
        put_into_index(town)
        with inside(town):
            corpus.taxonomy()
            corpus.offers(60, 7 + number)
            an_offer(title="Verein Ko", summary="Ein Chor, ein Kurs, ein Treff.")
            an_offer(title="Anderes", description="<p>Hier übt auch ein Chor; Yoga und Töpfern gibt es nebenan.</p>")
            indexing.settle()
        indexing.fill(town.schema_name)
    return ahausen, bedorf


def ways(shown, all_towns):
    """To ask of each document whose it is, and to sort out others' afterwards."""
    kept = columns_of(all_towns)
    towns = [town.number for town in shown.towns]

    def theirs(ids):
        rows = kept.rows_of(ids)
        return (rows >= 0) & np.isin(kept.providers[rows], towns)

    most, few = (documents_of(replace(shown, indexed=number), theirs) for number in (0, 1000))
    assert not most.marks
    assert few.marks
    return most, few


def told(found: Found, numbers=None):
    """Each with its score and whether it is so called; by its number in its municipality."""
    ids = found.ids.tolist() if numbers is None else [numbers[pk] for pk in found.ids.tolist()]
    assert len(set(ids)) == len(ids)
    return dict(zip(ids, zip(found.scores.tolist(), found.core.tolist(), strict=True), strict=True))


def test_an_index_weighs_what_the_municipality_weighs(indexed):
    ahausen, bedorf = indexed
    numbers = dict(IndexedOffer.objects.values_list("pk", "number"))
    of_bedorf = dict(IndexedOffer.objects.filter(municipality=bedorf).values_list("number", "pk"))
    shown = Shown((Town(bedorf.pk, bedorf.name, "https://bedorf.example"),), (ahausen.pk, bedorf.pk))
    sizes = set()
    with inside(bedorf):
        both = ways(shown, [ahausen.pk, bedorf.pk])

        @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True,
                  phases=[Phase.explicit, Phase.generate])  # fmt: skip
        @given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3, unique=True))
        def same(words):
            question = understand(" ".join(words))
            # Those of drafts are nowhere else.
            expected, partly = (
                {number: weighed for number, weighed in told(found).items() if number in of_bedorf}
                for found in (find(question), find_partly(question))
            )
            for documents in both:
                found = find(question, documents=documents)
                assert set(found.ids.tolist()) <= set(of_bedorf.values())
                assert told(found, numbers) == expected, (words, documents)
                assert told(find_partly(question, documents=documents), numbers) == partly
                again, nothing = find_each([question, understand("")], documents)
                assert told(again, numbers) == expected
                (about,) = find_each([question], documents, mentions=False)
                assert told(about, numbers) == {pk: weighed for pk, weighed in expected.items() if weighed[0]}
                assert not nothing.ids.size
                few = found.ids[::2]
                near = {numbers[pk]: expected[numbers[pk]] for pk in few.tolist()}
                assert told(find(question, few, documents), numbers) == near
            sizes.add((len(expected), sum(score > 0 for score, _core in expected.values())))

        same()
    assert any(0 < about < every for every, about in sizes), "nothing only mentioned any words"
    assert len(sizes) > 8


def test_nobody_who_is_shown_is_found_nowhere(indexed):
    ahausen, _bedorf = indexed
    with inside(ahausen):
        for number in (0, 1000):
            documents = documents_of(Shown((), (ahausen.pk,), number), lambda ids: ids > 0)
            assert not find(understand("Chor"), documents=documents).ids.size
