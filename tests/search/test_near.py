"""Where filters leave few offers the words are looked for in those alone: the answer is the same as if in all."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.offers.models import Offer
from portal.search import lexemes, results, text
from portal.search.matching import Search, masks_of
from portal.search.parameters import SearchQuery
from portal.search.questions import NOWHERE, as_tsquery, labelled, understand
from portal.search.results import answer
from portal.taxonomy.models import Category, TargetGroup
from portal.taxonomy.tree import load_tree
from tenants.running.context import inside
from tenants.running.weights import weight_of
from tests.conftest import municipality
from tests.factories import an_offer
from tests.search import corpus

WORDS = ["Chor", "Töpfern", "Sprachkurs", "Mädchen", "Fußball", "Deutschkurs", "Yoga Chor", "Straße", "Großeltern"]
FILTERS = ("free", "accessible", "volunteering", "online")


@pytest.fixture(autouse=True)
def every_number_is_few(monkeypatch):
    """In a town of a test, too; and all are many."""
    monkeypatch.setattr(results, "FEW_OF", 1)
    monkeypatch.setattr(lexemes, "MANY", 0)


def _everywhere(search):
    """The answer to the words alone, without any filter that could leave few."""
    plain = answer(replace(search, query=SearchQuery(text=search.query.text, literal=True)))
    found = plain.others()
    return plain, masks_of(plain.columns, search), found


def test_found_counted_and_weighed_as_if_all_were_looked_at(ahausen):
    looked_near = []
    with inside(ahausen):
        corpus.taxonomy()
        corpus.offers(120, 11)
        tree, groups = load_tree(), list(TargetGroup.objects.values_list("pk", flat=True))
        categories = list(Category.objects.values_list("pk", flat=True))

        @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
        @given(
            st.sampled_from(WORDS),
            st.lists(st.sampled_from(FILTERS), min_size=1, max_size=4, unique=True),
            st.sampled_from([(), tuple(groups[:1]), tuple(groups[1:3])]),
            st.sampled_from([(), tuple(categories[:1]), tuple(categories[1:3])]),
            st.sampled_from(["", "tr", "ar"]),
        )
        def same(word, flags, chosen, topics, language):
            query = SearchQuery(text=word, literal=True, target_groups=chosen, categories=topics, language=language)
            search = Search(replace(query, **dict.fromkeys(flags, True)), tree, None, timezone.now())
            with CaptureQueriesContext(connection) as asked:
                near = answer(search)
            looked_near.append(any("= ANY(" in each["sql"] and "tsquery" in each["sql"] for each in asked))
            plain, masks, words = _everywhere(search)
            expected = words.copy()
            for mask in masks.values():
                expected &= mask
            assert near.found.tolist() == expected.tolist()
            for left_out in masks:
                others = words.copy()
                for name, mask in masks.items():
                    if name != left_out:
                        others &= mask
                assert near.others(left_out).tolist() == others.tolist(), left_out
            rows = np.flatnonzero(expected)
            assert near.scores()[rows].tolist() == plain.scores()[rows].tolist()

        same()
    assert {True, False} == set(looked_near)


@pytest.fixture
def two_with_the_word(ahausen):
    """One has it in its title and is not for free, another has it in its short description and is."""
    with inside(ahausen):
        core = an_offer(title="Chor am Abend", cost_kind="unknown", volunteering=False, languages=["ar"])
        beside = an_offer(title="Treffen", summary="Es singt ein Kinderchor.", cost_kind="free", volunteering=True)
        yield core, beside


def _found(**filters):
    search = Search(SearchQuery(text="Chor", **filters), load_tree(), None, timezone.now())
    return answer(search).ids


def _end(*offers):
    ended = timezone.now() - timedelta(days=1)
    Offer.objects.filter(pk__in=[offer.pk for offer in offers]).update(schedule_kind="period", ends_at=ended)


def test_what_stands_elsewhere_by_its_title_keeps_what_only_touches_on_it_out(two_with_the_word):
    """The one with the word in its title is kept out by both filters, and decides all the same."""
    assert _found(free=True, volunteering=True) == []


def test_what_is_over_decides_nothing(two_with_the_word):
    core, beside = two_with_the_word
    _end(core)
    assert _found(free=True, volunteering=True) == [beside.pk]


def test_more_that_are_over_than_are_looked_at_hide_none_that_is_not(two_with_the_word, monkeypatch):
    monkeypatch.setattr(text, "SOME", 1)
    core, _beside = two_with_the_word
    over = [an_offer(title="Chor von gestern", provider=core.provider) for _number in range(4)]
    _end(*over)
    assert _found(free=True, volunteering=True) == []


# --- lexemes that no title has ------------------------------------------------------------------------------------


def test_what_no_title_has_changes_no_answer(ahausen):
    with inside(ahausen):
        corpus.taxonomy()
        corpus.offers(60, 5)
        known = lexemes.known_lexemes()
        with connection.cursor() as cursor:
            for word in [*WORDS, "Hausaufgabenhilfe", "Xylofon", "Oma"]:
                for term in understand(word).terms:
                    for choices in (term.choices, term.about, term.core):
                        found = []
                        for query in (_plainly(choices), as_tsquery(choices), as_tsquery(choices, known)):
                            cursor.execute(
                                "SELECT offer_id FROM offers_searchdocument WHERE title_vector @@ %s::tsquery "
                                "ORDER BY 1",
                                [query],
                            )
                            found.append(cursor.fetchall())
                        assert found[0] == found[1] == found[2], (word, choices)


def _plainly(choices):
    """Every alternative written out, nothing left out or put together."""
    return " | ".join(
        "(" + " & ".join("(" + " | ".join(as_tsquery([((one,),)]) for one in any_of) + ")" for any_of in every) + ")"
        for every in choices
    )


def test_each_lexeme_is_asked_for_once_with_all_places_that_are_enough():
    chor, singen = "~chor", "~sing"
    assert as_tsquery([((chor,),), labelled(((chor, singen),), "AB"), ((singen,), (chor,))]) == (
        "('~chor' | '~sing':AB) | (('~sing') & ('~chor'))"
    )
    assert as_tsquery([labelled(((chor,),), "AB"), labelled(((chor,),), "C")]) == "('~chor':ABC)"


def test_only_what_is_known_is_asked_for_and_beginnings_are():
    assert as_tsquery([(("~chor", "~sing", "=cho*"),)], {"~chor"}) == "('~chor' | '=cho':*)"
    assert as_tsquery([(("~chor",), ("~sing",)), (("~chor",),)], {"~chor"}) == "('~chor')"
    assert as_tsquery([(("~sing",),)], {"~chor"}) == NOWHERE
    assert as_tsquery([]) == ""


def test_a_town_of_few_offers_keeps_none_until_they_are_many(own_database, monkeypatch):
    monkeypatch.setattr(lexemes, "MANY", 3)
    with inside(municipality("ahausen")):
        Offer.objects.all().delete()
        an_offer(title="Chor")
        assert "~nirgends" in lexemes.known_lexemes()
        assert lexemes.known_lexemes().hashes is None
        an_offer(title="Yoga")
        an_offer(title="Schach")
        assert "~nirgends" not in lexemes.known_lexemes()
        assert "~yoga" in lexemes.known_lexemes()
        an_offer(title="Judo")
        assert "~judo" in lexemes.known_lexemes()


def test_lexemes_are_found_by_their_hashes():
    rng = Random(1)
    inside_, outside = ([f"{sign}{rng.getrandbits(40)}" for _each in range(300)] for sign in "=~")
    kept = lexemes.Lexemes(lexemes._hashed(inside_))
    assert all(each in kept for each in inside_)
    assert not any(each in kept for each in outside)
    assert "=x" not in lexemes.Lexemes(lexemes._hashed([]))
    assert 8 * 300 < weight_of(kept) < 8 * 300 + 300
