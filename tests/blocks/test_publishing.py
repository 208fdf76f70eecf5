"""From the draft to what residents read: at once, at a time, off again; addresses; states; what stands in the way."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from audit.models import Entry
from portal.blocks import drafts, publishing
from portal.blocks.models import Document, Draft
from portal.blocks.tasks import publish_here
from portal.blocks.uses import remove_unused_documents, used
from portal.history.models import Removed
from portal.media.models import MediaFile
from portal.media.services import mark_unused
from portal.pages.models import Menu, Page, Redirect
from portal.pages.shapes import Shape
from portal.revisions.models import Revision
from tests.blocks.conftest import a_media_file, block

pytestmark = pytest.mark.django_db


def html(answer):
    return answer.content.decode().replace("\u00ad", "")


def read(desk, path="/neu-hier/"):
    return html(desk.browsers["mia"].get(path))


def type_in(desk, text, who="mia"):
    key = desk.ids()[0] if Draft.objects.filter(page=desk.page).exists() else "text0"
    return desk.press(who, {"tun": "speichern"}, open=key, **{"b-html": text})


def publish(desk, who="mia", **seen):
    return desk.press(who, {"tun": "online"}, **seen)


def test_publishing_shows_at_the_next_request_and_a_second_click_changes_nothing(desk):
    type_in(desk, "Guten Abend")
    seen = desk.seen("mia")
    for _click in range(2):
        answer = desk.browsers["mia"].post(desk.url, {**seen, "tun": "online"})
        assert answer.status_code == 302
    assert "Guten Abend" in read(desk)
    assert not Draft.objects.exists()
    assert Entry.objects.filter(action="pages.published").count() == 1


def test_nobody_publishes_what_they_have_not_seen(desk):
    type_in(desk, "Von Mia")
    seen = desk.seen("mia")
    type_in(desk, "Von Tarek", "tarek")
    answer = desk.browsers["mia"].post(desk.url, {**seen, "tun": "online"})
    assert answer.status_code == 409
    assert "nichts wurde veröffentlicht" in html(answer)
    assert "Guten Tag" in read(desk)


def test_a_page_that_changed_online_after_the_draft_began_is_not_overwritten_unseen(desk):
    type_in(desk, "Entwurf")
    seen = desk.seen("mia")
    Page.objects.filter(pk=desk.page.pk).update(body="<p>Wiederhergestellt</p>")
    assert desk.browsers["mia"].post(desk.url, {**seen, "tun": "online"}).status_code == 409
    assert "Wiederhergestellt" in read(desk)
    assert "nachdem dieser Entwurf begonnen war" in html(desk.browsers["mia"].get(desk.url))
    assert publish(desk).status_code == 302, "once it was told, the editor decides"
    assert "Entwurf" in read(desk)


BROKEN = (
    (block("text", "leerer"), "„Text“ ist noch leer."),
    (block("image", "bild01", picture=1, credit="x"), "Bei „Bild“ fehlt: Bildbeschreibung."),
    (block("tiles", "kachel", items=[{"title": "Ohne Link"}]), "Bei „Kacheln“ fehlt: Link."),
    (block("questions", "fragen", title="Fragen"), "Bei „Fragen und Antworten“ fehlt: Frage."),
)


def test_what_is_incomplete_does_not_go_online_and_is_named(desk):
    good = block("text", "guter1", html="<p>Gut</p>")
    said = {"title": "Neu hier?", "slug": "neu-hier", "base": drafts.standing(desk.page)}
    Draft.objects.create(page=desk.page, blocks=[good, *(broken for broken, _sentence in BROKEN)], **said)
    answer = publish(desk)
    assert answer.status_code == 400
    for _broken, sentence in BROKEN:
        assert sentence in html(answer)
    assert "Guten Tag" in read(desk)


def test_an_empty_page_does_not_go_online(desk):
    desk.press("mia", {"weg": "text0"})
    assert "Die Seite ist leer" in html(publish(desk))


def test_what_points_at_something_gone_is_told_before_and_holds_nothing_up(full):
    type_in_first = full.press("mia", {"verbergen": "quote1"})
    assert type_in_first.status_code == 302
    MediaFile.objects.all().delete()
    text = html(full.browsers["mia"].get(full.url))
    assert "Das Bild gibt es nicht mehr" in text
    assert "„Zitat“ ist verborgen" in text
    assert publish(full).status_code == 302


SLUGS = (
    ("angebote", "Diese Adresse hat das Portal selbst"),
    ("redaktion", "Diese Adresse hat das Portal selbst"),
    ("vorschau", "Diese Adresse hat das Portal selbst"),
    ("anbieter", "Diese Adresse hat das Portal selbst"),
    ("ueber-uns", "Diese Adresse hat schon die Seite „Über uns“"),
    ("!!!", "kleinen Buchstaben oder Ziffern"),
)


def test_no_page_takes_an_address_of_the_portal_or_of_another_page(desk):
    for slug, sentence in SLUGS:
        made = desk.browsers["mia"].post("/redaktion/seiten/neu/", {"title": "Anders", "slug": slug})
        named = desk.browsers["mia"].post(f"{desk.url}angaben/", {"title": "X", "slug": slug, "menu": "footer"})
        assert sentence in html(made), slug
        assert sentence in html(named), slug


def test_an_address_that_another_page_took_meanwhile_is_refused_when_publishing(desk):
    desk.browsers["mia"].post(f"{desk.url}angaben/", {"title": "Neu hier?", "slug": "willkommen", "menu": "footer"})
    Page.objects.create(slug="willkommen", title="Schneller")
    assert "Diese Adresse hat schon die Seite „Schneller“" in html(publish(desk))


def test_the_old_address_leads_to_the_new_one_without_rings(desk):
    for slug in ("willkommen", "herzlich-willkommen", "neu-hier", "willkommen"):
        desk.browsers["mia"].post(f"{desk.url}angaben/", {"title": "Neu hier?", "slug": slug, "menu": "footer"})
        assert publish(desk).status_code == 302
        assert "Guten Tag" in read(desk, f"/{slug}/")
    for old in ("neu-hier", "herzlich-willkommen"):
        answer = desk.browsers["mia"].get(f"/{old}/")
        assert (answer.status_code, answer["Location"]) == (301, "/willkommen/")
    assert not Redirect.objects.filter(old_path="/willkommen/").exists()


def test_a_new_page_is_seen_by_nobody_before_it_is_published_and_two_clicks_make_one(desk, visitor):
    for _click in range(2):
        answer = desk.browsers["mia"].post("/redaktion/seiten/neu/", {"title": "Straßenfest für Ältere", "slug": ""})
    page = Page.objects.get(slug="strassenfest-fuer-aeltere")
    assert answer["Location"] == f"/redaktion/seiten/{page.pk}/"
    assert visitor("ahausen").get(page.get_absolute_url()).status_code == 404
    assert page.menu == Menu.NONE


def test_a_new_page_may_begin_like_another_one(full):
    full.browsers["mia"].post("/redaktion/seiten/neu/", {"title": "Kopie", "slug": "", "like": full.page.pk})
    copy = Draft.objects.get(page__slug="kopie")
    assert [each["kind"] for each in copy.blocks] == [each["kind"] for each in full.page.blocks]
    assert not {each["id"] for each in copy.blocks} & {each["id"] for each in full.page.blocks}


def planned(desk, at):
    local = timezone.localtime(at)
    return desk.browsers["mia"].post(f"{desk.url}zeitplan/", {"tag": f"{local:%Y-%m-%d}", "zeit": f"{local:%H:%M}"})


def test_a_draft_goes_online_by_itself_at_its_time(desk, time_machine):
    time_machine.move_to(datetime(2026, 3, 2, 9, 0, tzinfo=UTC), tick=False)
    type_in(desk, "Ab Dienstag")
    assert planned(desk, timezone.now() + timedelta(days=1)).status_code == 302
    publish_here()
    assert "Guten Tag" in read(desk)
    time_machine.move_to(datetime(2026, 3, 3, 9, 0, tzinfo=UTC), tick=False)
    publish_here()
    publish_here()
    assert "Ab Dienstag" in read(desk)
    assert Entry.objects.filter(action="pages.published").count() == 1


def test_a_schedule_in_the_past_or_far_away_is_refused_beside_its_field(desk, time_machine):
    time_machine.move_to(datetime(2026, 3, 2, 9, 0, tzinfo=UTC), tick=False)
    type_in(desk, "Entwurf")
    for days, sentence in ((-1, "Zeitpunkt ist vorbei"), (0, "Zeitpunkt ist vorbei"), (800, "zwei Jahren")):
        assert sentence in html(planned(desk, timezone.now() + timedelta(days=days)))
    assert desk.draft.online_at is None


def test_what_is_no_time_is_refused(desk):
    type_in(desk, "Entwurf")
    for sent in ({}, {"tag": "31.02.2026", "zeit": "8:00"}, {"tag": "2026-12-01", "zeit": "25:00"}):
        answer = desk.browsers["mia"].post(f"{desk.url}zeitplan/", sent)
        assert answer.status_code == 200
        assert "field--error" in html(answer)


def test_a_schedule_can_be_cancelled(desk, time_machine):
    time_machine.move_to(datetime(2026, 3, 2, 9, 0, tzinfo=UTC), tick=False)
    type_in(desk, "Nie")
    planned(desk, timezone.now() + timedelta(hours=1))
    desk.browsers["mia"].post(f"{desk.url}zeitplan/", {"aufheben": "1"})
    time_machine.move_to(datetime(2026, 3, 9, 9, 0, tzinfo=UTC), tick=False)
    assert publishing.publish_due() == 0
    assert "Guten Tag" in read(desk)


def test_what_cannot_go_online_at_its_time_is_told_to_the_editors(desk, time_machine):
    time_machine.move_to(datetime(2026, 3, 2, 9, 0, tzinfo=UTC), tick=False)
    type_in(desk, "Zu spät")
    planned(desk, timezone.now() + timedelta(hours=1))
    Page.objects.filter(pk=desk.page.pk).update(body="<p>Anders</p>")
    time_machine.move_to(datetime(2026, 3, 2, 11, 0, tzinfo=UTC), tick=False)
    assert publishing.publish_due() == 0
    assert "konnte zu seiner Zeit nicht online gehen" in html(desk.browsers["mia"].get(desk.url))
    assert "konnte nicht online gehen" in html(desk.browsers["mia"].get("/redaktion/seiten/"))
    assert "Anders" in read(desk)


def test_states_are_kept_and_an_old_one_comes_back_with_its_blocks(full):
    full.press("mia", {"weg": "quote1"})
    publish(full)
    assert "Freundin" not in read(full)
    first = Revision.objects.filter(kind="page", subject_id=full.page.pk).order_by("settled_at", "pk")[1]
    state = f"/redaktion/verlauf/seite/{full.page.pk}/{first.pk}/"
    text = html(full.browsers["mia"].get(state))
    assert "Zitat" in text, "the history tells the blocks by their names"
    stand = text.partition('name="stand" value="')[2].partition('"')[0]
    assert full.browsers["mia"].post(state, {"stand": stand}).status_code == 302
    assert "Freundin" in read(full)


def test_a_state_of_before_there_were_blocks_comes_back_as_it_was(full):
    content = {
        "slug": "neu-hier",
        "title": "Neu hier?",
        "body": "<p>Wie früher</p>",
        "menu": "footer",
        "published": True,
    }
    now = timezone.now() - timedelta(days=9)
    old = Revision.objects.create(
        kind="page", subject_id=full.page.pk, content=content, format=1, state="applied", submitted_at=now,
        settled_at=now, decided_at=now,
    )  # fmt: skip
    state = f"/redaktion/verlauf/seite/{full.page.pk}/{old.pk}/"
    stand = html(full.browsers["mia"].get(state)).partition('name="stand" value="')[2].partition('"')[0]
    assert full.browsers["mia"].post(state, {"stand": stand}).status_code == 302
    assert "Wie früher" in read(full)
    assert "Freundin" not in read(full)


def test_what_the_draft_changes_is_told_block_by_block(full):
    full.press("mia", {"weg": "quote1"})
    text = html(full.browsers["mia"].get(f"{full.url}unterschiede/"))
    assert "Hier habe ich eine Freundin gefunden." in text
    assert "Bausteine" in text


def test_a_draft_can_be_discarded(desk):
    type_in(desk, "Weg damit")
    assert "Entwurf verwerfen?" in html(desk.browsers["mia"].get(f"{desk.url}verwerfen/"))
    for _click in range(2):
        assert desk.browsers["mia"].post(f"{desk.url}verwerfen/").status_code == 302
    assert not Draft.objects.exists()
    assert "Guten Tag" in read(desk)


def test_offline_and_online_again(desk, visitor):
    for _click in range(2):
        desk.browsers["mia"].post(f"{desk.url}offline/")
    assert visitor("ahausen").get("/neu-hier/").status_code == 404
    assert publish(desk).status_code == 302
    assert "Guten Tag" in read(desk)


def test_a_deleted_page_lies_in_the_bin_with_its_blocks(full):
    assert full.browsers["mia"].post(f"{full.url}loeschen/")["Location"] == "/redaktion/seiten/"
    assert full.browsers["mia"].post(f"{full.url}loeschen/").status_code == 404
    removed = Removed.objects.get(kind="page")
    assert len(removed.rows[0]["values"]["blocks"]) == 14


def test_what_every_portal_needs_stays(desk):
    for page in Page.objects.filter(slug__in=["impressum", "datenschutz", "kontakt", "leichte-sprache"]):
        for deed in ("offline", "loeschen"):
            desk.browsers["mia"].post(f"/redaktion/seiten/{page.pk}/{deed}/")
        named = {"title": "X", "slug": "anders", "menu": "footer"}
        desk.browsers["mia"].post(f"/redaktion/seiten/{page.pk}/angaben/", named)
        kept = Page.objects.get(pk=page.pk)
        assert (kept.published, kept.slug, drafts.draft_of(kept).slug) == (True, page.slug, page.slug)
    assert Page.objects.filter(slug="impressum").exists()


def test_pictures_and_files_in_use_are_kept_also_by_drafts_and_old_states(full, time_machine):
    picture, document = MediaFile.objects.get(), Document.objects.get()
    assert (used(Shape.PICTURE), used(Shape.DOCUMENT)) == ({picture.pk}, {document.pk})
    mark_unused()
    assert MediaFile.objects.get().unused_since is None
    lonely = a_media_file("navy")
    mark_unused()
    assert set(MediaFile.objects.filter(unused_since=None)) == {picture}
    assert lonely.pk not in used(Shape.PICTURE)
    full.page.write([])
    full.page.save()
    assert remove_unused_documents() == 0, "the state before still points at it"
    Revision.objects.all().delete()
    remove_unused_documents()
    time_machine.move_to(timezone.now() + timedelta(days=31))
    assert remove_unused_documents() == 1
