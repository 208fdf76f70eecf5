"""Words find what people mean by them."""

import re
import unicodedata
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from german.lists import STOP_WORDS
from german.words import words_in
from portal.offers.models import Offer
from portal.search.models import Synonyms
from portal.search.providers import find_providers
from portal.search.questions import understand
from portal.search.text import answer_text, find_text
from portal.taxonomy.models import Category
from tenants.running.context import inside
from tests.factories import a_provider, an_offer
from tests.search import corpus

# As people write titles: quotes, hyphens, forms for all, numbers, course levels.
TITLES = (
    "„Mäusebande“ – Treff für Babys und Eltern",
    "»Café Querbeet«: Kaffee & Kuchen",
    "Eltern-Kind-Turnen ab 18 Monaten",
    "Kreistänze aus aller Welt",
    "Gospelchor sucht Stimmen",
    "Schüler:innen helfen Schüler*innen",
    "BürgerInnen fragen, HelferInnen antworten",
    "Abi-2027: Prüfungs\u00advorbereitung Mathe",
    "3D-Druck, C++ und Roboter für U18",
    "Kurs 261-3456: Fußball (Bambini) um 17:30 Uhr",
    "Flüchtlingsberatung/Migrationsberatung",
    "Seniorentanz im Sommer",
    "Deutsch B2: Beruf und Alltag",
    "Schach und Brettspiele",
    "Wanderungen rund um St. Ingbert",
    "Weiße Straße – Größe zählt nicht",
)


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
        assert [term.synonyms for term in understand("Deutsch als Zweitsprache").terms] == [("DaZ",)]
        assert len(find_providers("kita")) == 1


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Fusball", "Fußball"),
        ("toepfren", "Töpfern"),
        ("Schwangerschft", "Schwangerschaft"),
        ("Yoga Fusball", "Yoga Fußball"),
        # A slip in the last part of a compound is no other word, and no word of another language.
        ("Computerkus", "Computerkurs"),
        ("Laptopkus", "Laptopkurs"),
        ("Mittagstich", "Mittagstisch"),
        ("Zaunkönigsberatng", "Zaunkönigsberatung"),
    ],
)
def test_a_slip_leads_to_what_was_meant(ahausen, typed, meant):
    with inside(ahausen):
        for title in ("Computer verstehen", "Mittagstisch", "Laptop verstehen", "Beratung zum Zaunkönig"):
            an_offer(title=title)
        an_offer(title="Fußball und Yoga")
        an_offer(title="Töpfern", description="<p>Auch in der Schwangerschaft.</p>")
        answer = answer_text(typed)
        assert answer.meant == meant
        assert answer.about.ids.size + answer.mentioned.ids.size


def test_what_nobody_could_mean_leads_nowhere(ahausen):
    with inside(ahausen):
        an_offer(title="Fußball")
        answer = answer_text("Quantenphysik")
        assert (answer.meant, answer.about.ids.size, answer.mentioned.ids.size) == ("", 0, 0)


@pytest.mark.parametrize(
    ("right", "other"),
    [
        ("Schach", "Schals"),
        ("Turnen", "Lernen"),
        ("Malen", "Mahlen"),
        ("Bauchtanz", "Brauchtanz"),
        ("Handbuch", "Wandbuch"),
    ],
)
def test_a_right_word_is_never_taken_for_another(ahausen, right, other):
    with inside(ahausen):
        an_offer(title=other)
        assert answer_text(right).meant == ""
        assert found(right) == []


@pytest.mark.parametrize(("strange", "other"), [("Tinder", "Kinder"), ("Mahjong", "Mahnung"), ("Ubre", "Über uns")])
def test_a_strange_word_is_not_taken_for_one_that_merely_looks_like_it(ahausen, strange, other):
    with inside(ahausen):
        an_offer(title=other)
        assert answer_text(strange).meant == ""


@pytest.mark.parametrize(
    ("heard", "right"),
    [("Joga", "Yoga"), ("Clavier", "Klavier"), ("Tiakonie", "Diakonie"), ("Wolleyball", "Volleyball")],
)
def test_a_word_may_be_written_as_it_sounds(ahausen, heard, right):
    with inside(ahausen):
        an_offer(title=f"{right} für alle")
        assert about(heard) == [f"{right} für alle"]


def test_mother_and_child_means_what_is_for_parents_and_children(ahausen):
    with inside(ahausen):
        an_offer(title="Eltern-Kind-Gruppe")
        an_offer(title="Erste Hilfe am Kind")
        assert about("Mutter Kind")[:1] == ["Eltern-Kind-Gruppe"]


@pytest.mark.parametrize("typed", ["Gtiarre", "itarre", "iGtarre", "GGitarre", "Gitarr"])
def test_a_slip_may_be_at_the_beginning(ahausen, typed):
    with inside(ahausen):
        an_offer(title="Gitarre für alle")
        assert about(typed) == ["Gitarre für alle"]


def about(text):
    titles = dict(Offer.objects.values_list("pk", "title"))
    return [titles[pk] for pk in answer_text(text).about.ids.tolist()]


def test_what_was_mistyped_finds_at_once_and_says_so(ahausen, visitor):
    with inside(ahausen):
        an_offer(title="Fußball")
    page = visitor("ahausen").get("/angebote/", {"q": "Fusball", "alter": "7"}).content.decode()
    assert "Ergebnisse für <strong>„Fußball“</strong>" in page
    assert 'href="?q=Fusball&amp;alter=7&amp;woertlich=1"' in page
    assert "1 Angebot gefunden" in page
    literal = visitor("ahausen").get("/angebote/", {"q": "Fusball", "woertlich": "1"}).content.decode()
    assert "0 Angebote gefunden" in literal


def test_every_word_of_an_offer_and_every_beginning_that_is_no_word_finds_the_offer(ahausen):
    with inside(ahausen):
        corpus.taxonomy()
        corpus.offers(40, 9)
        offers = list(Offer.objects.all())

        @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
        @given(st.sampled_from(offers), st.integers(0, 3), st.integers(2, 12))
        def find(offer, number, length):
            said = words_in(f"{offer.title} {offer.summary}")
            words = [word.text for word in said if word.written not in STOP_WORDS]
            word = words[number % len(words)]
            assert offer.pk in find_text(word).ids, word
            (beginning,) = words_in(word[: max(length, 2)], asked=True)
            assert beginning.known or offer.pk in find_text(beginning.text).ids, beginning.text

        find()


def _decomposed(word):
    return unicodedata.normalize("NFD", word)


def _without_umlauts(word):
    return word.translate(str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}))


@pytest.mark.parametrize("written", [str, str.upper, str.lower, _decomposed, _without_umlauts])
def test_every_word_of_a_title_finds_its_offer_however_it_is_typed(ahausen, written):
    with inside(ahausen):
        for title in TITLES:
            an_offer(title=title)
        every = dict(Offer.objects.values_list("pk", "title"))
        for pk, title in every.items():
            for word in re.findall(r"[^\W_]{4,}", title):
                assert pk in answer_text(written(word)).about.ids, (title, written(word))


def test_the_order_of_words_does_not_matter(ahausen):
    with inside(ahausen):
        for title in TITLES:
            an_offer(title=title)
        for text in ("Turnen Eltern Kind", "Tanz Senioren Sommer", "Deutsch Beruf Kurs B2", "Schach Brettspiele Kino"):
            answers = {frozenset(answer_text(" ".join(order)).about.ids) for order in permutations(text.split())}
            assert len(answers) == 1, text


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(text=st.text(max_size=60))
def test_no_text_breaks_the_search(ahausen, text):
    text = text.replace("\0", "")
    with inside(ahausen):
        assert find_text(text).ids.size == 0
        assert answer_text(text).about.ids.size == 0
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
