"""Editors choose languages and service, and put right what machines wrote. The key goes in and never comes out."""

import pytest

from audit.models import Entry
from core.access import Role
from portal.pages import easy
from portal.pages.models import Page
from portal.translation.keys import unseal
from portal.translation.models import LanguageSettings, Translation
from tenants.running.context import inside
from tests.translation.server import KEY

FORM = {
    "offered": ["tr", "ar"],
    "backend": "deepl",
    "endpoint": "https://api.deepl.com",
    "new_key": KEY,
    "monthly_characters": "5000",
}


@pytest.fixture
def editor(ahausen, signed_in):
    return signed_in(ahausen, Role.EDITOR)


def chosen(where):
    with inside(where):
        return LanguageSettings.objects.get()


def test_languages_and_service_are_chosen_on_one_page(ahausen, editor):
    assert editor.get("/redaktion/sprachen/").status_code == 200
    assert editor.post("/redaktion/sprachen/", FORM).status_code == 302
    row = chosen(ahausen)
    assert row.offered == ["de", "tr", "ar"]
    assert (row.backend, row.monthly_characters) == ("deepl", 5000)
    assert unseal(row.secret_key) == KEY
    page = editor.get("/redaktion/sprachen/").content.decode()
    assert KEY not in page
    assert row.secret_key not in page
    with inside(ahausen):
        assert KEY not in str(Entry.objects.values_list("changes", flat=True))


def test_a_key_stays_until_service_or_address_change(ahausen, editor):
    editor.post("/redaktion/sprachen/", FORM)
    editor.post("/redaktion/sprachen/", {**FORM, "new_key": "", "monthly_characters": "9"})
    assert unseal(chosen(ahausen).secret_key) == KEY
    editor.post("/redaktion/sprachen/", {**FORM, "new_key": "", "endpoint": "https://boese.example"})
    assert chosen(ahausen).secret_key == ""


@pytest.mark.parametrize("wrong", [{"offered": ["xx"]}, {"endpoint": ""}, {"monthly_characters": "-1"}])
def test_what_cannot_be_is_explained(ahausen, editor, wrong):
    answer = editor.post("/redaktion/sprachen/", {**FORM, **wrong})
    assert answer.status_code == 200
    assert "alert--danger" in answer.content.decode()


@pytest.fixture
def row(ahausen):
    with inside(ahausen):
        return Translation.objects.create(
            source_hash="a" * 64, target="ar", format="html", source="<p>Hallo</p>", text="<p>x</p>", place="p"
        )


def test_a_translation_is_corrected_side_by_side(ahausen, editor, row):
    page = editor.get("/redaktion/uebersetzungen/?q=hallo&zielsprache=ar").content.decode()
    assert f"/redaktion/uebersetzungen/{row.pk}/" in page
    assert "Hallo" in editor.get(f"/redaktion/uebersetzungen/{row.pk}/").content.decode()
    answer = editor.post(f"/redaktion/uebersetzungen/{row.pk}/", {"text": "<p>مرحبا<script>x</script></p>"})
    assert answer.status_code == 302
    with inside(ahausen):
        row.refresh_from_db()
    assert (row.text, row.machine) == ("<p>مرحبا</p>", False)
    assert row.corrected_by
    assert row.corrected_at


def test_a_translation_is_dropped_only_by_a_form(ahausen, editor, row):
    assert editor.get(f"/redaktion/uebersetzungen/{row.pk}/loeschen/").status_code == 405
    assert editor.post(f"/redaktion/uebersetzungen/{row.pk}/loeschen/").status_code == 302
    with inside(ahausen):
        assert not Translation.objects.exists()


@pytest.mark.parametrize("query", ["q=%00", "q=" + "x" * 9000, "zielsprache=xx", "seite=-1", "seite=abc", "q=%25%27"])
def test_junk_in_the_list_does_no_harm(editor, row, query):
    assert editor.get(f"/redaktion/uebersetzungen/?{query}").status_code == 200


def test_a_neighbours_translation_cannot_be_opened(bedorf, row, signed_in):
    other = signed_in(bedorf, Role.EDITOR)
    assert other.get(f"/redaktion/uebersetzungen/{row.pk}/").status_code == 404
    assert other.post(f"/redaktion/uebersetzungen/{row.pk}/loeschen/").status_code == 404


def test_every_portal_begins_with_texts_in_leichte_sprache(ahausen, visitor):
    client = visitor("ahausen")
    start = client.get("/leichte-sprache/?sprache=ar").content.decode()
    assert '<article class="easy" lang="de" dir="ltr">' in start
    for slug in easy.VARIANTS:
        assert f"/leichte-sprache/{slug}/" in start
        assert client.get(f"/leichte-sprache/{slug}/").status_code == 200
    assert "/leichte-sprache/impressum/" in client.get("/impressum/").content.decode()
    assert client.get("/leichte-sprache/gibt-es-nicht/").status_code == 404


def test_a_neighbours_page_cannot_be_edited(ahausen, bedorf, signed_in):
    with inside(ahausen):
        page = Page.objects.create(pk=4711, slug="nur-hier", title="Nur hier")
    other = signed_in(bedorf, Role.EDITOR)
    assert other.post(f"/redaktion/leichte-sprache/{page.pk}/", {"easy_body": "x"}).status_code == 404


def test_editors_change_the_text_in_leichte_sprache(ahausen, editor, visitor):
    with inside(ahausen):
        page = Page.objects.get(slug="kontakt")
    assert editor.get("/redaktion/leichte-sprache/").status_code == 200
    answer = editor.post(
        f"/redaktion/leichte-sprache/{page.pk}/",
        {"easy_body": "<p>Rufen Sie an.</p>", "sign_video": "https://video.example/1"},
    )
    assert answer.status_code == 302
    assert "Rufen Sie an." in visitor("ahausen").get("/leichte-sprache/kontakt/").content.decode()
    assert "https://video.example/1" in visitor("ahausen").get("/kontakt/").content.decode()
