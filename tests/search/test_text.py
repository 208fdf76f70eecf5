"""Words find what people mean by them."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.offers.models import Offer
from portal.search.models import Synonyms
from portal.search.providers import find_providers
from portal.search.text import closest, find_text, terms_of, words_of
from portal.taxonomy.models import Category
from tenants.running.context import inside
from tests.factories import a_provider, an_offer
from tests.search import corpus


def found(text):
    """Titles, the best first."""
    result = find_text(text)
    titles = dict(Offer.objects.values_list("pk", "title"))
    ranked = sorted(zip(result.scores.tolist(), result.ids.tolist(), strict=True), reverse=True)
    return [titles[pk] for _score, pk in ranked]


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Ausflüge für Familien", ["Ausflug", "ausfluege", "Ausflügen", "Familie", "famil"]),
        ("Mädchenfußball", ["Mädchen", "Maedchen", "Fußball", "FUSSBALL", "mädchenfussball", "mädchenf"]),
        ("Kinderturnen am Dienstag", ["Turnen", "turnen kinder", "Kinderturn", "dienstags"]),
        ("Deutschkurse A1", ["Kurs", "Deutschkurs", "a1", "Kurse deutsch"]),
        ("Café International", ["cafe", "Café", "international"]),
        ("Schwangerschaftsberatung", ["Beratung", "Schwangerschaft", "Beratungen"]),
        ("Eltern-Kind-Gruppe", ["eltern kind", "Eltern-Kind", "gruppe"]),
        ("Чай и разговоры", ["чай", "разговоры"]),
        ("لقاء النساء", ["النساء"]),
    ],
)
def test_a_word_is_found_in_all_its_forms(ahausen, title, words):
    with inside(ahausen):
        an_offer(title=title)
        an_offer(title="Etwas ganz anderes")
        for word in words:
            assert found(word) == [title], word


@pytest.mark.parametrize("word", ["rat", "eis", "ung", "xyz", "Turnier"])
def test_a_short_part_within_a_word_is_not_meant(ahausen, word):
    with inside(ahausen):
        an_offer(title="Beratung für Reisende")
        an_offer(title="Kinderturnen")
        assert found(word) == []


def test_all_words_must_be_there_but_not_those_that_say_nothing(ahausen):
    with inside(ahausen):
        an_offer(title="Yoga für Mütter")
        an_offer(title="Yoga")
        assert found("Yoga für die Mütter") == ["Yoga für Mütter"]
        assert sorted(found("für")) == ["Yoga für Mütter"]


def test_the_title_counts_more_than_the_text_and_the_word_more_than_its_relatives(ahausen):
    with inside(ahausen):
        an_offer(title="Anderes", summary="Hier wird auch Turnen erwähnt")
        an_offer(title="Kinderturnen")
        an_offer(title="Turnen")
        assert found("turnen") == ["Turnen", "Kinderturnen", "Anderes"]


def test_a_protected_address_is_no_part_of_the_text(ahausen):
    with inside(ahausen):
        an_offer(title="Zuflucht", places=[{"street": "Geheimweg 3", "hide_exact_address": True}])
        assert found("Geheimweg") == []


def test_synonyms_find_each_other_also_as_phrases(ahausen):
    with inside(ahausen):
        Synonyms.objects.all().delete()
        Synonyms.objects.create(words=["Kita", "Kindergarten"])
        Synonyms.objects.create(words=["DaZ", "Deutsch als Zweitsprache"])
        an_offer(title="Städtischer Kindergarten")
        an_offer(title="Deutsch als Zweitsprache lernen")
        a_provider(name="Kindergarten Sonnenschein")
        assert found("Kita") == ["Städtischer Kindergarten"]
        assert found("daz lernen") == ["Deutsch als Zweitsprache lernen"]
        assert [term.others for term in terms_of(words_of("Deutsch als Zweitsprache"))] == [("DaZ",)]
        assert len(find_providers("kita")) == 1


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Fusball", "Fußball"),
        ("toepfren", "Töpfern"),
        ("Schwangerschft", "Schwangerschaft"),
        ("Yoga Fusball", "Yoga Fußball"),
    ],
)
def test_a_slip_leads_to_what_was_meant(ahausen, typed, meant):
    with inside(ahausen):
        an_offer(title="Fußball und Yoga")
        an_offer(title="Töpfern", description="<p>Auch in der Schwangerschaft.</p>")
        assert closest(typed) == meant


def test_what_nobody_could_mean_leads_nowhere(ahausen):
    with inside(ahausen):
        an_offer(title="Fußball")
        assert closest("Quantenphysik") is None


def test_did_you_mean_is_a_link_on_the_page(ahausen, visitor):
    with inside(ahausen):
        an_offer(title="Fußball")
    page = visitor("ahausen").get("/angebote/", {"q": "Fusball", "alter": "7"}).content.decode()
    assert "Meinten Sie" in page
    assert 'href="?q=Fu%C3%9Fball&amp;alter=7"' in page


def test_every_word_of_an_offer_and_every_beginning_of_it_finds_the_offer(ahausen):
    with inside(ahausen):
        corpus.taxonomy()
        corpus.offers(40, 9)
        offers = list(Offer.objects.all())

        @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
        @given(st.sampled_from(offers), st.integers(0, 3), st.integers(2, 12))
        def find(offer, number, length):
            words = words_of(f"{offer.title} {offer.summary}")
            word = words[number % len(words)]
            assert offer.pk in find_text(word).ids, word
            assert offer.pk in find_text(word[: max(length, 2)]).ids, word[:length]

        find()


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(text=st.text(max_size=60))
def test_no_text_breaks_the_search(ahausen, text):
    text = text.replace("\0", "")
    with inside(ahausen):
        assert find_text(text).ids.size == 0
        assert closest(text) is None
        assert find_providers(text) in ([], find_providers(""))


def test_a_saved_change_is_found_at_once_whatever_was_changed(ahausen):
    with inside(ahausen):
        offer = an_offer(title="Alt")
        offer.title = "Zaunkönige"
        offer.save()
        assert found("zaunkönig") == ["Zaunkönige"]
        offer.categories.add(Category.objects.create(name="Vogelkunde"))
        assert found("vogelkunde") == ["Zaunkönige"]
        offer.provider.name = "Naturschutzbund"
        offer.provider.save()
        assert found("naturschutz") == ["Zaunkönige"]
        place = offer.locations.create(city="Dudweiler")
        assert found("dudweiler") == ["Zaunkönige"]
        place.delete()
        assert found("dudweiler") == []
        offer.locations.create(city="Dudweiler")
        offer.delete()
        assert found("zaunkönig") == []
