"""The small map of a place on the pages of offers and providers."""

import re

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from portal.maps.models import MapSettings
from portal.taxonomy.models import District
from tenants.running.context import inside
from tests.conftest import municipality

SQUARE = {"type": "Polygon", "coordinates": [[[7, 49], [7.2, 49], [7.2, 49.1], [7, 49.1], [7, 49]]]}
HALF = {"type": "Polygon", "coordinates": [[[7, 49], [7.1, 49], [7.1, 49.1], [7, 49.1], [7, 49]]]}


def shown(**words):
    context = Context({"request": RequestFactory().get("/"), **words})
    code = "{% load maps %}{% small_map latitude longitude label exact %}"
    return Template(code).render(context)


@pytest.fixture
def here(ahausen):
    with inside(municipality("ahausen")):
        MapSettings.load()
        MapSettings.objects.update(outline=SQUARE)
        District.objects.create(name="West <b>", outline=HALF)
        yield


def test_a_place_has_a_pin_its_district_and_a_way(here):
    html = shown(latitude=49.05, longitude=7.05, label="Bücherei", exact=True)
    assert "Karte: wo Bücherei liegt" in html
    assert "West &lt;b&gt;" in html
    assert "West <b>" not in html
    assert "openstreetmap.org/directions?to=49.05000%2C7.05000" in html
    assert html.count("map__pin") == 1
    x, y = re.search(r"translate\(([\d.]+) ([\d.]+)\)", html).groups()
    assert 0 < float(x) < 160
    assert float(y) > 0


def test_a_place_only_roughly_known_has_a_ring_and_no_way(here):
    html = shown(latitude=49.05, longitude=7.15, label="Frauenhaus", exact=False)
    assert "map__about" in html
    assert "map__pin" not in html
    assert "openstreetmap" not in html
    assert "ungefähre Lage" in html


def test_a_place_nobody_knows_shows_nothing(here):
    assert shown(latitude=None, longitude=None, label="Irgendwo", exact=True).strip() == ""


def test_without_outlines_the_way_remains(ahausen):
    with inside(municipality("ahausen")):
        html = shown(latitude=49.05, longitude=7.05, label="Bücherei", exact=True)
    assert '<svg class="smallmap' not in html
    assert "openstreetmap.org" in html


def test_many_small_maps_of_one_page_ask_for_the_shapes_once(here, django_assert_max_num_queries):
    request = RequestFactory().get("/")
    code = "{% load maps %}{% for n in numbers %}{% small_map 49.05 7.05 'Ort' True %}{% endfor %}"
    with django_assert_max_num_queries(2):
        html = Template(code).render(Context({"request": request, "numbers": range(5)}))
    assert html.count("<figure") == 5
