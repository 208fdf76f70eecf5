"""Nothing that somebody outside names leads into the house, whatever the name says a moment later."""

import datetime as dt
import gzip
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from core.outgoing import Limits, Outgoing, OutgoingError, Reason
from core.outgoing.addresses import is_public
from core.outgoing.client import Answer
from tests.servers import OK, Server

QUICK = Limits(connect=1, read=1, total=2, most_bytes=100_000)


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    running: list[Server] = []

    def start(answer: bytes | Callable[[socket.socket], None] = OK, tls: ssl.SSLContext | None = None) -> Server:
        running.append(Server(answer, tls))
        return running[-1]

    yield start
    for server in running:
        server.close()


def reason_of(outgoing: Outgoing, url: str, **more: Any) -> Reason:
    with outgoing, pytest.raises(OutgoingError) as caught:
        outgoing.ask("GET", url, **more)
    return caught.value.reason


@pytest.mark.parametrize(
    "inside",
    [
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.9.9.9", "168.63.129.16",
        "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.1.1",
        "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::1", "2002:808:808::1", "3fff::1", "5f00::1",
        "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "4000::1",
    ],
)  # fmt: skip
def test_addresses_of_the_inside_are_not_public(inside):
    assert not is_public(ipaddress.ip_address(inside))
    with_it = Outgoing(QUICK, resolve=lambda _host, _port: ["93.184.216.34", inside])
    assert reason_of(with_it, "https://kommune.example/") == Reason.REFUSED


@pytest.mark.parametrize(
    "outside", ["1.1.1.1", "9.9.9.9", "100.63.255.255", "172.32.0.1", "2a00:1450:4001::1", "64:ff9b::101:101"]
)
def test_addresses_of_the_internet_are_public(outside):
    assert is_public(ipaddress.ip_address(outside))


@pytest.mark.parametrize(
    "url",
    [
        "", "x", "http://kommune.example/", "ftp://kommune.example/", "file:///etc/passwd", "https://", "https:///x",
        "https://nutzer@kommune.example/", "https://nutzer:wort@kommune.example/", "https://:@kommune.example/",
        "https://kommune.example:99999/", "https://[::1", "gopher://kommune.example/", "//kommune.example/",
        "https://kommune.example:x/", "data:text/plain,x", "unix:///run/docker.sock",
    ],
)  # fmt: skip
def test_only_plain_addresses_by_tls_are_asked(url):
    def never(_host: str, _port: int) -> list[str]:
        raise AssertionError("looked up")

    assert reason_of(Outgoing(QUICK, resolve=never), url) == Reason.REFUSED


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST.", "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "[::1]", "0",
             "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[fe80::1]", "169.254.169.254"],
)  # fmt: skip
def test_spellings_of_this_machine_are_refused_by_the_systems_own_resolver(serve, host):
    server = serve()
    with Outgoing(QUICK) as outgoing, pytest.raises(OutgoingError):
        outgoing.ask("GET", f"https://{host}:{server.port}/")
    assert server.asked == []


def test_a_name_that_leads_elsewhere_a_moment_later_leads_nowhere(serve, monkeypatch):
    """The resolver says a public address the first time and this machine ever after, to whoever asks for whatever."""
    server, asked = serve(), []

    def rebinding(host: Any, port: Any, *_args: Any, **_more: Any) -> list[Any]:
        asked.append(host)
        address = "192.0.0.8" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr("core.outgoing.addresses.is_public", lambda address: str(address) == "192.0.0.8")
    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    reason = reason_of(Outgoing(QUICK), f"https://rebind.example:{server.port}/")
    assert reason in {Reason.UNREACHABLE, Reason.SLOW}
    assert asked == ["rebind.example"], "looked up once, and the connection looks up nothing"
    assert server.asked == []


def test_every_request_of_a_client_is_checked_anew(serve):
    server, answers = serve(), iter([["127.0.0.1"], ["127.0.0.1"]])
    with Outgoing(QUICK, internal_hosts=frozenset({"service.internal"}), resolve=lambda *_: next(answers)) as outgoing:
        for _request in range(2):
            assert outgoing.ask("GET", f"http://service.internal:{server.port}/").content == b"ok"
        with pytest.raises(OutgoingError) as caught:
            outgoing.ask("GET", f"http://other.internal:{server.port}/")
    assert caught.value.reason == Reason.REFUSED
    assert len(server.asked) == 2
    assert b"Host: service.internal:" in server.asked[0].said


def certificate(folder: Path, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's context for a name, and a client's that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return server, ssl.create_default_context(cafile=str(folder / "cert.pem"))


def test_the_certificate_is_that_of_the_name_although_the_address_was_fixed(serve, tmp_path):
    ours, trusted = certificate(tmp_path, "karten.example")
    server = serve(tls=ours)
    hosts = frozenset({"karten.example", "andere.example"})
    with Outgoing(QUICK, internal_hosts=hosts, resolve=lambda *_: ["127.0.0.1"], tls=trusted) as outgoing:
        assert outgoing.ask("GET", f"https://karten.example:{server.port}/").content == b"ok"
        assert server.names == ["karten.example"]
        assert f"Host: karten.example:{server.port}".encode() in server.asked[0].said
        with pytest.raises(OutgoingError) as caught:
            outgoing.ask("GET", f"https://andere.example:{server.port}/")
    assert caught.value.reason == Reason.CERTIFICATE
    assert len(server.asked) == 1
    unknown = Outgoing(QUICK, internal_hosts=hosts, resolve=lambda *_: ["127.0.0.1"])
    assert reason_of(unknown, f"https://karten.example:{server.port}/") == Reason.CERTIFICATE


def inside(limits: Limits) -> Outgoing:
    return Outgoing(limits, internal_hosts=frozenset({"127.0.0.1", "localhost"}))


def redirect(target: str, status: int = 302) -> bytes:
    return f"HTTP/1.1 {status} Found\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n".encode()


def test_a_redirect_is_an_answer_unless_it_is_wanted(serve):
    there = serve()
    here = serve(redirect(f"http://127.0.0.1:{there.port}/"))
    with inside(QUICK) as outgoing:
        answer = outgoing.ask("GET", f"http://127.0.0.1:{here.port}/")
    assert answer.status == 302
    assert there.asked == []


def test_a_wanted_redirect_is_checked_like_the_first_address_and_takes_no_secrets_along(serve):
    there = serve()
    limits = Limits(total=2, most_redirects=2)
    here = serve(redirect(f"http://localhost:{there.port}/dort"))
    with inside(limits) as outgoing:
        answer = outgoing.ask("GET", f"http://127.0.0.1:{here.port}/", headers={"Authorization": "geheim"})
    assert answer.content == b"ok"
    assert b"geheim" in here.asked[0].said
    assert b"geheim" not in there.asked[0].said
    for target in ("http://127.0.0.2/", "https://10.0.0.1/", "file:///etc/passwd", "http://kommune.example/"):
        assert reason_of(inside(limits), f"http://127.0.0.1:{serve(redirect(target)).port}/") == Reason.REFUSED
    loop = serve(redirect("/"))
    assert reason_of(inside(limits), f"http://127.0.0.1:{loop.port}/") == Reason.REFUSED
    assert len(loop.asked) == 3


def slowly(connection: socket.socket, parts: bytes) -> None:
    for number in range(len(parts)):
        connection.sendall(parts[number : number + 1])
        time.sleep(0.05)


@pytest.mark.parametrize(
    "say",
    [
        lambda connection: time.sleep(5),
        lambda connection: slowly(connection, b"HTTP/1.1 200 OK\r\nX: " + b"x" * 1000),
        lambda connection: slowly(connection, b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + b"x" * 1000),
    ],
    ids=["silent", "slow head", "slow body"],
)
def test_whoever_is_slow_is_left_when_the_time_is_up(serve, say):
    server = serve(say)
    began = time.monotonic()
    reason = reason_of(inside(Limits(connect=1, read=1, total=1)), f"http://127.0.0.1:{server.port}/")
    assert reason == Reason.SLOW
    assert time.monotonic() - began < 4


def test_a_resolver_that_never_answers_is_left_too():
    never = threading.Event()

    def silent(_host: str, _port: int) -> list[str]:
        never.wait(5)
        return []

    began = time.monotonic()
    assert reason_of(Outgoing(Limits(connect=0.2), resolve=silent), "https://kommune.example/") == Reason.SLOW
    assert time.monotonic() - began < 4
    never.set()


def packed(body: bytes, how: str) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Encoding: " + how.encode() + b"\r\nConnection: close\r\n\r\n" + body


def test_too_much_is_refused_packed_or_not(serve):
    bomb = gzip.compress(b"\0" * 50_000_000)
    endless = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + b"x" * 200_000
    for answer in (packed(bomb, "gzip"), endless):
        assert reason_of(inside(QUICK), f"http://127.0.0.1:{serve(answer).port}/") == Reason.TOO_LARGE
    strange = ((b"x", "br"), (gzip.compress(bomb), "gzip, gzip"), (zlib.compress(b"x"), "deflate"))
    for answer in (packed(body, how) for body, how in strange):
        assert reason_of(inside(QUICK), f"http://127.0.0.1:{serve(answer).port}/") == Reason.WRONG_KIND
    assert reason_of(inside(QUICK), f"http://127.0.0.1:{serve(packed(b'no', 'gzip')).port}/") == Reason.UNREACHABLE
    with inside(QUICK) as outgoing:
        port = serve(packed(gzip.compress(b"ok" * 1000), "gzip")).port
        assert outgoing.ask("GET", f"http://127.0.0.1:{port}/").content == b"ok" * 1000


def test_another_kind_than_asked_for_is_refused(serve):
    limits = Limits(total=2, kinds=("image/", "application/json"))
    assert reason_of(inside(limits), f"http://127.0.0.1:{serve().port}/") == Reason.WRONG_KIND
    body = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 8\r\n\r\n{"a": 1}'
    with inside(limits) as outgoing:
        assert outgoing.ask("POST", f"http://127.0.0.1:{serve(body).port}/", body={"b": 2}).json() == {"a": 1}


def test_no_proxy_of_the_environment_is_used(serve, monkeypatch):
    proxy, server = serve(), serve()
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
    with inside(QUICK) as outgoing:
        assert outgoing.ask("GET", f"http://127.0.0.1:{server.port}/").content == b"ok"
    assert proxy.asked == []


def test_a_host_that_is_nobody_and_a_door_that_is_closed():
    def unknown(_host: str, _port: int) -> list[str]:
        raise OSError("no such host")

    assert reason_of(Outgoing(QUICK, resolve=unknown), "https://niemand.example/") == Reason.UNKNOWN_HOST
    assert reason_of(Outgoing(QUICK, resolve=lambda *_: []), "https://niemand.example/") == Reason.UNKNOWN_HOST
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert reason_of(inside(QUICK), f"http://127.0.0.1:{port}/") in {Reason.UNREACHABLE, Reason.SLOW}


@pytest.mark.parametrize("content", [b"[" * 100_000, b'{"a":' * 50_000, b"no JSON", b"\xff", b"1" * 5000])
def test_an_answer_that_is_no_json_or_nested_without_end_is_one_error(content):
    with pytest.raises(ValueError, match="."):
        Answer(200, {}, content, "https://example.org/").json()
