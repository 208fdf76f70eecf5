"""One place has one answer, however it is spelled; ours come first; what was taken is told where there are several."""

import re
import unicodedata
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import composed, fold
from gazetteer.names import Asked, asked
from portal.preferences.models import Preferences
from portal.search.places import find_area
from portal.taxonomy.models import District
from tenants.running.context import inside
from tests.factories import an_offer

BRIDGE = (49.2354, 6.9969)
HILL = (49.2421, 6.8430)


def spot(latitude, longitude, **fields):
    return {"latitude": latitude, "longitude": longitude, "precision": "exact", **fields}


@pytest.fixture
def saarbruecken(ahausen):
    """A town with a district, a quarter that only titles know, and offers here, near and far."""
    with inside(ahausen):
        Preferences.load()
        Preferences.objects.update(latitude=BRIDGE[0], longitude=BRIDGE[1], place_mode="radius")
        District.objects.create(name="Völklingen", latitude=HILL[0], longitude=HILL[1])
        District.objects.create(name="Großrosseln", latitude=49.2065, longitude=6.8420)
        for number in range(3):
            place = spot(BRIDGE[0] + number / 1000, BRIDGE[1], city="Saarbrücken", postcode="66111")
            an_offer(title=f"Kurs {number} in St. Johann", places=[place])
        an_offer(title="Am Rand", places=[spot(49.19, 7.06, city="Saarbrücken", postcode="66130")])
        an_offer(title="Drüben", places=[spot(*HILL, city="Völklingen", postcode="66333")])
        an_offer(title="Im Osten", places=[spot(49.2766, 7.1169, city="St. Ingbert", postcode="66386")])
        an_offer(title="Am Meer", places=[spot(54.0, 12.1, city="Rostock", postcode="18055")])
        an_offer(title="Irgendwo", places=[spot(49.30, 7.06, city="Sulzbach/Saar", postcode="66280")])
        yield ahausen


def titles(portal, place, **more):
    page = portal.get("/angebote/", {"ort": place, **more})
    assert page.status_code == 200
    return sorted(card.title for card in page.context["cards"])


SPELLINGS = [
    ["Saarbrücken", "Saarbruecken", "saarbrücken", " SAARBRÜCKEN ", "Saarbru\u0308cken", "Saar\u00adbrücken",
     "Saar\u200bbrücken", "66111 Saarbrücken", "Saarbrücken 66111", "66111, Saarbrücken", "D-66111 Saarbrücken",
     "66130  Saarbrücken", "Saarbrücken, Germany", "Saarbrücken, Deutschland", "Saarbrücken (Saarland)", "Saarbrucken",
     "Saarbr.", "66111Saarbrücken"],
    ["Völklingen", "Voelklingen", "völklingen", "66333", "66333 Völklingen", "Völklingen 66333", "66333, Völklingen",
     "66333-Völklingen", "Vo\u0308lklingen", "Volklingen", "Völklingen / Saarland", "Völklingen/Saar",
     "Völklingen (Saar)", "Völklingen an der Saar", "66333 Völklingen/Saar"],
    ["St. Ingbert", "Sankt Ingbert", "St.Ingbert", "st ingbert", "66386 St. Ingbert", "66386", "Sankt-Ingbert"],
    ["Sulzbach/Saar", "Sulzbach (Saar)", "Sulzbach", "sulzbach saar", "66280 Sulzbach"],
    ["Halle (Saale)", "Halle/Saale", "Halle an der Saale", "Halle a. d. Saale", "halle saale", "06108 Halle (Saale)"],
    ["Frankfurt am Main", "Frankfurt a.M.", "Frankfurt/Main", "Frankfurt a. Main", "60313 Frankfurt am Main"],
    ["St. Johann", "Sankt Johann", "St.Johann", "st johann", "SANKT JOHANN", "St. Jo\u00adhann",
     "Sankt-Johann", "St-Johann", "sankt  johann"],
    ["Saarbrücken St. Johann", "Saarbrücken, St. Johann", "Saarbrücken-St. Johann", "Saarbrücken/St. Johann",
     "Saarbrücken (St. Johann)", "Saarbrücken / Sankt-Johann", "St. Johann, Saarbrücken", "St. Johann (Saarbrücken)"],
    ["Großrosseln", "Groß Rosseln", "Groß-Rosseln", "grossrosseln", "GROẞ-ROSSELN"],
]  # fmt: skip


@pytest.mark.parametrize("spellings", SPELLINGS, ids=lambda spellings: spellings[0])
def test_a_place_has_one_answer_however_it_is_spelled(saarbruecken, visitor, spellings):
    portal = visitor("ahausen")
    answers = {place: titles(portal, place) for place in spellings}
    first = answers[spellings[0]]
    assert answers == dict.fromkeys(spellings, first)
    middles = {(area.latitude, area.longitude) for area in (find_area(place, None) for place in spellings)}
    assert len(middles) == 1


@pytest.mark.parametrize(
    ("place", "found"),
    [
        (
            "Saarbrücken",
            ["Am Rand", "Im Osten", "Irgendwo", "Kurs 0 in St. Johann", "Kurs 1 in St. Johann", "Kurs 2 in St. Johann"],
        ),
        ("Völklingen", ["Drüben"]),
        ("Rostock", ["Am Meer"]),
        ("66130", ["Am Rand"]),
    ],
)
def test_what_is_found_around_a_place(saarbruecken, visitor, place, found):
    radius = {"umkreis": "3"} if place == "66130" else {}
    assert titles(visitor("ahausen"), place, **radius) == found


def test_a_quarter_that_many_titles_name_is_meant_before_a_village_far_away(saarbruecken, visitor):
    portal = visitor("ahausen")
    page = portal.get("/angebote/", {"ort": "St. Johann", "kostenfrei": "", "umkreis": "5"})
    area = page.context["area"]
    assert (area.latitude, area.longitude) == pytest.approx(BRIDGE, abs=0.01)
    html = page.content.decode()
    assert "St. Johann, wie es hier genannt wird" in html
    assert "Auch möglich:" in html
    others = page.context["places_meant"]
    assert any("Rheinland-Pfalz" in each["label"] for each in others)
    for each in others:
        given_ = parse_qs(urlsplit(each["url"]).query)
        assert given_["umkreis"] == ["5"]
        there = find_area(given_["ort"][0], None)
        assert abs(there.latitude - BRIDGE[0]) + abs(there.longitude - BRIDGE[1]) > 0.3
        # Each of the alternatives can be told from the rest.
        assert [other["url"] for other in others].count(each["url"]) == 1


def test_words_that_are_scattered_over_the_town_are_no_place(saarbruecken):
    for number in range(4):
        an_offer(title=f"Gesundes Musterhausen {number}", places=[spot(49.20 + number / 10, 6.9 + number / 10)])
    assert find_area("Musterhausen", None) is None or find_area("Musterhausen", None).name != "Musterhausen"


def test_a_city_everybody_knows_is_no_word_in_a_title(saarbruecken):
    for number in range(3):
        an_offer(title=f"Essen für alle {number}", places=[spot(*BRIDGE)])
    assert find_area("Essen", None).latitude == pytest.approx(51.45, abs=0.1)


def test_hidden_addresses_and_drafts_name_no_place(saarbruecken):
    hidden = spot(49.5, 7.5, city="Geheimdorf", hide_exact_address=True)
    an_offer(title="Zuflucht", places=[hidden])
    an_offer(title="Entwurf", state="draft", places=[spot(49.5, 7.5, city="Entwurfsdorf")])
    assert find_area("Geheimdorf", None) is None
    assert find_area("Entwurfsdorf", None) is None


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("Saarbrücken", ""),
        ("Völklingen", ""),
        ("66111", ""),
        ("Frankfurt", "60313 Frankfurt am Main (Hessen)"),
        ("Berlin", "10178 Berlin (Berlin)"),
        ("Sulzbach", "Sulzbach/Saar"),
        ("66111 Saarbrücken", "Saarbrücken"),
    ],
)
def test_which_place_was_taken_is_told_where_there_are_several_or_it_is_far(saarbruecken, place, told):
    assert find_area(place, None).name == told


def test_a_town_with_its_postcode_can_be_narrowed_to_the_postcode(saarbruecken):
    assert [choice.words for choice in find_area("66111 Saarbrücken", None).others] == ["66111"]
    assert find_area("66333 Völklingen", None).others == ()


def test_distances_count_from_the_postcode_that_was_named(saarbruecken, visitor):
    portal = visitor("ahausen")
    for place, first in (("66130 Saarbrücken", "Am Rand"), ("66111 Saarbrücken", "Kurs")):
        cards = portal.get("/angebote/", {"ort": place, "sortierung": "entfernung"}).context["cards"]
        assert cards[0].title.startswith(first)


def test_an_own_district_with_the_name_of_other_places_says_so(saarbruecken):
    District.objects.create(name="Neustadt", latitude=49.25, longitude=7.0)
    area = find_area("neustadt", None)
    assert (area.latitude, area.name) == (49.25, "Neustadt")
    assert "67433 Neustadt an der Weinstraße" in [choice.words for choice in area.others]
    assert find_area("67433 Neustadt an der Weinstraße", None).latitude == pytest.approx(49.35, abs=0.05)


@pytest.mark.parametrize(
    ("words", "district"),
    [("Burbach, Saarbrücken", "Burbach"), ("Saarbrücken-Burbach", "Burbach"), ("Burbach (Saarbrücken)", "Burbach")],
)
def test_a_district_may_be_named_with_its_town(saarbruecken, words, district):
    District.objects.create(name=district, latitude=49.246, longitude=6.954)
    assert find_area(words, None).latitude == 49.246


def test_an_unknown_part_of_a_town_is_the_town(saarbruecken):
    assert find_area("Saarbrücken-Niemandsland", None).latitude == find_area("Saarbrücken", None).latitude


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("66333 Völklingen", Asked("Völklingen", "66333")),
        ("DE-66333, Völklingen, Saarland, Germany", Asked("Völklingen", "66333", "SL")),
        ("Saarbrücken Germany", Asked("Saarbrücken", "")),
        ("Sachsen", Asked("Sachsen", "")),
        ("123456", Asked("123456", "")),
        ("66111", Asked("", "66111")),
    ],
)
def test_a_name_and_a_postcode_are_told_apart(words, meant):
    assert asked(words) == meant


INVISIBLE = st.text(st.sampled_from("\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e"), min_size=1, max_size=2)


@given(st.text(st.sampled_from("aäöüßéÄxyz-–"), max_size=20), INVISIBLE, st.integers(0, 20))
def test_decomposed_letters_and_signs_nobody_sees_make_no_difference(text, sign, place):
    other = unicodedata.normalize("NFD", text)
    other = other[:place] + sign + other[place:]
    # A sign between a letter and its dots is taken away first.
    assert fold(other) == fold(text)
    assert composed(other) == unicodedata.normalize("NFC", text)


@given(st.text(max_size=60))
def test_folding_again_changes_nothing_that_can_be_seen(text):
    assert not re.search("[\u00ad\u200b\ufeff]", fold(text))
    assert fold(text) == fold(composed(text))


def test_words_are_found_however_their_letters_are_made(ahausen, visitor):
    with inside(ahausen):
        an_offer(title="Mu\u0308ll\u00adabfuhr erklärt")
        an_offer(title="Töpfern für Große")
    portal = visitor("ahausen")

    def found(words):
        return [card.title for card in portal.get("/angebote/", {"q": words}).context["cards"]]

    for words in ("Müllabfuhr", "Mu\u0308llabfuhr", "Müll\u00adabfuhr", "muellabfuhr", "Müll"):
        assert found(words) == ["Müllabfuhr erklärt"], words
    for words in ("To\u0308pfern", "Töp\u200bfern", "fu\u0308r Große"):
        assert found(words) == ["Töpfern für Große"], words


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Saarbrücken, St. Johann", "St. Johann"),
        ("Saarbrücken-Sankt Johann", "Sankt Johann"),
        ("St. Johann/Saarbrücken", "St. Johann"),
    ],
)
def test_a_quarter_is_told_as_it_was_typed(saarbruecken, typed, told):
    with inside(saarbruecken):
        area = find_area(typed, None)
    assert area
    assert area.name == told
