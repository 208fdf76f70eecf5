"""What is written is what was meant, whatever changes hands; many entries take the same statements as few."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.models import Entry as AuditEntry
from portal.offers.models import Offer
from portal.search.models import Synonyms
from portal.taxonomy.adoption import services
from portal.taxonomy.adoption.engine.town import Row
from portal.taxonomy.adoption.engine.undoing import changes_between, undo
from portal.taxonomy.adoption.loading import load
from portal.taxonomy.adoption.models import Adopted, Taking
from portal.taxonomy.adoption.writing import write
from portal.taxonomy.models import Alias, Category, TargetGroup
from portal.usage.models import DailyCategorySearch
from tenants.running.context import inside
from tests.adoption.conftest import FIRST, changed, issue
from tests.factories import an_offer

NAMES = "abcd"
# Statements of a release with everything that can be in one; the bench has a limit of its own.
MOST = 38


@st.composite
def forests(draw: Any, numbers: Iterable[int]) -> dict[int, tuple[int | None, str]]:
    """Place and name of each, no two alike, no circle; in the order among siblings."""
    placed: dict[int, tuple[int | None, str]] = {}
    for number in draw(st.permutations(list(numbers))):
        parent = draw(st.sampled_from([None, *placed]))
        free = [name for name in NAMES if (parent, name) not in placed.values()]
        # Four names are enough for seven: below the last one nothing is taken.
        parent, free = (parent, free) if free else (next(reversed(placed)), list(NAMES))
        placed[number] = (parent, draw(st.sampled_from(free)))
    return placed


@st.composite
def rearrangements(draw: Any) -> Any:
    """A tree, and the tree it is to become: some of it new (below 0), some of it merged into others."""
    before = draw(forests(range(1, draw(st.integers(2, 7)) + 1)))
    stay = draw(st.lists(st.sampled_from(sorted(before)), min_size=1, unique=True))
    new = range(-draw(st.integers(0, 2)), 0)
    merged = {gone: draw(st.sampled_from(stay)) for gone in before if gone not in stay}
    return before, draw(forests([*stay, *new])), merged


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rearrangements())
def test_any_tree_becomes_any_other(ahausen, rearranged):
    before, wanted, merged = rearranged
    with inside(ahausen), transaction.atomic():
        Category.objects.all().delete()
        pks: dict[int | None, int | None] = {None: None}
        for place, (number, (parent, name)) in enumerate(before.items()):
            made = Category.objects.create(name=name, parent_id=pks[parent], position=place * 10)
            pks[number] = made.pk
        loaded = load(held=True)
        after = loaded.town.copy()
        after.rows["category"], after.order["category"] = {}, {}
        for number, (parent, name) in wanted.items():
            values = {"name": name, "icon": "", "color": ""}
            after.put("category", Row(pks.get(number, number), values, pks.get(parent, parent)))
        after.merged = [("category", pks[gone], pks[into]) for gone, into in merged.items()]
        final = write(loaded, after, by="test")
        rows = {row.pk: (row.parent_id, row.name) for row in Category.objects.all()}
        assert rows == {pk: (row.parent, row.values["name"]) for pk, row in final.rows["category"].items()}
        for above, below in final.order["category"].items():
            found = Category.objects.filter(parent=above).order_by("position", "pk")
            assert list(found.values_list("pk", flat=True)) == below
        assert sorted(rows.values(), key=repr) == sorted(
            ((_number(final, wanted, pks, parent), name) for parent, name in wanted.values()), key=repr
        )
        assert dict(Alias.objects.values_list("old", "new")) == {pks[gone]: pks[into] for gone, into in merged.items()}
        transaction.set_rollback(True)


def _number(final, wanted, pks, parent):
    """The number in the database of one of `wanted`: new ones are found by the way down to them."""
    if parent is None or parent in pks:
        return pks[parent]
    above, name = wanted[parent]
    place = (_number(final, wanted, pks, above), name)
    return next(pk for pk, row in final.rows["category"].items() if (row.parent, row.values["name"]) == place)


def adopted(town):
    for model in (Category, TargetGroup, Synonyms):
        model.objects.all().delete()
    services.adopt([each["code"] for each in FIRST], by="test")
    return town


@pytest.fixture
def many():
    """A release with so many of everything, and the next one that changes all of them."""

    def make(number):
        def codes(hundred):
            return [f"K-{hundred * 100 + each:03}" for each in range(number)]

        first = {code: {"name": f"Erst {code}", "parent": "K-001"} for each in range(1, 6) for code in codes(each)}
        second = {code: {"name": f"Neu {code}", "color": "#123456"} for code in codes(1)}
        second |= {code: {"removed": True, "replaced_by": "K-002"} for code in codes(2)}
        second |= {code: {"removed": True} for code in codes(3)}
        second |= {code: {"parent": "K-004"} for code in codes(4)}
        # Names that change hands all round.
        second |= {
            code: {"name": f"Erst {other}"}
            for code, other in zip(codes(5), [*codes(5)[1:], *codes(5)[:1]], strict=True)
        }
        second |= {code: {"name": f"Ganz neu {code}", "parent": "K-001"} for code in codes(6)}
        second |= {"W-001": {"words": ["Kita", "Kindergarten"]}, "Z-001": {"max_age": 11}}
        return changed(FIRST, **first), second, codes(2)

    return make


def statements(town, many, number):
    entries, second, merged = many(number)
    issue(entries)
    services.take_all(by="test")
    pks = list(Category.objects.filter(name__in=[f"Erst {code}" for code in merged]).values_list("pk", flat=True))
    assert len(pks) == number
    offer = an_offer(title="Alles", categories=pks)
    for pk in pks:
        DailyCategorySearch.objects.create(day="2026-01-01", category_id=pk, source="", count=2)
    # An alias of long ago, and something that is asked for by its number.
    Alias.objects.create(kind="category", old=99_999, new=pks[0], name="Früher")
    issue(changed(entries, **second))
    with CaptureQueriesContext(connection) as asked:
        done = services.take_all(by="test")
    assert (done.new, done.gone) == (number, number)
    kept = Category.objects.get(name="Schwimmen")
    assert list(offer.categories.all()) == [kept]
    assert list(DailyCategorySearch.objects.values_list("category_id", "count")) == [(kept.pk, 2 * number)]
    assert set(Alias.objects.values_list("old", "new")) == {(pk, kept.pk) for pk in [*pks, 99_999]}
    assert Category.objects.filter(retired=True).count() == number
    assert AuditEntry.objects.filter(action="vocabulary.merged").count() == number
    return asked


def test_many_changes_take_the_statements_of_few(ahausen, bedorf, many):
    with inside(ahausen):
        few = statements(adopted_first(ahausen), many, 2)
    with inside(bedorf):
        lots = statements(adopted_first(bedorf), many, 25)
    assert len(lots) == len(few), [each["sql"][:200] for each in lots]
    assert len(lots) <= MOST, [each["sql"][:200] for each in lots]


def adopted_first(town):
    issue(FIRST)
    return adopted(town)


def test_what_is_merged_and_merged_again_is_where_it_ends_one_by_one_or_at_once(ahausen, bedorf):
    issue(FIRST)
    for town in (ahausen, bedorf):
        with inside(town):
            adopted(town)
            pks = dict(Category.objects.values_list("name", "pk"))
            for title, names in {
                "Eins": ["Turnen"],
                "Zwei": ["Schwimmen"],
                "Drei": ["Turnen", "Schwimmen"],
                "Vier": ["Turnen", "Schwimmen", "Beratung"],
                "Fünf": ["Bewegung"],
            }.items():
                an_offer(title=title, categories=[pks[name] for name in names])
            for name, source, count in (
                ("Turnen", "", 3),
                ("Schwimmen", "", 4),
                ("Beratung", "", 5),
                ("Turnen", "x", 7),
            ):
                DailyCategorySearch.objects.create(day="2026-01-01", category_id=pks[name], source=source, count=count)
    second = changed(FIRST, K_003={"removed": True, "replaced_by": "K-002"})
    issue(second)
    issue(changed(second, K_002={"removed": True, "replaced_by": "K-004"}, K_003={"replaced_by": "K-004"}))
    with inside(ahausen):
        services.take_all(by="test")
        once = _told()
    with inside(bedorf):
        services.take_all(by="test", release=2)
        services.take_all(by="test")
        assert _told() == once
    offers, aliases, figures, names = once
    assert offers == {title: ["Beratung"] for title in ("Eins", "Zwei", "Drei", "Vier")} | {"Fünf": ["Bewegung"]}
    assert aliases == {("Turnen", "Beratung"), ("Schwimmen", "Beratung")}
    assert figures == {("Beratung", "", 12), ("Beratung", "x", 7)}
    assert names == {"Bewegung", "Beratung"}


def _told():
    names = dict(Category.objects.values_list("pk", "name"))
    offers = {
        each.title: [row.name for row in each.categories.all()]
        for each in Offer.objects.filter(title__in=["Eins", "Zwei", "Drei", "Vier", "Fünf"])
    }
    aliases = {(name, names[new]) for name, new in Alias.objects.values_list("name", "new")}
    figures = DailyCategorySearch.objects.values_list("category_id", "source", "count")
    return offers, aliases, {(names[pk], source, count) for pk, source, count in figures}, set(names.values())


def test_what_a_release_before_remembered_is_taken_back_too(ahausen):
    """Takings were kept with everything links remember; today with what differs."""
    issue(FIRST)
    with inside(ahausen):
        adopted(ahausen)
        before = load().town
        issue(changed(FIRST, K_001={"name": "Sport"}, K_002={"parent": ""}, K_005={"name": "Neu"}))
        services.take_all(by="test")
        after = load().town
        kept = Taking.objects.get().changes
        whole = dict(kept)
        whole["links"] = {
            code: [_whole(before.links.get(code)), _whole(after.links.get(code))] for code in kept["links"]
        }
        assert undo(after, changes_between(before, after))[0].is_like(before)
        assert undo(after, whole)[0].is_like(before)
        assert len(str(kept["links"])) < len(str(whole["links"])) / 2
        Taking.objects.update(changes=whole)
        assert services.undo(by="test") == 0
        assert load().town.is_like(before)
        assert not Adopted.objects.filter(code="K-005").exists()


def _whole(link):
    return link and [link.kind, link.pk, {name: [base.value, base.release] for name, base in link.base.items()}]
