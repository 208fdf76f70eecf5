"""Report from where it happens: look-alikes, what goes along, what is taken out, pictures, bad input."""

import zlib
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from PIL import Image, ImageDraw

from accounts.models import User
from core.access import Role
from tenants.running.context import inside
from tests.tracker.people import OPERATOR, editor_of
from tracker.tickets import drafting, origins, services
from tracker.tickets.finding import similar
from tracker.tickets.models import Attachment, Comment, Concern, Context, Draft, State, Ticket
from tracker.tickets.participating import participant_of

REPORT, MINE = "/plattform/melden/", "/plattform/meldungen/"
WRITTEN = {
    "kind": "bug",
    "title": "Anbieter bleibt nach Freigabe in der Warteliste",
    "happened": "Ich habe freigegeben.",
    "expected": "Er verschwindet.",
    "page": "/redaktion/anbieter/?stand=wartet",
}


def a_picture(kind="PNG", size=(400, 200), color="white", name="schirm.png"):
    out = BytesIO()
    Image.new("RGB", size, color).save(out, kind)
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/png")


def written(browser, **more):
    """The draft that pressing a button leaves, and the answer."""
    answer = browser.post(REPORT, {**WRITTEN, "weiter": "1", **more})
    return Draft.objects.order_by("-pk").first(), answer


def test_a_report_is_seen_as_the_others_will_before_it_is_sent(ahausen, bedorf, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    draft, answer = written(editor)
    assert (answer.status_code, answer.url) == (302, f"{REPORT}{draft.pk}/pruefen/")
    assert not Ticket.objects.exists()
    page = editor.get(
        answer.url, headers={"user-agent": "Mozilla/5.0 (X11; Linux) Gecko Firefox/132.0"}
    ).content.decode()
    for words in ("Redaktion Ahausen", "Ich habe freigegeben.", "/redaktion/anbieter/?stand=wartet", "Firefox 132"):
        assert words in page
    sent = editor.post(
        answer.url, {"mit": ["page", "role"]}, headers={"user-agent": "Mozilla/5.0 (X11; Linux) Gecko Firefox/132.0"}
    )
    ticket = Ticket.objects.get()
    assert sent.url == f"{MINE}{ticket.pk}/"
    assert (ticket.title, ticket.area) == (WRITTEN["title"], "providers")
    context = Context.objects.get()
    # What was not ticked stays here.
    assert (context.page, context.role, context.browser, context.version) == (
        "/redaktion/anbieter/?stand=wartet",
        "Redaktion",
        "",
        "",
    )
    assert not Draft.objects.exists()
    # A double click makes no second one.
    assert editor.post(answer.url, {}).url == MINE
    assert Ticket.objects.count() == 1
    assert "Anbieter bleibt nach Freigabe" in signed_in(bedorf, Role.EDITOR).get(sent.url).content.decode()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("/redaktion/anbieter/?stand=wartet", "/redaktion/anbieter/?stand=wartet"),
        ("/konto/einladung/Ab3dEf6hIj9kLm2nOp5q/", "/konto/einladung/…/"),
        ("/x/?mail=petra@example.org", "/x/?mail=…"),
        ("/x/550e8400e29b41d4a716446655440000/", "/x/…/"),
        ("/angebote/12-ferienkurs-2026-in-der-alten-muehle/", "/angebote/12-ferienkurs-2026-in-der-alten-muehle/"),
        ("https://evil.example/", ""),
        ("//evil.example/", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_a_page_goes_along_without_keys_and_addresses_in_it(given, kept):
    assert origins.page_of(given) == kept


def test_what_is_about_a_person_is_found_and_taken_out_unless_its_writer_keeps_it(ahausen, bedorf, signed_in):
    with inside(ahausen):
        User.objects.create_user("petra@ahausen.example", None, name="Petra Schröder")
    with inside(bedorf):
        User.objects.create_user("emil@bedorf.example", None, name="Emil Fremd")
    editor = signed_in(ahausen, Role.EDITOR)
    text = (
        "Petra Schröder (0681 506-1234, petra@ahausen.example) aus der Bahnhofstraße 12 hat es probiert. "
        "Frau Klein auch. Emil Fremd nicht. Am 12.11.2026 um 9:41 Uhr, Nummer 4711."
    )
    _draft, answer = written(editor, happened=text)
    page = editor.get(answer.url).content.decode()
    assert "Das sieht nach Angaben über eine Person aus" in page
    for found in ("Petra Schröder", "0681 506-1234", "petra@ahausen.example", "Bahnhofstraße 12", "Frau Klein"):
        assert f"<mark>{found}</mark>" in page, found
    # Who has an account elsewhere is not looked up from here; days and numbers are no telephones.
    assert "<mark>Emil Fremd</mark>" not in page
    assert page.count("<mark>") == 5
    shown = page[page.index('id="vorschau"') :]
    assert "Petra Schröder" not in shown
    kept = ["Petra Schröder", "0681 506-1234", "petra@ahausen.example", "Bahnhofstraße 12"]
    editor.post(answer.url, {"weg": kept})
    said = Ticket.objects.get().happened
    assert said == (
        "eine Person ([Telefonnummer entfernt], [Mailadresse entfernt]) aus der [Adresse entfernt] hat es probiert. "
        "Frau Klein auch. Emil Fremd nicht. Am 12.11.2026 um 9:41 Uhr, Nummer 4711."
    )


def test_a_comment_for_all_is_looked_through_once_before_it_is_sent(ahausen, signed_in):
    ticket = services.report(by=editor_of(ahausen), kind="wish", title="Kalender")
    editor = signed_in(ahausen, Role.EDITOR)
    address = f"{MINE}{ticket.pk}/kommentar/"
    asked = editor.post(address, {"text": "Bitte Herrn Maier anrufen"})
    assert asked.status_code == 400
    assert "<mark>Herrn Maier</mark>" in asked.content.decode()
    assert "Bitte Herrn Maier anrufen</textarea>" in asked.content.decode()
    editor.post(address, {"text": "Bitte Herrn Maier anrufen", "seen": "1", "weg": "Herrn Maier"})
    assert Comment.objects.get().text == "Bitte eine Person anrufen"


def test_look_alikes_are_found_by_words_their_forms_and_slips(ahausen, bedorf):
    editor = editor_of(ahausen)
    waiting = services.report(by=editor, kind="bug", title="Freigabe wirkt erst nach Neuladen der Warteliste")
    calendar = services.report(by=editor, kind="wish", title="Termine aus Kalendern übernehmen")
    other = editor_of(bedorf)
    assert similar("Warteliste zeigt Freigaben zu spät", other) == [waiting]
    assert similar("Kalender übernehmen", other) == [calendar]
    assert similar("Wartelist Freigabe", other) == [waiting]
    assert similar("Freigabe wirkt erst nach Neuladen der Wartelsite", other) == [waiting]
    assert similar("Bilder zuschneiden", other) == []
    assert similar("", other) == similar("?!", other) == similar("'); DROP TABLE x; --", other) == []
    assert similar("x" * 10_000, other) == []


def test_look_alikes_are_a_part_of_the_page_with_and_without_javascript(ahausen, bedorf, signed_in):
    ticket = services.report(by=editor_of(ahausen), kind="bug", title="Freigabe wirkt nicht in der Warteliste")
    editor = signed_in(bedorf, Role.EDITOR)
    for address in (f"{REPORT}aehnlich/?title=Warteliste+Freigabe", f"{REPORT}?titel=Warteliste+Freigabe"):
        page = editor.get(address).content.decode()
        assert f'name="auch" value="{ticket.pk}"' in page
    joined = editor.post(REPORT, {**WRITTEN, "auch": str(ticket.pk)})
    assert joined.url == f"{MINE}{ticket.pk}/"
    assert Concern.objects.filter(ticket=ticket, participant=participant_of(bedorf)).exists()
    assert not Draft.objects.exists()


def test_back_again_with_us_opens_what_was_rolled_out(ahausen, bedorf, signed_in):
    ticket = services.report(by=editor_of(ahausen), kind="bug", title="Freigabe wirkt nicht")
    services.change_state(ticket, State.ROLLED_OUT, by=OPERATOR)
    signed_in(bedorf, Role.EDITOR).post(REPORT, {**WRITTEN, "auch": str(ticket.pk)})
    assert Ticket.objects.get().state == State.CONFIRMED


def test_a_provider_is_not_shown_what_others_reported_and_cannot_join_it(ahausen, signed_in):
    ticket = services.report(by=editor_of(ahausen), kind="bug", title="Freigabe wirkt nicht")
    provider = signed_in(ahausen, Role.PROVIDER)
    for address in (f"{REPORT}aehnlich/?title=Freigabe+wirkt+nicht", f"{REPORT}?titel=Freigabe+wirkt+nicht"):
        assert "Freigabe wirkt nicht</a>" not in provider.get(address).content.decode()
    assert provider.post(REPORT, {**WRITTEN, "auch": str(ticket.pk)}).status_code == 404
    assert Concern.objects.count() == 1
    _draft, answer = written(provider)
    provider.post(answer.url, {})
    mine = Ticket.objects.order_by("-pk").first()
    assert mine.author == "Ein Anbieter in Ahausen"
    assert provider.get(f"{MINE}{mine.pk}/").status_code == 200
    assert provider.get(f"{MINE}{ticket.pk}/").status_code == 404


def test_a_picture_is_painted_over_by_numbers_before_it_goes_along(
    ahausen, signed_in, django_capture_on_commit_callbacks
):
    editor = signed_in(ahausen, Role.EDITOR)
    picture = Image.new("RGB", (400, 200), "white")
    ImageDraw.Draw(picture).rectangle((40, 40, 160, 60), fill="red")
    exif = Image.Exif()
    exif[0x010F] = "Geheimkamera"
    out = BytesIO()
    picture.save(out, "JPEG", exif=exif, quality=95)
    upload = SimpleUploadedFile("Frau Klein.jpg", out.getvalue(), content_type="image/jpeg")
    editor.post(REPORT, {**WRITTEN, "picture": upload, "bild": "1"})
    draft = Draft.objects.get()
    address = f"{REPORT}{draft.pk}/"
    part = {"left": "5", "top": "10", "width": "40", "height": "30", "schwaerzen": "1"}
    editor.post(address, {**WRITTEN, **part})
    editor.post(address, {**WRITTEN, **part, "left": "90"})
    assert len(Draft.objects.get().parts) == 2
    editor.post(address, {**WRITTEN, "aufheben": "2"})
    shown = Image.open(BytesIO(editor.get(f"{address}bild/").content))
    assert shown.getpixel((100, 50)) == (0, 0, 0)
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(f"{address}pruefen/", {})
    kept = Attachment.objects.get()
    with kept.file.open("rb") as file:
        content = file.read()
    final = Image.open(BytesIO(content))
    assert (kept.blackened, final.size) == (1, (400, 200))
    assert {final.getpixel(spot) for spot in ((41, 41), (100, 50), (159, 59))} == {(0, 0, 0)}
    assert final.getpixel((300, 150)) == (255, 255, 255)
    assert b"Geheimkamera" not in content
    assert "Klein" not in kept.file.name
    # The picture as it came is gone.
    _folders, files = kept.file.storage.listdir("~tickets")
    assert files == [kept.file.name.rsplit("/", 1)[1]]


def test_percent_that_are_none_are_told_at_the_picture_and_the_text_stays(ahausen, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    editor.post(REPORT, {**WRITTEN, "picture": a_picture(), "bild": "1"})
    address = f"{REPORT}{Draft.objects.get().pk}/"
    answer = editor.post(
        address, {**WRITTEN, "schwaerzen": "1", "left": "-5", "top": "x", "width": "nan", "height": "9"}
    )
    assert answer.status_code == 400
    assert "in Prozent" in answer.content.decode()
    assert "Ich habe freigegeben." in answer.content.decode()
    assert Draft.objects.get().parts == []


def bomb(width, height):
    """A PNG of this size that says so and has nothing in it."""

    def chunk(kind, data):
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((8, 2, 0, 0, 0))
    body = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("schirm.png", b"MZ\x90\x00" + b"\0" * 1000, "kein Bild"),
        ("schirm.png", b"#!/bin/sh\nrm -rf /\n", "kein Bild"),
        ("schirm.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "kein Bild"),
        ("schirm.gif", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "kein Bild"),
        ("schirm.png", bomb(60_000, 60_000), "zu viele Pixel"),
        ("schirm.png", bomb(4_000, 4_000)[:2000], "kein Bild"),
        ("schirm.png", b"\x89PNG\r\n\x1a\n" + b"x" * (5 * 2**20), "zu groß"),
        ("schirm.png", b"", "leer"),
    ],
)
def test_a_file_that_is_no_picture_of_a_screen_is_refused_and_the_text_kept(ahausen, signed_in, name, content, words):
    editor = signed_in(ahausen, Role.EDITOR)
    upload = SimpleUploadedFile(name, content, content_type="image/png")
    answer = editor.post(REPORT, {**WRITTEN, "picture": upload, "weiter": "1"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert words in page
    assert "Ich habe freigegeben." in page
    assert not Draft.objects.exists()
    assert not Attachment.objects.exists()


def test_a_script_is_shown_as_text_and_runs_nowhere(ahausen, bedorf, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    evil = '<script>alert(1)</script> [x](javascript:alert(1)) "><img src=x onerror=alert(1)>'
    _draft, answer = written(editor, title=evil[:120], happened=evil, expected=evil)
    editor.post(answer.url, {})
    ticket = Ticket.objects.get()
    services.comment(ticket, evil, by=editor_of(ahausen))
    reader = signed_in(bedorf, Role.EDITOR)
    for address in (f"{MINE}{ticket.pk}/", f"{REPORT}?titel=script+alert"):
        page = reader.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert 'href="javascript:' not in page
    assert "&lt;script&gt;alert(1)" in reader.get(f"{MINE}{ticket.pk}/").content.decode()


@pytest.mark.parametrize("letters", [5001, 4_000_000])
def test_too_long_a_text_is_refused_with_a_clear_word_and_not_lost(ahausen, signed_in, letters):
    editor = signed_in(ahausen, Role.EDITOR)
    answer = editor.post(REPORT, {**WRITTEN, "happened": "x" * letters, "weiter": "1"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "höchstens 5000 Zeichen" in page.replace("5.000", "5000")
    assert "x" * letters in page


def test_ten_megabytes_of_text_get_a_clear_page(ahausen, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    answer = editor.post(REPORT, {**WRITTEN, "happened": "x" * 10**7, "weiter": "1"})
    assert answer.status_code in {400, 413}
    assert "zu lang" in answer.content.decode()
    assert not Draft.objects.exists()


def test_drafts_are_for_their_writer_alone_and_go_after_a_month(
    ahausen, bedorf, signed_in, django_capture_on_commit_callbacks
):
    editor, colleague, stranger = (
        signed_in(ahausen, Role.EDITOR),
        signed_in(ahausen, Role.ADMIN),
        signed_in(bedorf, Role.EDITOR),
    )
    editor.post(REPORT, {**WRITTEN, "picture": a_picture(), "entwurf": "1"})
    draft = Draft.objects.get()
    for part in ("", "bild/", "pruefen/"):
        assert editor.get(f"{REPORT}{draft.pk}/{part}").status_code == 200
        for other in (colleague, stranger):
            assert other.get(f"{REPORT}{draft.pk}/{part}").status_code == 404
    assert stranger.post(f"{REPORT}{draft.pk}/verwerfen/").status_code == 404
    assert WRITTEN["title"] in editor.get(MINE).content.decode()
    assert WRITTEN["title"] not in colleague.get(MINE).content.decode()
    storage, name = draft.picture.storage, draft.picture.name
    now = timezone.now()
    assert drafting.sweep(now + timedelta(days=29)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert drafting.sweep(now + timedelta(days=31)) == 1
    assert not Draft.objects.exists()
    assert not storage.exists(name)


def test_every_signed_in_page_leads_to_a_report_and_says_where_from(ahausen, signed_in, visitor):
    editor, operator = signed_in(ahausen, Role.EDITOR), signed_in(None, Role.OPERATOR)
    for browser, address, report in (
        (editor, "/", REPORT),
        (editor, "/redaktion/", REPORT),
        (editor, "/konto/", REPORT),
        (editor, "/gibt-es-nicht/", REPORT),
        (operator, "/betrieb/", "/betrieb/melden/"),
    ):
        assert f'href="{report}?seite={address}"' in browser.get(address).content.decode(), address
    assert REPORT not in visitor("ahausen").get("/").content.decode()
    page = editor.get(f"{REPORT}?seite=/redaktion/karte/").content.decode()
    assert "/redaktion/karte/" in page


def test_what_was_deleted_a_moment_ago_does_not_come_back(ahausen, signed_in):
    draft, _answer = written(signed_in(ahausen, Role.EDITOR))
    with transaction.atomic():
        stale = Draft.objects.get(pk=draft.pk)
        Draft.objects.all().delete()
        for act in (
            lambda: drafting.save(stale, by=editor_of(ahausen)),
            lambda: drafting.uncover(stale, 1),
        ):
            with pytest.raises(Http404):
                act()
        assert not Draft.objects.exists()


def test_of_two_clicks_at_once_neither_undoes_what_the_other_blackened(ahausen, signed_in):
    browser = signed_in(ahausen, Role.EDITOR)
    draft, _answer = written(browser, bild="", picture=a_picture())
    # Both have read the draft before either wrote.
    first, second = (Draft.objects.get(pk=draft.pk) for _each in range(2))
    one, other = drafting.pictures.Part(0, 0, 10, 10), drafting.pictures.Part(50, 50, 10, 10)
    viewer = editor_of(ahausen)
    drafting.blacken(drafting.save(first, by=viewer), one)
    drafting.blacken(drafting.save(second, by=viewer), other)
    assert Draft.objects.get(pk=draft.pk).parts == [one.kept(), other.kept()]


def test_a_superscript_names_no_ticket_and_no_part(ahausen, signed_in):
    browser = signed_in(ahausen, Role.EDITOR)
    draft, _answer = written(browser)
    assert browser.post(REPORT, {**WRITTEN, "auch": "²"}).status_code == 404
    assert browser.post(f"{REPORT}{draft.pk}/", {**WRITTEN, "aufheben": "²"}).status_code == 302
