"""Legal pages made from answers: what the law demands, gaps that are named, texts of one's own that are not lost."""

import re

import pytest

from core.access import Role
from portal.history.registry import chronicle
from portal.pages.models import Page
from portal.preferences.models import Preferences
from portal.revisions.models import Revision
from portal.site.legal.kinds import PAGES
from portal.site.legal.lands import LANDS
from portal.site.legal.services import is_placeholder, states
from portal.site.models import LegalText
from tenants.running.context import inside

HERE = "/redaktion/rechtliches/"
IMPRINT = {
    "body": "Stadt Ahausen",
    "street": "Marktplatz 1",
    "postcode": "66111",
    "city": "Ahausen",
    "form": "Körperschaft des öffentlichen Rechts",
    "represented": "Bürgermeisterin Ida Öz",
    "email": "stadt@ahausen.example",
    "phone": "0681 123456",
    "dsa_email": "hinweise@ahausen.example",
    "dsa_languages": "Deutsch",
    "responsible": "Jürgen Groß",
}
PRIVACY = {
    **{name: IMPRINT[name] for name in ("body", "street", "postcode", "city", "email")},
    "officer_email": "dsb@ahausen.example",
    "land": "SL",
    "host": "Rechenzentrum Muster GmbH, Saarbrücken",
    "log_days": "7",
}
TERMS = {
    "body": "Stadt Ahausen",
    "portal": "Chancen in Ahausen",
    "email": "stadt@ahausen.example",
    "valid_from": "2026-12-01",
    "who": "Vereine aus Ahausen.",
    "forbidden": "Werbung für Parteien.",
}
ALL = {"impressum": IMPRINT, "datenschutz": PRIVACY, "nutzungsbedingungen": TERMS}
# By hand, from the law itself: what each page cannot do without.
DEMANDED = {
    "impressum": {
        "body", "street", "postcode", "city", "form", "represented",  # § 5 Abs. 1 Nr. 1 DDG
        "email", "phone",  # Nr. 2
        "dsa_email", "dsa_languages",  # Art. 11, 12 DSA
        "responsible",  # § 18 Abs. 2 MStV
    },
    "datenschutz": {
        "body", "street", "postcode", "city", "email",  # Art. 13 (1) a GDPR
        "officer_email",  # b
        "host",  # e
        "log_days",  # (2) a
        "land",  # (2) d
    },
    "nutzungsbedingungen": {"body", "portal", "email", "valid_from", "who", "forbidden"},
}  # fmt: skip


def fill_in(client, slug: str, answers: dict[str, str] | None = None):
    return client.post(f"{HERE}{slug}/", ALL[slug] if answers is None else answers)


@pytest.mark.parametrize("slug", PAGES)
def test_the_law_demands_what_it_demands(slug):
    assert {each.name for each in PAGES[slug].missing({})} == DEMANDED[slug]
    assert all(each.law for each in PAGES[slug].missing({}))


@pytest.mark.parametrize("slug", PAGES)
def test_from_answers_to_the_public_page(ahausen, visitor, signed_in, slug):
    editor, reader = signed_in(ahausen, Role.EDITOR), visitor("ahausen")
    answer = fill_in(editor, slug)
    assert answer.url == f"{HERE}{slug}/text/"
    assert "schreibt die Redaktion noch" in reader.get(f"/{slug}/").content.decode()
    assert editor.post(answer.url).url == HERE
    page = reader.get(f"/{slug}/").content.decode()
    assert "schreibt die Redaktion noch" not in page
    assert "fehlt noch" not in page
    for name in ALL[slug].keys() - {"land", "valid_from"}:
        assert ALL[slug][name] in page, name
    with inside(ahausen):
        assert [state.done for state in states() if state.page.slug == slug] == [True]


def test_the_imprint_says_what_the_law_wants_and_no_dead_link(ahausen, visitor, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    fill_in(editor, "impressum")
    editor.post(f"{HERE}impressum/text/")
    page = visitor("ahausen").get("/impressum/").content.decode()
    assert "Vertreten durch: Bürgermeisterin Ida Öz" in page
    assert "(§ 18 Abs. 2 MStV)" in page
    assert 'href="mailto:stadt@ahausen.example"' in page
    assert 'href="tel:+49681123456"' in page
    assert 'href="/kontakt/schreiben/"' in page
    # Closed on 20 July 2025.
    assert "ec.europa.eu" not in page
    assert "TMG" not in page


def test_the_privacy_notice_names_the_authority_of_the_state(ahausen, visitor, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    with inside(ahausen):
        Preferences.objects.update(mail_log_days=11)
    fill_in(editor, "datenschutz")
    editor.post(f"{HERE}datenschutz/text/")
    page = visitor("ahausen").get("/datenschutz/").content.decode()
    for words in (
        "Kopien verschickter E-Mails löscht das System nach 11 Tagen von selbst.",
        "Unabhängiges Datenschutzzentrum Saarland",
        "§ 4 Saarländisches Datenschutzgesetz",
        "nach 7 Tagen",
        "Artikel 77 DSGVO",
        "Daten werden nicht in Länder außerhalb der Europäischen Union übermittelt.",
    ):
        assert words in page
    for number in (15, 16, 17, 18, 20, 21):
        assert f"(Artikel {number} DSGVO)" in page or f"(Artikel {number} DSGVO)" in page.replace(
            "Situation ergeben ", ""
        )


def test_every_state_has_its_authority_and_law():
    assert len(LANDS) == 16
    assert len({land.authority for land in LANDS.values()}) == 16
    assert all(land.url.startswith("https://") and "atenschutz" in land.basis for land in LANDS.values())


def test_the_terms_say_their_day_in_words(ahausen, visitor, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    fill_in(editor, "nutzungsbedingungen")
    editor.post(f"{HERE}nutzungsbedingungen/text/")
    assert "ab dem 1. Dezember 2026" in visitor("ahausen").get("/nutzungsbedingungen/").content.decode()


def test_who_is_interrupted_goes_on_later(ahausen, visitor, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    answer = fill_in(editor, "impressum", {"body": "Stadt Ahausen", "email": "stadt@ahausen.example"})
    assert answer.url == f"{HERE}impressum/"
    page = editor.get(f"{HERE}impressum/").content.decode()
    assert 'value="Stadt Ahausen"' in page
    assert 'href="#id_represented"' in page
    assert "fehlt noch" in editor.get(f"{HERE}impressum/text/").content.decode()
    assert editor.post(f"{HERE}impressum/text/").url == f"{HERE}impressum/"
    assert "schreibt die Redaktion noch" in visitor("ahausen").get("/impressum/").content.decode()


def test_what_one_page_knows_the_next_one_offers(ahausen, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    fill_in(editor, "impressum")
    page = editor.get(f"{HERE}datenschutz/").content.decode()
    assert 'value="Stadt Ahausen"' in page
    assert 'value="66111"' in page
    with inside(ahausen):
        assert not LegalText.objects.filter(slug="datenschutz").exists()


@pytest.mark.parametrize(
    ("slug", "wrong", "field"),
    [
        ("impressum", {"email": "stadt@"}, "id_email"),
        ("impressum", {"postcode": "6611"}, "id_postcode"),
        ("datenschutz", {"log_days": "0"}, "id_log_days"),
        ("datenschutz", {"log_days": "sieben"}, "id_log_days"),
        ("datenschutz", {"land": "XX"}, "id_land"),
        ("nutzungsbedingungen", {"valid_from": "31.02.2026"}, "id_valid_from"),
        ("impressum", {"more": "x" * 4001}, "id_more"),
    ],
)
def test_what_is_there_must_be_right(ahausen, signed_in, slug, wrong, field):
    answer = fill_in(signed_in(ahausen, Role.EDITOR), slug, {**ALL[slug], **wrong})
    assert answer.status_code == 200
    assert f'href="#{field}"' in answer.content.decode()
    with inside(ahausen):
        assert not LegalText.objects.exists()


def test_a_text_written_by_hand_is_replaced_only_on_request_and_stays_in_the_history(ahausen, visitor, signed_in):
    editor, reader = signed_in(ahausen, Role.EDITOR), visitor("ahausen")
    with inside(ahausen):
        page = Page.objects.get(slug="impressum")
        page.body = "<p>Unser eigenes Impressum, vom Rechtsamt.</p>"
        page.save()
    fill_in(editor, "impressum")
    refused = editor.post(f"{HERE}impressum/text/")
    assert refused.status_code == 409
    assert 'name="ersetzen"' in refused.content.decode()
    assert "vom Rechtsamt" in reader.get("/impressum/").content.decode()
    assert editor.post(f"{HERE}impressum/text/", {"ersetzen": "1"}).status_code == 302
    assert "vom Rechtsamt" not in reader.get("/impressum/").content.decode()
    with inside(ahausen):
        kept = Revision.objects.filter(kind=chronicle("page").name, subject_id=page.pk)
        assert any("vom Rechtsamt" in each.content["body"] for each in kept)


def test_what_was_made_from_answers_is_made_anew_without_asking(ahausen, visitor, signed_in):
    editor, reader = signed_in(ahausen, Role.EDITOR), visitor("ahausen")
    fill_in(editor, "impressum")
    editor.post(f"{HERE}impressum/text/")
    fill_in(editor, "impressum", {**IMPRINT, "represented": "Bürgermeister Ole Neu"})
    for _press in range(2):
        assert editor.post(f"{HERE}impressum/text/").url == HERE
    assert "Ole Neu" in reader.get("/impressum/").content.decode()


def test_a_page_that_was_deleted_comes_back_with_its_place_in_the_menu(ahausen, visitor, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    with inside(ahausen):
        Page.objects.filter(slug="impressum").delete()
    fill_in(editor, "impressum")
    editor.post(f"{HERE}impressum/text/")
    page = visitor("ahausen").get("/impressum/").content.decode()
    assert "Stadt Ahausen" in page
    assert re.search(r'<a href="/impressum/">', page)


def test_answers_cannot_bring_markup_onto_the_page(ahausen, visitor, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    wild = '<img src=x onerror=alert(1)><script>alert(2)</script>"&'
    fill_in(editor, "impressum", {**IMPRINT, "responsible": wild, "more": wild})
    preview = editor.get(f"{HERE}impressum/text/").content.decode()
    editor.post(f"{HERE}impressum/text/")
    for page in (preview, visitor("ahausen").get("/impressum/").content.decode()):
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;img src=x" in page


def test_what_every_portal_begins_with_is_no_text(ahausen):
    with inside(ahausen):
        start = Page.objects.get(slug="impressum").body
    assert is_placeholder(start)
    assert is_placeholder("  ")
    assert not is_placeholder("<p>Stadt Ahausen</p>")


def test_a_legal_page_nobody_knows_is_not_there(ahausen, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    assert editor.get(f"{HERE}agb/").status_code == 404
    assert editor.post(f"{HERE}agb/text/").status_code == 404


def test_two_editors_at_once_lose_nothing_without_a_word(ahausen, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)

    def stand() -> str:
        found = re.search(r'name="stand" value="([^"]*)"', editor.get(f"{HERE}impressum/").content.decode())
        assert found
        return found[1]

    first = second = stand()
    assert fill_in(editor, "impressum", {**IMPRINT, "stand": first}).status_code == 302
    mine = {**IMPRINT, "responsible": "Eva Anders", "stand": second}
    refused = fill_in(editor, "impressum", mine)
    page = refused.content.decode()
    assert refused.status_code == 200
    assert "Inzwischen hat jemand anderes gespeichert" in page
    assert "Name der Person" in page
    assert 'value="Eva Anders"' in page
    with inside(ahausen):
        assert LegalText.objects.get().answers["responsible"] == "Jürgen Groß"
    again = re.search(r'name="stand" value="([^"]*)"', page)
    assert fill_in(editor, "impressum", {**mine, "stand": again[1]}).status_code == 302
    with inside(ahausen):
        assert LegalText.objects.get().answers["responsible"] == "Eva Anders"
