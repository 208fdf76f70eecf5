"""The newest offers of any search as an Atom feed, and the description that puts the search into browsers."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.templatetags.static import static
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from core.access import Role, allow
from core.html import plain_text
from portal.offers.models import Offer
from portal.preferences.models import Preferences
from portal.search import wording
from portal.search.parameters import Sort
from portal.search.results import answer
from portal.search.views import read_search
from tenants.running.hosts import Site, municipality_of
from theming.services import current_theme

MOST = 50
LONGEST_SUMMARY = 500
OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
# No feed is older than the platform: what an empty one says of its last change.
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Feed(Atom1Feed):
    """Atom whose own last change does not depend on the moment somebody asks."""

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=BEGINNING)


@require_safe
@allow(Role.VISITOR)
def show(request: HttpRequest) -> HttpResponseBase:
    """The offers a search finds, the newest first. Programs that ask again get 304 while nothing changed."""
    search, labels, _ignored = read_search(request)
    base, site = _base(request)
    query = search.query
    # Order, page and view mean nothing to a feed: all of them share one.
    named = query.link(sort=None, view="")
    ids = answer(replace(search, query=replace(query, sort=Sort.NEW))).page(0, MOST)
    offers = Offer.objects.published().select_related("provider").prefetch_related("categories").in_bulk(ids)
    chosen = [chip.label for chip in wording.chips(query, labels)]
    feed = _Feed(
        title=_clean(" · ".join([*chosen, Preferences.current().offers_name, current_theme().portal_name])),
        link=f"{base}/angebote/?{named}".rstrip("?"),
        description=_("New offers first"),
        language="de",
        feed_url=f"{base}{reverse('search:feed')}?{named}".rstrip("?"),
        feed_guid=f"tag:{site.primary_host},2026:angebote?{named}".rstrip("?"),
    )
    for pk in ids:
        if pk in offers:
            feed.add_item(**_item(offers[pk], base, site))
    body = feed.writeString("utf-8").encode()
    response = HttpResponse(body, content_type="application/atom+xml; charset=utf-8")
    changed = feed.latest_post_date()
    response["Cache-Control"], response["Last-Modified"] = "no-cache", http_date(changed.timestamp())
    return response


def _item(offer: Offer, base: str, site: Site) -> dict[str, Any]:
    published = offer.published_at or offer.updated_at
    return {
        "title": _clean(offer.title),
        "link": f"{base}{offer.get_absolute_url()}",
        "description": format_html("<p>{}</p>", _clean(_summary(offer))),
        "unique_id": f"tag:{site.primary_host},2026:angebot-{offer.pk}",
        "pubdate": published.astimezone(UTC),
        "updateddate": max(published, offer.updated_at).astimezone(UTC),
        "author_name": _clean(offer.provider.name),
        "categories": [_clean(category.name) for category in offer.categories.all()],
    }


def _summary(offer: Offer) -> str:
    words = offer.summary or plain_text(offer.description)
    return words if len(words) <= LONGEST_SUMMARY else f"{words[:LONGEST_SUMMARY].rsplit(' ', 1)[0]} …"


def _shortened(text: str, most: int) -> str:
    """The first whole words that fit."""
    return text if len(text) <= most else text[: most + 1].rsplit(" ", 1)[0][:most]


def _clean(text: str) -> str:
    """Text without the signs XML has no place for."""
    return _UNWRITABLE.sub(" ", text)


def _base(request: HttpRequest) -> tuple[str, Site]:
    site = municipality_of(request)
    return f"{settings.URL_SCHEME}://{site.primary_host}{settings.URL_PORT}", site


@require_safe
@allow(Role.VISITOR)
def opensearch(request: HttpRequest) -> HttpResponse:
    """How browsers and harvesters search here (OpenSearch 1.1)."""
    base, site = _base(request)
    name = current_theme().portal_name
    response = HttpResponse(content_type="application/opensearchdescription+xml; charset=utf-8")
    xml = SimplerXMLGenerator(response, "utf-8")
    xml.startDocument()
    xml.startElement("OpenSearchDescription", AttributesImpl({"xmlns": OPENSEARCH}))
    # The format allows 16 and 48 signs.
    xml.addQuickElement("ShortName", _clean(_shortened(name, 16)))
    xml.addQuickElement("LongName", _clean(_shortened(name, 48)))
    about = _("Courses, advice and leisure in %(municipality)s") % {"municipality": site.name}
    xml.addQuickElement("Description", _clean(about[:1024]))
    icon = {"type": "image/svg+xml", "width": "16", "height": "16"}
    xml.addQuickElement("Image", f"{base}{static('theming/favicon.svg')}", icon)
    suggestions = "/angebote/vorschlaege/?q={searchTerms}&format=opensearch"
    for kind, template, more in (
        ("text/html", "/angebote/?q={searchTerms}", {}),
        ("application/x-suggestions+json", suggestions, {"rel": "suggestions"}),
        ("application/atom+xml", "/angebote/feed.atom?q={searchTerms}", {}),
        ("application/opensearchdescription+xml", "/opensearch.xml", {"rel": "self"}),
    ):
        xml.addQuickElement("Url", attrs={"type": kind, "template": f"{base}{template}", **more})
    xml.addQuickElement("Language", "de")
    xml.addQuickElement("InputEncoding", "UTF-8")
    xml.endElement("OpenSearchDescription")
    return response
