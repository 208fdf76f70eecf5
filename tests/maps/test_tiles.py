"""The tile proxy against a real web server: what it fetches, what it keeps, what it gives away."""

import os
import socket
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import SimpleQueue
from threading import Event, Thread

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from portal.maps import tiles
from portal.maps.geometry import Box, mercator
from portal.maps.models import MapSettings
from portal.maps.sources import SourceError, check_address, check_template
from tenants.running.context import inside

PNG = b"\x89PNG\r\n\x1a\n" + b"picture"
SQUARE = {"type": "Polygon", "coordinates": [[[6.9, 49.2], [7.1, 49.2], [7.1, 49.3], [6.9, 49.3], [6.9, 49.2]]]}
# The tile of zoom 12 in the middle of the square, and one far away.
HERE, FAR = (12, 2127, 1402), (12, 2200, 1402)


class Source(ThreadingHTTPServer):
    """A tile server that remembers how it was asked and answers as it is told."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked, self.status, self.kind, self.body = [], 200, "image/png", PNG
        self.wait = lambda _seconds: None

    @property
    def template(self):
        return f"http://127.0.0.1:{self.server_port}/{{z}}/{{x}}/{{y}}.png"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append((self.path, dict(self.headers)))
        self.server.wait(5)
        self.send_response(self.server.status)
        if self.server.status in (301, 302):
            self.send_header("Location", "/elsewhere.png")
        self.send_header("Content-Type", self.server.kind)
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, *_args):
        """A test prints nothing."""


@pytest.fixture
def source():
    server = Source()
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def proxied(ahausen, source, settings):
    settings.TILES_FROM_PRIVATE_NETWORK = True
    with inside(ahausen):
        MapSettings.load()
        MapSettings.objects.update(tile_url=source.template, attribution="© Test", outline=SQUARE)
    return source


def address(z, x, y):
    return f"/angebote/karte/kacheln/{z}/{x}/{y}.png"


def test_a_tile_is_fetched_once_and_kept(proxied, visitor):
    for _n in range(3):
        answer = visitor("ahausen").get(address(*HERE))
        assert answer.status_code == 200
        assert answer.content == PNG
        assert answer["Content-Type"] == "image/png"
        assert "max-age" in answer["Cache-Control"]
    assert [path for path, _headers in proxied.asked] == ["/12/2127/1402.png"]


def test_nothing_of_the_visitor_reaches_the_source(proxied, visitor):
    secret = {
        "HTTP_COOKIE": "sessionid=geheim",
        "HTTP_USER_AGENT": "Mein Browser",
        "HTTP_REFERER": "http://ahausen.localhost/angebote/?q=schulden",
        "HTTP_ACCEPT_LANGUAGE": "tr",
        "HTTP_X_FORWARDED_FOR": "203.0.113.9",
        "HTTP_AUTHORIZATION": "Bearer x",
    }
    visitor("ahausen").get(address(*HERE), **secret)
    _path, headers = proxied.asked[0]
    assert set(headers) <= {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}
    assert not any(value in str(headers) for value in secret.values())
    assert "Chancenportal" in headers["User-Agent"]


@pytest.mark.parametrize(
    "wrong",
    [FAR, (7, 66, 43), (18, 136_140, 89_760), (12, 5000, 1402), (12, 2127, 9_999_999), (0, 0, 0), (99, 1, 1)],
)
def test_what_is_outside_our_area_or_zoom_is_not_there(proxied, visitor, wrong):
    assert visitor("ahausen").get(address(*wrong)).status_code == 404
    assert proxied.asked == []


def test_without_a_source_there_are_no_tiles(ahausen, visitor):
    assert visitor("ahausen").get(address(*HERE)).status_code == 404


def test_the_neighbour_does_not_share_our_source(proxied, visitor, bedorf):
    assert visitor("bedorf").get(address(*HERE)).status_code == 404


def test_an_old_tile_is_shown_while_the_source_is_down(proxied, visitor, settings):
    client = visitor("ahausen")
    client.get(address(*HERE))
    kept = next(settings.TILE_CACHE.rglob("*.tile"))
    os.utime(kept, (1, 1))
    proxied.status = 500
    assert client.get(address(*HERE)).content == PNG
    assert len(proxied.asked) == 2
    client.get(address(*HERE))
    assert len(proxied.asked) == 2, "a source that failed is left alone for a while"
    proxied.status, proxied.body = 200, PNG + b"new"
    tiles.TURNS.forget()
    assert client.get(address(*HERE)).content == PNG + b"new"


@pytest.mark.parametrize(
    ("status", "kind", "body"),
    [
        (500, "image/png", PNG),
        (404, "image/png", PNG),
        (302, "image/png", PNG),
        (200, "text/html", PNG),
        (200, "image/png", b"<script>alert(1)</script>"),
        (200, "image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        (200, "image/webp", b"RIFF0000WAVE"),
        (200, "image/png", PNG + b"x" * (tiles.LIMITS.most_bytes + 1)),
        (200, "image/png", b""),
    ],
)
def test_what_is_no_picture_is_neither_shown_nor_kept(proxied, visitor, settings, status, kind, body):
    proxied.status, proxied.kind, proxied.body = status, kind, body
    answer = visitor("ahausen").get(address(*HERE))
    assert answer.status_code == 503
    assert answer["Cache-Control"] == "no-store"
    assert len(proxied.asked) == 1
    assert not list(settings.TILE_CACHE.rglob("*"))


def test_a_dead_source_costs_no_page(ahausen, visitor, settings):
    settings.TILES_FROM_PRIVATE_NETWORK = True
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with inside(ahausen):
        MapSettings.load()
        MapSettings.objects.update(
            tile_url=f"http://127.0.0.1:{port}/{{z}}/{{x}}/{{y}}", attribution="©", outline=SQUARE
        )
    assert visitor("ahausen").get(address(*HERE)).status_code == 503


@pytest.mark.parametrize(
    "url",
    [
        "http://tiles.example.de/{z}/{x}/{y}.png",
        "https://127.0.0.1/{z}/{x}/{y}.png",
        "https://2130706433/{z}/{x}/{y}.png",
        "https://[::1]/{z}/{x}/{y}.png",
        "https://localhost/{z}/{x}/{y}.png",
        "https://tiles.example.de:22/{z}/{x}/{y}.png",
        "https://me:secret@tiles.example.de/{z}/{x}/{y}.png",
        "https://tiles.example.de/{z}/{x}.png",
        "https://tiles.example.de/{z}/{x}/{y}/{z}.png",
        "https://tiles.example.de/{z}/{x}/{y}/{q}.png",
        "https://{z}.example.de@127.0.0.1/{x}/{y}",
        "file:///etc/passwd#{z}{x}{y}",
        "gopher://tiles.example.de/{z}/{x}/{y}",
        "https:///{z}/{x}/{y}",
        "https://tiles.example.de:99999/{z}/{x}/{y}",
    ],
)
def test_an_address_that_leads_inside_is_refused(url, ahausen):
    with pytest.raises(SourceError):
        check_template(url)
    with inside(ahausen), pytest.raises(ValidationError):
        MapSettings(tile_url=url, attribution="© X").full_clean(validate_unique=False)


def test_an_ordinary_source_is_accepted(ahausen):
    with inside(ahausen):
        MapSettings(tile_url="https://tiles.example.de/osm/{z}/{x}/{y}.png", attribution="© X").full_clean(
            validate_unique=False
        )


def test_a_source_that_hangs_leaves_the_threads_to_others(proxied, ahausen):
    """Twelve tiles asked at once of a source that says nothing: two wait for it, the others are told at once."""
    go = Event()
    proxied.wait = go.wait
    with inside(ahausen):
        allowed = tiles.rules()
    answers = SimpleQueue()

    def ask(x):
        with inside(ahausen):
            answers.put(tiles.tile(allowed, 12, x, 1402))

    try:
        threads = [Thread(target=ask, args=(2127,)) for _n in range(12)]
        for thread in threads:
            thread.start()
        early = [answers.get(timeout=5) for _n in range(10)]
        assert early == [None] * 10
        assert answers.empty()
        assert len(proxied.asked) <= 2
    finally:
        go.set()
        for thread in threads:
            thread.join()


def test_a_source_inside_is_not_even_connected_to(source, ahausen, visitor):
    with inside(ahausen):
        MapSettings.load()
        MapSettings.objects.update(tile_url=source.template, attribution="© Test", outline=SQUARE)
    assert visitor("ahausen").get(address(*HERE)).status_code == 503
    assert source.asked == []


@given(st.text(max_size=80))
def test_any_text_is_an_address_or_refused(text):
    try:
        check_address(text)
    except SourceError:
        return
    assert text.lower().lstrip().startswith("https://")


@given(st.integers(8, 17), st.floats(49.2, 49.3), st.floats(6.9, 7.1))
def test_every_tile_of_our_area_is_allowed(z, latitude, longitude):
    allowed = tiles.Rules("", Box(49.2, 6.9, 49.3, 7.1), 8, 17)
    x, y = (int(part * 2**z) for part in mercator(latitude, longitude))
    assert allowed.allows(z, x, y)
    assert not allowed.allows(z, x, y + 2**z)


def test_a_visitor_can_ask_for_nothing_but_numbers(proxied, visitor):
    for path in ("a/b/c", "12/2127/-1", "12/2127/1402.png/..", "٣/2127/1402", "12/2127/1402000000000"):
        assert visitor("ahausen").get(f"/angebote/karte/kacheln/{path}.png").status_code == 404
    assert proxied.asked == []


def kept(number, *, looked_at, size=1000):
    path = tiles._folder("https://t.example/{z}/{x}/{y}") / "12" / f"{number}.tile"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(PNG.ljust(size, b"."))
    os.utime(path, (looked_at, 1_700_000_000))
    return path


def test_the_cache_stays_below_its_size_and_what_nobody_looked_at_goes_first(ahausen, bedorf):
    now = time.time()
    with inside(ahausen):
        old, used = kept(1, looked_at=now - 9e6), kept(2, looked_at=now - 8e6)
        tiles._read(used)
    with inside(bedorf):
        other = kept(3, looked_at=now - 7e6)
    assert used.stat().st_mtime == 1_700_000_000
    assert tiles.shrink_cache(10_000) == 0
    assert tiles.shrink_cache(1_500) == 2
    assert [path.exists() for path in (old, other, used)] == [False, False, True]


def test_what_a_killed_process_left_half_written_goes(ahausen, settings):
    with inside(ahausen):
        left = kept(1, looked_at=0).with_name("tmpabc")
    left.write_bytes(b"half")
    assert tiles.shrink_cache(10_000) == 0
    assert left.exists()
    os.utime(left, (0, 0))
    tiles.shrink_cache(10_000)
    assert not left.exists()
    settings.TILE_CACHE = settings.TILE_CACHE / "nothing"
    assert tiles.shrink_cache(0) == 0
