"""What the start page, the search and the list of providers tell search engines.

Listed are the start page, the whole list of offers, each single category (a page people look for), and the list of
providers. Every other search is a view of these, endless in number: `noindex, follow`. Canonical addresses carry
neither order, view, nor anything the search does not know.
"""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from portal.preferences.models import Preferences
from portal.search.parameters import SearchQuery
from portal.taxonomy.tree import Tree
from theming.head import Head, Picture, breadcrumbs, shared_picture, shortened, site_url
from theming.models import Theme
from theming.preview import HEIGHT, WIDTH
from theming.services import current_theme

CONTEXT = "https://schema.org"
PREVIEW = "/vorschau.png"


def portal_picture(theme: Theme, base: str) -> Picture:
    """For previews of pages without a picture of their own."""
    return shared_picture(theme, base, Picture(base + PREVIEW, WIDTH, HEIGHT, theme.portal_name))


def start_head(request: HttpRequest, names: Preferences) -> Head:
    """The start page: who runs this, and how to search it."""
    theme, base = current_theme(), site_url(request)
    usual = _("%(offers)s and %(providers)s near you: courses, advice and leisure.") % {
        "offers": names.offers_name,
        "providers": names.providers_name,
    }
    search = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{base}/angebote/?q={{search_term_string}}"},
        "query-input": "required name=search_term_string",
    }
    site: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "WebSite",
        "name": theme.portal_name,
        "url": f"{base}/",
        "inLanguage": "de",
        "potentialAction": search,
    }
    if theme.organisation:
        site["publisher"] = {"@type": "Organization", "name": theme.organisation}
    return Head(
        title="",
        description=shortened(theme.hero_text or usual),
        canonical=f"{base}/",
        picture=portal_picture(theme, base),
        data=[site],
    )


def search_head(request: HttpRequest, query: SearchQuery, names: Preferences, tree: Tree) -> Head:
    """A search: the whole list, one category, or one of the endless others."""
    theme, base = current_theme(), site_url(request)
    only_category = query.link(sort=None, view="") == SearchQuery(categories=query.categories).link()
    node = tree.nodes.get(query.categories[0]) if len(query.categories) == 1 else None
    topic = node.said if node else ""
    known = (not query.categories or node is not None) and only_category
    kept = query.link(sort=None, view="", page=query.page)
    title = " · ".join(part for part in (query.text, topic, names.offers_name) if part)
    if query.page > 1:
        title = _("%(title)s, page %(number)s") % {"title": title, "number": query.page}
    what = topic or query.text
    text = (
        _("%(topic)s: current %(offers)s with dates, places and prices on %(portal)s.")
        if what
        else _("All current %(offers)s with dates, places and prices on %(portal)s.")
    )
    crumbs = [{"label": names.offers_name, "url": "/angebote/"}]
    crumbs += [{"label": each.said, "url": each.search_url} for each in node.trail()] if node else []
    return Head(
        title=title,
        description=shortened(text % {"topic": what, "offers": names.offers_name, "portal": theme.portal_name}),
        canonical=f"{base}/angebote/{f'?{kept}' if kept else ''}",
        picture=portal_picture(theme, base),
        listed=known and query.page == 1,
        data=[breadcrumbs(crumbs, base=base, home=_("Home"))],
    )


def providers_head(request: HttpRequest, query: SearchQuery, names: Preferences) -> Head:
    """The list of providers, or those that contain some words."""
    theme, base = current_theme(), site_url(request)
    kept = SearchQuery(text=query.text).link(page=query.page)
    title = " · ".join(part for part in (query.text, names.providers_name) if part)
    if query.page > 1:
        title = _("%(title)s, page %(number)s") % {"title": title, "number": query.page}
    text = _("All %(providers)s on %(portal)s with address, opening hours and what they offer.")
    crumbs = [{"label": names.providers_name, "url": "/anbieter/"}]
    return Head(
        title=title,
        description=shortened(text % {"providers": names.providers_name, "portal": theme.portal_name}),
        canonical=f"{base}/anbieter/{f'?{kept}' if kept else ''}",
        picture=portal_picture(theme, base),
        listed=not query.text and query.page == 1,
        data=[breadcrumbs(crumbs, base=base, home=_("Home"))],
    )
