"""The start page, its editors' page, and the index from A to Z."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from audit.models import Entry as AuditEntry
from core.access import Role
from core.ordering import name_key
from portal.start.defaults import SECTIONS
from portal.start.forms import EntryForm
from portal.start.letters import ALL, letter_of
from portal.start.models import Entry, Kind, Section
from portal.taxonomy.models import Category
from tenants.lifecycle.making import create_municipality
from tenants.running.context import inside
from tests.factories import a_provider, an_offer


@pytest.fixture
def portal(ahausen, visitor):
    return visitor("ahausen")


def text(portal, path="/", **params):
    answer = portal.get(path, params)
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_municipality_begins_with_the_usual_page(ahausen):
    with inside(ahausen):
        assert [(row.kind, row.visible) for row in Section.objects.all()] == list(SECTIONS)
        assert Entry.objects.filter(section__kind=Kind.AGES).count() == 8


def test_a_template_hands_on_its_page_and_pictures(ahausen):
    with inside(ahausen):
        tiles = Section.objects.get(kind=Kind.TILES)
        Entry.objects.create(section=tiles, title="Unser Tipp")
        Section.objects.filter(kind=Kind.NEW).delete()
    new = create_municipality("cedorf", name="Cedorf", host="cedorf.localhost", template="ahausen")
    with inside(new):
        assert not Section.objects.filter(kind=Kind.NEW).exists()
        assert Entry.objects.filter(title="Unser Tipp").exists()


def test_an_empty_municipality_is_friendly_and_shows_no_empty_boxes(portal):
    shown = text(portal)
    assert "Die ersten Angebote werden gerade eingetragen" in shown
    assert "Demnächst" not in shown
    assert shown.count("<h1") == 1


def test_all_sections_at_once_need_few_queries(portal, ahausen, django_assert_max_num_queries):
    with inside(ahausen):
        Section.objects.update(visible=True)
        topic = Category.objects.create(name="Sport")
        for number in range(12):
            an_offer(title=f"Angebot {number}", categories=[topic], provider=a_provider())
        Section.objects.filter(kind=Kind.PARTNER).update(text="Wir sind viele.")
    text(portal)
    # Inside a test's transaction nothing is remembered: the columns of the search and the rest are read each time.
    with django_assert_max_num_queries(62):
        shown = text(portal)
    assert "Wir sind viele." in shown


def test_a_hidden_section_is_seen_in_the_preview_only(ahausen, portal, signed_in):
    with inside(ahausen):
        Section.objects.create(kind=Kind.NOTICE, text="Geheime Nachricht", position=99)
    assert "Geheime Nachricht" not in text(portal)
    editor = signed_in(ahausen, Role.EDITOR)
    assert "Geheime Nachricht" in text(editor, "/redaktion/startseite/vorschau/")


def test_editors_add_write_show_move_and_delete(ahausen, portal, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    edit = editor.post("/redaktion/startseite/neu/", {"kind": "notice"}).url
    pk = int(edit.strip("/").split("/")[-1])
    assert editor.post(f"/redaktion/startseite/{pk}/zeigen/", {"sichtbar": "1"}).url == edit, "no text yet"
    form = {"title": "Achtung", "text": "Am Freitag geschlossen", "link": "javascript:alert(1)", "link_label": "x"}
    assert editor.post(edit, form).status_code == 200
    editor.post(edit, form | {"link": "/kontakt/"})
    editor.post(f"/redaktion/startseite/{pk}/zeigen/", {"sichtbar": "1"})
    assert "Am Freitag geschlossen" in text(portal)
    for _number in range(20):
        editor.post(f"/redaktion/startseite/{pk}/verschieben/", {"richtung": "hoch"})
    with inside(ahausen):
        assert Section.objects.first().pk == pk
    asked = editor.get(f"/redaktion/startseite/{pk}/loeschen/")
    assert re.search(r"<title>Löschen: \S.* ·", asked.content.decode()), "among ten tabs it says of what"
    editor.post(f"/redaktion/startseite/{pk}/loeschen/")
    assert "Am Freitag geschlossen" not in text(portal)
    with inside(ahausen):
        actions = set(AuditEntry.objects.values_list("action", flat=True))
        assert {"start.added", "start.changed", "start.shown", "start.moved", "start.deleted"} <= actions


def test_a_second_section_of_a_kind_that_stands_once_is_not_offered(ahausen, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    editor.post("/redaktion/startseite/neu/", {"kind": "hero"})
    with inside(ahausen):
        assert Section.objects.filter(kind=Kind.HERO).count() == 1


def test_a_tile_with_a_picture_is_made_small_and_needs_its_maker(ahausen, portal, signed_in, tmp_path):
    Image.new("RGB", (3000, 2000), "red").save(tmp_path / "bild.png")
    upload = lambda: SimpleUploadedFile("bild.png", (tmp_path / "bild.png").read_bytes(), "image/png")  # noqa: E731
    with inside(ahausen):
        tiles = Section.objects.get(kind=Kind.TILES)
        Section.objects.filter(pk=tiles.pk).update(visible=True)
    editor = signed_in(ahausen, Role.EDITOR)
    address = f"/redaktion/startseite/{tiles.pk}/eintraege/neu/"
    assert editor.post(address, {"title": "Tipp", "image": upload()}).status_code == 200
    broken = SimpleUploadedFile("bild.png", b"no picture", "image/png")
    assert editor.post(address, {"title": "Tipp", "image": broken, "copyright": "Ich"}).status_code == 200
    assert editor.post(address, {"title": "Tipp", "image": upload(), "copyright": "Ich"}).status_code == 302
    with inside(ahausen):
        entry = Entry.objects.get(title="Tipp")
        assert entry.image.name.endswith(".webp")
        assert entry.width <= 720
    assert "Ich</span>" in text(portal)


def test_an_age_leads_to_the_search(portal, ahausen):
    assert "/angebote/?alter=2" in text(portal)


def test_letters_are_those_german_readers_expect():
    names = {"Über uns": "U", "„Mäusebande“": "M", "3D-Druck": "0-9", "öl": "O", "École": "E", "Курс": "#", "": "#"}
    assert {name: letter_of(name) for name in names} == names
    words = ["Zoo", "Äpfel", "Apfel", "Aquarell", "Straße", "Strasse", "Strand", "Ölmalen", "Ofen"]
    assert sorted(words, key=name_key) == [
        "Apfel", "Äpfel", "Aquarell", "Ofen", "Ölmalen", "Strand", "Strasse", "Straße", "Zoo",
    ]  # fmt: skip


def test_the_index_shows_one_letter_with_offers_and_topics(portal, ahausen):
    with inside(ahausen):
        Category.objects.create(name="Übungen")
        an_offer(title="Uhren reparieren")
        an_offer(title="Xylophon")
    shown = text(portal, "/angebote/a-z/", buchstabe="U")
    assert shown.index(">Übungen<") < shown.index("Uhren reparieren")
    assert "Xylophon" not in shown
    assert "Xylophon" in text(portal, "/angebote/a-z/", buchstabe="x")


@pytest.mark.parametrize("junk", ["ß", "<script>", "\0", "AB", "-1", "é" * 5000])
def test_a_letter_that_is_none_is_told_of(portal, junk):
    assert "kein Buchstabe" in text(portal, "/angebote/a-z/", buchstabe=junk)


def test_every_letter_answers(portal):
    for letter in ALL:
        assert text(portal, "/angebote/a-z/", buchstabe=letter)


@pytest.mark.parametrize("link", ["//evil.example", "javascript:alert(1)", "/\\evil.example", "ftp://x", "https://a b"])
def test_the_database_itself_refuses_a_dangerous_link(ahausen, link):
    from django.db import IntegrityError, transaction

    with inside(ahausen), pytest.raises(IntegrityError), transaction.atomic():
        Section.objects.create(kind=Kind.NOTICE, link=link, link_label="x")


def an_emergency_form(ahausen, **fields):
    with inside(ahausen):
        section = Section.objects.get(kind=Kind.EMERGENCY)
        return EntryForm({"title": "Hilfe", **fields}, instance=Entry(section=section))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("tel:116 117", "tel:116117"),
        ("TEL:0681/905-0", "tel:+496819050"),
        ("tel:+49 (0)681 9050", "tel:+496819050"),
        ("tel:112", "tel:112"),
        ("https://hilfe.example/", "https://hilfe.example/"),
    ],
)
def test_a_number_of_the_start_page_is_kept_as_it_is_dialled(ahausen, given, kept):
    with inside(ahausen):
        form = an_emergency_form(ahausen, link=given)
        assert form.is_valid(), form.errors
        assert form.cleaned_data["link"] == kept


@pytest.mark.parametrize("given", ["tel:905-1", "tel:0681", "tel:Feuerwehr"])
def test_a_link_that_dials_nobody_is_refused(ahausen, given):
    with inside(ahausen):
        form = an_emergency_form(ahausen, link=given)
        assert form.errors["link"] == ["Das ist keine Telefonnummer. Bitte schreiben Sie sie mit Vorwahl."]


def test_a_number_without_a_link_becomes_one_if_it_is_certain(ahausen, portal):
    with inside(ahausen):
        Section.objects.filter(kind=Kind.EMERGENCY).update(visible=True)
        section = Section.objects.get(kind=Kind.EMERGENCY)
        Entry.objects.create(section=section, title="Krisendienst", text="0681 / 905-0")
        Entry.objects.create(section=section, title="Nachtdienst", text="rund um die Uhr")
    shown = text(portal)
    assert 'href="tel:+496819050"' in shown
    assert "rund um die Uhr" in shown
    for number in ("112", "116117", "116016", "116111"):
        assert f'href="tel:{number}"' in shown
