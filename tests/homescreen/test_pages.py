"""The manifest, the symbol, the worker and what is shared, as browsers ask for them."""

import io
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from core.access import Role
from portal.homescreen import views
from portal.homescreen.manifest import LONGEST_SHORT_NAME, short_name
from portal.homescreen.sharing import LONGEST, own_path, words_of
from tenants.running.context import inside
from theming.models import Theme

HOSTS = {"portal.example", "portal.example:8443"}


def test_the_manifest_is_of_the_municipality(ahausen, bedorf, visitor):
    with inside(ahausen):
        Theme.objects.update(portal_name="Chancenportal Ahausen", brand_color="#aa0000")
    with inside(bedorf):
        Theme.objects.update(portal_name="Bedorf für alle", brand_color="#00aa00")
    mine, other = (visitor(slug).get("/manifest.webmanifest") for slug in ("ahausen", "bedorf"))
    assert mine["Content-Type"] == "application/manifest+json"
    assert mine.json()["name"] == "Chancenportal Ahausen"
    assert other.json()["name"] == "Bedorf für alle"
    assert mine.json()["theme_color"] != other.json()["theme_color"]
    assert {each["purpose"] for each in mine.json()["icons"]} == {"any", "maskable"}


def test_what_the_manifest_names_is_there(ahausen, visitor):
    client = visitor("ahausen")
    told = client.get("/manifest.webmanifest").json()
    for each in told["icons"]:
        answer = client.get(each["src"])
        picture = Image.open(io.BytesIO(answer.content))
        assert (f"{picture.width}x{picture.height}", answer["Content-Type"]) == (each["sizes"], each["type"])
        assert len(answer.content) < 60_000
        # A maskable one has no hole at its edges, the other has round corners.
        assert (picture.convert("RGBA").getpixel((0, 0))[3] == 255) == (each["purpose"] == "maskable")
    for each in (told["start_url"], *(shortcut["url"] for shortcut in told["shortcuts"])):
        assert client.get(each).status_code == 200
    page = client.get("/").content.decode()
    assert '<link rel="manifest" href="/manifest.webmanifest">' in page
    assert "manifest-src 'self'" in client.get("/")["Content-Security-Policy"]


def test_the_symbol_is_the_municipalitys_own_where_it_has_one(ahausen, visitor, settings):
    from django.core.files.base import ContentFile

    client, blue = visitor("ahausen"), (10, 20, 200)
    letter = client.get("/app/symbol-192-rand.png").content
    out = io.BytesIO()
    Image.new("RGB", (96, 96), blue).save(out, "PNG")
    with inside(ahausen):
        theme = Theme.objects.first() or Theme()
        theme.favicon.save("zeichen.png", ContentFile(out.getvalue()))
        theme.save()
    own = Image.open(io.BytesIO(client.get("/app/symbol-192-rand.png").content)).convert("RGB")
    assert own.getpixel((96, 96)) == blue
    assert own.getpixel((4, 4)) != blue, "nothing that counts stands where a circle cuts"
    assert Image.open(io.BytesIO(letter)).size == (192, 192)


@settings(max_examples=200, deadline=None)
@given(st.text(min_size=1, max_size=80).map(str.strip).filter(bool))
def test_a_short_name_is_short_and_begins_the_name(name):
    short = short_name(name)
    assert 0 < len(short) <= LONGEST_SHORT_NAME
    assert name.startswith(short)


def test_the_worker_is_another_one_with_each_release(ahausen, visitor, monkeypatch):
    client = visitor("ahausen")
    first = client.get("/sw.js")
    assert first["Content-Type"].startswith("text/javascript")
    assert first["Cache-Control"] == "no-cache"
    assert "@RELEASE@" not in first.content.decode()
    assert client.get("/sw.js").content == first.content
    monkeypatch.setattr(views, "release", lambda: "andere")
    assert client.get("/sw.js").content != first.content


def test_the_worker_asks_nothing_but_what_exists(ahausen, visitor):
    worker = views.WORKER.read_text()
    for path in re.findall(r'= "(/[a-z]+/)"', worker):
        assert visitor("ahausen").get(path).status_code == 200, path


def test_pages_of_signed_in_people_say_so_and_visitors_pages_do_not(ahausen, visitor, signed_in):
    """What the worker goes by: a page that depends on who asks has `Vary: Cookie`."""
    editor = signed_in(ahausen, Role.EDITOR)
    for path in ("/angebote/", "/merkliste/", "/offline/"):
        assert "Cookie" in editor.get(path)["Vary"], path
        assert "Cookie" not in visitor("ahausen").get(path).get("Vary", ""), path


def test_the_page_without_a_connection_needs_nothing_from_elsewhere(ahausen, visitor):
    page = visitor("ahausen").get("/offline/").content.decode()
    assert "Keine Verbindung" in page
    loaded = re.findall(r'<(?:script|link)[^>]*(?:src|href)="([^"]+)"', page)
    kept = [each for each in loaded if re.match(r"/(static|theme)/", each)]
    assert len(kept) >= 10
    assert re.findall(r"<script(?![^>]* (?:src|type)=)", page) == []


@pytest.mark.parametrize(
    ("shared", "leads_to"),
    [
        ({"text": "Chor für Kinder"}, "/angebote/?q=Chor+f%C3%BCr+Kinder"),
        ({"title": "Chor", "text": "https://example.org/x"}, "/angebote/?q=Chor"),
        ({"text": "Sieh mal http://ahausen.localhost:8000/angebote/7-chor/?a=1"}, "/angebote/7-chor/?a=1"),
        ({"url": "http://ahausen.localhost:8000//evil.example/"}, "/angebote/"),
        ({"url": "http://ahausen.localhost:8000/\\evil.example/"}, "/angebote/"),
        ({"url": "http://ahausen.localhost:8000@evil.example/"}, "/angebote/"),
        ({}, "/angebote/"),
    ],
)
def test_what_is_shared_becomes_a_search_or_a_page_of_ours(ahausen, visitor, shared, leads_to):
    answer = visitor("ahausen").get("/teilen/", shared)
    assert (answer.status_code, answer["Location"]) == (302, leads_to)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.text(max_size=300) | st.from_regex(r"https?://portal\.example[:/\\]\S*", fullmatch=True), max_size=3)
)
def test_whatever_is_shared_nobody_is_led_away(texts):
    path = own_path(texts, HOSTS)
    assert not path or (path.startswith("/") and not path.startswith(("//", "/\\")))
    assert len(words_of(texts)) <= LONGEST
    json.dumps(words_of(texts))
