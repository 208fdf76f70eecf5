"""Topics and answers among editorial teams."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.db.utils import DataError

from core.access import Role
from tenants.running.context import inside, inside_public
from tests.tracker.people import OPERATOR, editor_of, provider_of
from tracker.forum.models import Post, Topic
from tracker.forum.services import talking
from tracker.tickets.participating import participant_of

HERE = "/plattform/austausch/"
THERE = "/betrieb/austausch/"


def a_topic(by, title="Wie gewinnen Sie Anbieter?", text="Auf Briefe antwortet niemand."):
    return talking.open_topic(title, text, by=by)


def test_one_town_asks_and_the_other_answers_under_the_name_of_its_editors(ahausen, bedorf, signed_in):
    asking, answering = signed_in(ahausen, Role.EDITOR), signed_in(bedorf, Role.PLANNER)
    sent = asking.post(f"{HERE}themen/neu/", {"title": "Wie gewinnen Sie Anbieter?", "text": "Niemand antwortet."})
    assert sent.status_code == 302
    said = answering.post(sent.url, {"text": "Hingehen.\n\nMehr auf https://www.bedorf.example/"})
    assert said.url == f"{sent.url}#a{Post.objects.get().pk}"
    page = asking.get(sent.url).content.decode()
    assert f"<b>{participant_of(ahausen).shown_name}</b>" in page
    assert f"<b>{participant_of(bedorf).shown_name}</b>" in page
    assert '<a href="https://www.bedorf.example/" rel="nofollow">' in page
    assert "planner@bedorf.example" not in page
    assert "1 Antwort" in answering.get(HERE).content.decode()


def test_scripts_stay_words(ahausen, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    evil = "<script>alert(1)</script> javascript:alert(2)"
    address = editor.post(f"{HERE}themen/neu/", {"title": evil[:60], "text": evil}).url
    editor.post(address, {"text": evil})
    for page in (editor.get(address), editor.get(HERE)):
        assert "<script>alert" not in page.content.decode()
        assert 'href="javascript' not in page.content.decode()


@pytest.mark.parametrize(("title", "text"), [("", "x"), ("x", ""), ("x" * 121, "x"), ("x", "y" * 8001), (" ", " ")])
def test_what_is_missing_or_too_long_is_said_and_nothing_lost(ahausen, signed_in, title, text):
    answer = signed_in(ahausen, Role.EDITOR).post(f"{HERE}themen/neu/", {"title": title, "text": text})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'role="alert"' in page
    assert (text.strip() or title.strip()) in page
    assert not Topic.objects.exists()


def test_the_database_takes_no_longer_text(ahausen):
    topic = a_topic(editor_of(ahausen))
    with pytest.raises(DataError), transaction.atomic():
        Topic.objects.filter(pk=topic.pk).update(text="x" * 8001)
    with pytest.raises(IntegrityError), transaction.atomic():
        Topic.objects.filter(pk=topic.pk).update(title="")


def test_providers_and_visitors_are_no_part_of_it(ahausen, visitor, signed_in):
    topic = a_topic(editor_of(ahausen))
    provider = signed_in(ahausen, Role.PROVIDER)
    for address in (HERE, f"{HERE}themen/{topic.pk}/", f"{HERE}beispiele/", f"{HERE}kontakte/", f"{HERE}umfragen/"):
        assert provider.get(address).status_code == 404
        assert visitor("ahausen").get(address).url.startswith("/konto/anmelden/")


def test_only_who_wrote_it_takes_it_back_and_the_operator_anything(ahausen, bedorf, signed_in):
    topic = a_topic(editor_of(ahausen))
    post = talking.answer(topic, "Hingehen.", by=editor_of(bedorf))
    for thing, remove in ((topic, talking.remove_topic), (post, talking.remove_post)):
        stranger = editor_of(bedorf) if thing is topic else editor_of(ahausen)
        with pytest.raises(PermissionDenied):
            remove(thing, by=stranger)
    neighbour = signed_in(bedorf, Role.EDITOR)
    assert neighbour.get(f"{HERE}themen/{topic.pk}/loeschen/").status_code == 403
    assert neighbour.post(f"{HERE}themen/{topic.pk}/loeschen/").status_code == 403
    assert "loeschen" not in neighbour.get(f"{HERE}themen/{topic.pk}/").content.decode().split("Antworten")[0]
    talking.remove_post(post, by=OPERATOR)
    talking.remove_topic(topic, by=editor_of(ahausen, person=8))
    assert not Topic.objects.exists()


def test_the_last_answered_topic_stands_first(ahausen, bedorf, signed_in):
    old, new = a_topic(editor_of(ahausen), "Altes Thema"), a_topic(editor_of(ahausen), "Junges Thema")
    page = signed_in(ahausen, Role.EDITOR)
    words = page.get(HERE).content.decode()
    assert words.index(new.title) < words.index(old.title)
    talking.answer(old, "Noch etwas.", by=editor_of(bedorf))
    words = page.get(HERE).content.decode()
    assert words.index(old.title) < words.index(new.title)


def test_the_operator_reads_and_answers_in_its_own_frame(ahausen, signed_in):
    topic = a_topic(editor_of(ahausen))
    operator = signed_in(None, Role.OPERATOR)
    assert topic.title in operator.get(THERE).content.decode()
    assert operator.post(f"{THERE}themen/{topic.pk}/", {"text": "Wir helfen gern."}).status_code == 302
    assert "<b>Betrieb der Plattform</b>" in operator.get(f"{THERE}themen/{topic.pk}/").content.decode()
    assert Post.objects.get().participant is None


def test_every_step_stands_in_the_log_of_who_took_it(ahausen, signed_in):
    from audit.models import Entry

    signed_in(ahausen, Role.EDITOR).post(f"{HERE}themen/neu/", {"title": "Frage", "text": "Wie?"})
    with inside(ahausen):
        entry = Entry.objects.filter(action="forum.written").get()
    assert (entry.target, entry.actor) == ("Frage", "editor@ahausen.example")
    with inside_public():
        assert not Entry.objects.filter(action="forum.written").exists()


def test_providers_find_nothing_of_it_in_a_search(ahausen):
    from tracker.forum.finding import find

    a_topic(editor_of(ahausen))
    assert find("Anbieter", provider_of(ahausen), 10) == []
    assert [hit.title for hit in find("anbietern", editor_of(ahausen), 10)] == ["Wie gewinnen Sie Anbieter?"]


def test_a_list_of_topics_asks_the_same_number_of_questions_however_long_it_is(
    ahausen, signed_in, django_assert_max_num_queries
):
    editor = signed_in(ahausen, Role.EDITOR)
    for number in range(20):
        talking.answer(a_topic(editor_of(ahausen), f"Thema {number}"), "Ja.", by=editor_of(ahausen))
    editor.get(HERE)
    with django_assert_max_num_queries(25, connection=connection):
        assert editor.get(HERE).status_code == 200
