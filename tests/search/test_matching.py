"""The search finds in SQL exactly what a slow and obvious search finds in Python."""

from datetime import time, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gazetteer.models import Postcode
from portal.offers.models import Offer
from portal.search.matching import Search, find, in_order
from portal.search.parameters import WEEKDAYS, SearchQuery, Sort
from portal.search.places import Area, find_area
from portal.taxonomy.models import Category, District, TargetGroup
from portal.taxonomy.tree import load_tree
from tenants.context import inside
from tests.factories import an_offer
from tests.search import corpus
from tests.search.reference import fits

AREAS = [None, Area(49.24, 6.99, 3, "66111"), Area(49.24, 6.99, 15, "Saarbrücken"), Area(49.3, 7.1, 8, "66333")]


def days():
    today = timezone.localdate()
    return st.none() | st.integers(-10, 80).map(lambda number: today + timedelta(days=number))


def some(values):
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple) if values else st.just(())


def rarely(strategy, usual):
    return st.one_of(st.just(usual), st.just(usual), st.just(usual), strategy)


def searches(tree):
    query = st.builds(
        SearchQuery,
        text=rarely(st.sampled_from(["töpfern", "MAEDCHEN", "fuß straße", "100%", "_", "übung chor", "xyz"]), ""),
        categories=rarely(some(list(Category.objects.values_list("pk", flat=True))), ()),
        target_groups=rarely(some(list(TargetGroup.objects.values_list("pk", flat=True))), ()),
        districts=rarely(some(list(District.objects.values_list("pk", flat=True))), ()),
        from_date=days(),
        to_date=days(),
        weekdays=rarely(some(list(WEEKDAYS)), ()),
        from_time=rarely(st.sampled_from([time(8), time(14, 30)]), None),
        to_time=rarely(st.sampled_from([time(12), time(20)]), None),
        age=rarely(st.integers(0, 90), None),
        free=rarely(st.booleans(), False),
        accessible=rarely(st.booleans(), False),
        volunteering=rarely(st.booleans(), False),
        online=rarely(st.booleans(), False),
        language=rarely(st.sampled_from(["de", "tr", "en"]), ""),
        sort=st.sampled_from([None, *Sort]),
    )
    return st.builds(Search, query, st.just(tree), rarely(st.sampled_from(AREAS), None), st.just(timezone.now()))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_finds_what_a_slow_search_finds_in_any_order(ahausen, seed):
    with inside(ahausen):
        corpus.taxonomy()
        corpus.offers(80, seed)
        tree = load_tree()
        sizes = []
        everything = list(
            Offer.objects.select_related("provider").prefetch_related(
                "categories", "target_groups", "locations__district", "occurrences"
            )
        )

        @settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
        @given(searches(tree))
        def agree(search):
            found = [offer.pk for offer in in_order(find(search), search)]
            sizes.append(len(found))
            assert len(found) == len(set(found))
            assert set(found) == {offer.pk for offer in everything if fits(offer, search, tree.ids_below)}

        agree()
        assert len(set(sizes)) > 10, "the searches were all alike"


def order(ahausen, **fields):
    query = SearchQuery(**fields)
    area = find_area(query.place, query.radius) if query.place else None
    search = Search(query, load_tree(), area, timezone.now())
    return [offer.title for offer in in_order(find(search), search)]


def test_words_in_the_title_come_first(ahausen):
    with inside(ahausen):
        an_offer(title="Anderes", summary="Hier wird Töpfern erwähnt")
        an_offer(title="Töpfern für Kinder")
        assert order(ahausen, text="toepfern") == ["Töpfern für Kinder", "Anderes"]
        assert order(ahausen, text="toepfern", sort=Sort.NAME) == ["Anderes", "Töpfern für Kinder"]


def test_the_nearest_comes_first_and_the_newest_too(ahausen):
    with inside(ahausen):
        Postcode.objects.update_or_create(code="66111", defaults={"latitude": 49.24, "longitude": 6.99})
        near = {"latitude": 49.241, "longitude": 6.99, "precision": "exact"}
        far = {"latitude": 49.28, "longitude": 6.99, "precision": "exact"}
        too_far = {"latitude": 49.6, "longitude": 6.99, "precision": "exact"}
        now = timezone.now()
        an_offer(title="fern", places=[far], published_at=now - timedelta(days=2))
        an_offer(title="nah", places=[near], published_at=now - timedelta(days=3))
        an_offer(title="zu fern", places=[too_far], published_at=now - timedelta(days=1))
        assert order(ahausen, place="66111", radius=10, sort=Sort.DISTANCE) == ["nah", "fern"]
        assert order(ahausen, sort=Sort.NEW) == ["zu fern", "fern", "nah"]


def test_places_are_known_by_postcode_district_and_town(ahausen):
    with inside(ahausen):
        District.objects.create(name="Mitte", latitude=49.2, longitude=7.0)
        an_offer(places=[{"city": "Sulzbach", "latitude": 49.3, "longitude": 7.06, "precision": "exact"}])
        assert find_area("mitte", None).km == 10
        assert find_area(" Sulzbach ", 5).latitude == pytest.approx(49.3)
        assert find_area("66111", 5) is not None
        assert find_area("00000", 5) is None
        assert find_area("Atlantis", 5) is None


def test_a_protected_address_cannot_be_found_out_by_distance(ahausen):
    with inside(ahausen):
        district = District.objects.create(name="Mitte", latitude=49.24, longitude=6.99)
        spot = {"latitude": 49.40, "longitude": 6.99, "precision": "exact", "hide_exact_address": True}
        an_offer(title="Zuflucht", places=[{**spot, "district": district}])
        search = Search(SearchQuery(), load_tree(), Area(49.40, 6.99, 2, "x"), timezone.now())
        assert not find(search).exists()
        search = Search(SearchQuery(), load_tree(), Area(49.24, 6.99, 2, "x"), timezone.now())
        assert find(search).exists()
