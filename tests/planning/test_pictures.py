"""Charts and maps as files: right without the portal around them, the same numbers as the table, and bad input."""

import re
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from django.http import Http404
from django.test import RequestFactory
from PIL import Image

from core.access import Role
from portal.planning.asking import asked_by
from portal.planning.charts import scale_of
from portal.planning.drawing.registry import Picture, as_svg, names, picture_of
from portal.planning.drawing.shapes import Bars, Fields
from portal.planning.heat import legend
from portal.planning.tables import maker_of
from portal.taxonomy.models import District
from tenants.running.context import inside
from tests.factories import an_offer

# Tables without a row in this town.
EMPTY = {"suchwoerter", "ohne-treffer", "nicht-gefunden", "themen-in-ortsteilen", "filter", "gesuchte-themen", "thema",
         "plz", "traeger"}  # fmt: skip
SVG = "{http://www.w3.org/2000/svg}"


def square(lon):
    return {"type": "Polygon", "coordinates": [[[lon, 49], [lon + 1, 49], [lon + 1, 50], [lon, 50], [lon, 49]]]}


@pytest.fixture
def town(ahausen):
    with inside(ahausen):
        for at, name in enumerate(("Nord <b>", "Süd & Mitte")):
            district = District.objects.create(name=name, position=at, outline=square(7 + at))
            for _number in range(at + 1):
                an_offer(places=[{"district": district, "latitude": 49.5, "longitude": 7.5 + at, "precision": "exact"}])
    return ahausen


def words_of(svg):
    return [element.text for element in ET.fromstring(svg).iter(f"{SVG}text")]


def test_every_picture_stands_alone_and_says_what_it_is(town):
    with inside(town):
        asked = asked_by(RequestFactory().get("/auswertung/"))
        empty: set[str] = set()
        for name in names():
            try:
                picture = picture_of(name, asked)
            except Http404:
                empty.add(name)
                continue
            svg = as_svg(picture, asked)
            root = ET.fromstring(svg)
            assert root.find(f"{SVG}title").text
            assert root.find(f"{SVG}desc").text
            assert asked.period.label in " ".join(words_of(svg))
            # No style sheet, no script, nothing from elsewhere.
            assert not re.search(r'<style|<script|href|class="|url\(', svg), name
    # Nothing was searched, nobody brought figures, no offer says these: there is nothing to draw.
    assert empty == {"suchen", "luecken-bedarf", *EMPTY}


def test_bars_and_map_have_the_numbers_of_the_table(town):
    with inside(town):
        asked = asked_by(RequestFactory().get("/auswertung/angebot/"))
        table = maker_of("ort")(asked)
        assert [tuple(row) for row in table.rows] == [("Nord <b>", 1), ("Süd & Mitte", 2)]
        words = words_of(as_svg(picture_of("ort", asked), asked))
        assert words[words.index("Nord <b>") + 1] == "1"
        assert words[words.index("Süd & Mitte") + 1] == "2"
        map_words = words_of(as_svg(picture_of("karte", asked), asked))
        assert map_words[map_words.index("1 Nord <b>") + 1] == "1"


def test_bars_are_as_long_as_their_numbers_and_dark_fields_have_light_words(town):
    with inside(town):
        asked = asked_by(RequestFactory().get("/auswertung/"))
        bars = ET.fromstring(as_svg(Picture("T", "S", Bars([("a", 10, "10"), ("b", 5, "5"), ("c", 0, "0")])), asked))
        long, half, none = (float(each.get("width")) for each in bars.iter(f"{SVG}rect") if each.get("height") == "16")
        assert (long, none) == (2 * half, 0)
        scale = scale_of([1, 5, 10, 50, 90])
        fields = ET.fromstring(
            as_svg(Picture("T", "S", Fields("x", ["h"], [("r", [90])], scale, legend(scale))), asked)
        )
        cell = next(each for each in fields.iter(f"{SVG}text") if each.text == "90")
        assert cell.get("fill") == "#ffffff"


def test_a_picture_goes_along_as_svg_and_as_png(signed_in, town):
    client = signed_in(town, Role.PLANNER)
    page = client.get("/auswertung/angebot/?zeitraum=90-tage").content.decode()
    address = "/auswertung/bilder/ort.png?zeitraum=90-tage"
    assert address.replace("&", "&amp;") in page
    answer = client.get(address)
    assert answer["Content-Type"] == "image/png"
    with Image.open(BytesIO(answer.content)) as image:
        assert image.width == 1800
        # Words were drawn: our font was found without one of the server's.
        assert len(image.convert("L").crop((48, 40, 1200, 100)).getcolors(256)) > 8
    svg = client.get("/auswertung/bilder/karte.svg")
    assert 'filename="karte.svg"' in svg["Content-Disposition"]
    ET.fromstring(svg.content)
    for wrong in ("gibtesnicht.svg", "ort.pdf", "luecken-bedarf.png"):
        assert client.get(f"/auswertung/bilder/{wrong}").status_code == 404
