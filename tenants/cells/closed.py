"""What visitors of a municipality get that moves to another cell: pages to read, and a word on why nothing is saved."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from tenants.models import Hold
from tenants.running.closing import closed
from tenants.running.hosts import Site

# Seconds: a move of an ordinary municipality lasts less than a minute.
RETRY_AFTER = 30
# Between two pages of the old cell and the new one lies but the proxy.
GONE_RETRY_AFTER = 2
READS = ("GET", "HEAD", "OPTIONS")


class ClosedMiddleware:
    """Refuses what would write before anything is begun. The database refuses all the same (tenants.cells.fence).

    In the cell it has left, nothing is shown either: it may be old.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        site: Site | None = getattr(request, "municipality", None)
        if site is None or not site.hold or (site.hold != Hold.GONE and request.method in READS):
            return self.get_response(request)
        is_gone = site.hold == Hold.GONE
        return _closed(request, GONE_RETRY_AFTER if is_gone else RETRY_AFTER, in_its_look=not is_gone)


def _closed(request: HttpRequest, seconds: int, *, in_its_look: bool) -> HttpResponse:
    """The answer: as it should be, so it fills no log; for a moment only, so nobody keeps it."""
    return closed(
        request,
        seconds,
        line=lambda: render_to_string("503_moving.txt"),
        page=lambda: render_to_string("503_moving.html", {}, request if in_its_look else None),
    )
