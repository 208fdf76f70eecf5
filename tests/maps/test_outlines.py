"""Outlines as geoportals and programs write them: what is an area is taken, the rest is told."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from core.access import Role
from portal.maps.geometry import OutlineError, outline_of
from portal.maps.models import MapSettings
from portal.taxonomy.models import District
from tenants.running.context import inside

RING = [[6.9, 49.2], [7.1, 49.2], [7.1, 49.3], [6.9, 49.3], [6.9, 49.2]]
SQUARE = {"type": "Polygon", "coordinates": [RING]}
SWAPPED = {"type": "Polygon", "coordinates": [[[lat, lon] for lon, lat in RING]]}


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def feature(geometry, **properties):
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*geometries):
    return {"type": "FeatureCollection", "features": [feature(each) for each in geometries]}


POINT = {"type": "Point", "coordinates": [7.0, 49.25]}
LINE = {"type": "LineString", "coordinates": [[7.0, 49.25], [7.1, 49.25]]}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (SQUARE, ""),
        (collection(SQUARE, None), "they are empty: 1 areas."),
        (collection(None, SQUARE, {"type": "Polygon", "coordinates": []}), "they are empty: 2 areas."),
        (collection(SQUARE, {"type": "MultiPolygon", "coordinates": [[]]}), "they are empty: 1 areas."),
        (collection(SQUARE, POINT), "no areas: 1 points or lines."),
        (collection(LINE, SQUARE, POINT), "no areas: 2 points or lines."),
        (feature({"type": "GeometryCollection", "geometries": [POINT, SQUARE]}), "no areas: 1 points or lines."),
        (collection(SQUARE, {"type": "Polygon", "coordinates": [[[7, 49], [7.1, 49]]]}), "less than three corners: 1"),
        (collection(SQUARE, {"type": "Polygon", "coordinates": [[[7, 49], [8, 50], [9, 51], [7, 49]]]}), "corners: 1"),
        (SWAPPED, "had changed places"),
        (collection(SWAPPED, None), "had changed places"),
        ({"type": "Polygon", "coordinates": [[[*corner, 230.5] for corner in RING]]}, ""),
    ],
)
def test_areas_are_taken_and_the_rest_is_told(given, said):
    found = outline_of(given)
    assert found.geometry == SQUARE
    assert said in " ".join(found.notes)
    assert bool(said) == bool(found.notes)


def ring(west, south, step):
    return {
        "type": "Polygon",
        "coordinates": [[[west, south], [west + step, south], [west + step, south + step], [west, south]]],
    }


def test_one_area_of_several_the_other_way_round_is_put_right():
    other = ring(7.5, 49.5, 0.1)
    swapped = {**other, "coordinates": [[corner[::-1] for corner in other["coordinates"][0]]]}
    found = outline_of(collection(SQUARE, swapped))
    assert found.geometry == outline_of(collection(SQUARE, other)).geometry
    assert "had changed places" in found.notes[0]
    with pytest.raises(OutlineError, match="a corner is at latitude 2, longitude 45"):
        outline_of(collection(SQUARE, ring(45, 2, 1)))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (ring(57_000, 155_000, 900), "EPSG:25832"),
        ({**ring(357_000, 5_455_000, 900), "crs": {"properties": {"name": "EPSG:2154"}}}, "EPSG:2154"),
        ({**ring(357_000, 5_455_000, 900), "crs": {"properties": {"name": "EPSG:9999"}}}, "EPSG:9999"),
        (ring(45, 2, 1), "does not lie in Germany (a corner is at latitude 2, longitude 45)"),
        (ring(-74, 40, 1), "does not lie in Germany"),
        (ring(0, 0, 1), "does not lie in Germany"),
        (collection(None), "no GeoJSON with polygons"),
        (collection(POINT), "no GeoJSON with polygons"),
        (ring(float("nan"), 49, 1), "not numbers"),
        (ring(10**400, 49, 1), "not numbers"),
    ],
)
def test_what_lies_elsewhere_is_refused_with_advice(given, said):
    with pytest.raises(OutlineError) as refused:
        outline_of(given)
    assert said in str(refused.value)


def a_file(content):
    return SimpleUploadedFile("a.geojson", json.dumps(content).encode(), "application/geo+json")


def test_an_editor_reads_what_was_left_out(ahausen, signed_in):
    with inside(ahausen):
        District.objects.create(name="Mühlenberg")
    client = signed_in(ahausen, Role.EDITOR)
    districts = {
        "type": "FeatureCollection",
        "features": [feature(SQUARE, name="Mu\u0308hlen\u00adberg"), feature(POINT, name="Beschriftung")],
    }
    files = {"outline_file": a_file(collection(SWAPPED, None)), "districts_file": a_file(districts)}
    with translation.override("de"):
        answer = client.post("/redaktion/karte/", {"min_zoom": 8, "max_zoom": 17, **files}, follow=True)
    page = answer.content.decode()
    assert "Die Karte wurde geändert." in page
    for words in ("Breite und Länge waren in der Datei vertauscht", "1 leere Flächen", "1 Einträge ohne Fläche"):
        assert words in page, words
    with inside(ahausen):
        assert MapSettings.objects.get().outline == SQUARE
        assert District.objects.get().outline == SQUARE


# The same corner in Saarbrücken in every system that German land surveys use.
@pytest.mark.parametrize(
    ("code", "west", "south"),
    [
        (25832, 354_370, 5_455_840),
        (4647, 32_354_370, 5_455_840),
        (31466, 2_572_750, 5_456_760),
        (31467, 3_354_320, 5_457_560),
        (3857, 779_240, 6_314_930),
    ],
)
@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("swapped", [True, False])
def test_metres_are_converted(code, west, south, named, swapped):
    given = ring(west, south, 900)
    if swapped:
        given["coordinates"] = [[[y, x] for x, y in each] for each in given["coordinates"]]
    if named:
        given["crs"] = {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{code}"}}
    found = outline_of(given, near=(49.24, 6.99))
    lon, lat = found.geometry["coordinates"][0][0]
    assert lon == pytest.approx(7.0, abs=0.01)
    assert lat == pytest.approx(49.24, abs=0.01)
    assert f"EPSG:{code}" in " ".join(found.notes)


def test_an_outline_that_crosses_itself_is_mended_and_that_is_said():
    bow = {"type": "Polygon", "coordinates": [[[6.9, 49.2], [7.1, 49.3], [7.1, 49.2], [6.9, 49.3], [6.9, 49.2]]]}
    found = outline_of(bow)
    assert found.geometry["type"] == "MultiPolygon"
    assert len(found.geometry["coordinates"]) == 2
    assert "crossed itself" in " ".join(found.notes)


def test_areas_that_overlap_become_one_so_that_nothing_of_them_counts_as_a_hole():
    beside = {"type": "Polygon", "coordinates": [[[lon + 0.05, lat] for lon, lat in RING]]}
    found = outline_of(collection(SQUARE, beside))
    assert found.geometry["type"] == "Polygon"
    assert found.notes == []
