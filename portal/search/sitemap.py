"""`/sitemap.xml`: what search engines may list."""

from collections.abc import Iterator
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from core.access import Role, allow
from portal.offers.models import Offer
from portal.pages.models import Page
from portal.providers.models import Provider
from tenants.hosts import Site

MOST = 50_000


def _entries() -> Iterator[tuple[str, str]]:
    """Path and day of the last change, the most important first."""
    yield from (("/", ""), ("/angebote/", ""), ("/anbieter/", ""))
    for page in Page.objects.public().only("slug", "updated_at"):
        yield page.get_absolute_url(), page.updated_at.date().isoformat()
    for provider in Provider.objects.public().only("slug", "updated_at"):
        yield provider.get_absolute_url(), provider.updated_at.date().isoformat()
    for offer in Offer.objects.current().only("slug", "updated_at").order_by("pk")[:MOST]:
        yield offer.get_absolute_url(), offer.updated_at.date().isoformat()


@require_safe
@allow(Role.VISITOR)
def show(request: HttpRequest) -> HttpResponse:
    """All public pages under the municipality's own host; at most 50,000, the limit of the format."""
    site: Site = request.municipality  # type: ignore[attr-defined]
    base = f"{settings.URL_SCHEME}://{site.primary_host}{settings.URL_PORT}"
    response = HttpResponse(content_type="application/xml; charset=utf-8")
    xml = SimplerXMLGenerator(response, "utf-8")
    xml.startDocument()
    xml.startElement("urlset", AttributesImpl({"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"}))
    for number, (path, changed) in enumerate(_entries()):
        if number == MOST:
            break
        xml.startElement("url", AttributesImpl({}))
        xml.addQuickElement("loc", base + path)
        if changed:
            xml.addQuickElement("lastmod", changed)
        xml.endElement("url")
    xml.endElement("urlset")
    return response
