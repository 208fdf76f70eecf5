"""Asking a server for a calendar: through the guarded client, in turn at each host, never more than it has changed.

Each hop of a redirect is asked by itself, so that it takes its own turn (`courtesy.turns`) and is looked at like the
first. What was kept from the last time goes along (ETag, Last-Modified): a calendar nobody changed costs one short
answer.
"""

import codecs
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import Message
from urllib.parse import urljoin, urlsplit

from django.conf import settings

from core.html import plain_text
from core.outgoing import Answer, Limits, Outgoing, OutgoingError, Reason
from courtesy import robots, turns
from portal.calendars.reading.failing import Failure, FetchError

NAME = "Chancenportal-Kalender"
LIMITS = Limits(connect=5, read=10, total=18, most_bytes=4 * 2**20)
"""Some ten thousand events. `total` stays below the time a turn is held."""
MOST_HOPS = 5
PATIENCE = 5.0
LONGEST_WORDS = 200
_FOLD = re.compile(rb"\r?\n[ \t]")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 503})
_BY_REASON = {
    Reason.UNKNOWN_HOST: Failure.NO_HOST,
    Reason.CERTIFICATE: Failure.CERTIFICATE,
    Reason.REFUSED: Failure.NOT_PUBLIC,
    Reason.SLOW: Failure.SLOW,
    Reason.TOO_LARGE: Failure.TOO_LARGE,
    Reason.WRONG_KIND: Failure.NOT_A_CALENDAR,
}
_BY_STATUS = {401: Failure.FORBIDDEN, 403: Failure.FORBIDDEN, 404: Failure.NOT_FOUND, 410: Failure.NOT_FOUND}


@dataclass(frozen=True, slots=True)
class Known:
    """What the last answer said of itself."""

    etag: str = ""
    modified: str = ""

    def headers(self) -> dict[str, str]:
        """Conditions, so that a server may say “as before”."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came: `text` is None where nothing has changed."""

    text: str | None
    known: Known = field(default_factory=Known)
    digest: str = ""


def outgoing() -> Outgoing:
    """The usual way out. Without TLS too: what is fetched is public, and many a club's server knows no better."""
    return Outgoing(LIMITS, plain=True, internal_hosts=settings.LINK_INTERNAL_HOSTS)


def agent() -> str:
    """Who asks, and whom one can write to about it."""
    return f"{NAME}/1.0 (+{settings.URL_SCHEME}://{settings.BASE_DOMAIN}; {settings.LINK_CONTACT})"


def fetch(url: str, known: Known, make: Callable[[], Outgoing] = outgoing) -> Fetched:
    """The calendar behind an address. FetchError where there is none; BusyError of `courtesy.turns` where its server
    may not be asked now, which says nothing of the calendar."""
    try:
        answer = _followed(url, known, make)
    except OutgoingError as error:
        raise FetchError(_BY_REASON.get(error.reason, Failure.UNREACHABLE)) from error
    if answer.status == 304:
        return Fetched(None, known)
    if answer.status != 200:
        raise _refused(answer)
    return _read(answer)


def _followed(url: str, known: Known, make: Callable[[], Outgoing]) -> Answer:
    inside = _is_inside(url)
    for _hop in range(MOST_HOPS + 1):
        if _is_inside(url) and not inside:
            raise OutgoingError(Reason.REFUSED, "a public server leads into the operator's network")
        answer = _asked(url, known, make)
        target = answer.headers.get("location", "")
        if answer.status not in _REDIRECTS or not target:
            return answer
        url = _next(url, target)
    raise FetchError(Failure.REDIRECTS)


def _next(url: str, target: str) -> str:
    try:
        following = urljoin(url, target)
        scheme = urlsplit(following).scheme
    except ValueError:
        raise FetchError(Failure.REDIRECTS) from None
    return "https" + following.removeprefix(scheme) if scheme == "webcal" else following


def _is_inside(url: str) -> bool:
    return (urlsplit(url).hostname or "") in settings.LINK_INTERNAL_HOSTS


def _asked(url: str, known: Known, make: Callable[[], Outgoing]) -> Answer:
    host = urlsplit(url).hostname
    if not host:
        raise OutgoingError(Reason.REFUSED, "no address of a web server")
    headers = {"User-Agent": agent(), "Accept": "text/calendar, text/plain;q=0.5, */*;q=0.1", **known.headers()}
    with turns.turn(host, patience=PATIENCE), make() as way:
        return way.ask("GET", url, headers=headers)


def _refused(answer: Answer) -> FetchError:
    """What the server said instead of a calendar: its number and its own words."""
    status, wait = answer.status, 0.0
    if status in _BUSY:
        wait = robots.wait_of(answer)
        turns.rest(urlsplit(answer.url).hostname or "", wait)
    failure = _BY_STATUS.get(status) or (Failure.FAULT if status >= 500 else Failure.REFUSED)
    return FetchError(failure, status=status, words=words_of(answer), wait=wait)


def words_of(answer: Answer) -> str:
    """The beginning of what a person would read on the server's page."""
    kind = answer.headers.get("content-type", "").lower()
    if not kind.startswith(("text/", "application/json", "application/problem+json")):
        return ""
    text = _decoded(answer.content[:20_000], answer.headers)
    said = plain_text(text) if "html" in kind else text
    return " ".join(said.split())[:LONGEST_WORDS]


def _read(answer: Answer) -> Fetched:
    # Lines are folded by bytes, some in the middle of a letter, so they are put together before they are letters.
    whole = _FOLD.sub(b"", answer.content)
    text = _decoded(whole, answer.headers).lstrip("\ufeff \t\r\n")
    if not text[:15].upper().startswith("BEGIN:VCALENDAR"):
        page = "<html" in text[:2000].lower() or "<!doctype" in text[:200].lower()
        raise FetchError(Failure.IS_A_PAGE if page else Failure.NOT_A_CALENDAR)
    known = Known(answer.headers.get("etag", "")[:200], answer.headers.get("last-modified", "")[:60])
    return Fetched(text, known, hashlib.sha256(answer.content).hexdigest())


def _decoded(content: bytes, headers: Mapping[str, str]) -> str:
    """RFC 5545 says UTF-8; what is not is read as the server says, else each letter that is none of UTF-8 as Windows
    does: one broken letter must not spoil all others."""
    said = Message()
    said["content-type"] = headers.get("content-type", "") or "text/calendar"
    wide = "utf-16" if content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8"
    for name in (wide, said.get_content_charset() or "utf-8"):
        try:
            return content.decode(name).replace("\x00", "")
        except (LookupError, UnicodeDecodeError):
            continue
    return content.decode("utf-8", "chancenportal-windows").replace("\x00", "")


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("windows-1252", "replace"), error.end


codecs.register_error("chancenportal-windows", _as_windows)
