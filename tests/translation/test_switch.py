"""Residents choose the language of the interface in the address, and it stays until they choose another."""

import re

import pytest
from django.urls import get_resolver

from core.access import Role
from portal.pages.models import Page
from portal.translation.languages import CODES
from portal.translation.models import LanguageSettings
from tenants.running.context import inside
from tests.factories import an_offer
from tools.messages import TOWN_HALL

RIGHT_TO_LEFT = {"ar", "fa"}


def patterns_of(resolver):
    """Every path of a map, those of included maps too."""
    for each in resolver.url_patterns:
        yield from patterns_of(each) if hasattr(each, "url_patterns") else [each]


@pytest.mark.parametrize("code", CODES)
def test_the_page_says_its_language_and_its_direction(ahausen, visitor, code):
    answer = visitor("ahausen").get("/", {"sprache": code})
    direction = "rtl" if code in RIGHT_TO_LEFT else "ltr"
    assert f'<html lang="{code}" dir="{direction}"' in answer.content.decode()
    assert answer["Content-Language"] == code
    assert answer.cookies == {}
    assert "Accept-Language" not in answer.get("Vary", "")


def test_the_browsers_own_language_changes_nothing(ahausen, visitor):
    answer = visitor("ahausen").get("/", headers={"Accept-Language": "tr"})
    assert '<html lang="de"' in answer.content.decode()


@pytest.mark.parametrize("junk", ["xx", "", "DE", "../../etc", "a" * 5000, "\x00", "<script>", "de-leicht"])
def test_a_language_nobody_knows_gives_the_german_page(ahausen, visitor, junk):
    answer = visitor("ahausen").get("/angebote/", {"sprache": junk})
    assert answer.status_code == 200
    assert '<html lang="de"' in answer.content.decode()
    assert "<script>" not in answer.content.decode().replace("<script src", "")


def test_a_municipality_offers_only_the_languages_it_chose(ahausen, bedorf, visitor):
    with inside(ahausen):
        LanguageSettings.objects.update_or_create(pk=1, defaults={"offered": ["de", "tr"]})
    page = visitor("ahausen").get("/?sprache=fr").content.decode()
    assert '<html lang="de"' in page
    assert "Türkçe" in page
    assert "Français" not in page
    assert '<html lang="fr"' in visitor("bedorf").get("/?sprache=fr").content.decode()


def test_a_municipality_with_german_only_has_no_menu(ahausen, visitor):
    with inside(ahausen):
        LanguageSettings.objects.update_or_create(pk=1, defaults={"offered": ["de"]})
    page = visitor("ahausen").get("/").content.decode()
    assert "data-languages" not in page
    assert "hreflang" not in page


def test_search_engines_find_the_other_languages_of_a_page_but_not_of_a_search(ahausen, visitor):
    page = visitor("ahausen").get("/angebote/?sprache=tr").content.decode().replace("localhost:8000", "localhost")
    assert '<link rel="alternate" hreflang="ar" href="http://ahausen.localhost/angebote/?sprache=ar">' in page
    assert '<link rel="alternate" hreflang="de" href="http://ahausen.localhost/angebote/">' in page
    assert '<link rel="alternate" hreflang="x-default" href="http://ahausen.localhost/angebote/">' in page
    assert 'rel="alternate" hreflang' not in visitor("ahausen").get("/angebote/?q=kurs").content.decode()


def test_the_menu_leads_to_the_same_search_in_another_language(ahausen, visitor):
    page = visitor("ahausen").get("/angebote/?q=kurs&kostenfrei=1&sprache=tr").content.decode()
    assert 'href="/angebote/?q=kurs&amp;kostenfrei=1&amp;sprache=fa" hreflang="fa" lang="fa"' in page
    assert 'href="/angebote/?q=kurs&amp;kostenfrei=1" hreflang="de"' in page
    assert re.search(r'hreflang="tr"[^>]*aria-current="true"', page)


def test_every_link_of_a_page_keeps_the_language(ahausen, visitor):
    with inside(ahausen):
        an_offer(
            title="Töpfern", description='<p><a href="/kontakt/">Kontakt</a> <a href="https://a.example/">A</a></p>'
        )
    client = visitor("ahausen")
    todo, seen = ["/?sprache=ar"], set()
    while todo:
        address = todo.pop()
        if address in seen or len(seen) > 60:
            continue
        seen.add(address)
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, address
        page = answer.content.decode()
        assert 'dir="rtl"' in page, address
        for tag in re.findall(r"<(?:a|form)\s[^>]*>", page):
            target = re.search(r'(?:href|action)="([^"]*)"', tag)
            if target is None or "hreflang" in tag or re.match(r"(#|https?:|mailto:|tel:|//)", target[1]):
                continue
            if "." in target[1].split("?")[0]:
                continue
            if tag.startswith("<form") and 'method="post"' not in tag:
                assert f'{tag}<input type="hidden" name="sprache" value="ar">' in page
                continue
            assert "sprache=ar" in target[1], f"{address}: {tag}"
            if tag.startswith("<a"):
                path = target[1].replace("&amp;", "&")
                todo.append(path if path.startswith("/") else address.split("?")[0] + path)
    assert len(seen) > 12


def test_redirects_and_what_htmx_writes_into_the_address_keep_the_language(ahausen, visitor):
    with inside(ahausen):
        offer = an_offer(title="Töpfern")
    client = visitor("ahausen")
    moved = client.get(f"/angebote/{offer.pk}-falsch/?sprache=uk")
    assert moved.url == f"/angebote/{offer.pk}-toepfern/?sprache=uk"
    searched = client.get("/angebote/?q=kurs&sprache=uk", headers={"HX-Request": "true"})
    assert searched["HX-Push-Url"] == "/angebote/?q=kurs&sprache=uk"
    assert client.get("/angebote?sprache=uk").url.endswith("/angebote/?sprache=uk")
    asked = client.get("/redaktion/?sprache=uk")
    assert "sprache%3Duk" in asked.url
    assert asked.url.endswith("sprache=uk")


def test_the_town_hall_speaks_german_and_english_and_leads_back_in_the_language_one_came_with(ahausen, signed_in):
    client = signed_in(ahausen, Role.EDITOR)
    pages = {code: client.get(f"/redaktion/?sprache={code}") for code in ("de", "en", "ar")}
    assert {code: page["Content-Language"] for code, page in pages.items()} == {"de": "de", "en": "en", "ar": "de"}
    arabic = pages["ar"].content.decode()
    assert '<html lang="de" dir="ltr"' in arabic
    assert "Schreibtisch" in arabic
    assert 'href="/?sprache=ar"' in arabic


# Their words stand on the pages of other rooms: of the lists (vocabulary), of the interface, of webhooks.
WITHOUT_PAGES = {"adoption", "machine_access", "courier"}


def test_rooms_without_other_languages_have_pages_of_the_town_hall_only():
    there = {
        (str(pattern.pattern), room)
        for pattern in patterns_of(get_resolver("config.urls_tenant"))
        for room in TOWN_HALL.intersection(pattern.callback.__module__.split("."))
    }
    assert {room for _route, room in there} == TOWN_HALL - WITHOUT_PAGES
    spoken = ("redaktion/", "plattform/", "auswertung/", "hilfe-zugang/", "api/", "daten/", "hsds/")
    assert [route for route, _room in there if not route.removeprefix("^").startswith(spoken)] == []


def test_an_error_page_speaks_the_language_too(ahausen, visitor):
    answer = visitor("ahausen").get("/gibt-es-nicht/?sprache=ar")
    assert answer.status_code == 404
    assert 'dir="rtl"' in answer.content.decode()


def test_content_stays_german_and_says_so(ahausen, visitor):
    with inside(ahausen):
        an_offer(title="Töpfern für alle", summary="Mit Ton.")
        Page.objects.update_or_create(slug="ueber-uns", defaults={"title": "Über uns", "body": "<p>Wir.</p>"})
    page = visitor("ahausen").get("/angebote/?sprache=ar").content.decode()
    assert '<bdi lang="de" dir="ltr">Töpfern für alle</bdi>' in page
    about = visitor("ahausen").get("/ueber-uns/?sprache=ar").content.decode()
    assert '<article lang="de" dir="ltr">' in about
    german = visitor("ahausen").get("/angebote/").content.decode()
    assert "<bdi" not in german
    assert 'lang="de" dir="ltr">Töpfern' not in german


def test_people_who_sign_in_keep_their_language(ahausen, visitor, person):
    from core.access import Role
    from tests.conftest import PASSWORD

    user = person(ahausen, Role.EDITOR)
    client = visitor("ahausen")
    answer = client.post("/konto/anmelden/?sprache=tr", {"login": user.email, "password": PASSWORD})
    assert answer.status_code == 302
    assert answer.url.endswith("sprache=tr")


def test_the_operators_side_stays_german(db, visitor):
    assert '<html lang="de"' in visitor("").get("/?sprache=tr").content.decode()
