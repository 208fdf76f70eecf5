"""The map view of a search: everything that was found, drawn for every browser, as points for those with scripts."""

import json
import math
import re
from urllib.parse import urlencode

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from audit.models import Entry
from core.access import Role
from portal.maps import quads
from portal.maps.clusters import clusters
from portal.maps.models import MapSettings
from portal.offers.models import Offer
from portal.preferences.models import Preferences
from portal.search.map import points_data
from portal.search.results import answer
from portal.search.views import read_search
from portal.taxonomy.models import Category, District
from tenants.running.context import inside
from tests.factories import an_offer
from tests.search import corpus

SQUARE = {"type": "Polygon", "coordinates": [[[6.8, 49.1], [7.3, 49.1], [7.3, 49.5], [6.8, 49.5], [6.8, 49.1]]]}
MIDDLE = {"type": "Polygon", "coordinates": [[[6.9, 49.2], [7.1, 49.2], [7.1, 49.3], [6.9, 49.3], [6.9, 49.2]]]}


@pytest.fixture
def filled(ahausen):
    with inside(ahausen):
        corpus.taxonomy()
        corpus.offers(150, 11)
        Category.objects.filter(parent=None).update(color="#00519e")
        Preferences.load()
        Preferences.objects.update(latitude=49.24, longitude=6.99)
        MapSettings.load()
        MapSettings.objects.update(outline=SQUARE)
        District.objects.filter(name="Mitte").update(outline=MIDDLE)
    return ahausen


def search_of(**asked):
    return read_search(RequestFactory().get("/angebote/", asked))[0]


SEARCHES = [
    {},
    {"q": "chor"},
    {"kostenfrei": "1"},
    {"ort": "66111", "umkreis": "5"},
    {"ort": "Völklingen"},
    {"alter": "7"},
    {"online": "1"},
    {"q": "gibtesnicht"},
]


@pytest.mark.parametrize("asked", SEARCHES, ids=str)
def test_the_points_are_exactly_the_found_offers_with_a_place(filled, visitor, asked):
    given_points = visitor("ahausen").get("/angebote/karte.json", asked).json()
    with inside(filled):
        results = answer(search_of(**asked))
        expected = {}
        for point in results.points():
            expected.setdefault(point.offer_id, []).append((round(point.latitude, 5), round(point.longitude, 5)))
        titles = dict(Offer.objects.values_list("pk", "title"))
        assert set(expected) <= set(results.ids)
    found = {}
    for number, latitude, longitude, *_about in given_points["points"]:
        found.setdefault(given_points["offers"][number][0], []).append((latitude, longitude))
    assert {pk: sorted(spots) for pk, spots in found.items()} == {pk: sorted(s) for pk, s in expected.items()}
    assert all(titles[pk] == title for pk, title, _class in given_points["offers"])
    assert all(number < len(given_points["classes"]) for _pk, _title, number in given_points["offers"])


@pytest.mark.parametrize("asked", SEARCHES, ids=str)
def test_no_result_is_lost_between_the_drawing_and_the_words(filled, visitor, asked):
    page = visitor("ahausen").get("/angebote/", {**asked, "ansicht": "karte"})
    assert page.status_code == 200
    shown = page.context["map"]
    with inside(filled):
        results = answer(search_of(**asked))
        placed = {point.offer_id for point in results.points()}
    assert shown["placed"] == len(placed)
    assert shown["missing"] == results.total - len(placed)
    assert sum(cluster.number for cluster in shown["clusters"]) + shown["outside"] >= len(placed)
    html = page.content.decode()
    assert html.count("mapdrawing__cluster") == len(shown["clusters"])
    assert "Als Liste ansehen" in html
    if shown["missing"]:
        assert "keinen Ort auf der Karte" in html


@pytest.mark.parametrize("asked", SEARCHES, ids=str)
def test_every_circle_leads_to_exactly_what_it_counts(filled, visitor, asked):
    """Following a circle gives a list of just its offers, or the offer itself; on its map again, deeper and deeper."""
    client = visitor("ahausen")
    waiting, looked_at = [client.get("/angebote/", {**asked, "ansicht": "karte"}).context["map"]], 0
    while waiting and looked_at < 25:
        for cluster in waiting.pop()["clusters"]:
            looked_at += 1
            page = client.get(cluster.url if cluster.number == 1 else f"/angebote/{cluster.url}")
            assert page.status_code == 200
            if cluster.number == 1:
                continue
            assert page.context["page"].paginator.count == cluster.number
            assert not page.context["ignored"]
            assert "ansicht=karte" not in cluster.url
            deeper = client.get(f"/angebote/{cluster.url}&ansicht=karte").context["map"]
            assert (deeper["placed"], deeper["missing"], deeper["outside"]) == (cluster.number, 0, 0)
            points = client.get("/angebote/karte.json" + cluster.url).json()
            assert len(points["offers"]) == cluster.number
            if len(deeper["clusters"]) > 1:
                waiting.append(deeper)
    assert looked_at > 0 or "q" in asked


def test_a_part_of_the_map_is_a_filter_that_can_be_taken_away(filled, visitor):
    client = visitor("ahausen")
    largest = client.get("/angebote/", {"ansicht": "karte"}).context["map"]["clusters"][0]
    html = client.get(f"/angebote/{largest.url}").content.decode()
    assert "Ausschnitt der Karte" in html
    assert 'name="ausschnitt"' in html


spots = st.tuples(st.floats(47.3, 55.0), st.floats(6.0, 15.0))
close = st.tuples(st.floats(49.20, 49.28), st.floats(6.95, 7.05))


@given(st.lists(spots | close, min_size=1, max_size=80), st.integers(3, quads.DEEPEST), st.data())
def test_a_section_holds_its_own_points_and_nobody_elses(points, zoom, data):
    lats, lons = np.array([lat for lat, _lon in points]), np.array([lon for _lat, lon in points])
    fields = quads.tiles_of(lats, lons, zoom).tolist()
    owner_of = {field: data.draw(st.sampled_from(["a", "b", "c", None])) for field in dict.fromkeys(fields)}
    found = quads.covering(owner_of, zoom)
    for owner in {"a", "b", "c"} & set(owner_of.values()):
        section = quads.section_of(found[owner])
        assert quads.lie_in(section, lats, lons).tolist() == [owner_of[field] == owner for field in fields]
        assert quads.section_of(quads.names_in(section)) == section


@pytest.mark.parametrize(
    ("latitude", "longitude", "zoom", "name"),
    # Berlin, Saarbrücken and New York as Bing and Quadkey calculators name them.
    [
        (52.5200, 13.4050, 3, "120"),
        (52.5200, 13.4050, 10, "1202102332"),
        (49.2354, 6.9969, 8, "12020322"),
        (40.7128, -74.0060, 7, "0320101"),
    ],
)
def test_tiles_have_the_names_of_quadkeys(latitude, longitude, zoom, name):
    assert quads.name_of(int(quads.tiles_of([latitude], [longitude], zoom)[0]), zoom) == name


@pytest.mark.parametrize(
    "junk", ["", "-", "x", "120", "4-1", "1-" + "1." * 2000, "1-" + "0" * 23, "1" * 22 + "-1", "1-.-", "1-1\n", "0-1;"]
)
def test_what_is_no_section_is_none(junk):
    assert quads.names_in(junk) == ()


def test_the_drawing_has_dots_for_decimals_and_no_circle_touches_another(filled, visitor):
    page = visitor("ahausen").get("/angebote/", {"ansicht": "karte"})
    html = page.content.decode()
    assert re.search(r'cx="\d+\.\d"', html)
    assert not re.search(r'c[xy]="\d+,', html)
    shown = page.context["map"]["clusters"]
    for number, one in enumerate(shown):
        for other in shown[number + 1 :]:
            assert math.hypot(one.x - other.x, one.y - other.y) > one.radius + other.radius


@given(
    st.lists(st.tuples(st.floats(0, 480), st.floats(0, 400), st.integers(0, 60)), max_size=150),
)
def test_clusters_never_overlap_and_hold_every_member(points):
    found = clusters(points)
    assert {member for cluster in found for member in cluster.members} == {member for _x, _y, member in points}
    assert sum(cluster.weight for cluster in found) == len(points)
    for number, one in enumerate(found):
        assert not any(one.overlaps(other) for other in found[number + 1 :])


def test_a_protected_address_is_never_drawn(ahausen, visitor):
    with inside(ahausen):
        hidden = {"latitude": 49.2345, "longitude": 6.9876, "precision": "exact", "hide_exact_address": True}
        district = District.objects.create(name="Mitte", latitude=49.25, longitude=7.0)
        an_offer(title="Zuflucht", places=[{**hidden, "district": district}])
        an_offer(title="Ganz verborgen", places=[hidden])
    client = visitor("ahausen")
    for path in ("/angebote/karte.json", "/angebote/?ansicht=karte"):
        text = client.get(path).content.decode()
        assert "49.2345" not in text
        assert "6.9876" not in text
    assert client.get("/angebote/karte.json").json()["points"] == [[0, 49.25, 7.0, 1]]


def test_ten_thousand_points_stay_small(filled, visitor):
    with inside(filled):
        places = [
            {"latitude": 49.1 + n % 100 / 250, "longitude": 6.8 + n // 100 / 50, "precision": "exact"}
            for n in range(2500)
        ]
        for number in range(4):
            an_offer(title=f"Überall {number}", places=places)
    answer_ = visitor("ahausen").get("/angebote/karte.json", {"q": "überall"}, HTTP_ACCEPT_ENCODING="gzip")
    assert answer_["Content-Encoding"] == "gzip"
    assert len(answer_.content) < 100_000
    page = visitor("ahausen").get("/angebote/", {"q": "überall", "ansicht": "karte"})
    assert page.status_code == 200
    assert len(page.content) < 200_000


def test_what_the_script_asks_for_costs_few_queries(filled, visitor, django_assert_max_num_queries):
    client = visitor("ahausen")
    with django_assert_max_num_queries(30):
        client.get("/angebote/karte.json")
    with inside(filled):
        pk = Offer.objects.current().first().pk
    with django_assert_max_num_queries(14):
        assert client.get(f"/angebote/karte/{pk}/").status_code == 200


def test_a_bubble_shows_only_what_is_public(ahausen, visitor):
    with inside(ahausen):
        shown = an_offer(title="Chor <b>laut</b>", cost_kind="free")
        draft = an_offer(title="Entwurf", state="draft")
    client = visitor("ahausen")
    text = client.get(f"/angebote/karte/{shown.pk}/").content.decode()
    assert "Chor &lt;b&gt;laut&lt;/b&gt;" in text
    assert shown.get_absolute_url() in text
    assert shown.provider.name in text
    assert client.get(f"/angebote/karte/{draft.pk}/").status_code == 404
    assert client.get("/angebote/karte/999999999999999999/").status_code == 404
    assert client.get("/angebote/karte/1%00/").status_code == 404


@pytest.mark.parametrize("junk", ["-1", "' OR 1=1", "<script>", "\0", "9" * 400, "%", "٣"])
def test_junk_is_never_an_error(filled, visitor, junk):
    client = visitor("ahausen")
    asked = dict.fromkeys(("q", "kategorie", "ort", "umkreis", "von", "seite", "sortierung", "ausschnitt"), junk)
    for path in ("/angebote/karte.json", "/angebote/karte/umrisse.json"):
        assert client.get(path, asked).status_code == 200
    assert client.get("/angebote/", {**asked, "ansicht": "karte"}).status_code == 200


def test_without_outlines_and_results_the_map_says_so(ahausen, visitor):
    with inside(ahausen):
        MapSettings.load()
    page = visitor("ahausen").get("/angebote/?ansicht=karte&q=gibtesnicht")
    assert "Keines der Ergebnisse hat einen Ort auf der Karte." in page.content.decode()
    assert visitor("ahausen").get("/angebote/karte/umrisse.json").json()["features"] == []


def test_the_outlines_are_geojson(filled, visitor):
    shapes = visitor("ahausen").get("/angebote/karte/umrisse.json").json()
    assert [each["properties"] for each in shapes["features"]] == [
        {"name": "", "whole": True},
        {"name": "Mitte", "whole": False},
    ]
    assert shapes["features"][0]["geometry"] == SQUARE


@pytest.mark.parametrize(
    ("lat", "lon", "status", "place"),
    [
        ("49.23", "7.00", 200, "66111 Saarbrücken"),
        ("51.85", "8.30", 200, "33378 Rheda-Wiedenbrück"),
        ("48.86", "2.35", 404, ""),
        ("91", "7", 400, ""),
        ("", "", 400, ""),
        ("nan", "inf", 400, ""),
        ("1e2", "7", 400, ""),
        ("٤٩", "7", 400, ""),
        ("' OR 1=1", "7", 400, ""),
    ],
)
def test_the_place_nearest_to_a_position(ahausen, visitor, lat, lon, status, place):
    answer_ = visitor("ahausen").post("/angebote/umgebung/", {"lat": lat, "lon": lon})
    assert answer_.status_code == status
    assert answer_.json().get("ort", "") == place
    assert bool(answer_.json().get("fehler")) == (status != 200)
    assert answer_["Cache-Control"] == "no-store"
    assert not answer_.cookies


def test_a_position_is_taken_from_the_body_only_and_kept_nowhere(ahausen, visitor):
    client = visitor("ahausen")
    assert client.get("/angebote/umgebung/", {"lat": "49.23", "lon": "7.0"}).status_code == 405
    assert client.post("/angebote/umgebung/?lat=49.23&lon=7.0").status_code == 400
    found = client.post("/angebote/umgebung/", {"lat": "49.23", "lon": "7.0"}).json()["ort"]
    page = client.get("/angebote/", {"ort": found})
    assert not page.context["ignored"]


def a_file(name, content):
    text = content if isinstance(content, str) else json.dumps(content)
    return SimpleUploadedFile(name, text.encode(), content_type="application/geo+json")


def test_an_editor_gives_outlines_and_everybody_sees_them(ahausen, signed_in, visitor):
    with inside(ahausen):
        District.objects.create(name="Süd-West")
    client = signed_in(ahausen, Role.EDITOR)
    assert "Umriss der Kommune" in client.get("/redaktion/karte/").content.decode()
    districts = {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": {"name": "SUED-WEST"}, "geometry": MIDDLE}],
    }
    form = {
        "min_zoom": 8,
        "max_zoom": 17,
        "outline_file": a_file("a.geojson", {"type": "Feature", "properties": {}, "geometry": SQUARE}),
        "districts_file": a_file("b.geojson", districts),
    }
    assert client.post("/redaktion/karte/", form).status_code == 302
    with inside(ahausen):
        assert District.objects.get().outline == MIDDLE
        assert Entry.objects.filter(action="maps.change").count() == 1
    assert len(visitor("ahausen").get("/angebote/karte/umrisse.json").json()["features"]) == 2
    client.post("/redaktion/karte/", {"min_zoom": 8, "max_zoom": 17, "remove_outlines": "on"})
    assert visitor("ahausen").get("/angebote/karte/umrisse.json").json()["features"] == []


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"tile_url": "https://127.0.0.1/{z}/{x}/{y}", "attribution": "©"}, "öffentlichen Servers"),
        ({"tile_url": "https://tiles.example.de/{z}/{x}/{y}"}, "Quellenangabe"),
        ({"tile_url": "http://tiles.example.de/{z}/{x}/{y}", "attribution": "©"}, "https://"),
        ({"min_zoom": 18}, "Zoomstufe"),
        ({"outline_file": "kein JSON"}, "keine GeoJSON-Datei"),
        ({"outline_file": "[" * 100_000}, "keine GeoJSON-Datei"),
        ({"outline_file": '{"type": "Point", "coordinates": [7, 49]}'}, "kein GeoJSON mit Polygonen"),
        ({"outline_file": '{"type": "Polygon", "coordinates": [[[7, 49], [7, 49]]]}'}, "drei Ecken"),
        (
            {"outline_file": '{"type": "Polygon", "coordinates": [[[2570000, 5450000], [1, 2], [3, 4]]]}'},
            "EPSG:4326",
        ),
        (
            {
                "districts_file": json.dumps(
                    {"features": [{"type": "Feature", "properties": {"name": "Fremd"}, "geometry": SQUARE}]}
                )
            },
            "Fremd",
        ),
        ({"districts_file": json.dumps({"features": [{"type": "Feature", "geometry": None}]})}, "mit Polygonen"),
        ({"districts_file": "{}"}, "keine GeoJSON-Sammlung"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence(ahausen, signed_in, form, message):
    given_form = {"min_zoom": 8, "max_zoom": 17, **form}
    for key in ("outline_file", "districts_file"):
        if key in given_form:
            given_form[key] = a_file("x.geojson", given_form[key])
    page = signed_in(ahausen, Role.EDITOR).post("/redaktion/karte/", given_form)
    assert page.status_code == 200
    assert message in page.content.decode()
    with inside(ahausen):
        assert not MapSettings.objects.exclude(tile_url="", outline=None).exists()


def test_points_and_address_of_the_page_belong_together(filled, visitor):
    asked = {"q": "chor", "kostenfrei": "1", "sortierung": "name"}
    page = visitor("ahausen").get(f"/angebote/?{urlencode({**asked, 'ansicht': 'karte'})}")
    points = visitor("ahausen").get(page.context["map"]["points_url"]).json()
    with inside(filled):
        assert points == json.loads(json.dumps(points_data(answer(search_of(**asked)))))


def test_without_a_background_the_drawing_names_the_districts(filled, visitor):
    page = visitor("ahausen").get("/angebote/?ansicht=karte&q=gibtesnicht").content.decode()
    assert re.findall(r'<text class="mapdrawing__name"[^>]*>([^<]+)</text>', page) == ["Mitte"]
