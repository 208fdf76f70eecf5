"""Districts from GeoJSON: good files as geoportals write them, bad ones as the issue lists them."""

import json
import tracemalloc
from io import BytesIO

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile

from audit.models import Entry as AuditEntry
from core.access import Role
from portal.maps.outlines import areas as map_areas
from portal.offers.models import Location
from portal.preferences.models import Preferences
from portal.revisions.kinds import kind
from portal.revisions.models import Revision
from portal.revisions.tokens import mark_of, marks_of
from portal.taxonomy.models import District
from portal.vocabulary import merging
from portal.vocabulary.errors import RefusedError
from portal.vocabulary.kinds import DISTRICTS
from portal.vocabulary.outlines import applying, planning, reading
from tenants.running.context import inside
from tests.factories import an_offer

NEAR = (49.24, 6.99)


def square(west=6.9, south=49.2, size=0.05):
    ring = [[west, south], [west + size, south], [west + size, south + size], [west, south + size], [west, south]]
    return {"type": "Polygon", "coordinates": [[[round(x, 5), round(y, 5)] for x, y in ring]]}


def feature(geometry, **properties):
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def upload(*features, **more):
    return SimpleUploadedFile(
        "ortsteile.geojson", json.dumps({"type": "FeatureCollection", "features": features, **more}).encode()
    )


def read(*features, **more):
    return reading.read(upload(*features, **more), near=NEAR)


def taken(found, name="name", assign=False):
    made = planning.plan(found.areas, name)
    assert made.errors == []
    return applying.take_over(found.areas, name, seen=made.digest, assign=assign, by="test")


def test_new_changed_and_missing_districts_are_told_apart(ahausen):
    with inside(ahausen):
        District.objects.create(name="Mitte", outline=square())
        District.objects.create(name="Nord", outline=square(7.0), position=1)
        District.objects.create(name="Weg", position=2)
        found = read(
            feature(square(), name="MITTE"),
            feature(square(7.0, size=0.03), name="Nord"),
            feature(square(7.1), name="Süd"),
        )
        made = planning.plan(found.areas, "name")
        assert [part.name for part in made.same] == ["Mitte"]
        assert [part.name for part in made.changed] == ["Nord"]
        assert [part.name for part in made.new] == ["Süd"]
        assert [each.name for each in made.missing] == ["Weg"]
        taken(found)
        south = District.objects.get(name="Süd")
        assert south.outline == square(7.1)
        assert (south.latitude, south.longitude, south.position) == (pytest.approx(49.225), pytest.approx(7.125), 3)
        assert District.objects.filter(name="Weg").exists()
        assert [area.name for area in map_areas()] == ["Mitte", "Nord", "Süd"]
        assert AuditEntry.objects.get(action="vocabulary.outlines").changes["new"] == [None, ["Süd"]]


def test_the_likeliest_property_with_names_comes_first_and_any_can_be_chosen(ahausen, signed_in):
    client = signed_in(ahausen, Role.EDITOR)
    given = [
        feature(square(), OBJECTID=17, KENNUNG="01", GEN="Malstatt", fl=1.5, x=None, y=True),
        feature(square(7.0), OBJECTID=18, KENNUNG="02", GEN="Burbach"),
    ]
    address = client.post("/redaktion/themen/ortsteile/umrisse/", {"file": upload(*given)}).url
    text = client.get(address).content.decode()
    assert '<option value="GEN" selected>GEN – Malstatt, Burbach</option>' in text
    assert "2 neue Ortsteile" in text
    assert text.count('class="shape--new"') == 2
    numbers = client.get(address, {"eigenschaft": "KENNUNG"}).content.decode()
    assert "<title>01</title>" in numbers
    seen = text.split('name="gesehen" value="')[1].split('"')[0]
    done = client.post(address, {"gesehen": seen, "eigenschaft": "GEN"})
    assert done.url == "/redaktion/themen/ortsteile/"
    assert client.post(address, {"gesehen": seen, "eigenschaft": "GEN"}).status_code == 404
    with inside(ahausen):
        assert set(District.objects.values_list("name", flat=True)) >= {"Malstatt", "Burbach"}


def test_metres_are_converted_also_when_the_file_says_so_above(ahausen):
    ring = [[354_000, 5_455_000], [355_000, 5_455_000], [355_000, 5_456_000], [354_000, 5_455_000]]
    metres = feature({"type": "Polygon", "coordinates": [ring]}, name="Mitte")
    named = {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25832"}}}
    for more in (named, {}):
        found = read(metres, **more)
        lon, lat = found.areas[0]["outline"]["coordinates"][0][0]
        assert (lon, lat) == (pytest.approx(6.994, abs=0.01), pytest.approx(49.232, abs=0.01))
        assert "EPSG:25832" in found.notes[0]


def test_duplicates_become_one_and_null_geometries_are_left_out(ahausen):
    with inside(ahausen):
        found = read(feature(square(), name="Mitte"), feature(square(6.95), name="mitte "), feature(None, name="Leer"))
        assert "Weggelassen: 1 Einträge ohne Fläche" in found.notes[0]
        made = taken(found)
        assert len(made.parts) == 1
        assert "mehrmals" in made.notes[0]
        assert District.objects.get(name="Mitte").outline["type"] == "Polygon"


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (SimpleUploadedFile("a", b""), "kein"),
        (SimpleUploadedFile("a", b"{"), "kein"),
        (SimpleUploadedFile("a", b"[" * 100_000), "kein"),
        (upload(), "kein"),
        (upload(feature(None, name="x")), "kein"),
        (upload(feature(square(2.3, 48.8), name="Paris")), "liegt nicht in Deutschland"),
        (upload(feature(square(-74, 40), name="New York")), "liegt nicht in Deutschland"),
        (upload(*[feature(square(), name=f"{n}") for n in range(1001)]), "mehr als 1.000 Flächen"),
    ],
)
def test_what_cannot_be_used_is_refused_in_a_sentence(ahausen, file, said):
    with inside(ahausen), pytest.raises(RefusedError) as refused:
        reading.read(file, near=NEAR)
    assert said in str(refused.value)


def test_fifty_megabytes_are_refused_unread(ahausen):
    size = 50 * 2**20
    file = InMemoryUploadedFile(BytesIO(b"{}"), "file", "gross.geojson", "application/json", size, None)
    tracemalloc.start()
    with inside(ahausen), pytest.raises(RefusedError, match="größer als 8 MB"):
        reading.read(file, near=NEAR)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert file.tell() == 0
    assert most < 2**20


def test_names_that_are_missing_or_too_long_stop_everything(ahausen):
    with inside(ahausen):
        found = read(feature(square(), name=""), feature(square(7.0), name="x" * 121))
        made = planning.plan(found.areas, "name")
        assert len(made.errors) == 2
        before = District.objects.count()
        with pytest.raises(RefusedError):
            applying.take_over(found.areas, "name", seen=made.digest, assign=False, by="test")
        assert District.objects.count() == before


def test_offers_that_lie_elsewhere_are_counted_and_moved_only_when_asked(ahausen, person):
    editor = person(ahausen, Role.EDITOR)
    with inside(ahausen):
        north = District.objects.create(name="Nord", outline=square(7.0))
        spot = {"latitude": 49.22, "longitude": 6.92, "precision": "exact", "district": north}
        offer = an_offer(places=[spot])
        hidden = an_offer(places=[{**spot, "hide_exact_address": True}])
        vague = an_offer(places=[{**spot, "precision": "postcode"}])
        said = kind("offer").take(offer)
        draft = Revision.objects.create(
            kind="offer",
            subject_id=offer.pk,
            content={**said, "title": "Neu"},
            format=kind("offer").format,
            marks=marks_of(said),
            author=editor,
        )
        found = read(feature(square(), name="Mitte"), feature(square(7.0), name="Nord"))
        assert planning.plan(found.areas, "name").offers == 1
        taken(found)
        assert Location.objects.get(offer=offer).district_id == north.pk
        assert planning.plan(found.areas, "name").offers == 1
        taken(found, assign=True)
        middle = District.objects.get(name="Mitte")
        assert Location.objects.get(offer=offer).district_id == middle.pk
        assert {Location.objects.get(offer=each).district_id for each in (hidden, vague)} == {north.pk}
        draft.refresh_from_db()
        assert draft.content["locations"][0]["district"] == middle.pk
        assert draft.marks["locations"] == mark_of(draft.content["locations"])


def test_a_file_of_another_town_is_shown_with_a_word(ahausen, signed_in):
    with inside(ahausen):
        Preferences.load()
        Preferences.objects.update(latitude=49.24, longitude=6.99)
    client = signed_in(ahausen, Role.EDITOR)
    address = client.post(
        "/redaktion/themen/ortsteile/umrisse/", {"file": upload(feature(square(13.4, 52.5), name="Mitte"))}
    ).url
    assert "liegen weit weg von Ihrer Kommune" in client.get(address).content.decode()


def test_merged_districts_have_one_outline(ahausen):
    with inside(ahausen):
        a = District.objects.create(name="A", outline=square())
        b = District.objects.create(name="B", outline=square(6.95))
        merging.merge(DISTRICTS, a.pk, b.pk, by="test")
        outline = District.objects.get(name="B").outline
        assert outline["type"] == "Polygon"
        xs = [x for x, _y in outline["coordinates"][0]]
        assert (min(xs), max(xs)) == (6.9, 7.0)


@pytest.mark.parametrize("name", ["outline-latlon-swapped.geojson", "outline-null-geometry.geojson"])
def test_files_that_failed_elsewhere_are_read(ahausen, shared, name):
    file = shared / "data" / "faults" / name
    with inside(ahausen):
        found = reading.read(SimpleUploadedFile(name, file.read_bytes()), near=None)
    assert found.areas
    assert found.notes
