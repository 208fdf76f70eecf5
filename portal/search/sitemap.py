"""`/sitemap.xml`: what search engines may list, as an index of parts, each within the limits of the format.

Rooms above this one add what they show: `register`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.db.models import Count, Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from core.access import Role, allow
from portal.news.models import NewsItem
from portal.offers.models import Offer
from portal.pages.models import Page
from portal.providers.models import Provider
from theming.head import site_url

# The format allows 50,000 and 50 MB; smaller parts are quicker to make, and only changed ones are fetched again.
PART = 10_000
NAMESPACE = {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"}
FIXED = ("/", "/angebote/", "/anbieter/")


@dataclass(frozen=True, slots=True)
class _Kind:
    """`rows` that may be listed, in an order that new ones do not disturb; `fixed` addresses, which come first."""

    rows: Callable[[], QuerySet[Any]]
    fixed: Callable[[], list[str]]


_kinds: dict[str, _Kind] = {}


def register(name: str, rows: Callable[[], QuerySet[Any]], fixed: Callable[[], list[str]] = list) -> None:
    """Add a kind: rows with `updated_at` and `get_absolute_url`. The name stands in the address of its parts."""
    _kinds[name] = _Kind(rows, fixed)


def _of_news() -> list[str]:
    return ["/aktuelles/"] if NewsItem.objects.public().exists() else []


register("seiten", lambda: Page.objects.public().only("slug", "updated_at").order_by("pk"), lambda: list(FIXED))
register("anbieter", lambda: Provider.objects.public().only("slug", "updated_at").order_by("pk"))
register("angebote", lambda: Offer.objects.current().only("slug", "updated_at").order_by("pk"))
register("aktuelles", lambda: NewsItem.objects.public().only("title", "updated_at").order_by("pk"), _of_news)


def _xml(root: str, entries: Iterable[tuple[str, str, str]]) -> HttpResponse:
    """Entries are the element's name, the address and the moment of the last change (may be empty)."""
    response = HttpResponse(content_type="application/xml; charset=utf-8")
    xml = SimplerXMLGenerator(response, "utf-8")
    xml.startDocument()
    xml.startElement(root, AttributesImpl(NAMESPACE))
    for name, address, changed in entries:
        xml.startElement(name, AttributesImpl({}))
        xml.addQuickElement("loc", address)
        if changed:
            xml.addQuickElement("lastmod", changed)
        xml.endElement(name)
    xml.endElement(root)
    return response


def _moment(changed: datetime | None) -> str:
    return timezone.localtime(changed).isoformat(timespec="seconds") if changed else ""


def _parts(base: str) -> Iterator[tuple[str, str, str]]:
    for name, kind in _kinds.items():
        found = kind.rows().order_by().aggregate(number=Count("pk"), changed=Max("updated_at"))
        number = found["number"] or len(kind.fixed())
        for part in range(1, -(-number // PART) + 1):
            yield "sitemap", f"{base}/sitemap-{name}-{part}.xml", _moment(found["changed"])


@require_safe
@allow(Role.VISITOR)
def show(request: HttpRequest) -> HttpResponse:
    """The index, under the municipality's own host."""
    return _xml("sitemapindex", _parts(site_url(request)))


def _entries(base: str, kind: _Kind, part: int) -> Iterator[tuple[str, str, str]]:
    if part == 1:
        yield from (("url", base + path, "") for path in kind.fixed())
    for row in kind.rows()[(part - 1) * PART : part * PART]:
        yield "url", base + row.get_absolute_url(), _moment(row.updated_at)


@require_safe
@allow(Role.VISITOR)
def show_part(request: HttpRequest, kind: str, part: str) -> HttpResponse:
    """One part of the list. A part beyond the last is not there."""
    if kind not in _kinds:
        raise Http404
    entries = list(_entries(site_url(request), _kinds[kind], int(part)))
    if not entries:
        raise Http404
    return _xml("urlset", entries)
