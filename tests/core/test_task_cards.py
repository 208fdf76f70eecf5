"""The registry of task cards."""

import pytest

from core import task_cards
from core.access import Role
from core.task_cards import EDITORS, Group, TaskCard, cards_for, register, register_maker, tasks
from portal.taxonomy.models import Category, TargetGroup
from tenants.running.context import inside


@pytest.fixture(autouse=True)
def _empty(monkeypatch):
    monkeypatch.setattr(task_cards, "_cards", [])
    monkeypatch.setattr(task_cards, "_makers", [])


def card(url="/a/", roles=EDITORS, **more):
    return TaskCard(url, "Karte", "Umrisse der Ortsteile", "map", roles, **more)


def test_everybody_sees_the_cards_of_their_roles_in_order():
    register(card("/b/", order=20), card("/a/", order=10), card("/c/", frozenset({Role.PROVIDER}), order=5))
    assert [each.url for each in cards_for(None, {Role.EDITOR})] == ["/a/", "/b/"]
    assert [each.url for each in cards_for(None, {Role.PROVIDER})] == ["/c/"]
    assert [each.url for each in cards_for(None, {Role.EDITOR, Role.ADMIN, Role.PROVIDER})] == ["/c/", "/a/", "/b/"]
    assert cards_for(None, ()) == []


def test_a_page_stands_there_once():
    register(card("/a/"))
    with pytest.raises(ValueError, match="/a/"):
        register(card("/a/", frozenset({Role.ADMIN})))


def test_a_room_may_make_cards_for_one_person():
    providers = frozenset({Role.PROVIDER})
    register_maker(providers, lambda person: [card(f"/{name}/", providers) for name in person])
    assert [each.url for each in cards_for(["x", "y"], {Role.PROVIDER})] == ["/x/", "/y/"]
    # Nobody else's tables are asked.
    assert cards_for(None, {Role.OPERATOR}) == []


def test_known_numbers_stand_there_and_the_page_one_is_on_is_marked():
    register(card("/a/", number=3), card("/b/"))
    found = tasks(cards_for(None, EDITORS), here="/a/7/")
    assert [(task.waiting, task.current) for task in found] == [(3, True), (None, False)]


def test_what_waits_is_counted_by_one_statement_for_all_cards(ahausen, django_assert_num_queries):
    with inside(ahausen):
        for n in range(3):
            Category.objects.create(name=f"Thema {n}")
        TargetGroup.objects.create(name="Zwerge")
        register(
            card("/themen/", waits=lambda: [Category.objects.all(), TargetGroup.objects.filter(name="Zwerge")]),
            card("/nichts/", waits=lambda: [Category.objects.filter(name="Yoga")]),
            card("/ohne/"),
            card("/gruppen/", waits=lambda: [TargetGroup.objects.filter(name="Zwerge")]),
        )
        with django_assert_num_queries(1):
            found = tasks(cards_for(None, EDITORS))
    assert {task.card.url: task.waiting for task in found} == {
        "/themen/": 4,
        "/nichts/": 0,
        "/ohne/": None,
        "/gruppen/": 1,
    }


def test_what_waits_at_a_persons_own_card_is_theirs(ahausen):
    providers = frozenset({Role.PROVIDER})
    register_maker(
        providers,
        lambda person: [card("/mein/", providers, waits=lambda: [Category.objects.filter(name=person)])],
    )
    with inside(ahausen):
        Category.objects.create(name="Yoga")
        register(card("/alle/", providers, order=5, waits=lambda: [Category.objects.all()]))
        for person, theirs in (("Yoga", 1), ("Tanz", 0), ("Yoga", 1)):
            found = tasks(cards_for(person, providers))
            assert [(task.card.url, task.waiting) for task in found] == [("/alle/", 1), ("/mein/", theirs)]


@pytest.mark.parametrize(
    ("text", "found"), [("karte", True), ("ORTSTEIL", True), ("geojson", True), ("karte geo", True), ("logo", False)]
)
def test_the_search_looks_at_name_sentence_and_further_words(text, found):
    assert card(group=Group.CONTENT, words="GeoJSON, Grenze").found_by(text) is found
