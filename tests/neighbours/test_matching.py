"""A search among several municipalities finds exactly what a slow and obvious one finds in each of them, and the number
beside each option is what choosing it gives."""

from dataclasses import replace

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from neighbours import services
from neighbours.models import IndexedOffer, Kind
from neighbours.showing import around
from portal.offers.models import Offer
from portal.search import facets
from portal.search.around.results import Among, Beside
from portal.search.matching import FLAGS, Search
from portal.search.parameters import WEEKDAYS, SearchQuery
from portal.search.results import answer
from portal.search.text import find_text
from portal.taxonomy.adoption.models import Adopted
from portal.taxonomy.models import Category, TargetGroup
from portal.taxonomy.tree import load_tree
from tenants.models import Municipality
from tenants.running.context import inside
from tests.neighbours.people import agree
from tests.search import corpus
from tests.search.reference import fits
from tests.search.test_matching import searches


class Everywhere:
    """Every offer of every municipality as an object, asked one by one inside its own; found by town and number."""

    def __init__(self, here: Municipality, towns: list[Municipality]) -> None:
        self.towns = towns
        related = ("categories", "target_groups", "locations__district", "occurrences")
        with inside(here):
            self.topics, self.groups = known_by(Category, "category"), known_by(TargetGroup, "target_group")
        self.offers, self.trees, self.theirs = {}, {}, {}
        for town in towns:
            with inside(town):
                rows = Offer.objects.select_related("provider").prefetch_related(*related)
                self.offers[town.pk] = list(rows)
                self.trees[town.pk] = load_tree()
                self.theirs[town.pk] = known_by(Category, "category"), known_by(TargetGroup, "target_group")

    def find(self, search: Search) -> set[tuple[int, int]]:
        query = search.query
        if query.districts:
            return set()
        containing = self.about(search) if query.text else {town.pk: set() for town in self.towns}
        found = set()
        for town in self.towns:
            if query.towns and town.pk not in query.towns:
                continue
            there = self.translated(search, town)
            if there is None:
                continue
            with inside(town):
                below = self.trees[town.pk].ids_below
                found |= {
                    (town.pk, offer.pk)
                    for offer in self.offers[town.pk]
                    if offer.hidden_at is None and fits(offer, there, below, containing[town.pk])
                }
        return found

    def translated(self, search: Search, town: Municipality) -> Search | None:
        """The search as that municipality would say it; None where it has nothing of that name, nor that entry."""
        query, (topics, groups) = search.query, self.theirs[town.pk]
        categories = alike(self.topics, query.categories, topics)
        wanted = alike(self.groups, query.target_groups, groups)
        if (query.categories and not categories) or (query.target_groups and not wanted):
            return None
        return replace(search, query=replace(query, categories=categories, target_groups=wanted, towns=()))

    def about(self, search: Search) -> dict[int, set[int]]:
        """Offers about the words; where some of today's anywhere have them in title, topic or name, only those."""
        every, core = {}, {}
        for town in self.towns:
            with inside(town):
                found = find_text(search.query.text)
                about = found.only(found.scores > 0)
                every[town.pk] = set(about.ids.tolist())
                core[town.pk] = set(about.ids[about.core].tolist())
                nothing_else = replace(search, query=SearchQuery(), area=None)
                today = {o.pk for o in self.offers[town.pk] if fits(o, nothing_else, lambda ids: set(), set())}
                core[town.pk, "today"] = core[town.pk] & today
        if any(core[town.pk, "today"] for town in self.towns):
            return {town.pk: core[town.pk] for town in self.towns}
        return every

    def count(self, search: Search, **changes: object) -> int:
        return len(self.find(replace(search, query=replace(search.query, **changes))))


def known_by(model, kind):
    """Each row with its name and, where it is one, its entry of the shared catalogue."""
    entries = dict(Adopted.objects.filter(kind=kind).values_list("object_id", "code"))
    return {
        row.pk: {f"Name {row.name}"} | ({f"Eintrag {entries[row.pk]}"} if row.pk in entries else set())
        for row in model.objects.all()
    }


def alike(ours, chosen, theirs):
    return tuple(pk for pk, words in theirs.items() if any(words & ours[each] for each in chosen))


def link(here, there):
    """Of both municipalities: some of other names are one entry, some of one name are two, one is an entry there whose
    name another one has here."""
    for town, names in ((here, LINKED_HERE), (there, LINKED_THERE)):
        with inside(town):
            for model, before, name, code in names:
                row = model.objects.get(name=before)
                model.objects.filter(pk=row.pk).update(name=name)
                kind = "category" if model is Category else "target_group"
                Adopted.objects.create(kind=kind, code=code, object_id=row.pk)


LINKED_HERE = (
    (Category, "Thema 0", "Thema 0", "K-001"),
    (Category, "Thema 1", "Thema 1", "K-002"),
    (Category, "Ganz unten", "Ganz unten", "K-003"),
    (TargetGroup, "Familien", "Familien", "Z-001"),
)
LINKED_THERE = (
    (Category, "Thema 0", "Kunst", "K-001"),
    (Category, "Thema 1", "Thema 1", "K-004"),
    (Category, "Thema 2", "Thema 2", "K-002"),
    (TargetGroup, "Familien", "Eltern mit Kindern", "Z-001"),
)


def agreeing(ahausen, bedorf, seed, examples, compare):
    for number, town in enumerate((ahausen, bedorf)):
        with inside(town):
            corpus.taxonomy()
            corpus.offers(50, seed + 100 * number)
    link(ahausen, bedorf)
    services.mark_roof(ahausen, by="test")
    agree(ahausen, bedorf, Kind.ROOF)
    slow = Everywhere(ahausen, [ahausen, bedorf])
    with inside(ahausen):
        tree, shown = load_tree(), around().roof
        assert len(shown.towns) == 2

        @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True,
                  phases=[Phase.explicit, Phase.generate])  # fmt: skip
        @given(searches(tree), st.sampled_from([(), (), (bedorf.pk,), (ahausen.pk, bedorf.pk)]))
        def agreed(search, towns):
            search = replace(search, query=replace(search.query, towns=towns))
            results = Among(search, shown)
            # What was taken for something else, or has most of the words, is another question (tests/search).
            if results.text is None or not (results.text.close or results.text.meant):
                compare(results, slow)

        agreed()


def found_by(results: Among) -> list[tuple[int, int]]:
    rows = dict(IndexedOffer.objects.values_list("pk", "number"))
    towns = dict(IndexedOffer.objects.values_list("pk", "municipality_id"))
    return [(towns[pk], rows[pk]) for pk in results.ids]


@pytest.mark.parametrize("seed", [1, 2])
def test_it_finds_what_a_slow_search_finds_in_each(ahausen, bedorf, seed):
    sizes = []

    def same(results, slow):
        found = found_by(results)
        sizes.append(len(found))
        assert len(found) == len(set(found)) == results.total
        assert set(found) == slow.find(results.search)

    agreeing(ahausen, bedorf, seed, 80, same)
    assert len(set(sizes)) > 10, "the searches were all alike"


@pytest.mark.parametrize("seed", [3])
def test_the_number_beside_each_option_is_what_choosing_it_gives(ahausen, bedorf, seed):
    numbers = []

    def same(results, slow):
        for change, number in facet_numbers(results):
            assert slow.count(results.search, **change) == number, change
            numbers.append(number)

    agreeing(ahausen, bedorf, seed, 10, same)
    assert len(set(numbers)) > 15, "the options were all alike"


def facet_numbers(results):
    """Every option of the form as the change it makes to the search, with its number."""
    for name, numbers, keys in (
        ("categories", facets.categories(results), [node.id for node in results.search.tree]),
        ("target_groups", facets.target_groups(results), list(TargetGroup.objects.values_list("pk", flat=True))),
        ("weekdays", facets.weekdays(results), WEEKDAYS),
        ("towns", results.town_counts(), [town.number for town in results.shown.towns]),
    ):
        yield from (({name: (key,)}, numbers.get(key, 0)) for key in keys)
    yield from (({name: True}, number) for name, number in facets.flags(results, FLAGS).items())
    yield from (({"age": age}, number) for age, number in facets.ages(results, (0, 5, 30, 90)).items())
    languages = facets.languages(results)
    yield from (({"language": code}, languages.get(code, 0)) for code in ("de", "tr", "ar", "en"))


def test_neighbours_are_found_by_what_was_understood_at_home(ahausen, bedorf):
    with inside(ahausen):
        corpus.taxonomy()
        corpus.offers(20, 5)
    with inside(bedorf):
        corpus.taxonomy()
        corpus.offers(50, 6)
    agree(ahausen, bedorf)
    slow = Everywhere(ahausen, [bedorf])
    with inside(ahausen):
        for text in ("töpfern", "chor samstag", "yoga für kinder", "fußball kostenlos", "xyz", "uebung"):
            search = Search(SearchQuery(text=text), load_tree(), None, timezone.now())
            own = answer(search)
            beside = Beside(search, around().neighbours, own)
            plain = Among(search, around().neighbours)
            assert beside.total == (0 if plain.text.close or plain.text.meant else plain.total), text
            if not own.read.wishes.wishes:
                assert set(found_by(beside)) == slow.find(search), text
