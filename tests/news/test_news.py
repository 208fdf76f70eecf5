"""News: drafts, days to come, archive, feed, the bin."""

import re
from datetime import date
from importlib import import_module
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.access import Role
from portal.history.models import Removed
from portal.media.models import MediaFile
from portal.media.services import mark_unused
from portal.media.uses import places, used
from portal.news.models import NewsItem
from portal.pages.models import Page
from portal.start.models import Section
from tenants.running.context import inside

DESK, HERE = "/redaktion/aktuelles/", "/aktuelles/"
ATOM = "{http://www.w3.org/2005/Atom}"
SENT = {"title": "Fest am Markt", "day": "2026-11-20", "text": "Kommt alle.\n\nEs gibt Kuchen.", "released": "on"}


def an_item(title: str = "Fest", day: date = date(2026, 11, 20), **more: object) -> NewsItem:
    return NewsItem.objects.create(title=title, day=day, text="Kommt alle.", **{"released": True, **more})


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-29 10:00+01:00", tick=False):
        yield


def test_an_editor_writes_and_residents_read_at_the_next_request(ahausen, visitor, signed_in):
    editor, reader = signed_in(ahausen, Role.EDITOR), visitor("ahausen")
    assert "Fest am Markt" not in reader.get(HERE).content.decode()
    assert editor.post(f"{DESK}neu/", SENT).url == DESK
    assert "Fest am Markt" in reader.get(HERE).content.decode()
    with inside(ahausen):
        item = NewsItem.objects.get()
    page = reader.get(item.get_absolute_url()).content.decode()
    assert "<p>Kommt alle.</p>" in page
    assert '<time datetime="2026-11-20">20. November 2026</time>' in page
    assert item.get_absolute_url() == f"/aktuelles/{item.pk}-fest-am-markt/"
    moved = reader.get(f"/aktuelles/{item.pk}-anders/")
    assert (moved.status_code, moved.url) == (301, item.get_absolute_url())


def test_drafts_and_days_to_come_are_nowhere(ahausen, visitor):
    with inside(ahausen):
        draft = an_item("Entwurf", released=False)
        later = an_item("Später", date(2026, 12, 1))
    reader = visitor("ahausen")
    for address in (HERE, f"{HERE}atom.xml", f"{HERE}?jahr=2026"):
        words = reader.get(address).content.decode()
        assert "Entwurf" not in words
        assert "Später" not in words
    for item in (draft, later):
        assert reader.get(item.get_absolute_url()).status_code == 404
    with time_machine.travel("2026-12-01 00:30+01:00", tick=False):
        assert "Später" in reader.get(f"{HERE}?jahr=2026&neu=1").content.decode()


def test_the_archive_goes_by_years_and_pages(ahausen, visitor):
    with inside(ahausen):
        an_item("Alt", date(2024, 5, 1))
        NewsItem.objects.bulk_create(
            NewsItem(title=f"Neu {n:02}", day=date(2026, 1, 1), text="x", released=True) for n in range(25)
        )
    reader = visitor("ahausen")
    newest = reader.get(HERE).content.decode()
    assert 'href="?jahr=2024"' in newest
    assert "Alt<" not in newest
    assert "Neu 24" in newest
    assert "Neu 04" in reader.get(f"{HERE}?jahr=2026&seite=2").content.decode()
    old = reader.get(f"{HERE}?jahr=2024").content.decode()
    assert "Alt<" in old
    assert "Neu 24" not in old
    for strange in ("1999", "x", "99999999999999999999", "²024", ""):
        assert reader.get(f"{HERE}?jahr={strange}").status_code == 200


def test_the_feed_is_atom_and_keeps_its_ids(ahausen, visitor):
    with inside(ahausen):
        item = an_item("Töpfern & <b>Kuchen</b>")
    answer = visitor("ahausen").get(f"{HERE}atom.xml")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ET.fromstring(answer.content)
    entry = root.find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Töpfern & <b>Kuchen</b>"
    assert entry.findtext(f"{ATOM}id").endswith(f"/aktuelles/{item.pk}/")
    assert entry.findtext(f"{ATOM}published") == "2026-11-20T00:00:00+01:00"
    assert "Kommt alle." in entry.findtext(f"{ATOM}summary")
    with inside(ahausen):
        NewsItem.objects.update(title="Anders")
    again = ET.fromstring(visitor("ahausen").get(f"{HERE}atom.xml?neu=1").content)
    assert again.find(f"{ATOM}entry").findtext(f"{ATOM}id") == entry.findtext(f"{ATOM}id")


def test_an_empty_feed_is_one_too(ahausen, visitor):
    root = ET.fromstring(visitor("ahausen").get(f"{HERE}atom.xml").content)
    assert root.findtext(f"{ATOM}updated") == "2026-01-01T00:00:00+00:00"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": ""}, "id_title"),
        ({"title": "x" * 121}, "id_title"),
        ({"text": " "}, "id_text"),
        ({"text": "x" * 3001}, "id_text"),
        ({"day": "31.02.2026"}, "id_day"),
        ({"picture": "999999"}, "id_picture"),
    ],
)
def test_bad_input_is_told_beside_the_field(ahausen, signed_in, wrong, field):
    answer = signed_in(ahausen, Role.EDITOR).post(f"{DESK}neu/", {**SENT, **wrong})
    assert answer.status_code == 200
    assert f'href="#{field}"' in answer.content.decode()


@pytest.mark.parametrize(
    "link", [{"link": "javascript:alert(1)", "link_label": "x"}, {"link": "//x.example/", "link_label": "x"},
             {"link": "/a/", "link_label": ""}, {"link": "", "link_label": "x"}],
)  # fmt: skip
def test_links_are_whole_and_harmless(ahausen, signed_in, link):
    answer = signed_in(ahausen, Role.EDITOR).post(f"{DESK}neu/", {**SENT, **link})
    assert 'role="alert"' in answer.content.decode()
    with inside(ahausen):
        assert not NewsItem.objects.exists()


def test_words_cannot_break_out(ahausen, visitor):
    with inside(ahausen):
        item = an_item("<script>alert(1)</script>", released=True)
        NewsItem.objects.update(text="<script>alert(2)</script>")
    for address in (HERE, item.get_absolute_url()):
        assert "<script>alert" not in visitor("ahausen").get(address).content.decode()


def test_a_picture_it_shows_is_in_use(ahausen, visitor):
    with inside(ahausen):
        media = MediaFile.objects.create(
            file="mediafile/a.webp", alt_text="Kuchen", copyright="Foto: M", width=3, height=2
        )
        item = an_item(picture=media)
        assert media.pk in used()
        assert [(use.title, use.url) for use in places([media.pk])] == [("Fest", f"{DESK}{item.pk}/")]
        mark_unused()
        media.refresh_from_db()
        assert media.unused_since is None
    page = visitor("ahausen").get(item.get_absolute_url()).content.decode()
    assert 'alt="Kuchen"' in page
    assert "Foto: M" in page


def test_what_is_deleted_is_in_the_bin(ahausen, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    with inside(ahausen):
        item = an_item()
    assert editor.get(f"{DESK}{item.pk}/loeschen/").status_code == 200
    assert editor.post(f"{DESK}{item.pk}/loeschen/").url == DESK
    with inside(ahausen):
        assert not NewsItem.objects.exists()
        assert Removed.objects.get(kind="news").title == "Fest"


def test_the_newest_three_stand_on_the_start_page_from_the_first_one_on(ahausen, visitor, signed_in):
    editor, reader = signed_in(ahausen, Role.EDITOR), visitor("ahausen")
    feed = 'type="application/atom+xml" title="Aktuelles" href="/aktuelles/atom.xml"'
    for sent in ({**SENT, "released": ""}, {**SENT, "title": "Morgen", "day": "2026-11-30"}):
        before = reader.get("/").content.decode()
        assert "Alle Meldungen" not in before
        assert feed not in before
        editor.post(f"{DESK}neu/", sent)
    for title, day in (("Eins", "2026-11-01"), ("Zwei", "2026-11-02"), ("Drei", "2026-11-03"), ("Vier", "2026-11-04")):
        editor.post(f"{DESK}neu/", {**SENT, "title": title, "day": day})
        assert f">{title}</a></h3>" in reader.get("/").content.decode()
    page = reader.get("/").content.decode()
    assert re.findall(r">([^<]+)</a></h3>", page) == ["Vier", "Drei", "Zwei"]
    assert feed in page
    with inside(ahausen):
        kinds = list(Section.objects.values_list("kind", flat=True))
        assert kinds[:4] == ["hero", "topics", "news", "ages"]
        assert kinds.count("news") == 1


def test_whoever_takes_the_news_off_the_start_page_is_not_asked_again(ahausen, visitor, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    editor.post(f"{DESK}neu/", SENT)
    with inside(ahausen):
        item = NewsItem.objects.get()
        Section.objects.get(kind="news").delete()
    editor.post(f"{DESK}{item.pk}/", {**SENT, "title": "Fest im Hof"})
    editor.post(f"{DESK}neu/", {**SENT, "title": "Noch eins"})
    with inside(ahausen):
        assert not Section.objects.filter(kind="news").exists()
    # And puts them back by hand.
    editor.post("/redaktion/startseite/neu/", {"kind": "news"})
    with inside(ahausen):
        section = Section.objects.get(kind="news")
    assert "Fest im Hof</a></h3>" not in visitor("ahausen").get("/").content.decode()
    editor.post(f"/redaktion/startseite/{section.pk}/zeigen/", {"sichtbar": "1"})
    assert "Fest im Hof</a></h3>" in visitor("ahausen").get("/").content.decode()


def test_search_engines_are_told_of_public_items_alone(ahausen, visitor):
    reader = visitor("ahausen")
    assert "sitemap-aktuelles" not in reader.get("/sitemap.xml").content.decode()
    assert reader.get("/sitemap-aktuelles-1.xml").status_code == 404
    with inside(ahausen):
        item = an_item()
        hidden = [an_item("Entwurf", released=False), an_item("Später", date(2026, 12, 1))]
    assert "/sitemap-aktuelles-1.xml</loc>" in reader.get("/sitemap.xml").content.decode()
    listed = reader.get("/sitemap-aktuelles-1.xml").content.decode()
    assert "/aktuelles/</loc>" in listed
    assert f"{item.get_absolute_url()}</loc>" in listed
    assert not any(each.get_absolute_url() in listed for each in hidden)
    assert reader.get("/sitemap-gibtesnicht-1.xml").status_code == 404


def test_the_lists_ask_the_same_number_of_statements_for_few_and_many(ahausen, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    editor.post(f"{DESK}neu/", SENT)

    def statements() -> list[int]:
        found = []
        for address in (DESK, HERE, f"{HERE}atom.xml", "/", "/sitemap-aktuelles-1.xml"):
            editor.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert editor.get(address).status_code == 200
            found.append(len(queries))
        return found

    few = statements()
    with inside(ahausen):
        NewsItem.objects.bulk_create(
            NewsItem(title=f"M {n}", day=date(2026, 1, 1), text="x", released=True) for n in range(60)
        )
    assert statements() == few


def test_a_page_that_stood_there_moves_beside_and_its_menu_leads_on(ahausen):
    with inside(ahausen):
        page = Page.objects.create(slug="aktuelles", title="Aktuelles", menu="header")
        import_module("portal.news.migrations.0002_address_of_news").move_page(apps, None)
        assert [item.url for item in page.menu_items.select_related("page")] == ["/aktuelles-seite/"]


@pytest.mark.parametrize("where", ["/", HERE, "item"])
def test_on_an_arabic_page_the_day_is_written_as_its_language_writes_it(ahausen, visitor, signed_in, where):
    """Title and text are German, from left to right; the day of the month would stand behind the year there."""
    signed_in(ahausen, Role.EDITOR).post(f"{DESK}neu/", SENT)
    with inside(ahausen):
        address = NewsItem.objects.get().get_absolute_url() if where == "item" else where
    page = visitor("ahausen").get(address, {"sprache": "ar"}).content.decode()
    before = page[: page.index('<time datetime="2026-11-20">')]
    assert 'lang="de" dir="ltr"' in page
    opened = re.findall(r"<(/?)(article|ul|li|p|div)\b([^>]*)>", before)
    stack: list[str] = []
    for closing, _name, attributes in opened:
        if closing:
            stack.pop()
        else:
            stack.append(attributes)
    assert not any("ltr" in attributes for attributes in stack)
