"""Editors see how a question was understood, and why an offer was found."""

import pytest

from core.access import Role
from portal.search.explaining import explain
from portal.search.models import Synonyms
from portal.taxonomy.models import Category
from tenants.running.context import inside
from tests.factories import a_provider, an_offer

PAGE = "/redaktion/suche/erklaeren/"


def told(explanation):
    return {word.text: word for word in explanation.words}


def reasons(explanation):
    return [
        (match.title, [(each.word, each.how, *each.found) for each in match.reasons]) for match in explanation.matches
    ]


def test_each_word_is_told_with_its_parts_its_form_and_what_counts_as_it(ahausen):
    with inside(ahausen):
        Synonyms.objects.all().delete()
        Synonyms.objects.create(words=["Reigen", "Tanz"])
        an_offer(title="Tanzen für Senioren")
        found = told(explain("die Seniorentänze Reigen"))
        assert found["die"].role == "filler"
        assert found["Seniorentänze"].parts == ("Senior", "Tanz")
        assert found["Reigen"].synonyms == ("Tanz",)
        assert told(explain("Stütze"))["Stütze"].everyday[0] == "Bürgergeld"
        assert not told(explain("qwrtzk"))["qwrtzk"].known


def test_each_offer_says_what_of_the_question_stands_where(ahausen):
    with inside(ahausen):
        Synonyms.objects.all().delete()
        Synonyms.objects.create(words=["Reigen", "Tanzkreis"])
        an_offer(title="Töpfern am Abend", provider=a_provider(name="Werkhof"))
        an_offer(title="Offene Runde", categories=[Category.objects.create(name="Töpfern")])
        an_offer(title="Tanzkreis")
        assert reasons(explain("töpfern")) == [
            ("Töpfern am Abend", [("töpfern", "das Wort selbst", ("toepfern", "im Titel"))]),
            ("Offene Runde", [("töpfern", "das Wort selbst", ("toepfern", "in Thema, Zielgruppe oder Alter"))]),
        ]
        ((title, [(word, how, (_found, where))]),) = reasons(explain("Reigen"))
        assert (title, word, how, where) == ("Tanzkreis", "Reigen", "Synonym", "im Titel")


def test_the_page_asks_and_answers(ahausen, signed_in):
    with inside(ahausen):
        an_offer(title="Töpfern <b>")
    editor = signed_in(ahausen, Role.EDITOR)
    assert "Was Sie tun können" not in editor.get(PAGE).content.decode()
    page = editor.get(PAGE, {"q": "töpfern"}).content.decode()
    assert "1 Angebot gefunden" in page
    assert "Töpfern &lt;b&gt;" in page
    assert "/redaktion/synonyme/?neu=t%C3%B6pfern" in page


@pytest.mark.parametrize("junk", ["\0", "für die", "!!!", "x" * 10_000, "' OR 1=1", "a" * 80, "هل", "%", "-"])
def test_junk_is_explained_as_well(ahausen, signed_in, junk):
    assert signed_in(ahausen, Role.EDITOR).get(PAGE, {"q": junk}).status_code == 200
