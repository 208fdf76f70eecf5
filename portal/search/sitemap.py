"""`/sitemap.xml`: what search engines may list, as an index of parts, each within the limits of the format."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from xml.sax.xmlreader import AttributesImpl

from django.db.models import Count, Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from core.access import Role, allow
from portal.offers.models import Offer
from portal.pages.models import Page
from portal.providers.models import Provider
from theming.head import site_url

# The format allows 50,000 and 50 MB; smaller parts are quicker to make, and only changed ones are fetched again.
PART = 10_000
NAMESPACE = {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"}
FIXED = ("/", "/angebote/", "/anbieter/")


def _rows(kind: str) -> QuerySet[Page] | QuerySet[Provider] | QuerySet[Offer]:
    """All rows of a kind that may be listed, in an order that new ones do not disturb."""
    if kind == "seiten":
        return Page.objects.public().order_by("pk")
    if kind == "anbieter":
        return Provider.objects.public().order_by("pk")
    return Offer.objects.current().order_by("pk")


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
    for kind in ("seiten", "anbieter", "angebote"):
        found = _rows(kind).order_by().aggregate(number=Count("pk"), changed=Max("updated_at"))
        for part in range(1, max(1, -(-found["number"] // PART)) + 1):
            if found["number"] or kind == "seiten":
                yield "sitemap", f"{base}/sitemap-{kind}-{part}.xml", _moment(found["changed"])


@require_safe
@allow(Role.VISITOR)
def show(request: HttpRequest) -> HttpResponse:
    """The index, under the municipality's own host."""
    return _xml("sitemapindex", _parts(site_url(request)))


def _entries(base: str, kind: str, part: int) -> Iterator[tuple[str, str, str]]:
    if kind == "seiten" and part == 1:
        yield from (("url", base + path, "") for path in FIXED)
    rows = _rows(kind).only("pk", "slug", "updated_at")[(part - 1) * PART : part * PART]
    for row in rows:
        yield "url", base + row.get_absolute_url(), _moment(row.updated_at)


@require_safe
@allow(Role.VISITOR)
def show_part(request: HttpRequest, kind: str, part: str) -> HttpResponse:
    """One part of the list. A part beyond the last is not there."""
    entries = list(_entries(site_url(request), kind, int(part)))
    if not entries:
        raise Http404
    return _xml("urlset", entries)
