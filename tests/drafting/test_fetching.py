"""Pages over the network: what is read, what is refused, and in which bounds. Against a server that behaves badly."""

import io
import json
import resource
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.db import connection
from PIL import Image

from portal.drafting.fetching import FetchError, fetch
from portal.drafting.models import Proposal, Reading
from portal.drafting.tasks import read_now
from portal.media.models import MediaFile
from portal.offers import editing
from tests.drafting.conftest import ROWS, a_pdf
from tests.quality.conftest import HOSTS
from tests.quality.hostile_server import HostileServer
from tests.revisions.conftest import Cast

NEW = "/konto/angebote/neu/"
EVENT = {
    "@type": "Event", "name": "Basar", "startDate": "2036-12-01T10:00", "image": "/bild.png",
    "location": {"@type": "Place", "name": "Haus", "address": {"streetAddress": "Weg 1", "postalCode": "66111"}},
}  # fmt: skip


def a_page(*events: dict) -> bytes:
    return f'<html><script type="application/ld+json">{json.dumps(events)}</script></html>'.encode()


def a_picture() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((640, 400), 60).save(out, "PNG")
    return out.getvalue()


PAGES = {
    "/fest": ("text/html; charset=utf-8", a_page(EVENT)),
    "/viele": ("text/html", a_page(EVENT, {"@type": "Event", "name": "Lesung", "startDate": "2036-11-01T10:00"})),
    "/1970": ("text/html", a_page({"@type": "Event", "name": "Alt", "startDate": "1970-01-01T00:00:00Z"})),
    "/leer": ("text/html", b"<p>nichts</p>"),
    "/flyer.pdf": ("application/pdf", a_pdf(ROWS)),
    "/bild.png": ("image/png", a_picture()),
    "/latin": ("text/html; charset=iso-8859-1", a_page({**EVENT, "name": "x"}).replace(b"x", b"Gr\xfc\xdfe")),
    "/zip": ("application/zip", b"PK"),
    "/luegt": ("text/html; charset=klingon", a_page(EVENT)),
}  # fmt: skip


class _Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        kind, content = PAGES[self.path]
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def site(settings) -> Iterator[str]:
    """An organisation's own website, which the operator lets be asked."""
    settings.LINK_INTERNAL_HOSTS = HOSTS
    server = ThreadingHTTPServer(("127.0.0.3", 0), _Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.3:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def hostile(settings) -> Iterator[HostileServer]:
    settings.LINK_INTERNAL_HOSTS = HOSTS
    server = HostileServer()
    yield server
    server.close()


@pytest.fixture
def no_gap(cast: Cast) -> None:
    """Each test is the first to ask."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM public.courtesy_host")


def read_from(member, address: str) -> Reading:
    answer = member.post(f"{NEW}webseite/", {"address": address})
    assert answer.status_code == 302, answer.content.decode()
    reading = Reading.objects.get(pk=int(answer.url.rstrip("/").rsplit("/", 1)[1]))
    read_now(pk=reading.pk)
    reading.refresh_from_db()
    return reading


def test_from_a_page_to_a_draft_with_its_picture(cast: Cast, member, site, no_gap):
    reading = read_from(member, f"{site}/fest")
    page = member.get(f"{NEW}gelesen/{reading.pk}/").content.decode()
    assert "Das haben wir gefunden" in page
    assert "Weg 1, 66111" in page
    member.post(f"{NEW}gelesen/{reading.pk}/", {"wahl": "0"})
    reading.refresh_from_db()
    said = editing.begin(reading.offer, by=cast.member).content
    assert (said["title"], said["schedules"][0]["first_date"]) == ("Basar", "2036-12-01")
    picture = MediaFile.objects.get()
    assert (picture.owner, said["images"][0]["media"], picture.permission) == (cast.club, picture.pk, "")
    keys = list(Proposal.objects.filter(offer=reading.offer).values_list("key", flat=True))
    assert keys == ["title", "dates", "place", "picture"]
    beside = member.get(f"/konto/angebote/{reading.offer.pk}/was/").content.decode()
    assert "Vorschlag von der Webseite – stimmt das?" in beside
    assert f'href="{site}/fest"' in beside


def test_of_several_events_one_is_chosen(cast: Cast, member, site, no_gap):
    reading = read_from(member, f"{site}/viele")
    page = member.get(f"{NEW}gelesen/{reading.pk}/").content.decode()
    assert "stehen 2 Angebote" in page
    assert member.post(f"{NEW}gelesen/{reading.pk}/", {"wahl": "7"}).url.endswith(f"/gelesen/{reading.pk}/")
    member.post(f"{NEW}gelesen/{reading.pk}/", {"wahl": "1"})
    reading.refresh_from_db()
    assert reading.offer.title == "Basar"


def test_an_event_of_1970_is_told_and_not_taken_over(cast: Cast, member, site, no_gap):
    reading = read_from(member, f"{site}/1970")
    assert "ist lange vorbei" in member.get(f"{NEW}gelesen/{reading.pk}/").content.decode()
    member.post(f"{NEW}gelesen/{reading.pk}/", {"wahl": "0"})
    reading.refresh_from_db()
    said = editing.begin(reading.offer, by=cast.member).content
    assert (said["schedule_kind"], said["schedules"]) == ("none", [])
    assert not Proposal.objects.get(offer=reading.offer, key="dates").certain


def test_other_spellings_and_a_pdf_behind_an_address(cast: Cast, member, site, no_gap):
    assert read_from(member, f"{site}/latin").found[0][0]["content"] == {"title": "Grüße"}
    assert read_from(member, f"{site}/luegt").found[0][0]["content"] == {"title": "Basar"}
    reading = read_from(member, f"{site}/flyer.pdf")
    assert (reading.found[0][0]["content"]["title"], reading.shown) == ("Sommerfest am Teich", 1)


@pytest.mark.parametrize(
    ("path", "sentence"), [("/leer", "nichts gefunden"), ("/zip", "keine Seite, kein Bild und kein PDF")]
)
def test_what_is_no_offer_is_told(cast: Cast, member, site, no_gap, path, sentence):
    reading = read_from(member, site + path)
    assert sentence in member.get(f"{NEW}gelesen/{reading.pk}/").content.decode()


@pytest.mark.parametrize(
    ("path", "trouble"),
    [
        ("/status/404", "gone"),
        ("/status/403", "forbidden"),
        ("/status/500", "fault"),
        ("/huge", "page_too_large"),
        ("/heads", "unreachable"),
        ("/round", "refused"),
        ("/to/http://127.0.0.1:1/", "refused"),
        ("/to/http://169.254.169.254/latest/", "refused"),
        ("/to/file:///etc/passwd", "refused"),
    ],
)
def test_a_bad_server_costs_little_and_leads_nowhere(cast: Cast, hostile, no_gap, path, trouble):
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    with pytest.raises(FetchError, match=trouble):
        fetch(hostile.url(path))
    assert time.monotonic() - began < 25
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://localhost/", "http://10.0.0.1/", "http://[::1]/", "http://"]
)
def test_addresses_of_the_network_are_refused(cast: Cast, no_gap, url):
    with pytest.raises(FetchError, match="refused"):
        fetch(url)


@pytest.mark.parametrize(
    "address", ["", "kein link", "ftp://verein.example/", "javascript:alert(1)", "file:///etc/passwd"]
)
def test_what_is_no_address_is_told_at_once(cast: Cast, member, address):
    answer = member.post(f"{NEW}webseite/", {"address": address})
    assert answer.status_code == 200
    assert 'href="#id_address"' in answer.content.decode()
    assert not Reading.objects.exists()
