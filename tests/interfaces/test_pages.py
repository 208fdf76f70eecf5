"""The pages that explain the interface: complete in German and English, every link leads somewhere."""

import json
import re

import pytest

from portal.interfaces.reading import operations, shapes
from portal.interfaces.views.others import SCHEMA
from portal.preferences.models import Preferences
from tenants.running.context import inside
from tests.factories import an_offer


def _sentences(what):
    if isinstance(what, dict):
        for name, value in what.items():
            if name in {"description", "summary"} and isinstance(value, str):
                yield value
            else:
                yield from _sentences(value)
    elif isinstance(what, list):
        for each in what:
            yield from _sentences(each)


def test_every_sentence_of_the_description_is_said_in_german():
    from pathlib import Path

    import polib
    from django.conf import settings

    known = {
        entry.msgid
        for path in Path(settings.BASE_DIR).glob("portal/*/locale/de/LC_MESSAGES/django.po")
        for entry in polib.pofile(str(path))
        if entry.translated()
    }
    description = json.loads(SCHEMA.read_text())
    said = {*_sentences(description["paths"]), *_sentences(description["components"])}
    assert sorted(each for each in said if each and each not in known) == []


def test_the_page_shows_every_address_and_every_field(ahausen, visitor):
    description = json.loads(SCHEMA.read_text())
    page = visitor("ahausen").get("/api/").content.decode()
    asked = [(method.upper(), path) for path, methods in description["paths"].items() for method in methods]
    for method, path in asked:
        assert f"{method} {path}<" in page
    for name, shape in description["components"]["schemas"].items():
        if "properties" in shape:
            assert f'id="{name}"' in page
            assert all(f">{field}<" in page for field in shape["properties"]), name
    assert [(each.method, each.path) for each in operations(description)] == asked
    assert {each.given for each in operations(description)} == {"", "WrittenOffer", "ChangedOffer"}
    assert {each.answer for each in operations(description)} <= {each.name for each in shapes(description)}
    assert "Ein Angebot, wie seine Seite es zeigt." in page
    anchors = set(re.findall(r'href="#([^"]+)"', page))
    assert anchors <= set(re.findall(r'id="([^"]+)"', page)) | {"inhalt"}


def test_the_page_is_english_for_whoever_asks_for_another_language(ahausen, visitor):
    page = visitor("ahausen").get("/api/?sprache=en").content.decode()
    assert "An offer, as its page shows it." in page


@pytest.mark.parametrize("licence", ["", "dl-by-de/2.0", "cc-zero"])
def test_the_page_of_data_names_the_licence_and_its_links_lead_somewhere(ahausen, visitor, licence):
    with inside(ahausen):
        an_offer()
        rules = Preferences.load()
        rules.data_licence = licence
        rules.save()
    client = visitor("ahausen")
    page = client.get("/daten/").content.decode()
    main = page.partition("<main")[2].partition("</main>")[0]
    assert ("govdata.de/dl-de/by-2-0" in main) == (licence == "dl-by-de/2.0")
    assert ("Noch ist keine Lizenz gewählt" in main) == (not licence)
    links = set(re.findall(r'href="(/[^"]+)"', main))
    assert len(links) > 8
    for link in links:
        answer = client.get(link)
        b"".join(answer)
        assert answer.status_code == 200, link


def test_the_examples_of_the_page_are_answered(ahausen, visitor):
    client = visitor("ahausen")
    page = client.get("/api/").content.decode()
    examples = re.findall(r'<a href="(/api/[^"]+)"><code dir="ltr">https?://[^/]+(/[^<]+)</code>', page)
    assert len(examples) == 4
    assert all(link == shown for link, shown in examples)
    for each, _shown in examples:
        answer = client.get(each.replace("&amp;", "&"))
        assert (answer.status_code, answer.json().get("ignored", [])) == (200, [])
