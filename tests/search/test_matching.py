"""The search finds exactly what a slow and obvious search finds in Python."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gazetteer.models import Postcode
from portal.offers.models import Offer
from portal.search import facets
from portal.search.matching import FLAGS, Search
from portal.search.parameters import WEEKDAYS, SearchQuery, Sort
from portal.search.places import Area, find_area
from portal.search.results import answer
from portal.search.text import answer_text
from portal.taxonomy.models import Category, District, TargetGroup
from portal.taxonomy.tree import load_tree
from tenants.running.context import inside
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
        text=rarely(st.sampled_from(["töpfern", "MAEDCHEN", "fuß straße", "100%", "übung chor", "xyz", "für"]), ""),
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


class Obvious:
    """Every offer as an object, asked one by one."""

    def __init__(self, tree):
        self.tree = tree
        related = ("categories", "target_groups", "locations__district", "occurrences")
        self.offers = list(Offer.objects.select_related("provider").prefetch_related(*related))

    def find(self, search):
        containing = self.about(search) if search.query.text else set()
        return {o.pk for o in self.offers if fits(o, search, self.tree.ids_below, containing)}

    def about(self, search):
        """Offers about the words; where some of today's have them in title, topic or name, only those."""
        found = answer_text(search.query.text).about
        core = set(found.ids[found.core].tolist())
        nothing_else = replace(search, query=SearchQuery(), area=None)
        today = {o.pk for o in self.offers if fits(o, nothing_else, self.tree.ids_below, set())}
        return core if core & today else set(found.ids.tolist())

    def count(self, search, **changes):
        return len(self.find(replace(search, query=replace(search.query, **changes))))


def agreeing(ahausen, seed, examples, compare):
    """Make 80 random offers and compare the search with the obvious one for many random searches."""
    with inside(ahausen):
        corpus.taxonomy()
        corpus.offers(80, seed)
        tree = load_tree()
        slow = Obvious(tree)

        @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
        @given(searches(tree))
        def agree(search):
            compare(search, slow)

        agree()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_finds_what_a_slow_search_finds_in_any_order(ahausen, seed):
    sizes = []

    def same(search, slow):
        found = answer(search).ids
        sizes.append(len(found))
        assert len(found) == len(set(found))
        assert set(found) == slow.find(search)

    agreeing(ahausen, seed, 80, same)
    assert len(set(sizes)) > 10, "the searches were all alike"


@pytest.mark.parametrize("seed", [4, 5])
def test_the_number_beside_each_option_is_what_choosing_it_gives(ahausen, seed):
    numbers = []

    def same(search, slow):
        results = answer(search)
        shown = facet_numbers(results)
        for change, number in shown:
            assert slow.count(search, **change) == number, change
            numbers.append(number)
        if search.area:
            for km, number in facets.radii(results, [2, 10, 50]).items():
                assert len(slow.find(replace(search, area=replace(search.area, km=km)))) == number

    agreeing(ahausen, seed, 12, same)
    assert len(set(numbers)) > 20, "the options were all alike"


def facet_numbers(results):
    """Every option of the form as the change it makes to the search, with its number."""
    groups = (
        ("categories", facets.categories(results), [node.id for node in results.search.tree]),
        ("target_groups", facets.target_groups(results), TargetGroup.objects.values_list("pk", flat=True)),
        ("districts", facets.districts(results, District.objects.values_list("pk", flat=True)), None),
        ("weekdays", facets.weekdays(results), WEEKDAYS),
    )
    for name, numbers, keys in groups:
        yield from (({name: (key,)}, numbers.get(key, 0)) for key in keys or numbers)
    yield from (({name: True}, number) for name, number in facets.flags(results, FLAGS).items())
    yield from (({"age": age}, number) for age, number in facets.ages(results, (0, 5, 8, 30, 90)).items())
    languages = facets.languages(results)
    yield from (({"language": code}, languages.get(code, 0)) for code in ("de", "tr", "ar", "en"))
    today = results.search.today
    days = [(today, today), (today, today + timedelta(days=6)), (today, None)]
    for (first, last), number in zip(days, facets.spans(results, days), strict=True):
        yield {"from_date": first, "to_date": last}, number
    times = [(None, time(12)), (time(12), time(17)), (time(17), None)]
    for (first, last), number in zip(times, facets.times(results, times), strict=True):
        yield {"from_time": first, "to_time": last}, number


def order(ahausen, **fields):
    query = SearchQuery(**fields)
    area = find_area(query.place, query.radius) if query.place else None
    search = Search(query, load_tree(), area, timezone.now())
    titles = dict(Offer.objects.values_list("pk", "title"))
    return [titles[pk] for pk in answer(search).ids]


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
        assert answer(search).total == 0
        search = Search(SearchQuery(), load_tree(), Area(49.24, 6.99, 2, "x"), timezone.now())
        assert answer(search).total == 1
