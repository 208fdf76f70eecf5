"""Lines of the log and events for Sentry say what went wrong, where and for whom, and nothing of a person."""

import gzip
import io
import json
import logging
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import brotli
import pytest
from django.db import IntegrityError
from django.http import HttpResponse

from core.numbering import RequestNumberMiddleware, current_number
from health.reporting.lines import JsonLines
from health.reporting.scrubbing import HIDDEN, words
from portal.taxonomy.models import District
from tenants.running.context import inside
from tests.health import reporting_process as process

ROOT = Path(__file__).parents[2]
PERSONAL = (
    "Eva", "Musterfrau", "musterfrau.example", "9876543", "geheimesPasswort", "Zk3v9Qx7", "203.0.113.77", "Browser of",
)  # fmt: skip


UNPACK = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}


class Sentry:
    """What Sentry receives: the events that were posted, one after the other."""

    def __init__(self):
        self.said, bodies = [], self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                bodies.said.append(UNPACK[self.headers.get("Content-Encoding", "")](body).decode())
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *_args):
                """Keep the tests' output clean."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def events(self):
        """What the envelopes hold."""
        lines = [json.loads(line) for body in self.said for line in body.splitlines() if line.strip()]
        return [line for line in lines if "level" in line]


@pytest.fixture(scope="module")
def told():
    """The lines and events of a process whose page failed."""
    sentry = Sentry()
    done = subprocess.run(
        [sys.executable, "-m", process.__name__], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
        env=os.environ | {
            "SENTRY_DSN": f"http://key@127.0.0.1:{sentry.server.server_port}/7", "LOG_FORMAT": "json",
            "RELEASE": "2026.11-test", "DEMO": "1", "DATABASE_URL": "postgres://nobody@127.0.0.1/none",
        },
    )  # fmt: skip
    sentry.server.shutdown()
    sentry.server.server_close()
    assert done.stdout == "500 proxy-0123456789\n", done.stderr
    return [json.loads(line) for line in done.stderr.splitlines()], sentry, done.stderr


def test_lines_and_events_say_whose_which_request_and_which_release(told):
    lines, sentry, _err = told
    assert [(line["municipality"], line["request_id"], line["release"]) for line in lines] == [
        ("ahausen", "proxy-0123456789", "2026.11-test")
    ] * 2
    assert [event["tags"] for event in sentry.events] == [
        {"municipality": "ahausen", "request_id": "proxy-0123456789"}
    ] * 2
    assert {event["release"] for event in sentry.events} == {"2026.11-test"}


def test_they_say_what_happened_and_where(told):
    lines, sentry, _err = told
    first, second = lines
    assert first["message"] == f"A letter to {HIDDEN} (7) got lost: ValueError"
    assert (second["logger"], second["message"], second["page"], second["method"], second["status"]) == (
        "django.request", "Internal Server Error", "letter", "POST", 500,
    )  # fmt: skip
    assert [part["kind"] for part in second["error"]] == ["RuntimeError", "LookupError"]
    assert second["error"][0]["where"][-1].endswith(" fails")
    failed = next(event for event in sentry.events if "exception" in event)
    assert [each["type"] for each in failed["exception"]["values"]] == ["LookupError", "RuntimeError"]
    assert failed["exception"]["values"][-1]["stacktrace"]["frames"][-1]["function"] == "fails"
    assert failed["transaction"] == "/briefe/{token}/"


def test_nothing_of_a_person_is_in_them(told):
    _lines, sentry, err = told
    assert len(sentry.events) == 2
    for personal in PERSONAL:
        assert personal not in err
        assert not [body for body in sentry.said if personal in body], personal


def test_what_the_database_says_of_a_row_stays_out_of_the_log_and_the_constraint_is_named(ahausen):
    out = io.StringIO()
    handler, logger = logging.StreamHandler(out), logging.getLogger("tests.reporting")
    handler.setFormatter(JsonLines())
    logger.addHandler(handler)
    try:
        with inside(ahausen):
            District.objects.create(name="Eva Musterfrau")
            with pytest.raises(IntegrityError) as caught:
                District.objects.create(name="Eva Musterfrau")
            logger.error("Not kept", exc_info=caught.value)
    finally:
        logger.removeHandler(handler)
    line = json.loads(out.getvalue())
    assert line["municipality"] == "ahausen"
    assert line["error"][0]["kind"].startswith("django.db.utils.IntegrityError 23505 ")
    assert "Eva" not in out.getvalue()


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("eva@example.org", HIDDEN), ("Mail an eva@example.org, bitte", f"Mail an {HIDDEN} bitte"), (4711, 4711),
        ("0681/9 87 65-43", HIDDEN), ("+49 681 987654", HIDDEN), ("ahausen", "ahausen"), (None, None), (True, True),
        ("am 30.11.2026 um 8 Uhr", f"am {HIDDEN} um 8 Uhr"), ("Kurs 12", "Kurs 12"), (KeyError("Eva"), "KeyError"),
        ("MTIzNDU2Nzg5MDEyMzQ1Njc4OTA:1uX", HIDDEN), ("x" * 1000, "x" * 300),
    ],
)  # fmt: skip
def test_a_value_of_a_message_is_told_without_addresses_numbers_and_keys(said, kept):
    assert words(said) == kept


@pytest.mark.parametrize("given", ["", "kurz", "a" * 65, "mit leer zeichen", "zeile\nzeile", "ümlaut-ümlaut"])
def test_a_number_that_is_none_is_replaced(rf, given):
    seen = []
    middleware = RequestNumberMiddleware(lambda _request: seen.append(current_number()) or HttpResponse(status=404))
    answer = middleware(rf.get("/", headers={"X-Request-ID": given}))
    assert answer["X-Request-ID"] == seen[0] != given
    assert len(seen[0]) == 32
    assert current_number() == ""


def test_an_answer_that_many_get_has_no_number(rf):
    seen = []
    answer = RequestNumberMiddleware(lambda _request: seen.append(current_number()) or HttpResponse())(rf.get("/"))
    assert len(seen[0]) == 32
    assert not answer.has_header("X-Request-ID")


def test_the_page_that_says_sorry_names_the_number(visitor, monkeypatch, ahausen):
    monkeypatch.setattr("portal.search.views.read_search", lambda *_args: 1 / 0)
    client = visitor("ahausen")
    client.raise_request_exception = False
    answer = client.get("/angebote/", headers={"X-Request-ID": "abcdef-123456"})
    assert answer.status_code == 500
    assert answer["X-Request-ID"] == "abcdef-123456"
    assert "abcdef-123456" in answer.content.decode()
