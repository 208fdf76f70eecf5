"""The preview is the real page with the draft, and nothing of it reaches anybody else."""

import re

import pytest
from django.test import Client

from portal.appearance.preview import NOWHERE
from tests.appearance.conftest import FRAME, LOOK, START, picture, send
from tests.factories import an_offer
from theming.models import Theme
from theming.showing import shown

pytestmark = pytest.mark.django_db
PREVIEW = "/redaktion/aussehen/vorschau/"


def seen(client: Client, page: str = "/", **more: str) -> str:
    answer = client.get(PREVIEW, {"seite": page, **more})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def drafted(desk):
    send(desk, LOOK, brand_color="#7a1fa2", logo=picture(300, 150), dark_mode_allowed="on")
    send(desk, FRAME, portal_name="Neuer Name", footer_layout="schmal")
    send(desk, START, hero_title="Neuer Titel")
    return desk


def test_it_shows_the_draft_on_real_pages_and_visitors_go_on_seeing_the_published_look(drafted):
    an_offer(title="Töpfern für alle")
    visitor = Client(HTTP_HOST="ahausen.localhost")
    before = visitor.get("/").content
    start, offers = seen(drafted), seen(drafted, "/angebote/")
    for page in (start, offers):
        assert "Neuer Name" in page
        assert 'class="foot foot--schmal"' in page
        assert "haupt=%237a1fa2" in page
        assert "/media/theme/" in page
    assert "Neuer Titel" in start
    assert "Töpfern für alle" in offers
    assert visitor.get("/").content == before
    assert shown() is None
    assert Theme.load().portal_name == "Chancenportal Stadt Ahausen"


def test_its_links_lead_on_within_the_preview_and_nothing_in_it_runs(drafted):
    page = seen(drafted, "/", modus="dunkel")
    assert "<script" not in page
    links = re.findall(r'<a\b[^<>]*?\shref="(/[^"]*)"', page)
    assert len(links) > 5
    assert all(link.startswith((PREVIEW, "/media/", "/static/")) for link in links)
    assert any("seite=%2Fangebote%2F" in link and "modus=dunkel" in link for link in links)
    answer = drafted.get(PREVIEW)
    policy = answer["Content-Security-Policy"]
    assert "script-src 'none'" in policy
    assert "form-action 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "no-store" in answer["Cache-Control"]


def test_dark_is_shown_only_where_the_draft_allows_it(drafted):
    assert 'data-kern-theme="dark"' in seen(drafted, modus="dunkel")
    assert 'data-kern-theme="light"' in seen(drafted)
    send(drafted, LOOK, dark_mode_allowed=False)
    assert 'data-kern-theme="light"' in seen(drafted, modus="dunkel")


def test_what_is_no_public_page_is_named_and_not_shown(drafted):
    for page in ("/konto/person/", "/redaktion/", "/theme/x.css", "/opensearch.xml"):
        found = seen(drafted, page)
        assert "Gehört nicht zur Vorschau" in found
        assert "miriam" not in found
    assert "Seite nicht gefunden" in seen(drafted, NOWHERE)
    assert "Neuer Name" in seen(drafted, NOWHERE)


@pytest.mark.parametrize("page", ["//boese.example/", "https://boese.example/", "x", "/" + "a" * 3000])
def test_other_addresses_are_refused(drafted, page):
    assert drafted.get(PREVIEW, {"seite": page}).status_code == 404


def test_a_visitor_in_the_preview_is_nobody(drafted):
    page = seen(drafted, "/angebote/")
    assert "Abmelden" not in page
    assert not drafted.get(PREVIEW, {"seite": "/feedback/"}).cookies


def test_mails_take_the_draft_in_the_preview_and_the_published_look_outside(drafted):
    mail = drafted.get(f"{PREVIEW}mail/").content.decode()
    assert "Neuer Name" in mail
    assert "#7a1fa2" in mail
    assert "data:image/png;base64" in mail


def test_an_earlier_look_can_be_looked_at(drafted):
    send(drafted, LOOK, tun="online")
    first = drafted.get("/redaktion/aussehen/frueher/").context["rows"][-1]["revision"]
    old = seen(drafted, stand=str(first.pk))
    assert "Chancenportal Stadt Ahausen" in old
    assert f"stand={first.pk}" in old
    assert drafted.get(PREVIEW, {"stand": "999999"}).status_code == 404
    assert drafted.get(PREVIEW, {"stand": "x"}).status_code == 404


def test_the_sheet_of_an_address_is_a_sheet_of_known_things_only(desk):
    fine = {"haupt": "#00843d", "zweit": "#ffcc00", "schrift": "atkinson", "ecken": "rund", "dunkel": "1"}
    answer = desk.get("/redaktion/aussehen/vorschau.css", fine)
    assert "--t-brand:#00843d" in answer.content.decode()
    for wrong in ({"haupt": "red"}, {"haupt": "#00843d}body{"}, {"schrift": "x"}, {"ecken": "1px"}):
        assert desk.get("/redaktion/aussehen/vorschau.css", {**fine, **wrong}).status_code == 404
        assert desk.get("/redaktion/aussehen/lesbarkeit/", {**fine, **wrong}).status_code == 404
    assert "#00843D" in desk.get("/redaktion/aussehen/lesbarkeit/", fine).content.decode()
