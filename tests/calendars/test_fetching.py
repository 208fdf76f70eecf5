"""Whatever stands behind an address: what is said of it, and that nothing is asked that may not be."""

import time

import pytest
from django.core.exceptions import ValidationError

from courtesy import turns
from portal.calendars.reading.addresses import understood
from portal.calendars.reading.failing import Failure, FetchError
from portal.calendars.reading.fetching import LIMITS, Known, fetch
from tests.calendars.conftest import impatient
from tests.calendars.server import Page
from tests.calendars.writing import calendar, event

pytestmark = pytest.mark.django_db
PLAIN = calendar(event("a", "Chor", "20300107T193000"))


def failure_of(url: str) -> FetchError:
    with pytest.raises(FetchError) as error:
        fetch(url, Known(), impatient)
    assert error.value.failure.label
    return error.value


@pytest.mark.parametrize(
    ("page", "failure"),
    [
        (Page(b"<!DOCTYPE html><html><body>Termine</body></html>", kind="text/html"), Failure.IS_A_PAGE),
        (Page(b"<html>", kind="text/calendar"), Failure.IS_A_PAGE),
        (Page(b"Titel;Datum\r\nChor;1.1."), Failure.NOT_A_CALENDAR),
        (Page(b""), Failure.NOT_A_CALENDAR),
        (Page(b"\x89PNG\r\n", kind="image/png"), Failure.NOT_A_CALENDAR),
        (Page(b"Nein", "403 Forbidden", "text/plain"), Failure.FORBIDDEN),
        (Page(b"weg", "410 Gone", "text/plain"), Failure.NOT_FOUND),
        (Page(b"{}", "502 Bad Gateway", "application/json"), Failure.FAULT),
        (Page(b"", "429 Too Many", headers={"Retry-After": "7"}), Failure.REFUSED),
    ],
)
def test_what_is_no_calendar_says_what_it_is(server, page, failure):
    server.pages["/termine.ics"] = page
    assert failure_of(server.url()).failure == failure


def test_the_servers_own_words_are_kept_short_and_without_markup(server):
    server.gives(f"<h1>Wartung</h1><script>x()</script><p>bis morgen {'x' * 999}", status="503 Busy", kind="text/html",
                 headers={"Retry-After": "7200"})  # fmt: skip
    error = failure_of(server.url())
    assert error.words.startswith("Wartung bis morgen x")
    assert len(error.words) <= 200
    assert (error.status, error.wait) == (503, 7200)
    with pytest.raises(turns.BusyError):
        fetch(server.url(), Known(), impatient)


def test_fifty_megabytes_are_not_read_to_the_end(server):
    assert failure_of(server.url("/huge")).failure in {Failure.TOO_LARGE, Failure.SLOW}
    assert server.sent < 40_000_000
    assert LIMITS.most_bytes == 4 * 2**20


@pytest.mark.parametrize("path", ["/drip", "/silent"])
def test_a_calendar_without_an_end_ends(server, path):
    began = time.monotonic()
    assert failure_of(server.url(path)).failure == Failure.SLOW
    assert time.monotonic() - began < 8


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1:{port}/termine.ics", "http://169.254.169.254/x", "http://10.0.0.1/"]
)
def test_a_redirect_into_the_network_leads_nowhere(server, target):
    server.gives(PLAIN)
    server.pages["/fort"] = Page(status="302 Found", headers={"Location": target.format(port=server.port)})
    assert failure_of(server.url("/fort")).failure == Failure.NOT_PUBLIC
    assert [each.path for each in server.asked] == ["/fort"]


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "http://localhost:1/x.ics", "http://[::1]/x.ics",
                                 "http://2130706433/", "https://192.168.0.1/x.ics"])  # fmt: skip
def test_addresses_inside_are_not_asked(server, url):
    assert failure_of(url).failure == Failure.NOT_PUBLIC


def test_redirects_are_followed_some_times_and_not_for_ever(server):
    server.gives(PLAIN)
    server.pages["/a"] = Page(status="301 Moved", headers={"Location": "/b"})
    server.pages["/b"] = Page(status="302 Found", headers={"Location": server.url(host="127.0.0.3")})
    server.pages["/rund"] = Page(status="302 Found", headers={"Location": "/rund"})
    assert fetch(server.url("/a"), Known(), impatient).text == PLAIN
    assert failure_of(server.url("/rund")).failure == Failure.REDIRECTS


def test_other_alphabets_and_a_mark_in_front_are_read(server):
    server.pages["/termine.ics"] = Page(b"\xef\xbb\xbf" + PLAIN.replace("Chor", "Chöre").encode())
    assert "Chöre" in str(fetch(server.url(), Known(), impatient).text)
    server.pages["/termine.ics"] = Page(PLAIN.replace("Chor", "Chöre").encode("windows-1252"))
    assert "Chöre" in str(fetch(server.url(), Known(), impatient).text)
    # A line folded in the middle of a letter, and one letter that is broken beside others that are not.
    folded = PLAIN.replace("Chor", "Chöre der Fülle").encode().replace("ö".encode(), b"\xc3\r\n \xb6")
    server.pages["/termine.ics"] = Page(folded)
    assert "Chöre der Fülle" in str(fetch(server.url(), Known(), impatient).text)
    server.pages["/termine.ics"] = Page(PLAIN.replace("Chor", "Chöre der F_lle").encode().replace(b"_", b"\xfc"))
    assert "Chöre der Fülle" in str(fetch(server.url(), Known(), impatient).text)


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("webcal://verein.example/t.ics", "https://verein.example/t.ics"),
        ("  WebCal://verein.example/t.ics?a=1#x ", "https://verein.example/t.ics?a=1"),
        ("verein.example/t.ics", "https://verein.example/t.ics"),
        ("http://verein.example", "http://verein.example/"),
        ("https://verein.example:8443/t.ics\u200b", "https://verein.example:8443/t.ics"),
    ],
)
def test_addresses_are_understood_as_people_paste_them(written, address):
    assert understood(written) == address


@pytest.mark.parametrize("written", ["", "ftp://x.example/a", "https://", "javascript:alert(1)", "file:///etc/passwd",
                                     "https://u:p@verein.example/t.ics", "Mein Kalender", "https://[::1",
                                     "https://verein.example/" + "x" * 999, "http://verein.example:99999"])  # fmt: skip
def test_what_is_no_address_is_answered_with_what_would_be_right(written):
    with pytest.raises(ValidationError) as error:
        understood(written)
    assert len(str(error.value.messages[0])) > 20
