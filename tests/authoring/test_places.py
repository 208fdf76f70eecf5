"""Where it is: from postcode and town, from a geocoder where there is one, and by a pin that people move."""

import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest

from portal.offers import editing
from tests.authoring.filling import form_of, send
from tests.authoring.test_story import begun, member  # noqa: F401
from tests.revisions.conftest import Cast, cast  # noqa: F401

OTHER = {"where": "anderer", "cost_kind": "free"}


@pytest.fixture
def geocoder(settings):
    """A real server that answers like Nominatim; `asked` is what it was asked, `answer` what it says."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(parse_qs(urlsplit(self.path).query))
            content = json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_args):
            """A test prints nothing."""

    asked: list = []
    answer: list = [{"lat": "49.2401", "lon": "6.9902"}]
    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.GEOCODER_URL = f"http://127.0.0.1:{server.server_port}/search"
    settings.GEOCODER_INTERNAL_HOSTS = frozenset({"127.0.0.1"})
    yield asked, answer
    server.shutdown()
    server.server_close()


def place_of(offer, cast) -> dict:  # noqa: F811
    return editing.begin(offer, by=cast.member).content["locations"][0]


def test_a_postcode_is_enough(cast: Cast, member):  # noqa: F811
    offer = cast.draft()
    send(member, f"/konto/angebote/{offer.pk}/wo/", **OTHER, postcode="66115")
    place = place_of(offer, cast)
    assert place["city"] == "Saarbrücken"
    assert place["precision"] == "postcode"
    assert (place["latitude"], place["longitude"]) == pytest.approx((49.25, 6.97), abs=0.05)


def test_a_town_is_enough_too(cast: Cast, member):  # noqa: F811
    offer = cast.draft()
    send(member, f"/konto/angebote/{offer.pk}/wo/", **OTHER, city="Pirmasens")
    place = place_of(offer, cast)
    assert (round(place["latitude"], 1), round(place["longitude"], 1)) == (49.2, 7.6)


def test_without_a_geocoder_nobody_is_asked(cast: Cast, member, settings):  # noqa: F811
    assert settings.GEOCODER_URL == ""
    offer = cast.draft()
    send(member, f"/konto/angebote/{offer.pk}/wo/", **OTHER, street="Breite Str. 63", postcode="66115")
    assert place_of(offer, cast)["precision"] == "postcode"


def test_the_geocoder_is_asked_once_and_not_while_somebody_types(cast: Cast, member, geocoder):  # noqa: F811
    asked, _answer = geocoder
    offer = cast.draft()
    address = f"/konto/angebote/{offer.pk}/wo/"
    written = {**OTHER, "street": "Breite Str. 63", "postcode": "66115"}
    member.post(address, {**form_of(member, address), **written, "sichern": "1"}, HTTP_HX_REQUEST="true")
    assert asked == []
    send(member, address, **written)
    place = place_of(offer, cast)
    assert (place["latitude"], place["longitude"], place["precision"]) == (49.2401, 6.9902, "exact")
    assert asked == [{"street": ["Breite Str. 63"], "postalcode": ["66115"], "city": ["Saarbrücken"],
                      "country": ["de"], "format": ["jsonv2"], "limit": ["1"]}]  # fmt: skip
    send(member, address)
    assert len(asked) == 1


@pytest.mark.parametrize(
    "said",
    [
        [],
        [{"lat": "52.52", "lon": "13.4"}],
        [{"lat": "nan", "lon": "7"}],
        [{"lat": "x", "lon": "7"}],
        [{}],
        {"error": "no"},
    ],
)
def test_an_answer_that_cannot_be_right_is_left(cast: Cast, member, geocoder, said):  # noqa: F811
    _asked, answer = geocoder
    answer[:] = said if isinstance(said, list) else [said]
    offer = cast.draft()
    send(member, f"/konto/angebote/{offer.pk}/wo/", **OTHER, street="Breite Str. 63", postcode="66115")
    assert place_of(offer, cast)["precision"] == "postcode"


def test_a_geocoder_that_is_down_stops_nobody(cast: Cast, member, settings):  # noqa: F811
    settings.GEOCODER_URL = "http://127.0.0.1:9/search"
    settings.GEOCODER_INTERNAL_HOSTS = frozenset({"127.0.0.1"})
    offer = cast.draft()
    answer = send(member, f"/konto/angebote/{offer.pk}/wo/", **OTHER, street="Breite Str. 63", postcode="66115")
    assert answer.url.endswith("/bild/")
    assert place_of(offer, cast)["precision"] == "postcode"


def test_the_pin_moves_by_buttons_without_scripts(cast: Cast, member):  # noqa: F811
    offer = cast.draft()
    way = f"/konto/angebote/{offer.pk}/"
    answer = send(member, f"{way}wo/", "nadel", **OTHER, postcode="66115")
    assert answer.url == f"{way}ort/"
    start = place_of(offer, cast)
    answer = send(member, f"{way}ort/", "nach", nach="n", schritt="500")
    assert answer.url == f"{way}ort/?schritt=500#nadel"
    north = place_of(offer, cast)
    assert (north["latitude"] - start["latitude"]) * 111_190 == pytest.approx(500, abs=1)
    assert north["longitude"] == pytest.approx(start["longitude"], abs=1e-6)
    assert north["precision"] == "exact"
    for button in ("s", "w", "o"):
        send(member, f"{way}ort/", "nach", nach=button, schritt="500")
    back = place_of(offer, cast)
    assert (back["latitude"], back["longitude"]) == pytest.approx((start["latitude"], start["longitude"]), abs=1e-5)
    # What the page of the place says afterwards does not move it.
    send(member, f"{way}wo/")
    assert place_of(offer, cast) == back
    assert send(member, f"{way}ort/", "mitte").status_code == 302
    assert place_of(offer, cast)["precision"] == "postcode"


def test_the_pin_is_put_by_numbers_but_not_out_of_the_country(cast: Cast, member):  # noqa: F811
    offer = cast.draft()
    way = f"/konto/angebote/{offer.pk}/"
    send(member, f"{way}wo/", **OTHER, postcode="66115")
    assert send(member, f"{way}ort/", "hier", lat="49.25", lon="6.98").url == f"{way}wo/"
    put = place_of(offer, cast)
    assert (put["latitude"], put["longitude"], put["precision"]) == (49.25, 6.98, "exact")
    for lat, lon in (("0", "0"), ("nan", "7"), ("x", "7"), ("", ""), ("1e999", "7")):
        send(member, f"{way}ort/", "hier", lat=lat, lon=lon)
        assert place_of(offer, cast) == put


def test_without_a_place_there_is_no_pin(cast: Cast, member):  # noqa: F811
    way = begun(member)
    assert member.get(f"{way}ort/").url == f"{way}wo/"
