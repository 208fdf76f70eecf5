"""Answers public pages from memory as long as nothing in them can have changed.

Outside of Django, because most of a cached answer's time would be Django's. A page is kept until anything in the
municipality changes (`tenants.running.changes`), whichever process did it, and at most until the minute ends: whatever
depends on the time (an offer that ends, a door that closes) does so on full minutes. Kept is only what any visitor may
see: an answer to a GET without a session that sets no cookie and varies by nothing but encoding and htmx.

An answer from memory is Django's own to the last header, redirects to https included: whatever Django looks at before
it answers is part of the key, and requests with conditions of their own (If-Match, ranges) pass by.
"""

import os
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import django.db
import psycopg
from cachetools import LRUCache
from django.conf import settings

from core import conditional
from tenants.models import Hold, State
from tenants.running import answers, changes
from tenants.running.hosts import Site, site_of

Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
Application = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]
Key = tuple[str, str, str, str, str, bool, bool]
# Hears of each page a visitor without a session got: the municipality's schema, the request, and the number of results
# the page says it has (its header `X-Total-Count`), if it does.
Served = Callable[[str, dict[str, Any], str], None]

MOST_BYTES = int(os.environ.get("PAGE_CACHE_MB", "64")) * 2**20
# What a page takes besides its letters: the objects that hold it.
OBJECTS = 2048
LARGEST_PAGE = 2**20
# What the key distinguishes.
KNOWN_VARY = {"accept-encoding", "hx-request"}
KEPT_TYPES = ("text/", "application/")
# What somebody asked for who may be counted.
TOLD = ("text/html", "text/calendar")
TOTAL = "x-total-count"
# Files have their own way: from disk, with their own dates.
NOT_PAGES = ("/static/", "/media/")
# Conditions that are judged here, for answers from memory too, and those Django is asked to judge.
JUDGED_HERE = (conditional.ASKED, conditional.SINCE)
OTHER_CONDITIONS = frozenset(conditional.CONDITIONS) - frozenset(JUDGED_HERE)
# What "304 Not Modified" leaves out: it describes the body that is not sent.
OF_THE_BODY = {"content-length", "content-type", "content-encoding", "content-language", "content-disposition"}


@dataclass(frozen=True, slots=True)
class Page:
    """A kept answer, the version of the content it shows, and the minute it is good for."""

    version: changes.Version
    minute: int
    headers: Headers
    body: bytes
    etag: str
    last_modified: str
    kind: str
    total: str
    # Bytes it takes in memory, its key included.
    weight: int


class _Answer:
    """Takes down status and headers of the application's answer."""

    def __init__(self) -> None:
        self.status = ""
        self.headers: Headers = []

    def __call__(self, status: str, headers: Headers, exc_info: Any = None) -> Callable[[bytes], None]:
        self.status, self.headers = status, list(headers)
        return _no_write

    def header(self, name: str) -> str:
        return ", ".join(value for key, value in self.headers if key.lower() == name)

    def may_be_kept(self) -> bool:
        """Whether every visitor with the same key would get the same."""
        vary = {part.strip().lower() for part in self.header("vary").split(",") if part.strip()}
        control = self.header("cache-control").lower()
        length = self.header("content-length")
        return (
            self.status.startswith("200 ")
            and not self.header("set-cookie")
            and vary <= KNOWN_VARY
            and not any(word in control for word in ("no-store", "private"))
            and self.header("content-type").startswith(KEPT_TYPES)
            and length.isdecimal()
            and int(length) <= LARGEST_PAGE
        )


def _no_write(_data: bytes) -> None:
    raise NotImplementedError("Django never writes beside its answer.")


class PageCache:
    """A WSGI application in front of Django's."""

    def __init__(self, application: Application, served: Served | None = None) -> None:
        self._application = application
        self._served = served
        self._pages: LRUCache[Key, Page] = LRUCache(MOST_BYTES, getsizeof=lambda page: page.weight)
        self._lock = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        site = _site_for(environ)
        if site is None:
            return self._application(environ, start_response)
        answers.note(environ, site.schema_name)
        version, key, minute = changes.version(site.schema_name), _key(environ), int(time.time() // 60)
        with self._lock:
            page = self._pages.get(key)
        if page is None or page.version != version or page.minute != minute:
            answer = _Answer()
            # The whole answer, whatever the visitor has already: the next one may have nothing.
            body = self._run({name: value for name, value in environ.items() if name not in JUDGED_HERE}, answer)
            self._tell(site, environ, answer.status, answer.header("content-type"), answer.header(TOTAL))
            if not answer.status.startswith("200 "):
                start_response(answer.status, answer.headers)
                return [body]
            page = _page(answer, body, version, minute, key)
            if answer.may_be_kept() and page.weight <= MOST_BYTES:
                with self._lock:
                    self._pages[key] = page
        else:
            self._tell(site, environ, "200 OK", page.kind, page.total)
        return _send(page, environ, start_response)

    def _tell(self, site: Site, environ: dict[str, Any], status: str, kind: str, total: str) -> None:
        if self._served is not None and status.startswith("200 ") and kind.startswith(TOLD):
            self._served(site.schema_name, environ, total)

    def _run(self, environ: dict[str, Any], answer: _Answer) -> bytes:
        """The application's whole answer; its `close` ends Django's request."""
        parts = self._application(environ, answer)
        try:
            return b"".join(parts)
        finally:
            close = getattr(parts, "close", None)
            if close is not None:
                close()


def _site_for(environ: dict[str, Any]) -> Site | None:
    """The municipality this request asks for a page of, or None where its answer is not ours to keep."""
    if environ["REQUEST_METHOD"] != "GET" or environ.get("PATH_INFO", "").startswith(NOT_PAGES):
        return None
    if not OTHER_CONDITIONS.isdisjoint(environ):
        return None
    if f"{settings.SESSION_COOKIE_NAME}=" in environ.get("HTTP_COOKIE", "") or "HTTP_AUTHORIZATION" in environ:
        return None
    host = environ.get("HTTP_HOST", "").lower()
    if not host.isascii() or host.startswith("["):
        return None
    try:
        site = site_of(host.rsplit(":", 1)[0].rstrip("."))
    except (django.db.OperationalError, psycopg.OperationalError):
        # No database: Django has a page for that (tenants.running.unavailable).
        return None
    return site if site is not None and site.state == State.LIVE and site.hold != Hold.GONE else None


def _key(environ: dict[str, Any]) -> Key:
    trusted = settings.SECURE_PROXY_SSL_HEADER
    return (
        environ["HTTP_HOST"].lower(),
        environ.get("PATH_INFO", ""),
        environ.get("QUERY_STRING", ""),
        # What decides whether the request came over https (SecurityMiddleware), as it is: Django judges it.
        environ.get("wsgi.url_scheme", ""),
        environ.get(trusted[0], "") if trusted else "",
        "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""),
        "HTTP_HX_REQUEST" in environ,
    )


def _page(answer: _Answer, body: bytes, version: changes.Version, minute: int, key: Key) -> Page:
    weight = OBJECTS + len(body) + sum(len(str(part)) for parts in (*answer.headers, key) for part in parts)
    return Page(
        version=version,
        minute=minute,
        headers=answer.headers,
        body=body,
        etag=answer.header("etag"),
        last_modified=answer.header("last-modified"),
        kind=answer.header("content-type"),
        total=answer.header(TOTAL),
        weight=weight,
    )


def _send(page: Page, environ: dict[str, Any], start_response: StartResponse) -> Sequence[bytes]:
    if conditional.is_unchanged(environ, etag=page.etag, last_modified=page.last_modified):
        start_response("304 Not Modified", [pair for pair in page.headers if pair[0].lower() not in OF_THE_BODY])
        return []
    start_response("200 OK", page.headers)
    return [page.body]
