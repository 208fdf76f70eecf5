"""Content in the reader's language by one click, marked, bounded in cost, and corrected by people."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django import app

from portal.pages.models import Page
from portal.translation.models import Attempt, LanguageSettings, MonthlyUse, Translation
from portal.translation.sources import Text
from portal.translation.tasks import translate_page
from portal.translation.texts import harmless, hash_of
from tenants.running.context import inside
from tests.translation.server import fake

BACKENDS = pytest.mark.parametrize("backend", ["libretranslate", "deepl"])
BODY = '<p>Wir sind <strong>da</strong>. <a href="https://gut.example/">Mehr</a></p>'


@pytest.fixture
def page(ahausen):
    with inside(ahausen):
        return Page.objects.update_or_create(slug="ueber-uns", defaults={"title": "Über uns", "body": BODY})[0]


@pytest.fixture
def click(ahausen, page, visitor):
    """The click on the button, and the job it makes."""

    def done(language="tr", *, work=True, client=None):
        answer = (client or visitor("ahausen")).post(f"/uebersetzen/seite/{page.pk}/?sprache={language}")
        assert answer.status_code == 302
        if work:
            with inside(ahausen):
                if Attempt.objects.filter(state="waiting").exists():
                    translate_page(kind="seite", pk=page.pk, language=language)
        return answer

    return done


def text(visitor, address):
    return visitor("ahausen").get(address).content.decode()


def test_without_a_service_there_is_no_button_and_the_content_is_marked_as_german(page, visitor):
    seen = text(visitor, "/ueber-uns/?sprache=ar")
    assert 'id="uebersetzung"' not in seen
    assert '<article lang="de" dir="ltr">' in seen


@BACKENDS
def test_one_click_translates_the_page_and_marks_it(ahausen, page, visitor, choose, click, backend, server):
    choose(ahausen, backend)
    before = text(visitor, "/ueber-uns/?sprache=tr")
    assert f'action="/uebersetzen/seite/{page.pk}/?sprache=tr"' in before
    assert server.requests == []
    answer = click()
    assert answer.url == "/ueber-uns/?uebersetzt=1&sprache=tr"
    seen = text(visitor, answer.url)
    assert "<h1>tr·Über tr·uns</h1>" in seen
    assert "tr·Wir tr·sind <strong>tr·da</strong>" in seen
    assert 'href="https://gut.example/"' in seen
    assert "<article><h1>" in seen
    assert 'href="/ueber-uns/?sprache=tr"' in seen
    assert 'id="uebersetzung"' in seen
    assert "<h1>Über uns</h1>" in text(visitor, "/ueber-uns/?sprache=tr")
    assert "<h1>Über uns</h1>" in text(visitor, "/ueber-uns/?uebersetzt=1")


def test_what_was_translated_once_is_not_sent_again(ahausen, page, visitor, choose, click, server):
    choose(ahausen, "libretranslate")
    click()
    sent = len(server.requests)
    click()
    text(visitor, "/ueber-uns/?sprache=tr&uebersetzt=1")
    assert len(server.requests) == sent
    assert '<form method="post" action="/uebersetzen' not in text(visitor, "/ueber-uns/?sprache=tr")


def test_looking_never_costs_anything(ahausen, page, visitor, choose, server):
    choose(ahausen, "libretranslate")
    client = visitor("ahausen")
    for address in ("/ueber-uns/?sprache=tr&uebersetzt=1", f"/uebersetzen/seite/{page.pk}/?sprache=tr"):
        client.get(address)
    client.post(f"/uebersetzen/seite/{page.pk}/")
    client.post(f"/uebersetzen/seite/{page.pk}/?sprache=tr", headers={"Sec-Fetch-Site": "cross-site"})
    assert server.requests == []
    with inside(ahausen):
        assert not Attempt.objects.exists()


def test_what_is_not_public_cannot_be_translated(ahausen, page, visitor, choose, server):
    choose(ahausen, "libretranslate")
    with inside(ahausen):
        Page.objects.filter(pk=page.pk).update(published=False)
    client = visitor("ahausen")
    assert client.post(f"/uebersetzen/seite/{page.pk}/?sprache=tr").status_code == 404
    assert client.post("/uebersetzen/unbekannt/1/?sprache=tr").status_code == 404
    assert client.post("/uebersetzen/seite/99999999999999999999/?sprache=tr").status_code == 404


def test_while_it_is_made_the_page_says_so_and_two_clicks_are_one_order(ahausen, page, visitor, choose, click):
    choose(ahausen, "libretranslate")
    click(work=False)
    click(work=False)
    with inside(ahausen):
        assert Attempt.objects.count() == 1
    assert len(list(app.job_manager.list_jobs(task=translate_page.name))) == 1
    seen = text(visitor, "/ueber-uns/?sprache=tr&uebersetzt=1")
    assert 'data-hx-trigger="load delay:2s"' in seen
    assert "htmx.min" in seen


@pytest.mark.parametrize("misbehaviour", ["down", "few", "junk", "quota"])
def test_a_service_in_trouble_leaves_the_page_usable(ahausen, page, visitor, choose, click, server, misbehaviour):
    choose(ahausen, "deepl")
    server.misbehave = misbehaviour
    click()
    seen = text(visitor, "/ueber-uns/?sprache=tr&uebersetzt=1")
    assert "<h1>Über uns</h1>" in seen
    assert '<p role="status">' in seen
    server.misbehave = ""
    click()
    assert "tr·Über" in text(visitor, "/ueber-uns/?sprache=tr&uebersetzt=1")


def test_the_months_characters_are_a_wall(ahausen, page, visitor, choose, click, server):
    needed = len(page.title) + len(page.body)
    choose(ahausen, "libretranslate", monthly_characters=needed)
    click("tr")
    sent = len(server.requests)
    assert sent
    click("ar")
    assert len(server.requests) == sent
    seen = text(visitor, "/ueber-uns/?sprache=ar&uebersetzt=1")
    assert '<p role="status">' in seen
    assert '<form method="post" action="/uebersetzen' not in seen
    with inside(ahausen):
        assert MonthlyUse.objects.get().characters == needed


def test_hostile_answers_are_harmless(ahausen, page, visitor, choose, click, server):
    choose(ahausen, "libretranslate")
    server.misbehave = "html"
    click()
    seen = text(visitor, "/ueber-uns/?sprache=tr&uebersetzt=1")
    article = seen.partition("<article")[2].partition("</article>")[0]
    prose = article.partition('<div class="prose">')[2]
    for bad in ("<script", "onclick", "onerror", "javascript:", "phishing", "<img", "<iframe"):
        assert bad not in prose
    assert "böse" in prose
    assert "&lt;script&gt;" in article


def test_an_answer_is_never_longer_than_makes_sense():
    assert len(harmless("x" * 1_000_000, Text("p", "kurz"))) < 1000
    assert "\0" not in harmless("a\0b", Text("p", "kurz"))


def test_peoples_words_win_and_are_flagged_when_the_german_text_changes(ahausen, page, visitor, choose, click, server):
    choose(ahausen, "libretranslate")
    click()
    with inside(ahausen):
        row = Translation.objects.get(source="Über uns", target="tr")
        row.text, row.machine = "Hakkımızda", False
        row.save()
    assert "<h1>Hakkımızda</h1>" in text(visitor, "/ueber-uns/?sprache=tr&uebersetzt=1")
    with inside(ahausen):
        Page.objects.filter(pk=page.pk).update(title="Über uns alle")
    assert "Hakkımızda" not in text(visitor, "/ueber-uns/?sprache=tr&uebersetzt=1")
    click()
    assert fake("Über uns alle", "tr") in text(visitor, "/ueber-uns/?sprache=tr&uebersetzt=1")
    with inside(ahausen):
        row.refresh_from_db()
        assert row.outdated
        assert row.text == "Hakkımızda"


def test_a_neighbours_translations_are_a_neighbours(ahausen, bedorf, page, choose, click):
    choose(ahausen, "libretranslate")
    click()
    with inside(bedorf):
        assert not Translation.objects.exists()
        assert LanguageSettings.objects.get().secret_key == ""
    assert hash_of(Text("a", "x")) == hash_of(Text("b", "x"))


def test_a_translated_page_asks_one_query_more(ahausen, page, visitor, choose, click):
    choose(ahausen, "libretranslate")
    click()
    client = visitor("ahausen")
    counts = []
    for address in ("/ueber-uns/", "/ueber-uns/?sprache=tr&uebersetzt=1"):
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len([query for query in queries if "translation_languagesettings" not in query["sql"]]))
    assert counts[1] == counts[0] + 1
