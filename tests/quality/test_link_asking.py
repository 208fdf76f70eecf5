"""Looking behind links: what is seen, within which bounds, how politely. Against a server that behaves badly."""

import resource
import ssl
import time

import pytest

from core.outgoing import Limits, Outgoing
from courtesy import robots, turns
from portal.quality.links.asking import Asker, Cause, Seen, agent
from tenants.running.context import inside
from tests.conftest import municipality
from tests.core.test_outgoing import certificate
from tests.quality.conftest import HOSTS
from tests.quality.hostile_server import HostileServer, gaps_between

pytestmark = pytest.mark.django_db


def seen(asker: Asker, url: str) -> Seen:
    with inside(municipality("ahausen")):
        return asker.look_at(url)


@pytest.mark.parametrize(
    ("path", "cause", "status"),
    [
        ("/da", None, 200),
        ("/get-only", None, 200),
        ("/to//da", None, 200),
        ("/status/404", Cause.NOT_FOUND, 404),
        ("/status/410", Cause.GONE, 410),
        ("/status/403", Cause.FORBIDDEN, 403),
        ("/status/401", Cause.FORBIDDEN, 401),
        ("/status/500", Cause.FAULT, 500),
        ("/status/429", Cause.BUSY, 429),
        ("/status/503", Cause.BUSY, 503),
        ("/status/418", Cause.STRANGE, 418),
        ("/silent", Cause.SLOW, None),
        ("/drip", Cause.SLOW, None),
        ("/heads", Cause.UNREACHABLE, None),
        ("/huge", None, 200),
        ("/round", Cause.REDIRECTS, None),
        ("/to/http://127.0.0.1:1/", Cause.NOT_PUBLIC, None),
        ("/to/http://169.254.169.254/latest/", Cause.NOT_PUBLIC, None),
        ("/to/file:///etc/passwd", Cause.NOT_PUBLIC, None),
        ("/to/http://[", Cause.STRANGE, None),
    ],
)
def test_what_is_seen_in_bounded_time_and_memory(hostile: HostileServer, impatient, path, cause, status):
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    found = seen(impatient(), hostile.url(path))
    assert (found.cause, found.status) == (cause, status)
    # At most: the rules, HEAD and GET, each two seconds and a turn; or seven hops with a turn each.
    assert time.monotonic() - began < 20
    # Of ten gigabytes or a million lines only what the system's buffers took on its way.
    assert hostile.sent < 20_000_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000
    assert len(hostile.asked) <= 8
    assert min(gaps_between(hostile.asked), default=9) >= 1.0


@pytest.mark.parametrize("url", ["http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://10.0.0.1/",
                                 "http://[::1]:{port}/", "https://2130706433/"])  # fmt: skip
def test_an_inside_address_nobody_named_is_not_asked(hostile: HostileServer, url):
    assert seen(Asker(), url.format(port=hostile.port)).cause in {Cause.NOT_PUBLIC, Cause.NO_HOST}
    assert hostile.asked == []


def test_a_public_page_that_sends_on_to_a_named_inside_host_is_not_followed(hostile: HostileServer, settings):
    """The first hop pretends to be public: it is not among the named hosts and leads to one of them."""
    settings.LINK_INTERNAL_HOSTS = frozenset({"127.0.0.3"})
    target = hostile.url("/da", "127.0.0.3")
    asker = Asker(lambda: Outgoing(Limits(total=3), plain=True, anywhere=True))
    assert seen(asker, hostile.url(f"/to/{target}", "127.0.0.4")).cause == Cause.NOT_PUBLIC
    assert hostile.of("127.0.0.3") == []


def test_a_name_nobody_has_is_missing_and_an_unknown_answer_of_the_resolver_is_not():
    import socket

    def nobody(_host: str, _port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    def no_network(_host: str, _port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    limits = Limits(total=3)
    assert seen(Asker(lambda: Outgoing(limits, resolve=nobody)), "https://weg.example/").cause == Cause.NO_HOST
    asker = Asker(lambda: Outgoing(limits, resolve=no_network))
    assert seen(asker, "https://da.example/").cause in {Cause.UNREACHABLE, Cause.ROBOTS}


def test_a_wrong_certificate_is_told_from_a_server_that_is_away(tmp_path, settings):
    settings.LINK_INTERNAL_HOSTS = HOSTS
    server_tls, client_tls = certificate(tmp_path, "ganz-anders.example")
    server = HostileServer(server_tls)
    try:
        asker = Asker(lambda: Outgoing(Limits(total=3), plain=True, internal_hosts=HOSTS, tls=client_tls))
        assert seen(asker, server.url("/da")).cause == Cause.CERTIFICATE
        unknown = Asker(lambda: Outgoing(Limits(total=3), internal_hosts=HOSTS, tls=ssl.create_default_context()))
        assert seen(unknown, server.url("/da", "127.0.0.3")).cause == Cause.CERTIFICATE
    finally:
        server.close()
    away = Asker(lambda: Outgoing(Limits(total=3), plain=True, internal_hosts=HOSTS))
    assert seen(away, server.url("/da", "127.0.0.4").replace("https", "http")).cause in {
        Cause.UNREACHABLE,
        Cause.ROBOTS,
    }


def test_what_robots_forbids_is_not_asked_for_and_unclear(hostile: HostileServer):
    hostile.robots["127.0.0.2"] = (
        b"User-agent: Chancenportal-Linkpruefung\nDisallow: /nicht/\n\nUser-agent: *\nDisallow: /\n"
    )
    assert seen(Asker(), hostile.url("/nicht/hier")) == Seen(Cause.ROBOTS)
    assert seen(Asker(), hostile.url("/aber/hier")).cause is None
    # The rules were asked for once for both.
    assert [each.path for each in hostile.asked] == ["/robots.txt", "/aber/hier"]
    assert {each.headers["user-agent"] for each in hostile.asked} == {agent()}
    assert "Chancenportal-Linkpruefung" in agent()
    assert "@" in agent()


def test_a_server_whose_rules_cannot_be_read_is_not_asked(hostile: HostileServer):
    hostile.robots["127.0.0.2"] = b"fault"
    assert seen(Asker(), hostile.url("/da")) == Seen(Cause.ROBOTS)
    hostile.robots["127.0.0.3"] = b"Disallow: /\n" * 60_000
    assert seen(Asker(), hostile.url("/da", "127.0.0.3")) == Seen(Cause.ROBOTS)
    assert {each.path for each in hostile.asked} == {"/robots.txt"}


def test_a_busy_server_is_left_alone_as_long_as_it_asks(hostile: HostileServer):
    found = seen(Asker(), hostile.url("/status/429"))
    assert found == Seen(Cause.BUSY, 429, 7200.0)
    number = len(hostile.asked)
    with pytest.raises(turns.BusyError) as caught:
        seen(Asker(), hostile.url("/da"))
    assert 7000 < caught.value.seconds <= 7201
    assert len(hostile.asked) == number


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("120", 120), ("", 3600), ("morgen", 3600), ("Wed, 21 Oct 2015 07:28:00 GMT", 0), ("-5", 3600), ("9" * 30, 3600)],
)
def test_retry_after_is_understood(said, seconds):
    from core.outgoing import Answer

    assert robots.wait_of(Answer(503, {"retry-after": said}, b"", "")) == seconds
