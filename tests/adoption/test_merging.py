"""The three-way merge, with catalogues, municipalities and changes that hypothesis makes up."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.taxonomy.adoption.engine.stepping import adopt, take_all
from portal.taxonomy.adoption.engine.town import Row, Town, own_fields
from tests.adoption.worlds import DEEPEST, KIND, SHAPES, Entry, Issue, issues, towns, written

many = settings(max_examples=500, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@st.composite
def stories(draw: Any) -> tuple[Town, list[Issue]]:
    found = draw(issues())
    return draw(towns(found[0])), found[1:]


def seen(town: Town) -> Any:
    """What anybody can see or do with it: rows with what they say and where, and what is remembered."""
    rows = {pk: (row.values, row.parent, row.retired) for pk, row in town.rows[KIND].items()}
    links = {code: (link.pk, link.base) for code, link in town.links.items()}
    return rows, {above: pks for above, pks in town.order[KIND].items() if pks}, links


@many
@given(stories())
def test_one_by_one_equals_all_at_once(story):
    town, releases = story
    one_by_one = town
    for release in releases:
        one_by_one = take_all(one_by_one, SHAPES, [release])
    assert seen(one_by_one) == seen(take_all(town, SHAPES, releases))


@pytest.mark.parametrize("deep", [False, True])
@pytest.mark.parametrize("own", [None, "c1"])
def test_what_was_put_below_what_it_becomes_does_not_stand_above_itself(deep, own):
    """One release adds an entry and puts another below it, the next one merges that into it; all taken at once. Where
    the entry may not have its new name, as an own row has it, a ring was left, and looking for its end took all memory.
    """
    here = Entry("K00", "a0")
    there = {"K01": Entry("K01", "b0")} | ({"K02": Entry("K02", "c0", parent="K01")} if deep else {})
    second = {"K00": replace(here, parent="K02" if deep else "K01"), **there}
    third = {**second, "K00": replace(here, removed=True, replaced_by="K01"), "K01": Entry("K01", own or "b0")}
    town = written(adopt(Town(rows={KIND: {}}, order={KIND: {}}), SHAPES, Issue(1, {"K00": here}), ["K00"]))
    (row,) = town.rows[KIND]
    if own:
        town.put(KIND, Row(77, {"name": own, "color": ""}, None))
    releases = [Issue(2, second), Issue(3, third)]
    found = take_all(town, SHAPES, releases)
    assert set(found.links) == {"K01", *(["K02"] if deep else [])}
    assert found.links["K01"].pk == row
    assert found.rows[KIND][row].parent is None
    assert found.rows[KIND][row].values["name"] == ("a0" if own else "b0")
    assert [found.rows[KIND][pk].values["name"] for pk in found.below(KIND, row)] == (["c0"] if deep else [])
    assert seen(found) == seen(take_all(take_all(town, SHAPES, releases[:1]), SHAPES, releases[1:]))


def test_what_was_left_out_and_is_no_more_keeps_nothing_out():
    """A town left out an entry at the top; the release that removes it adds others. Taken twice they came at last."""
    first = Issue(1, {"K00": Entry("K00", "a2"), "K02": Entry("K02", "a1")})
    there = {"K01": Entry("K01", "a0"), "K03": Entry("K03", "a0", parent="K01")}
    second = Issue(2, {"K00": Entry("K00", "a2", removed=True), "K02": Entry("K02", "a1"), **there})
    town = written(adopt(Town(rows={KIND: {}}, order={KIND: {}}), SHAPES, first, ["K02"]))
    once = take_all(town, SHAPES, [second])
    assert {once.row_of(code).values["name"] for code in ("K01", "K02", "K03")} == {"a0", "a1"}
    assert seen(take_all(once, SHAPES, [second])) == seen(once)


@many
@given(stories())
def test_applying_twice_changes_nothing(story):
    town, releases = story
    once = take_all(town, SHAPES, releases)
    assert seen(take_all(once, SHAPES, releases[-1:])) == seen(once)


@many
@given(stories())
def test_what_the_municipality_changed_survives(story):
    town, releases = story
    after = take_all(town, SHAPES, releases)
    joined = {old: new for _kind, old, new in after.merged}
    linked = town.linked(KIND)
    for pk, row in town.rows[KIND].items():
        link = linked.get(pk)
        changed = own_fields(link, row) if link else ["name", "color", "parent"]
        parent, met = row.parent, False
        while parent in joined:
            # Where what it stands in was merged, it stands in what that was merged into: perhaps where the catalogue
            # has it, and then there is no difference any more.
            parent = joined[parent]
            met = met or (link is not None and parent == link.base["parent"].value[1])
        if met and changed == ["parent"]:
            continue
        if changed or pk not in joined:
            now = after.rows[KIND][pk]
            assert all(now.values[name] == row.values[name] for name in changed if name != "parent"), pk
            assert "parent" not in changed or met or now.parent == parent
            assert now.retired == row.retired or not changed


@many
@given(stories())
def test_a_field_follows_the_slow_obvious_rule(story):
    """Colours can always be as they are wanted: what was not changed here is as the last release that had it says."""
    town, releases = story
    after = take_all(town, SHAPES, releases)
    for link, row in town.active(KIND):
        now = after.row_of(link.code)
        if now is None or now.pk != row.pk:
            continue
        expected = row.values["color"]
        if link.base["color"].value == expected:
            for release in releases:
                entry = release.values[link.code]
                expected = expected if entry.removed else entry.color
        assert now.values["color"] == expected


@many
@given(stories())
def test_what_the_database_would_refuse_never_comes_out(story):
    town, releases = story
    after = take_all(town, SHAPES, releases)
    places = [(row.parent, row.values["name"]) for row in after.rows[KIND].values()]
    assert len(places) == len(set(places))
    for pk, row in after.rows[KIND].items():
        trail = after.trail(KIND, pk)
        assert len(trail) <= DEEPEST
        top = after.rows[KIND][trail[-1]]
        assert top.parent is None, "a circle"
        assert pk in after.order[KIND][row.parent]
    assert sorted(pk for pks in after.order[KIND].values() for pk in pks) == sorted(after.rows[KIND])


@many
@given(stories())
def test_nothing_is_changed_that_was_looked_at(story):
    town, releases = story
    before = seen(town.copy())
    take_all(town, SHAPES, releases)
    assert seen(town) == before


@many
@given(stories())
def test_an_order_of_ones_own_stays(story):
    town, releases = story
    after = take_all(town, SHAPES, releases)
    own = [pk for pk in town.rows[KIND] if pk not in town.linked(KIND)]
    for above, pks in town.order[KIND].items():
        # Own entries are never reordered among themselves.
        kept = [pk for pk in pks if pk in own and after.rows[KIND].get(pk) and after.rows[KIND][pk].parent == above]
        if above in after.order[KIND]:
            assert [pk for pk in after.order[KIND][above] if pk in kept] == kept
