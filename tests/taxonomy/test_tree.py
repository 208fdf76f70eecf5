"""The category tree: any depth, inherited looks, no circles whoever tries."""

import pytest
from django.db import IntegrityError, connection, transaction

from portal.taxonomy.models import Category, District
from portal.taxonomy.tree import load_tree
from tenants.running.context import inside


@pytest.fixture
def branch(ahausen):
    """A chain of five categories; only the root has a colour and an icon."""
    with inside(ahausen):
        chain = [Category.objects.create(name="Stufe 0", color="#00519e", icon="book")]
        for depth in range(1, 5):
            chain.append(Category.objects.create(name=f"Stufe {depth}", parent=chain[-1]))
        yield chain


def test_the_tree_is_loaded_in_one_query_and_inherits_colour_and_icon(branch, django_assert_num_queries):
    with django_assert_num_queries(1):
        tree = load_tree()
    deepest = tree.nodes[branch[-1].pk]
    assert (deepest.depth, deepest.color, deepest.icon) == (4, "#00519e", "book")
    assert [node.name for node in deepest.trail()] == [f"Stufe {n}" for n in range(5)]
    assert tree.ids_below([branch[2].pk, 999_999]) == {each.pk for each in branch[2:]}


def test_nothing_can_be_put_below_itself(branch):
    for target in branch:
        with pytest.raises(IntegrityError), transaction.atomic():
            Category.objects.filter(pk=branch[0].pk).update(parent=target)


def test_siblings_have_different_names_also_at_the_top(branch):
    with pytest.raises(IntegrityError), transaction.atomic():
        Category.objects.create(name="Stufe 0")
    assert Category.objects.create(name="Stufe 0", parent=branch[0])


@pytest.mark.parametrize("outline", [{"type": "Point", "coordinates": [7, 49]}, {"type": "Nonsense"}, []])
def test_an_outline_is_a_polygon(ahausen, outline):
    with inside(ahausen), pytest.raises(IntegrityError), transaction.atomic():
        District.objects.create(name="Mitte", outline=outline)


def test_the_trigger_belongs_to_each_municipality(ahausen, bedorf):
    for where in (ahausen, bedorf):
        with inside(where), connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_trigger "
                "WHERE tgname = 'category_no_circle' AND tgrelid = 'taxonomy_category'::regclass"
            )
            assert cursor.fetchone() == (1,)
