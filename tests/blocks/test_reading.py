"""What residents read: pages of before as they were, every kind of block, and nothing of what is gone or hidden."""

import re

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.html import plain_text
from portal.blocks.models import Document
from portal.media.models import MediaFile
from portal.pages.models import Page
from portal.pages.receivers import _point_nowhere
from portal.pages.shapes import POINTERS, canonical, kinds, markup_of, pointers
from portal.pages.sources import page_texts
from portal.providers.models import Provider
from portal.quality.links.declared import places
from portal.taxonomy.models import Category
from portal.translation.models import LanguageSettings, Translation
from portal.translation.texts import hash_of
from tests.blocks.conftest import block, every_kind
from tests.factories import a_provider, an_offer

pytestmark = pytest.mark.django_db

# The page of a text, from its heading to its end, as the release before drew it (pages/detail.html).
AS_BEFORE = '<article><h1>{title}</h1>\n\n<div class="prose">{body}</div>'


def read(desk, path="/neu-hier/"):
    return desk.browsers["mia"].get(path).content.decode()


def article(text):
    return re.search(r"<article.*</article>", text, re.DOTALL)[0]


@pytest.mark.parametrize("body", ["<p>Guten Tag</p>", "<h2>Über uns</h2><p>A<br>B</p><ul><li>C</li></ul>", ""])
def test_a_page_of_before_is_the_same_bytes(desk, body):
    Page.objects.filter(pk=desk.page.pk).update(body=body, blocks=[])
    drawn = article(read(desk))
    if body:
        assert AS_BEFORE.format(title="Neu hier?", body=body) in drawn.replace("\u00ad", "")
    assert "blocks.css" not in read(desk)
    assert "blockpart" not in drawn


def test_a_page_whose_one_text_was_put_into_the_editor_and_published_again_is_stored_as_before(desk):
    desk.page.write(desk.page.stated)
    assert (desk.page.body, desk.page.blocks) == ("<p>Guten Tag</p>", [])


def test_every_kind_is_shown_with_what_it_says(full):
    text = read(full)
    for words in (
        "Ihre ersten Schritte", "Herzlich <strong>willkommen</strong>!", 'alt="Die Alte Brücke im Morgenlicht"',
        "Foto: Rathaus", "Von hier geht es los.", "Beratung", 'href="/kontakt/"', "Deutsch für Anfänger",
        "Bündnis Willkommen", "Mia Weber", 'href="tel:+49681123456"', "Antrag auf Freikarte",
        'href="https://video.example.org/1"', "Hier habe ich eine Freundin gefunden.", "Was kostet es?",
        "<p>Nichts.</p>", "Markt 1", "Netzwerk Frühe Hilfen", "Jo Klein", "mailto:jo@amt.example",
        "Was fehlt im Stadtteil?",
    ):  # fmt: skip
        assert words in text.replace("\u00ad", ""), words
    assert {each.name for each in kinds()} == {each["kind"] for each in full.page.blocks}
    assert "blocks.css" in text


def test_what_is_gone_or_hidden_is_left_out_and_the_rest_stays(full):
    Provider.objects.update(state="blocked")
    MediaFile.objects.all().delete()
    Document.objects.all().delete()
    Category.objects.all().delete()
    full.page.blocks[9]["hidden"] = True
    full.page.write(full.page.blocks)
    full.page.save()
    text = read(full).replace("\u00ad", "")
    for gone in ("Von hier geht es los", "Angebote jetzt", "Antrag auf Freikarte", "Bündnis", "Freundin"):
        assert gone not in text, gone
    for there in ("Ihre ersten Schritte", "Beratung", "Was kostet es?", "Jo Klein"):
        assert there in text, there


def test_a_deleted_file_of_a_picture_is_no_broken_picture(full):
    for row in MediaFile.objects.all():
        default_storage.delete(str(row.file))
    assert "<img" not in article(read(full))


def test_a_search_for_a_deleted_topic_does_not_become_a_search_for_everything(full):
    an_offer(title="Etwas ganz anderes")
    Category.objects.all().delete()
    assert "Etwas ganz anderes" not in read(full)


def test_a_provider_that_was_merged_is_the_one_it_became(full):
    old, new = Provider.objects.get(), a_provider(name="Neues Bündnis")
    Provider.objects.filter(pk=old.pk).update(merged_into=new.pk, state="archived")
    assert "Neues Bündnis" in read(full).replace("\u00ad", "")


def test_the_number_of_statements_does_not_grow_with_the_blocks(full):
    def statements(times):
        pointed = [MediaFile.objects.get(), Document.objects.get(), Provider.objects.first(), Category.objects.get()]
        # A search costs a few statements; a page has six at most.
        blocks = [each for each in every_kind(*(row.pk for row in pointed)) if each["kind"] != "offers"]
        many = [{**each, "id": f"{each['id'][:4]}{number}"} for number in range(times) for each in blocks]
        full.page.write(canonical(many))
        full.page.save()
        with CaptureQueriesContext(connection) as found:
            read(full)
        return len(found)

    statements(1)
    assert statements(4) == statements(1)


def test_unknown_and_evil_blocks_are_made_harmless_on_the_way_in(desk):
    evil = [
        block("text", "evil01", html='<p onclick="x()">A<script>x()</script></p>', other="y"),
        block("tiles", "evil02", items=[{"title": "<b>", "link": "javascript:x()"}, "nothing"]),
        block("iframe", "evil03", src="https://x.example"),
        {"id": "evil01", "kind": "text", "data": {"html": "twice"}},
        "nothing", 7, None, {"id": "x y", "kind": "text"},
    ]  # fmt: skip
    desk.page.write(evil)
    desk.page.save()
    text = read(desk)
    assert [each["id"] for each in desk.page.blocks] == ["evil01", "evil02"]
    assert "x()" not in article(text)
    assert "onclick" not in article(text)


def test_description_search_and_check_of_links_know_what_stands_in_blocks(full):
    text = read(full)
    assert 'name="description" content="Ihre ersten Schritte' in text
    assert "https://video.example.org/1" in [url for _kind, _pk, url in places("page", full.page.pk)]
    found = full.browsers["mia"].get("/redaktion/seiten/?q=Freundin").content.decode()
    assert "Neu hier?" in found


def test_each_text_of_a_block_is_translated_where_it_stands(full):
    LanguageSettings.objects.update_or_create(pk=1, defaults={"offered": ["de", "en"]})
    for text in page_texts(full.page):
        said = {"source": text.text, "text": f"EN {plain_text(text.text)}"}
        Translation.objects.get_or_create(source_hash=hash_of(text), target="en", defaults=said)
    shown = read(full, "/neu-hier/?sprache=en&uebersetzt=1").replace("\u00ad", "")
    for words in ("EN Ihre ersten Schritte", "EN Was kostet es?", "EN Nichts.", "EN Beratung", "EN Hier habe ich"):
        assert words in shown, words
    assert "EN Amira" not in shown, "names are not translated"


def test_text_written_by_itself_takes_the_place_of_the_blocks(full):
    page = Page.objects.get(pk=full.page.pk)
    page.body = "<p>Ganz neu, aus einem Import.</p>"
    page.save(update_fields=["body"])
    again = Page.objects.get(pk=page.pk)
    assert again.blocks == []
    assert "Ganz neu, aus einem Import." in read(full)
    assert "Ihre ersten Schritte" not in read(full)


def test_leichte_sprache_stays_beside_the_blocks(full):
    answer = full.browsers["mia"].post(f"/redaktion/leichte-sprache/{full.page.pk}/", {"easy_body": "<p>Kurz.</p>"})
    assert answer.status_code == 302
    assert "Kurz." in read(full, "/leichte-sprache/neu-hier/")
    assert len(Page.objects.get(pk=full.page.pk).blocks) == 14


def test_the_text_of_all_blocks_is_clean_markup(full):
    kept = Page.objects.get(pk=full.page.pk)
    assert kept.body == full.page.body == markup_of(kept.blocks)
    assert kept.body.startswith("<h2>Ihre ersten Schritte</h2><p>Herzlich")


def test_a_municipality_made_like_another_one_points_at_nothing_of_it(full):
    _point_nowhere()
    page = Page.objects.get(pk=full.page.pk)
    assert not any(pointers(page.blocks, shape) for shape in POINTERS)
    assert {each["kind"] for each in page.blocks if each["hidden"]} == {
        "image", "gallery", "providers", "contact", "download", "network",
    }  # fmt: skip
    assert "Ihre ersten Schritte" in read(full)


def test_the_page_on_leichte_sprache_made_of_blocks_is_not_made_one_text_by_its_old_form(full):
    page = Page.objects.get(slug="leichte-sprache")
    page.write(full.page.blocks)
    page.save()
    answer = full.browsers["mia"].post(f"/redaktion/leichte-sprache/{page.pk}/", {"body": "<p>Kurz.</p>"})
    assert answer["Location"] == f"/redaktion/seiten/{page.pk}/"
    assert len(Page.objects.get(pk=page.pk).blocks) == 14
    assert "Was kostet es?" in read(full, "/leichte-sprache/")
