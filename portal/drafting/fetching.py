"""Fetching a page, and its picture, through the guarded client: once, politely, within limits."""

from dataclasses import dataclass
from email.message import Message
from urllib.parse import urlsplit

from django.conf import settings

from core.outgoing import Answer, Limits, Outgoing, OutgoingError, Reason
from courtesy import turns

NAME = "Chancenportal-Entwurf"
PAGE = Limits(connect=5, read=10, total=20, most_bytes=5 * 2**20, most_redirects=5, kinds=(
    "text/html", "application/xhtml", "application/pdf", "image/jpeg", "image/png", "image/webp"))  # fmt: skip
PICTURE = Limits(connect=5, read=10, total=20, most_bytes=12 * 2**20, most_redirects=5, kinds=("image/",))
PATIENCE = 8.0
_TROUBLE = {
    Reason.REFUSED: "refused", Reason.UNKNOWN_HOST: "unknown_host", Reason.CERTIFICATE: "certificate",
    Reason.UNREACHABLE: "unreachable", Reason.SLOW: "slow", Reason.TOO_LARGE: "page_too_large",
    Reason.WRONG_KIND: "wrong_kind",
}  # fmt: skip
_BY_STATUS = {401: "forbidden", 403: "forbidden", 404: "gone", 410: "gone"}


class FetchError(Exception):
    """Nothing that could be read; the word is known to `portal.drafting.wording`."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back, from where, and in which spelling it says it is."""

    content: bytes
    url: str
    kind: str
    encoding: str


def fetch(url: str, limits: Limits = PAGE) -> Fetched:
    """What stands behind an address. A person asked for this one page, so robots.txt, which speaks to crawlers, is not
    asked; the turn at the host is taken all the same. FetchError where there is nothing to read."""
    try:
        answer = _asked(url, limits)
    except OutgoingError as error:
        raise FetchError(_TROUBLE.get(error.reason, "unreachable")) from error
    except turns.BusyError as error:
        raise FetchError("slow") from error
    if not 200 <= answer.status < 300:
        raise FetchError(_BY_STATUS.get(answer.status, "fault"))
    head = Message()
    head["content-type"] = answer.headers.get("content-type", "")
    return Fetched(answer.content, answer.url, head.get_content_type(), head.get_content_charset() or "")


def _asked(url: str, limits: Limits) -> Answer:
    host = urlsplit(url).hostname
    if not host:
        raise OutgoingError(Reason.REFUSED, "no address of a web server")
    agent = f"{NAME}/1.0 (+{settings.URL_SCHEME}://{settings.BASE_DOMAIN}; {settings.LINK_CONTACT})"
    way = Outgoing(limits, plain=True, internal_hosts=settings.LINK_INTERNAL_HOSTS)
    with turns.turn(host, patience=PATIENCE), way:
        return way.ask(
            "GET", url, headers={"User-Agent": agent, "Accept": "text/html,*/*;q=0.5", "Accept-Language": "de"}
        )
