"""Bodies nobody should send: each a clear refusal, nothing of it read further than needed."""

import gzip
import json

import pytest

from portal.machine_access.bodies import MOST_BYTES
from portal.offers.models import Offer
from tenants.running.context import inside

DEEP = b'{"a":' * 100_000 + b"1" + b"}" * 100_000
BODIES = {
    "nothing": (b"", 415),
    "blanks": (b"  ", 400),
    "no JSON": (b"title=Yoga", 400),
    "a list": (b"[]", 400),
    "null": (b"null", 400),
    "cut off": (b'{"title": "Yo', 400),
    "twice": (b'{"title": "a", "title": "b"}', 400),
    "twice inside": (b'{"cost": {"kind": "free", "kind": "text"}}', 400),
    "no number": (b'{"min_age": NaN}', 400),
    "endless number": (b'{"min_age": Infinity}', 400),
    "long number": (b'{"min_age": ' + b"9" * 10_000 + b"}", 400),
    "large number": (b'{"min_age": 1e400}', 422),
    "deep": (DEEP, 400),
    "a bit deep": (b'{"a":' * 20 + b"1" + b"}" * 20, 400),
    "Latin-1": ('{"title": "Käse"}'.encode("latin-1"), 400),
    "UTF-16": ('{"title": "Käse"}'.encode("utf-16"), 400),
    "half a letter": (b'{"title": "\\ud800"}', 422),
    "too long": (b'{"title": "' + b"x" * MOST_BYTES + b'"}', 413),
}


@pytest.mark.parametrize("name", BODIES)
def test_what_cannot_be_read_is_refused(ahausen, program, name):
    body, status = BODIES[name]
    for answer in (program.post(body), program.patch(1, body) if status == 400 else None):
        if answer is not None:
            assert answer.status_code in {status, 404}, answer.content
            assert answer["Content-Type"] == "application/problem+json"
    with inside(ahausen):
        assert not Offer.objects.exists()


def test_sentences_are_german_also_those_of_the_library(program):
    said = program.said(min_age="x", title=None, venue="zuhause", category_ids={}, languages=["de"] * 99)
    errors = program.post(said).json()["errors"]
    assert errors["min_age"] == ["Hier steht eine ganze Zahl."]
    assert errors["title"] == ["Hier darf nicht null stehen."]
    assert errors["venue"] == ["„zuhause“ steht nicht zur Wahl."]
    assert errors["category_ids"] == ["Hier steht eine Liste, nicht „dict“."]
    assert errors["languages"] == ["Das hat höchstens 50 Einträge."]
    assert "„a“ steht zweimal da" in program.post(b'{"a": 1, "a": 2}').json()["detail"]


@pytest.mark.parametrize(
    "headers",
    [
        {"content_type": "application/json; charset=latin-1"},
        {"content_type": "application/json; charset=utf-16"},
        {"content_type": "text/plain"},
        {"content_type": "application/x-www-form-urlencoded"},
        {"content_type": "multipart/form-data; boundary=x"},
        {"content_type": ""},
        {"content_encoding": "gzip"},
        {"content_encoding": "br, gzip"},
    ],
)
def test_other_kinds_of_content_are_refused(program, headers):
    said = json.dumps(program.said()).encode()
    body = gzip.compress(said) if "content_encoding" in headers else said
    assert program.post(body, **headers).status_code == 415


def test_a_charset_that_is_right_is_right(program):
    for kind in ("application/json; charset=UTF-8", 'application/json;charset="utf-8"', "Application/JSON"):
        assert program.post(program.said(), content_type=kind).status_code == 201


def test_a_hundred_megabytes_are_not_read(program, monkeypatch):
    """What is announced is believed: nothing is read of it."""
    read = []
    monkeypatch.setattr("django.core.handlers.wsgi.WSGIRequest.read", lambda *args: read.append(args))
    answer = program.client.generic(
        "POST",
        "/api/v1/offers/",
        headers={"authorization": f"Bearer {program.secret}"},
        CONTENT_TYPE="application/json",
        CONTENT_LENGTH=str(100 * 2**20),
    )
    assert (answer.status_code, read) == (413, [])


def test_a_body_in_pieces_is_refused_with_what_to_do(program):
    """Its length is not announced, so nothing of it is read: “no JSON” would be a riddle."""
    answer = program.client.generic(
        "POST",
        "/api/v1/offers/",
        headers={"authorization": f"Bearer {program.secret}", "transfer-encoding": "chunked"},
        CONTENT_TYPE="application/json",
        CONTENT_LENGTH="",
    )
    assert answer.status_code == 411
    assert "Content-Length" in answer.json()["detail"]


def test_a_bomb_is_not_unpacked(program):
    bomb = gzip.compress(b"0" * 50 * 2**20)
    assert program.post(bomb, content_encoding="gzip").status_code == 415
    assert program.post(bomb).status_code == 400
