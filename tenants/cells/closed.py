"""What visitors of a municipality get that moves to another cell: pages to read, and a word on why nothing is saved."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.template.loader import render_to_string

from tenants.models import Hold
from tenants.running.closing import closed
from tenants.running.hosts import Site, site_of
from tenants.running.middleware import host_of

# Seconds: a move of an ordinary municipality lasts less than a minute.
RETRY_AFTER = 30
# Between two pages of the old cell and the new one lies but the proxy.
GONE_RETRY_AFTER = 2
_PIECE = 2**16
READS = ("GET", "HEAD", "OPTIONS")


class ClosedMiddleware:
    """Refuses what would write before anything is begun. The database refuses all the same (tenants.cells.fence).

    In the cell it has left, nothing is shown either: it may be old. Asked twice, before and after what somebody sends
    was read: a picture from a slow telephone may have begun when nothing moved, and end when everything has left.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        site: Site | None = getattr(request, "municipality", None)
        if site is None or not site.hold or (site.hold != Hold.GONE and request.method in READS):
            return self.get_response(request)
        return _refused(request, site)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """After Django's own look at the form, for which it reads all of it."""
        began: Site | None = getattr(request, "municipality", None)
        if began is None or request.method in READS:
            return None
        site = site_of(host_of(request))
        if site is not None and not site.hold and site.id == began.id:
            return None
        return _refused(request, site)


def _refused(request: HttpRequest, site: Site | None) -> HttpResponse:
    _read_to_the_end(request)
    is_gone = site is None or site.hold == Hold.GONE
    return _closed(request, GONE_RETRY_AFTER if is_gone else RETRY_AFTER, in_its_look=not is_gone)


def _read_to_the_end(request: HttpRequest) -> None:
    """Read what is still being sent, and keep nothing of it. Whoever is answered in the middle of a picture finds the
    connection closed: the proxy would say 502, and that this cell is down."""
    with suppress(UnreadablePostError):
        while request.read(_PIECE):
            pass


def _closed(request: HttpRequest, seconds: int, *, in_its_look: bool) -> HttpResponse:
    """The answer: as it should be, so it fills no log; for a moment only, so nobody keeps it."""
    return closed(
        request,
        seconds,
        line=lambda: render_to_string("503_moving.txt"),
        page=lambda: render_to_string("503_moving.html", {}, request if in_its_look else None),
    )
