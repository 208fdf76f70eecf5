"""Asking a web server outside, within limits."""

import functools
import json
import ssl
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx

from core.outgoing.addresses import Address, Resolver, checked_addresses, look_up
from core.outgoing.connecting import CheckedBackend, Deadline
from core.outgoing.trouble import OutgoingError, Reason

AGENT = "Chancenportal"
# Larger pieces than this are never unpacked at once, so that a bomb is noticed before it goes off.
_PIECE = 64 * 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# What belongs to one server and must not be carried to the next.
_SECRETS = frozenset({"authorization", "cookie", "proxy-authorization"})


@dataclass(frozen=True, slots=True)
class Limits:
    """How long, how much and what. Times in seconds; `total` covers everything from the look-up to the last byte."""

    connect: float = 5.0
    read: float = 10.0
    total: float = 20.0
    most_bytes: int = 2 * 2**20
    # Beginnings of content types that an answer of success may have; empty: any.
    kinds: tuple[str, ...] = ()
    # Redirects that are followed, each checked like the first address; 0: the redirect is the answer.
    most_redirects: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, unpacked and whole."""

    status: int
    headers: Mapping[str, str]
    content: bytes
    url: str

    def json(self) -> Any:
        """The content as JSON. ValueError where it is none."""
        try:
            return json.loads(self.content)
        except RecursionError as error:
            raise ValueError("nested too deeply") from error


@dataclass(frozen=True, slots=True)
class _Door:
    """Where one may go: everywhere in public by TLS (`plain`: without it too), and to what the operator named in
    whatever way."""

    internal_hosts: frozenset[str] = field(default_factory=frozenset)
    anywhere: bool = False
    plain: bool = False

    def is_inside(self, host: str) -> bool:
        return self.anywhere or host.rstrip(".").lower() in self.internal_hosts

    def check(self, url: str) -> None:
        """OutgoingError unless the address may be asked, as far as that can be said without looking it up."""
        try:
            parts = urlsplit(url)
            host, _port = parts.hostname or "", parts.port
            httpx.URL(url)
        except (ValueError, httpx.InvalidURL) as error:
            raise OutgoingError(Reason.REFUSED, "no address of a web server") from error
        if not host or parts.username is not None or parts.password is not None:
            raise OutgoingError(Reason.REFUSED, "no plain address of a web server")
        if parts.scheme != "https" and not (parts.scheme == "http" and (self.plain or self.is_inside(host))):
            raise OutgoingError(Reason.REFUSED, "the address must begin with https")


class _Transport(httpx.HTTPTransport):
    """httpx's own, over connections that lead only to checked addresses. No proxy of the environment."""

    def __init__(self, backend: CheckedBackend, tls: ssl.SSLContext) -> None:
        super().__init__(verify=tls, trust_env=False)
        # httpx lets nobody choose how its pool connects; the tests notice when this place moves. No connection is
        # kept: a server may close one while the next question is on its way, and that question would be lost.
        self._pool = httpcore.ConnectionPool(ssl_context=tls, network_backend=backend, max_keepalive_connections=0)


@functools.cache
def _usual_tls() -> ssl.SSLContext:
    """The public certificate authorities; reading them takes longer than many a request."""
    return httpx.create_ssl_context(trust_env=False)


class Outgoing:
    """A client for some requests: `with Outgoing(Limits(…)) as outgoing: outgoing.ask("GET", url)`.

    `internal_hosts` are names in the operator's own network that the operator allows; `anywhere` allows that whole
    network. `plain` allows http to public hosts too, for what only looks whether something is there. `resolve` says
    where a host is, `tls` whose certificates count.
    """

    def __init__(
        self,
        limits: Limits,
        *,
        internal_hosts: frozenset[str] = frozenset(),
        anywhere: bool = False,
        plain: bool = False,
        resolve: Resolver = look_up,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._limits = limits
        self._door = _Door(frozenset(host.lower() for host in internal_hosts), anywhere, plain)
        self._resolve = resolve
        self._deadline = Deadline(limits.total)
        self._client = httpx.Client(
            transport=_Transport(CheckedBackend(self._checked, lambda: self._deadline), tls or _usual_tls()),
            timeout=httpx.Timeout(limits.read, connect=limits.connect),
            follow_redirects=False,
            trust_env=False,
        )

    def __enter__(self) -> "Outgoing":
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._client.close()

    def _checked(self, host: str, port: int) -> list[Address]:
        return checked_addresses(
            host,
            port,
            resolve=self._resolve,
            inside=self._door.is_inside(host),
            seconds=self._deadline.left(self._limits.connect),
        )

    def ask(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: Any = None,
        form: Mapping[str, str] | None = None,
        contents: bool = True,
    ) -> Answer:
        """The answer, of whatever status. `body` is sent as JSON (bytes as they are, for what is signed), `form` as a
        browser's form; one of them at most. Without `contents` nothing is read beyond the head of the answer.

        OutgoingError where there is no answer.
        """
        self._deadline = Deadline(self._limits.total)
        sent = {"User-Agent": AGENT, **(headers or {}), "Accept-Encoding": "gzip"}
        for _redirect in range(self._limits.most_redirects + 1):
            self._door.check(url)
            answer = self._asked(method, url, sent, body, form, contents=contents)
            following = self._following(answer, url)
            if following is None:
                return answer
            if self._leads_inside(url, following):
                raise OutgoingError(Reason.REFUSED, "a public server leads into the operator's network")
            if _origin(following) != _origin(url):
                sent = {name: value for name, value in sent.items() if name.lower() not in _SECRETS}
            if answer.status == 303 or (method == "POST" and answer.status in {301, 302}):
                method, body, form = "GET", None, None
            url = following
        raise OutgoingError(Reason.REFUSED, "too many redirects")

    def _following(self, answer: Answer, url: str) -> str | None:
        target = answer.headers.get("location", "")
        if not self._limits.most_redirects or answer.status not in _REDIRECTS or not target:
            return None
        return urljoin(url, target)

    def _leads_inside(self, url: str, following: str) -> bool:
        old, new = urlsplit(url).hostname or "", urlsplit(following).hostname or ""
        return self._door.is_inside(new) and not self._door.is_inside(old)

    def _asked(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: Any,
        form: Mapping[str, str] | None,
        *,
        contents: bool,
    ) -> Answer:
        sent = {"content": body} if isinstance(body, bytes) else {"json": body, "data": form}
        try:
            with self._client.stream(method, url, headers=headers, **sent) as answer:
                self._check_kind(answer)
                content = self._content(answer) if contents else b""
                return Answer(answer.status_code, answer.headers, content, url)
        except httpx.TimeoutException as error:
            raise OutgoingError(Reason.SLOW, f"{type(error).__name__}: {urlsplit(url).hostname}") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise OutgoingError(Reason.UNREACHABLE, f"{urlsplit(url).hostname}: {error!r}") from error

    def _check_kind(self, answer: httpx.Response) -> None:
        kind = answer.headers.get("content-type", "").strip().lower()
        if answer.is_success and self._limits.kinds and not kind.startswith(self._limits.kinds):
            raise OutgoingError(Reason.WRONG_KIND, kind or "no content type")

    def _content(self, answer: httpx.Response) -> bytes:
        """The body, as long as it is not too long, neither packed nor unpacked."""
        whole = bytearray()
        for piece in _unpacked(answer):
            whole += piece
            if len(whole) > self._limits.most_bytes:
                raise OutgoingError(Reason.TOO_LARGE, f"more than {self._limits.most_bytes} bytes")
        return bytes(whole)


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port


def _unpacked(answer: httpx.Response) -> Iterator[bytes]:
    packing = answer.headers.get("content-encoding", "identity").strip().lower()
    if packing in {"identity", ""}:
        yield from answer.iter_raw(_PIECE)
        return
    if packing not in {"gzip", "x-gzip"}:
        raise OutgoingError(Reason.WRONG_KIND, f"packed as {packing[:40]}, which nobody asked for")
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        for piece in answer.iter_raw(_PIECE):
            rest = piece
            while rest:
                yield unpacker.decompress(rest, _PIECE)
                rest = unpacker.unconsumed_tail
        yield unpacker.flush()
    except zlib.error as error:
        raise OutgoingError(Reason.UNREACHABLE, f"a damaged answer: {error}") from error
