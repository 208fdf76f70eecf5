"""Where a place is that somebody typed into the search: ours first, then every German place."""

import pytest

from portal.preferences.models import Preferences
from portal.search.places import find_area
from portal.taxonomy.models import District
from tenants.running.context import inside
from tests.factories import an_offer


@pytest.fixture
def pirmasens(ahausen):
    with inside(ahausen):
        Preferences.load()
        Preferences.objects.update(latitude=49.2014, longitude=7.6053)
        yield ahausen


@pytest.mark.parametrize(
    ("words", "middle"),
    [
        ("66953", (49.20, 7.60)),
        ("66953 Pirmasens", (49.20, 7.60)),
        ("66953Pirmasens", (49.20, 7.60)),
        ("00000 Pirmasens", (49.20, 7.60)),
        ("pirmasens", (49.20, 7.60)),
        ("Neustadt", (49.35, 8.14)),
        ("Halle (Saale)", (51.48, 11.97)),
        ("Saarbruecken", (49.23, 7.01)),
    ],
)
def test_postcodes_and_places_are_known(pirmasens, words, middle):
    area = find_area(words, None)
    assert (area.latitude, area.longitude) == pytest.approx(middle, abs=0.04)
    assert area.words == words


@pytest.mark.parametrize("words", ["00000", "Xyzburg", "12", "-", "99999999"])
def test_what_nobody_knows_is_nowhere(pirmasens, words):
    assert find_area(words, 5) is None


def test_our_own_district_and_town_come_before_the_same_name_elsewhere(pirmasens):
    District.objects.create(name="Neustadt", latitude=49.21, longitude=7.61)
    spot = {"latitude": 49.3, "longitude": 7.7, "precision": "exact", "city": "Halle", "postcode": "66953"}
    an_offer(places=[spot])
    assert find_area("neustadt", 5).latitude == 49.21
    assert find_area("Halle", 5).latitude == 49.3


def test_a_place_costs_few_queries(pirmasens, django_assert_max_num_queries):
    Preferences.current()
    # And nine for the columns of the offers, which a process remembers outside of a transaction.
    with django_assert_max_num_queries(3 + 9):
        find_area("Bad Bergzabern", 5)
