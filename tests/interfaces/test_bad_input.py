"""Whatever stands in an address: an answer or a refusal that says why, and never a fault."""

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.interfaces.asking import OWN, make_cursor
from tenants.running.context import inside
from tests.factories import an_offer

NAUGHTY = [
    "", " ", "0", "-1", "1e9", "NaN", "null", "undefined", "true", "[]", "{}", "'", '"', "' OR 1=1 --", "%00", "\0",
    "../../etc/passwd", "<script>alert(1)</script>", "{{ 7*7 }}", "9" * 400, "ä" * 300, "\ud800", "\u202e",
    "🙂" * 50, "2026-02-30", "0000-00-00", "9999-12-31T23:59:59+23:59", "0001-01-01T00:00:00+14:00",
    "2026-11-30T08:00:00", "id,,title", "id, title", ",", "a" * 5000, "١٢", "1_000", "+5", "0x10", "5.0", "%s%s%n",
]  # fmt: skip
LISTS = (
    "/api/v1/offers/", "/api/v1/dates/", "/api/v1/providers/", "/api/v1/categories/", "/api/v1/target-groups/",
    "/api/v1/districts/", "/api/v1/pages/",
)  # fmt: skip
SEARCH = (
    "q", "kategorie", "zielgruppe", "ortsteil", "ort", "umkreis", "von", "bis", "wochentag", "ab", "bis_uhr", "alter",
    "kostenfrei", "sprache_angebot", "angabe", "kommune", "ausschnitt", "sortierung", "ansicht", "seite", "sprache",
)  # fmt: skip


@pytest.fixture
def client(ahausen, visitor):
    with inside(ahausen):
        for number in range(3):
            an_offer(title=f"Kurs {number}")
    return visitor("ahausen")


def ask(client, path, name, value):
    return client.get(f"{path}?{quote(name)}={quote(value, errors='surrogatepass')}")


def is_well_answered(answer):
    assert answer.status_code in {200, 400}, answer.content
    assert answer["Access-Control-Allow-Origin"] == "*"
    if answer.status_code == 400:
        assert answer["Content-Type"] == "application/problem+json"
        told = answer.json()
        assert told["status"] == 400
        assert told["detail"]
        assert told["parameter"]
    else:
        assert "results" in answer.json()


# The lists that are told at once read their parameters in one place, so one of them stands for all.
@pytest.mark.parametrize("path", LISTS[:4])
@pytest.mark.parametrize("name", sorted(OWN))
def test_own_parameters(client, path, name):
    for value in NAUGHTY:
        is_well_answered(ask(client, path, name, value))


@pytest.mark.parametrize("path", LISTS[:3])
def test_parameters_of_the_search(client, path):
    """All at once: each is left out by itself, and the rest is an answer."""
    for value in NAUGHTY:
        query = "&".join(f"{name}={quote(value[:400], errors='surrogatepass')}" for name in SEARCH)
        answer = client.get(f"{path}?{query}")
        assert answer.status_code == 200, value
        is_well_answered(answer)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(
    st.lists(st.tuples(st.sampled_from([*sorted(OWN), *SEARCH[:12]]), st.text(max_size=30)), max_size=4),
    st.sampled_from(LISTS),
)
def test_any_text(client, pairs, path):
    query = "&".join(f"{name}={quote(value, errors='surrogatepass')}" for name, value in pairs)
    is_well_answered(client.get(f"{path}?{query}"))


@pytest.mark.parametrize(
    "cursor",
    [
        make_cursor("offers"),
        make_cursor("offers", o="1", l=2),
        make_cursor("offers", o=-5, l=2),
        make_cursor("offers", o=2**61, l=2**61),
        make_cursor("offers", o=2**70, l=1),
        make_cursor("offers", o=True, l=1),
        make_cursor("offers", o=[float("nan")], n="x", l=1, t=float("nan")),
        make_cursor("offers", o=[1e308], n="\udc00", l=2**61, t=1e308),
        make_cursor("offers", o=[1.0, 2.0, 3.0], n="x", l=1, t=0.0),
        make_cursor("offers", o=["x"], n="x", l=1, t=-1e300),
        make_cursor("providers", o=1, n="\udc00", l=-1),
        make_cursor("changes", m=2**61, i=1),
        make_cursor("changes", m=-(2**61), i=1),
        make_cursor("dates", d=2**61, t=-(2**61), i=0, n=2**61),
        make_cursor("providers", o=2**61, l=0),
        "W10", "e30", "MQ", "bnVsbA", "A" * 200, "A" * 201, "-", "____",
    ],
)  # fmt: skip
def test_cursors_nobody_gave(client, cursor):
    for path in LISTS:
        is_well_answered(ask(client, path, "cursor", cursor))
    is_well_answered(client.get(f"/api/v1/offers/?updated_since=2020-01-01&cursor={cursor}"))


@pytest.mark.parametrize("kind", ["offers", "providers", "pages"])
@pytest.mark.parametrize("number", ["0", "99999999999", "9" * 30, "x", "-1", "%00", "1' OR 1=1"])
def test_numbers_of_nothing(client, kind, number):
    answer = client.get(f"/api/v1/{kind}/{number}/")
    assert answer.status_code == 404
    assert answer.json()["title"] == "Das gibt es nicht"


def test_twice_is_refused_and_too_many_words_are_not(client):
    assert client.get("/api/v1/offers/?limit=1&limit=2").status_code == 400
    assert client.get("/api/v1/offers/?" + "&".join(f"q=w{n}" for n in range(200))).status_code == 200
    refused = client.get("/api/v1/offers/?updated_since=2026-01-01&q=x")
    assert (refused.status_code, refused.json()["parameter"]) == (400, "q")


@pytest.mark.parametrize(
    "path", ["/api/v1/gibts/", "/api/v1/offers", "/api/v2/", "/api/v1/offers/1/x/", "/api/version"]
)
def test_addresses_of_nothing(client, path):
    answer = client.get(path)
    assert answer.status_code == 404 or answer["Location"].startswith("/api/")
    if answer.status_code == 404:
        assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/api/v1/offers/null/", "/api/v1/gibts/", "/hsds/gibts/nicht"])
def test_an_address_of_nothing_is_none_however_it_is_asked(client, method, path):
    """“It can only be read” would be wrong twice."""
    answer = client.generic(method, path, b"{}", "application/json")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_a_file_of_another_kind_is_not_there(client):
    assert client.get("/daten/angebote.xml").status_code == 404
