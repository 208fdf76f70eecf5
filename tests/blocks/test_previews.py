"""The link for people without an account: it shows the draft and nothing else, ends, and is not indexed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from portal.blocks import previews
from portal.blocks.models import Draft, PreviewLink
from portal.pages.models import Page
from tenants.running.context import inside
from tests.blocks.conftest import block

pytestmark = pytest.mark.django_db


@pytest.fixture
def linked(desk, time_machine):
    time_machine.move_to(datetime(2026, 3, 2, 9, 0, tzinfo=UTC), tick=False)
    desk.press("mia", {"tun": "speichern"}, open="text0", **{"b-html": "Nur im Entwurf"})
    desk.browsers["mia"].post(f"{desk.url}vorschau/link/")
    return desk


def path():
    return f"/vorschau/{previews.token_of(PreviewLink.objects.get())}/"


def html(answer):
    return answer.content.decode()


def test_without_an_account_the_draft_is_seen_and_kept_by_nobody(linked, visitor):
    answer = visitor("ahausen").get(path())
    text = html(answer)
    assert answer.status_code == 200
    assert "Nur im Entwurf" in text
    assert "Guten Tag" not in text
    assert "noindex" in answer["X-Robots-Tag"]
    assert '<meta name="robots" content="noindex, nofollow">' in text
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert 'rel="canonical"' not in text
    assert not answer.cookies
    assert "/redaktion/" not in text


def test_the_editor_sees_the_link_and_its_end(linked):
    text = html(linked.browsers["mia"].get(linked.url))
    assert f'{path()}"' in text
    assert "9. März 2026" in text


def test_it_shows_no_other_draft_and_no_hidden_block(linked, visitor):
    other = Page.objects.create(slug="anders", title="Anders", published=False)
    Draft.objects.create(page=other, title="Anders", slug="anders", base="x",
                         blocks=[block("text", "geheim", html="<p>Ein anderer Entwurf</p>")])  # fmt: skip
    linked.press("mia", {"neu": "quote", "schluessel": "zitat1"})
    linked.press("mia", {"tun": "fertig"}, open="zitat1", **{"b-text": "Verborgenes", "b-name": "Jo"})
    linked.press("mia", {"verbergen": "zitat1"})
    text = html(visitor("ahausen").get(path()))
    assert "Ein anderer Entwurf" not in text
    assert "Verborgenes" not in text


def test_it_ends_after_a_week(linked, visitor, time_machine):
    there = path()
    time_machine.move_to(datetime(2026, 3, 9, 9, 0, tzinfo=UTC) + timedelta(seconds=1), tick=False)
    answer = visitor("ahausen").get(there)
    assert answer.status_code == 410
    assert "Nur im Entwurf" not in html(answer)
    assert "noindex" in answer["X-Robots-Tag"]


def test_it_ends_when_the_editors_say_so_and_a_new_one_replaces_the_old(linked, visitor):
    first = path()
    linked.browsers["mia"].post(f"{linked.url}vorschau/link/")
    assert visitor("ahausen").get(first).status_code == 404
    second = path()
    assert visitor("ahausen").get(second).status_code == 200
    linked.browsers["mia"].post(f"{linked.url}vorschau/link/", {"beenden": "1"})
    assert visitor("ahausen").get(second).status_code == 404


def test_after_publishing_it_leads_to_the_page(linked, visitor):
    linked.press("mia", {"tun": "online"})
    answer = visitor("ahausen").get(path())
    assert answer.status_code == 410
    assert 'href="/neu-hier/"' in html(answer)


def test_guessed_and_foreign_links_open_nothing(linked, visitor, bedorf):
    link = PreviewLink.objects.get()
    for token in (link.key, f"{link.key}-", f"{link.key}-{'0' * 24}", "x-y", "ä" * 50):
        assert visitor("ahausen").get(f"/vorschau/{token}/").status_code == 404
    there = path()
    with inside(bedorf):
        page = Page.objects.first()
        PreviewLink.objects.create(page=page, key=link.key, ends_at=timezone.now() + timedelta(days=1))
    assert visitor("bedorf").get(there).status_code == 404


def test_there_is_no_link_without_a_draft(desk):
    desk.browsers["mia"].post(f"{desk.url}vorschau/link/")
    assert not PreviewLink.objects.exists()


def test_editors_look_before_they_publish(linked):
    text = html(linked.browsers["mia"].get(f"{linked.url}vorschau/"))
    assert "Nur im Entwurf" in text
    assert "So wird die Seite aussehen" in text


def test_nothing_of_a_look_is_remembered_each_shows_the_draft_of_its_moment(linked, visitor):
    there = path()
    for said in ("Erste Fassung", "Zweite Fassung"):
        linked.press("mia", {"tun": "speichern"}, open="text0", **{"b-html": said})
        for address in (there, f"{there}?sprache=ar"):
            answer = visitor("ahausen").get(address)
            assert said in html(answer)
            assert "private" in answer["Cache-Control"]
            assert "noindex" in answer["X-Robots-Tag"]
            assert not answer.cookies
    assert "Guten Tag" in html(visitor("ahausen").get("/neu-hier/"))


def test_no_list_leads_to_it_and_its_end_gives_no_cookie_either(linked, visitor, time_machine):
    there = path()
    for list_of_all in ("/sitemap.xml", "/sitemap-seiten-1.xml", "/robots.txt", "/"):
        assert "/vorschau/" not in html(visitor("ahausen").get(list_of_all))
    time_machine.shift(timedelta(days=8))
    answer = visitor("ahausen").get(there)
    assert (answer.status_code, dict(answer.cookies)) == (410, {})
    assert "no-store" in answer["Cache-Control"]
    assert visitor("ahausen").post(there).status_code == 405
