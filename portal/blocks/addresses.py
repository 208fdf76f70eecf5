"""Which addresses a page may have: none that the portal answers by itself, none that another page has."""

import re

from django.urls import Resolver404, get_resolver, resolve
from django.urls.resolvers import RoutePattern, URLPattern, URLResolver
from django.utils.translation import gettext as _

from portal.pages import easy
from portal.pages.models import PROFESSIONALS, RESERVED_SLUGS, Page
from portal.pages.receivers import STARTER_PAGES

# Pages that the portal leads to by itself: their addresses stay, and they are always there.
ALWAYS_THERE = frozenset({easy.SLUG, *(slug for slug, _title, _menu in STARTER_PAGES)})
# Addresses of the portal that show a page of theirs: nobody else answers in its place.
_SHARED = ALWAYS_THERE | {PROFESSIONALS}
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_LONGEST = 80
# How the route of a regular expression begins whose first word is one.
_PLAIN = re.compile(r"\^([a-z0-9-]+)/")


def slug_for(title: str) -> str:
    """The address a title would have: with umlauts written out."""
    folded = title.casefold().translate(_UMLAUTS)
    words = re.sub(r"[^a-z0-9]+", "-", folded.encode("ascii", "ignore").decode()).strip("-")
    return words[:_LONGEST].rstrip("-")


def _first_words() -> set[str]:
    """The words with which addresses of the portal begin."""
    found, waiting = set[str](), list[URLPattern | URLResolver](get_resolver().url_patterns)
    while waiting:
        each = waiting.pop()
        if isinstance(each.pattern, RoutePattern) and (route := str(each.pattern)):
            found.add(route.partition("/")[0])
        elif plain := _PLAIN.match(str(each.pattern)):
            found.add(plain[1])
        elif isinstance(each, URLResolver):
            waiting += each.url_patterns
    return {word for word in found if "<" not in word}


def refusal(slug: str, page: Page | None) -> str:
    """Why a page cannot have this address, as a sentence; empty where it can. `page`: the one that shall have it."""
    if page is not None and page.slug == slug:
        return ""
    if slug not in _SHARED and (slug in RESERVED_SLUGS | _first_words() or not _is_a_pages(slug)):
        return _("The portal itself has this address. Please choose another one.")
    other = Page.objects.filter(slug=slug).first()
    if other is not None and other != page:
        return _("The page “%(title)s” has this address already. Please choose another one.") % {"title": other.title}
    return ""


def _is_a_pages(slug: str) -> bool:
    try:
        return resolve(f"/{slug}/").view_name == "pages:show"
    except Resolver404:
        return False
