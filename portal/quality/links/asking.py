"""Looking whether there is something behind an address: politely, within limits, and without reading it.

Each request has its own turn at its host (`courtesy.turns`), each hop of a redirect too; a host's robots.txt is asked
first. HEAD, and where that does not say “there”, GET of which nothing but the head of the answer is read.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from time import monotonic
from urllib.parse import urljoin, urlsplit

from django.conf import settings

from core.outgoing import Answer, Limits, Outgoing, OutgoingError, Reason
from courtesy import robots, turns

NAME = "Chancenportal-Linkpruefung"
LIMITS = Limits(connect=5, read=8, total=10, most_bytes=robots.LONGEST)
MOST_HOPS = 5
PATIENCE = 3.0
# Until then another hop may begin; so that one address never takes longer than this and one more request.
LONGEST = 40.0
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 503})


class Cause(StrEnum):
    """What was seen. The first four say that there is nothing, the others that nobody knows."""

    NOT_FOUND = "not_found"
    GONE = "gone"
    NO_HOST = "no_host"
    CERTIFICATE = "certificate"
    FORBIDDEN = "forbidden"
    FAULT = "fault"
    SLOW = "slow"
    UNREACHABLE = "unreachable"
    ROBOTS = "robots"
    NOT_PUBLIC = "not_public"
    REDIRECTS = "redirects"
    BUSY = "busy"
    STRANGE = "strange"


MISSING = frozenset({Cause.NOT_FOUND, Cause.GONE, Cause.NO_HOST, Cause.CERTIFICATE})
_BY_STATUS = {404: Cause.NOT_FOUND, 410: Cause.GONE, 401: Cause.FORBIDDEN, 403: Cause.FORBIDDEN}
_BY_REASON = {
    Reason.UNKNOWN_HOST: Cause.NO_HOST,
    Reason.CERTIFICATE: Cause.CERTIFICATE,
    Reason.REFUSED: Cause.NOT_PUBLIC,
    Reason.SLOW: Cause.SLOW,
}


@dataclass(frozen=True, slots=True)
class Seen:
    """How it went: no cause means that it is there. `wait`: the host wants to be left alone for so many seconds."""

    cause: Cause | None = None
    status: int | None = None
    wait: float = 0.0


def outgoing() -> Outgoing:
    """The usual way out."""
    return Outgoing(LIMITS, plain=True, internal_hosts=settings.LINK_INTERNAL_HOSTS)


def agent() -> str:
    """Who asks, and whom one can write to about it."""
    return f"{NAME}/1.0 (+{settings.URL_SCHEME}://{settings.BASE_DOMAIN}; {settings.LINK_CONTACT})"


class Asker:
    """Asks for some addresses, one after the other. BusyError of `courtesy.turns` where a turn is too far away."""

    def __init__(self, make: Callable[[], Outgoing] = outgoing) -> None:
        self._make = make

    def look_at(self, url: str) -> Seen:
        """Whether there is something behind an address."""
        try:
            return self._followed(url)
        except OutgoingError as error:
            return Seen(_BY_REASON.get(error.reason, Cause.UNREACHABLE))
        except robots.ForbiddenError:
            return Seen(Cause.ROBOTS)
        except ValueError:
            # A redirect to something that is no address.
            return Seen(Cause.STRANGE)

    def _followed(self, url: str) -> Seen:
        """Hop by hop; each host that one is sent to is asked for its rules and for a turn like the first."""
        end, inside = monotonic() + LONGEST, _is_inside(url)
        for _hop in range(MOST_HOPS + 1):
            if _is_inside(url) and not inside:
                return Seen(Cause.NOT_PUBLIC)
            robots.check(url, NAME, self._ask)
            answer = self._looked(url)
            target = answer.headers.get("location", "")
            if answer.status not in _REDIRECTS or not target:
                return self._seen(answer)
            if monotonic() > end:
                return Seen(Cause.SLOW)
            url = urljoin(url, target)
        return Seen(Cause.REDIRECTS)

    def _looked(self, url: str) -> Answer:
        """The answer to HEAD where it can be believed, else to GET: many servers know no HEAD, or answer it wrongly."""
        try:
            answer = self._ask("HEAD", url)
        except OutgoingError as error:
            if error.reason != Reason.UNREACHABLE:
                raise
        else:
            if answer.status < 400 or answer.status in _BUSY:
                return answer
        return self._ask("GET", url)

    def _ask(self, method: str, url: str) -> Answer:
        host = urlsplit(url).hostname
        if not host:
            raise OutgoingError(Reason.REFUSED, "no address of a web server")
        with turns.turn(host, patience=PATIENCE), self._make() as way:
            wanted = urlsplit(url).path == "/robots.txt"
            return way.ask(method, url, headers={"User-Agent": agent(), "Accept": "*/*"}, contents=wanted)

    def _seen(self, answer: Answer) -> Seen:
        status = answer.status
        if status < 400:
            return Seen(status=status)
        if status in _BUSY:
            wait = robots.wait_of(answer)
            turns.rest(urlsplit(answer.url).hostname or "", wait)
            return Seen(Cause.BUSY, status, wait)
        cause = _BY_STATUS.get(status) or (Cause.FAULT if status >= 500 else Cause.STRANGE)
        return Seen(cause, status)


def _is_inside(url: str) -> bool:
    return (urlsplit(url).hostname or "") in settings.LINK_INTERNAL_HOSTS
