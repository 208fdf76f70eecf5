"""Words searched in vain become proposals for the editors, without anybody's name."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.models import Entry
from core.access import Role
from portal.search.models import Synonyms, Unanswered
from portal.search.text import find_text
from portal.search.unanswered import look_again
from portal.taxonomy.models import Category
from portal.usage.few import forget_sums, sum_sought
from portal.usage.models import DailySearch, Span
from portal.usage.stretches import first_of
from tenants.running.context import inside
from tests.factories import an_offer

PAGE = "/redaktion/synonyme/vorschlaege/"


def searched(term, *counts, back=0):
    """So often on each of so many days, the last some days before the end of the last third of a month that is over."""
    last = first_of(Span.THIRD, timezone.localdate()) - timedelta(days=1)
    DailySearch.objects.bulk_create(
        DailySearch(day=last - timedelta(days=back + number), term=term, count=count)
        for number, count in enumerate(counts)
    )


def look():
    """As in a night."""
    forget_sums()
    sum_sought()
    look_again()


@pytest.fixture
def asked(ahausen):
    """Of the words only “yogakiste” and “blorbq” are searched often and find nothing."""
    with inside(ahausen):
        Synonyms.objects.all().delete()
        an_offer(title="Yoga am Morgen", categories=[Category.objects.create(name="Yoga und Ruhe")])
        searched("yoga", 9, 9)
        searched("yogakiste", 4, 3)
        searched("xyzzyq", 1, 1)
        searched("plughq", 99)
        searched("frotzq", 50, 50, back=120)
        searched("blorbq", 3, 3)
        searched("grueq", 2, 2)
        # Of days that are not over by a third nothing is told, however many they are.
        DailySearch.objects.create(day=timezone.localdate(), term="grueq", count=40)
        look()


def shown():
    return {row.term: row.asked for row in Unanswered.objects.all()}


def test_only_what_many_search_on_several_days_and_finds_nothing_is_there(ahausen, asked):
    with inside(ahausen):
        assert shown() == {"yogakiste": 5, "blorbq": 5}
        assert Unanswered.objects.get(term="yogakiste").proposals[0].casefold() == "yoga"
        assert Unanswered.objects.get(term="blorbq").proposals == []


def test_a_proposal_taken_over_answers_the_question_with_one_press(ahausen, asked, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    with inside(ahausen):
        question = Unanswered.objects.get(term="yogakiste")
        word = question.proposals[0]
    given = {"frage": question.pk, "wort": word, "was": "uebernehmen"}
    assert "5-mal gesucht" in editor.get(PAGE).content.decode()
    for _twice in range(2):
        assert editor.post(PAGE, given).status_code == 302
    with inside(ahausen):
        assert [group.words for group in Synonyms.objects.all()] == [[word, "yogakiste"]]
        assert find_text("yogakiste").ids.size == 1
        assert "yogakiste" not in shown()
        assert Entry.objects.filter(action="synonyms").count() == 1
    # A second word joins the group.
    with inside(ahausen):
        other = Unanswered.objects.create(term="jogakiste", asked=3, last_day=timezone.localdate(), proposals=[word])
    editor.post(PAGE, {"frage": other.pk, "wort": word, "was": "uebernehmen"})
    with inside(ahausen):
        assert [group.words for group in Synonyms.objects.all()] == [[word, "yogakiste", "jogakiste"]]


def test_what_was_dismissed_stays_so_at_night_and_comes_back_when_asked(ahausen, asked, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    with inside(ahausen):
        pk = Unanswered.objects.get(term="blorbq").pk
    editor.post(PAGE, {"frage": pk, "was": "ablegen"})
    with inside(ahausen):
        searched("blorbq", 5, back=2)
        look()
        row = Unanswered.objects.get(term="blorbq")
        assert (row.dismissed, row.asked) == (True, 10)
    assert "blorbq" not in editor.get(PAGE).content.decode().partition("</h1>")[2]
    assert "blorbq" in editor.get(PAGE, {"stand": "abgelegt"}).content.decode()
    editor.post(PAGE, {"frage": row.pk, "was": "zurueck"})
    assert "blorbq" in editor.get(PAGE).content.decode()
    with inside(ahausen):
        assert list(
            Entry.objects.filter(action__startswith="unanswered").order_by("pk").values_list("action", flat=True)
        ) == [
            "unanswered.dismissed",
            "unanswered.back",
        ]


def test_what_is_answered_meanwhile_goes(ahausen, asked, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    page = editor.get("/redaktion/synonyme/", {"neu": "blorbq"}).content.decode()
    assert 'value="blorbq, "' in page
    editor.post("/redaktion/synonyme/", {"words": "Blorbq, Yoga"})
    with inside(ahausen):
        assert shown() == {"yogakiste": 5}
        an_offer(title="Yogakiste")
        look()
        assert shown() == {}
    assert "findet etwas" in editor.get(PAGE).content.decode()


@pytest.mark.parametrize("given", [{}, {"frage": "x"}, {"frage": "9" * 30}, {"frage": "-1"}, {"frage": "٣"}])
def test_junk_changes_nothing(ahausen, asked, signed_in, given):
    editor = signed_in(ahausen, Role.EDITOR)
    assert editor.post(PAGE, given | {"was": "uebernehmen"}).status_code == 302
    with inside(ahausen):
        pk = Unanswered.objects.get(term="blorbq").pk
    assert editor.post(PAGE, {"frage": pk, "was": "uebernehmen", "wort": "nicht vorgeschlagen"}).status_code == 302
    with inside(ahausen):
        assert not Synonyms.objects.exists()
        assert shown() == {"yogakiste": 5, "blorbq": 5}


def test_the_page_takes_as_many_statements_for_many_rows_as_for_few(ahausen, signed_in):
    editor, numbers = signed_in(ahausen, Role.EDITOR), []
    for rows in (2, 60):
        with inside(ahausen):
            Unanswered.objects.all().delete()
            Unanswered.objects.bulk_create(
                Unanswered(term=f"wort{n}", asked=n, last_day=timezone.localdate(), proposals=["Chor"])
                for n in range(rows)
            )
        editor.get(PAGE)
        with CaptureQueriesContext(connection) as caught:
            editor.get(PAGE)
        numbers.append(len(caught))
    assert numbers[0] == numbers[1]
