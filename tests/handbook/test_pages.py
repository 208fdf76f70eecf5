"""The handbook: open to all, found by words, in two languages, and linked from every page of the signed-in area."""

import re
from dataclasses import replace
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.urls import get_resolver, resolve

from core.access import Role
from core.handbook import help_for
from portal.handbook.contents import LANGUAGES, TEXTS, pages
from portal.handbook.finding import find
from portal.handbook.rendering import anchor, known_pictures, rendered

EVERY = [page for language in LANGUAGES for page in pages(language)]
IDS = [f"{page.language}-{page.slug}" for page in EVERY]
# Words in quotation marks that are examples or hints, not words of the service.
EXAMPLES = {
    "Nähcafé", "Handarbeitsangebot", "(freiwillig)", "Wo es steht", "Planung", "Sitzungen", "bis auf Weiteres",
}  # fmt: skip
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]*)\)")


def test_the_index_names_all_pages_for_everybody(ahausen, visitor):
    page = visitor("ahausen").get("/hilfe/").content.decode()
    for each in pages("de"):
        assert f'href="{each.url}"' in page, each.url
    assert "Sie sehen die englische" not in page
    assert "Set-Cookie" not in visitor("ahausen").get("/hilfe/").headers


@pytest.mark.parametrize("language", ["de", "en", "ar"])
def test_each_page_opens_in_every_language(ahausen, visitor, language):
    client = visitor("ahausen")
    for each in pages("de"):
        answer = client.get(each.url, {"sprache": language})
        assert answer.status_code == 200, each.url
        shown = "de" if language == "de" else "en"
        assert re.search(f'<div[^>]*handbook__words[^>]*lang="{shown}"', answer.content.decode()), each.url


def test_what_is_not_there_is_not_found(ahausen, visitor):
    for path in ("/hilfe/anbieter/nichts/", "/hilfe/niemand/termine/", "/hilfe/redaktion/termine/"):
        assert visitor("ahausen").get(path).status_code == 404, path


def test_both_languages_have_the_same_pages():
    assert [page.url for page in pages("de")] == [page.url for page in pages("en")]
    names = {
        language: {path.relative_to(TEXTS / language) for path in (TEXTS / language).rglob("*.md")}
        for language in LANGUAGES
    }
    assert names["de"] == names["en"], "those of rooms that are not here, too"


@pytest.mark.parametrize("page", EVERY, ids=IDS)
def test_pictures_are_there_and_described(page):
    found = PICTURE.findall(page.source)
    for alt, target in found:
        assert len(alt) > 15, target
        assert target.removeprefix("picture:") in known_pictures(), target
    assert str(rendered(page).html).count("<img") == len(found)


@pytest.mark.parametrize("page", EVERY, ids=IDS)
def test_links_within_the_handbook_lead_somewhere(page):
    for target in re.findall(r"(?<!!)\[[^\]]+\]\((/[^)]+)\)", page.source):
        assert resolve(target, settings.ROOT_URLCONF), target
        if target.startswith("/hilfe/"):
            assert target in {each.url for each in EVERY}, target
    names = [anchor(part["label"]) for part in rendered(page).parts]
    assert len(names) == len(set(names))


def test_words_in_quotation_marks_are_words_of_the_service():
    """A button that is called otherwise by now must not go on in the handbook."""
    said = "\n".join(
        text.replace("\u00a0", " ")
        for path in Path(settings.BASE_DIR).rglob("locale/de/LC_MESSAGES/django.po")
        if ".venv" not in path.parts
        for entry in polib.pofile(str(path))
        for text in (entry.msgstr, *entry.msgstr_plural.values())
    )
    quoted = {words for page in pages("de") for words in re.findall("„([^“]+)“", page.source)}
    assert {words for words in quoted - EXAMPLES if words not in said} == set()


@pytest.mark.parametrize(
    ("words", "slug"),
    [("Uhrzeit", "termine"), ("papierkorb", "angebote-verwalten"), ("Mitglieder einladen", "personen"),
     ("öffnungszeiten", "profil"), ("Oeffnungszeiten", "profil"), ("statist", "zahlen")],
)  # fmt: skip
def test_pages_are_found_by_words(words, slug):
    assert find(words, "de")[0].page.slug == slug


def test_the_search_says_so_when_nothing_fits_and_survives_junk(ahausen, visitor):
    client = visitor("ahausen")
    page = client.get("/hilfe/", {"q": "<script>xyzzy</script>"}).content.decode()
    assert "0 Seiten der Hilfe passen" in page
    assert "&lt;script&gt;xyzzy" in page
    for junk in ("\0", " ", "a" * 5000, "((((", "%"):
        assert client.get("/hilfe/", {"q": junk}).status_code == 200, junk


def _routes() -> set[str]:
    def walk(patterns, before=""):
        for each in patterns:
            here = before + str(each.pattern)
            if hasattr(each, "url_patterns"):
                yield from walk(each.url_patterns, here)
            else:
                yield here

    return set(walk(get_resolver(settings.ROOT_URLCONF).url_patterns))


def test_each_page_of_the_signed_in_area_has_its_help():
    own = {route for route in _routes() if route.lstrip("^").startswith("konto/")}
    assert len(own) > 60
    paths = {page.url for page in pages("de")}
    for route in own:
        assert help_for(route.lstrip("^")) in paths, route
    # What a page says it covers exists.
    for page in pages("de"):
        for covered in page.covers:
            if covered != "auswertung/":
                assert any(route.lstrip("^").startswith(covered) for route in _routes()), (page.slug, covered)


@pytest.mark.parametrize(
    ("path", "slug"),
    [("/konto/", "uebersicht"), ("/konto/angebote/", "angebote-verwalten"), ("/konto/statistik/", "zahlen"),
     ("/konto/angebote/neu/", "angebot-eintragen"), ("/konto/person/", "konto"), ("/konto/anbieter/", "profil")],
)  # fmt: skip
def test_pages_lead_to_the_help_that_fits(ahausen, signed_in, path, slug):
    page = signed_in(ahausen, Role.PROVIDER).get(path, follow=True).content.decode()
    assert f'class="helplink no-print"><a href="/hilfe/anbieter/{slug}/"' in page


def test_visitors_find_the_help_at_the_foot_of_pages(ahausen, visitor):
    page = visitor("ahausen").get("/konto/registrieren/").content.decode()
    assert 'href="/hilfe/anbieter/registrieren/"' in page
    assert 'href="/hilfe/"' in visitor("ahausen").get("/").content.decode()


def test_raw_html_in_a_text_stays_text():
    for path in TEXTS.rglob("*.md"):
        assert "<script" not in path.read_text()
    assert "&lt;b&gt;" in str(rendered(replace(EVERY[0], source="<b>fett</b>")).html)
