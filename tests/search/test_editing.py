"""The editors' list of synonyms: a page at a time, and findable."""

import re

import pytest

from core.access import Role
from portal.search.models import Synonyms
from tenants.running.context import inside


@pytest.fixture
def desk(ahausen, signed_in):
    with inside(ahausen):
        Synonyms.objects.all().delete()
        for number in range(45):
            Synonyms.objects.create(words=[f"Wort{number:02}", f"Name{number:02}"])
        Synonyms.objects.create(words=["Käse", "Fromage"])
    return signed_in(ahausen, Role.EDITOR)


def shown(client, **params):
    page = client.get("/redaktion/synonyme/", params).content.decode()
    return re.findall(r'<a href="/redaktion/synonyme/\d+/">', page)


def test_a_page_holds_twenty(desk):
    assert [len(shown(desk, seite=number)) for number in (1, 2, 3)] == [20, 20, 6]
    assert 'rel="next" href="?seite=2"' in desk.get("/redaktion/synonyme/").content.decode()


@pytest.mark.parametrize(("word", "number"), [("kaese", 1), ("KÄSE", 1), ("from", 1), ("wort1", 10), ("xyz", 0)])
def test_a_word_is_found_however_it_is_written(desk, word, number):
    assert len(shown(desk, wort=word)) == number


def test_the_word_stays_while_one_turns_the_pages(desk):
    assert "?wort=wort&amp;seite=2" in desk.get("/redaktion/synonyme/", {"wort": "wort"}).content.decode()


@pytest.mark.parametrize("sent", [{"words": ""}, {}, {"words": "einsam"}, {"words": " , "}])
def test_a_group_without_words_is_refused_with_a_sentence(desk, ahausen, sent):
    page = desk.post("/redaktion/synonyme/", {"tun": "x", **sent})
    assert page.status_code < 500
    with inside(ahausen):
        assert Synonyms.objects.count() == 46
