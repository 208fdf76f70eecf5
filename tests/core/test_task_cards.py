"""The registry of task cards."""

import pytest

from core import task_cards
from core.access import Role
from core.task_cards import EDITORS, Group, TaskCard, cards_for, register, register_maker, tasks


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


def test_numbers_are_asked_for_and_the_page_one_is_on_is_marked():
    register(card("/a/", count=lambda: 3), card("/b/"))
    found = tasks(cards_for(None, EDITORS), here="/a/7/")
    assert [(task.waiting, task.current) for task in found] == [(3, True), (None, False)]


@pytest.mark.parametrize(
    ("text", "found"), [("karte", True), ("ORTSTEIL", True), ("geojson", True), ("karte geo", True), ("logo", False)]
)
def test_the_search_looks_at_name_sentence_and_further_words(text, found):
    assert card(group=Group.CONTENT, words="GeoJSON, Grenze").found_by(text) is found
