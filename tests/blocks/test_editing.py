"""The editor: what buttons do, two people at one page, and what people get wrong."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from portal.blocks.models import Document, Draft
from portal.blocks.presence import note, others
from portal.media.models import MediaFile
from portal.pages.models import Page
from portal.pages.shapes import kinds
from portal.taxonomy.models import Category
from tests.blocks.conftest import a_picture, block
from tests.factories import a_provider

pytestmark = pytest.mark.django_db


def html(answer):
    return answer.content.decode()


def draft_with(desk, *blocks):
    Draft.objects.create(page=desk.page, title="Neu hier?", slug="neu-hier", blocks=list(blocks), base="x")


def three(desk):
    draft_with(desk, *(block("text", f"text{letter}", html=f"<p>{letter}</p>") for letter in "abc"))


def test_the_body_of_a_page_of_before_is_one_block_and_looking_begins_no_draft(desk):
    text = html(desk.browsers["mia"].get(desk.url))
    assert "Guten Tag" in text
    assert 'id="block-text0"' in text
    assert not Draft.objects.exists()


def test_a_change_begins_a_draft_and_residents_still_read_the_page(desk):
    answer = desk.press("mia", {"tun": "speichern"}, open="text0", **{"b-html": "Guten Abend"})
    assert (answer.status_code, answer["Location"]) == (302, f"{desk.url}?baustein=text0#block-text0")
    assert desk.draft.blocks[0]["data"] == {"html": "<p>Guten Abend</p>"}
    assert "Guten Tag" in html(desk.browsers["mia"].get("/neu-hier/"))
    assert Entry.objects.get(action="pages.draft_begun").target_id == str(desk.page.pk)


def test_what_nobody_touched_keeps_its_formats(desk):
    draft_with(desk, block("text", "textaa", html="<p>Sehr <strong>wichtig</strong></p>"))
    desk.press("mia", {"tun": "speichern"}, open="textaa", **{"b-title": "Titel", "b-html": "Sehr wichtig"})
    assert desk.draft.blocks[0]["data"]["html"] == "<p>Sehr <strong>wichtig</strong></p>"
    desk.press(
        "mia",
        {"tun": "speichern"},
        open="textaa",
        **{"b-html": "x", "b-html_html": "<p><b>Neu</b><script>x()</script></p>"},
    )
    assert desk.draft.blocks[0]["data"]["html"] == "<p><b>Neu</b></p>"


def test_each_kind_can_be_added_and_its_empty_form_says_what_is_missing(desk):
    silent = {"gallery", "tiles", "providers", "contact", "download", "questions", "map"}
    for kind in kinds():
        key = f"neu{kind.name}"
        answer = desk.browsers["mia"].post(desk.url, {"neu": kind.name, "nach": "text0", "schluessel": key})
        assert answer["Location"].startswith(f"{desk.url}?baustein={key}"), kind.name
        sent = {"offen": key, "art": kind.name, "zeilen": "1" if kind.items else "", "tun": "fertig"}
        wrong = desk.browsers["mia"].post(desk.url, sent)
        assert (wrong.status_code == 302) is (kind.name in silent), kind.name
        assert kind.name in silent or "Bitte sehen Sie sich das an" in html(wrong), kind.name
        assert desk.draft.blocks[1]["data"] in ({}, {"items": []}), kind.name


def test_adding_twice_by_a_double_click_is_one_block_after_the_chosen_one(desk):
    three(desk)
    seen = {**desk.seen("mia"), "nach": "texta", "schluessel": "neuneu"}
    for _click in range(2):
        desk.browsers["mia"].post(desk.url, {**seen, "neu": "quote"})
    assert desk.ids() == ["texta", "neuneu", "textb", "textc"]


def test_a_block_is_put_in_between_by_the_plus_of_the_one_before(desk):
    three(desk)
    answer = desk.press("mia", {"danach": "texta"})
    assert answer["Location"] == f"{desk.url}?nach=texta#bausteine"
    text = html(desk.browsers["mia"].get(answer["Location"]))
    assert 'name="nach" value="texta"' in text


def test_moving_by_buttons_and_a_second_click_of_the_same_button(desk):
    three(desk)
    text = html(desk.browsers["mia"].get(desk.url))
    assert 'name="bewegen" value="textb:texta"' in text
    assert 'name="bewegen" value="textb:"' in text
    for _click in range(2):
        answer = desk.press("mia", {"bewegen": "textb:texta"})
    assert desk.ids() == ["textb", "texta", "textc"]
    assert answer["Location"].endswith("#block-textb")
    desk.press("mia", {"bewegen": "textb:"})
    assert desk.ids() == ["texta", "textc", "textb"]


def test_removing_can_be_taken_back_to_the_same_place(desk):
    three(desk)
    desk.press("mia", {"weg": "textb"})
    assert desk.ids() == ["texta", "textc"]
    assert "Zurückholen" in html(desk.browsers["mia"].get(desk.url))
    assert "Zurückholen" not in html(desk.browsers["tarek"].get(desk.url))
    for _click in range(2):
        desk.press("mia", {"zurueck": "1"})
    assert desk.ids() == ["texta", "textb", "textc"]


def test_hidden_blocks_stay_in_the_draft(desk):
    three(desk)
    desk.press("mia", {"verbergen": "texta"})
    assert [each["hidden"] for each in desk.draft.blocks] == [True, False, False]
    desk.press("mia", {"zeigen": "texta"})
    assert not any(each["hidden"] for each in desk.draft.blocks)


def test_every_button_first_keeps_what_was_typed(desk):
    three(desk)
    desk.press("mia", {"bewegen": "textc:texta"}, open="texta", **{"b-html": "Getippt"})
    assert desk.ids() == ["textc", "texta", "textb"]
    assert desk.draft.blocks[1]["data"]["html"] == "<p>Getippt</p>"


def test_two_editors_in_one_block_the_second_sees_both_versions_and_decides(desk):
    three(desk)
    seen = desk.seen("mia", "texta")
    desk.press("tarek", {"tun": "speichern"}, open="texta", **{"b-html": "Von Tarek"})
    answer = desk.browsers["mia"].post(desk.url, {**seen, "b-html": "Von Mia", "tun": "online"})
    text = html(answer)
    assert answer.status_code == 409
    for words in ("tarek hat diesen Baustein geändert", "<p>Von Tarek</p>", "Von Mia"):
        assert words in text, words
    assert desk.draft.blocks[0]["data"]["html"] == "<p>Von Tarek</p>"
    assert "Guten Tag" in html(desk.browsers["mia"].get("/neu-hier/")), "nothing went online"
    desk.press("mia", {"tun": "speichern"}, open="texta", **{"b-html": "Von Mia"})
    assert desk.draft.blocks[0]["data"]["html"] == "<p>Von Mia</p>"


def test_two_editors_in_two_blocks_lose_nothing(desk):
    three(desk)
    first, second = desk.seen("mia", "texta"), desk.seen("tarek", "textb")
    desk.browsers["mia"].post(desk.url, {**first, "b-html": "Mia", "tun": "speichern"})
    desk.browsers["tarek"].post(desk.url, {**second, "b-html": "Tarek", "tun": "speichern"})
    assert [each["data"]["html"] for each in desk.draft.blocks] == ["<p>Mia</p>", "<p>Tarek</p>", "<p>c</p>"]


def test_the_same_text_sent_twice_is_no_conflict(desk):
    three(desk)
    seen = desk.seen("mia", "texta")
    codes = [desk.browsers["mia"].post(desk.url, {**seen, "b-html": "X", "tun": "speichern"}).status_code for _ in "ab"]
    assert codes == [302, 302]


def test_a_block_that_somebody_removed_meanwhile_comes_back_with_what_was_typed(desk):
    three(desk)
    seen = desk.seen("mia", "texta")
    desk.press("tarek", {"weg": "texta"})
    answer = desk.browsers["mia"].post(desk.url, {**seen, "b-html": "Noch da", "tun": "speichern"})
    assert answer.status_code == 409
    assert "hat diesen Baustein entfernt" in html(answer)
    assert "Noch da" in html(answer)
    desk.browsers["mia"].post(desk.url, {**seen, "wieder": "1", "gesehen": "", "b-html": "Noch da", "tun": "speichern"})
    assert desk.draft.blocks[0]["data"]["html"] == "<p>Noch da</p>"


def test_who_else_is_here_is_told_to_others_only(desk):
    note(desk.page, desk.tarek, "texta")
    assert "tarek hat diese Seite auch offen" in html(desk.browsers["mia"].get(desk.url)).replace("\u00a0", " ")
    assert others(desk.page, desk.tarek) == []
    answer = desk.browsers["mia"].post(f"{desk.url}anwesend/", {"baustein": ""})
    assert "tarek" in html(answer)


def test_a_block_of_a_megabyte_is_refused_with_what_was_typed_still_there(desk):
    three(desk)
    huge = "wort " * 210_000
    answer = desk.press("mia", {"tun": "speichern"}, open="texta", **{"b-html": huge})
    assert answer.status_code == 200
    assert "Dieser Text ist zu lang" in html(answer)
    assert desk.draft.blocks[0]["data"]["html"] == "<p>a</p>"


def test_many_long_blocks_are_refused_together(desk):
    draft_with(desk, *(block("text", f"lang{number}", html=f"<p>{'a' * 190_000}</p>") for number in range(2)))
    desk.press("mia", {"neu": "text"})
    answer = desk.press("mia", {"tun": "speichern"}, open=desk.ids()[-1], **{"b-html": "b" * 100_000})
    assert answer.status_code == 400
    assert "Bitte machen Sie zwei daraus" in html(answer)


def test_more_blocks_than_a_page_can_have(desk):
    draft_with(desk, *(block("quote", f"zitat{number:02}", text="x", name="y") for number in range(60)))
    answer = desk.press("mia", {"neu": "text", "schluessel": "nochein"})
    assert answer.status_code == 400
    assert len(desk.ids()) == 60


def test_a_picture_needs_words_unless_it_is_decoration_and_says_who_made_it(desk):
    desk.press("mia", {"neu": "image"})
    key = desk.ids()[-1]
    file = SimpleUploadedFile("bruecke.jpg", a_picture(), "image/jpeg")
    answer = desk.press("mia", {"tun": "fertig"}, open=key, **{"b-picture_datei": file})
    text = html(answer)
    assert "Bitte sagen Sie, was zu sehen ist" in text
    assert "id_b-credit" in text
    media = MediaFile.objects.get()
    assert f'<option value="{media.pk}" selected>' in text, "the file need not be sent again"
    typed = {"b-picture": media.pk, "b-alt": "Die Brücke", "b-credit": "Foto: Mia"}
    desk.press("mia", {"tun": "fertig"}, open=key, **typed)
    assert desk.draft.blocks[-1]["data"] == {"picture": media.pk, "alt": "Die Brücke", "credit": "Foto: Mia"}


FILES = (
    ("seite.html", b"<script>x()</script>", "Dateien dieser Art"),
    ("bild.svg", b"<svg onload='x()'/>", "Dateien dieser Art"),
    ("antrag.pdf", b"<script>x()</script>", "beschädigt"),
)


def test_only_files_that_are_what_they_say_are_taken(desk):
    desk.press("mia", {"neu": "download"})
    for name, content, sentence in FILES:
        sent = {"e0-document_datei": SimpleUploadedFile(name, content), "e0-label": "Antrag"}
        answer = desk.press("mia", {"tun": "fertig"}, open=desk.ids()[-1], **sent)
        assert sentence in html(answer), name
    assert not Document.objects.exists()


def test_a_file_to_download_and_its_entries_in_another_order(desk):
    desk.press("mia", {"neu": "download"})
    key = desk.ids()[-1]
    for number, name in enumerate(("Antrag", "Merkblatt")):
        file = SimpleUploadedFile(f"{name}.pdf", b"%PDF-1.7 " + name.encode())
        kept = {f"e{each}-document": row.pk for each, row in enumerate(Document.objects.order_by("pk"))}
        words = {"e0-label": "Antrag", f"e{number}-label": name}
        desk.press("mia", {"zeile_neu": "1"}, open=key, **kept, **words, **{f"e{number}-document_datei": file})
    first, second = Document.objects.order_by("pk")
    typed = {"e0-document": first.pk, "e0-label": "Antrag", "e1-document": second.pk, "e1-label": "Merkblatt"}
    desk.press("mia", {"zeile_runter": "0"}, open=key, **typed)
    assert [row["label"] for row in desk.draft.blocks[-1]["data"]["items"]] == ["Merkblatt", "Antrag"]
    desk.press("mia", {"zeile_weg": "0"}, open=key, **{"e0-label": "", "e1-document": first.pk, "e1-label": "Antrag"})
    assert [row["label"] for row in desk.draft.blocks[-1]["data"]["items"]] == ["Antrag"]


def test_the_address_of_a_search_becomes_a_search(desk):
    pk = Category.objects.create(name="Sprache").pk
    desk.press("mia", {"neu": "offers"})
    for typed, kept in (
        ("http://ahausen.localhost/angebote/?kategorie={pk}&ansicht=karte&seite=3", "kategorie={pk}"),
        ("/angebote/?kategorie={pk}&kostenfrei=1", "kategorie={pk}&kostenfrei=1"),
        ("?q=schwimmen", "q=schwimmen"),
    ):
        desk.press("mia", {"tun": "fertig"}, open=desk.ids()[-1], **{"b-search": typed.format(pk=pk)})
        assert desk.draft.blocks[-1]["data"]["search"] == kept.format(pk=pk)


def test_what_is_no_search_is_refused(desk):
    desk.press("mia", {"neu": "offers"})
    for typed, sentence in (
        ("https://www.example.org/", "Das ist keine Suche dieses Portals"),
        ("/angebote/?kategorie=999999", "versteht diese Suche nicht ganz"),
        ("/angebote/", "findet alle Angebote"),
        ("Deutschkurse", "Das ist keine Suche dieses Portals"),
    ):
        answer = desk.press("mia", {"tun": "fertig"}, open=desk.ids()[-1], **{"b-search": typed})
        assert sentence in html(answer), typed


def test_a_provider_is_found_by_its_name_and_told_apart_by_its_number(desk):
    one, other = a_provider(name="Turnverein Süd"), a_provider(name="Turnverein Süd")
    alone = a_provider(name="Müttercafé")
    desk.press("mia", {"neu": "providers"})
    key = desk.ids()[-1]
    for typed, sentence in (("Turnverein Süd", f"Turnverein Süd ({one.pk})"), ("Nie da", "Es gibt keinen Anbieter")):
        assert sentence in html(desk.press("mia", {"tun": "fertig"}, open=key, **{"e0-provider": typed}))
    desk.press("mia", {"zeile_neu": "1"}, open=key, **{"e0-provider": "müttercafé"})
    typed = {"e0-provider": "Müttercafé", "e1-provider": f"Turnverein Süd ({other.pk})"}
    answer = desk.press("mia", {"tun": "fertig"}, open=key, **typed)
    assert answer.status_code == 302, html(answer)
    assert [row["provider"] for row in desk.draft.blocks[-1]["data"]["items"]] == [alone.pk, other.pk]


def test_a_place_of_a_map_is_known_or_refused(desk):
    desk.press("mia", {"neu": "map"})
    for place, fine in (("Nirgendheim", False), ("99.5, 300.1", False), ("49.2354, 6.9969", True)):
        typed = {"e0-name": "Rathaus", "e0-place": place}
        answer = desk.press("mia", {"tun": "fertig"}, open=desk.ids()[-1], **typed)
        assert (answer.status_code == 302) is fine, place
        assert fine or "kennt das Portal nicht" in html(answer), place


def test_saving_while_typing_answers_with_pieces_and_says_what_is_not_saved_yet(desk):
    three(desk)
    answer = desk.press("mia", {"sichern": "1"}, open="texta", **{"b-html": "Getippt"})
    assert answer["HX-Trigger"] == "gespeichert"
    assert f'value="{desk.draft.version}"' in html(answer)
    assert desk.draft.blocks[0]["data"]["html"] == "<p>Getippt</p>"
    empty = desk.press("mia", {"sichern": "1"}, open="texta", **{"b-html": ""})
    assert "Noch nicht gespeichert" in html(empty)
    assert desk.draft.blocks[0]["data"]["html"] == "<p>Getippt</p>"


def test_the_page_of_the_editor_asks_as_much_for_one_block_as_for_sixty(desk):
    def statements(number):
        Draft.objects.all().delete()
        draft_with(desk, *(block("providers", f"nr{at:03}", items=[{"provider": club.pk}]) for at in range(number)))
        with CaptureQueriesContext(connection) as found:
            assert desk.browsers["mia"].get(desk.url).status_code == 200
        return len(found)

    club = a_provider()
    statements(1)
    assert statements(60) == statements(1)


def test_the_list_asks_as_much_for_three_pages_as_for_sixty(desk):
    def statements():
        with CaptureQueriesContext(connection) as found:
            assert desk.browsers["mia"].get("/redaktion/seiten/").status_code == 200
        return len(found)

    draft_with(desk, block("text", "texta", html="<p>a</p>"))
    statements()
    few = statements()
    Page.objects.bulk_create(Page(slug=f"seite-{number}", title=f"Seite {number}") for number in range(60))
    assert statements() == few


def test_the_search_of_the_desk_finds_pages(desk):
    text = html(desk.browsers["mia"].get("/redaktion/?q=neu+hier"))
    assert f'href="{desk.url}"' in text
