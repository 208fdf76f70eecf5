"""No page stands where the portal itself answers, now or after the next room that is added."""

import re

import pytest
from django.urls import get_resolver
from django.urls.resolvers import URLResolver

from portal.blocks.addresses import ALWAYS_THERE, refusal
from portal.pages.models import PROFESSIONALS, RESERVED_SLUGS, Page

pytestmark = pytest.mark.django_db
# What a page may be called though the portal answers there: it shows that page.
SHARED = ALWAYS_THERE | {PROFESSIONALS}
_PLAIN = re.compile(r"[a-z0-9-]+(?=/|$)")


def first_segments(patterns, before=""):
    """The first words of all addresses, whichever way their route is written; `(?:a|b)/` are two."""
    for each in patterns:
        route = before + str(each.pattern).lstrip("^")
        if isinstance(each, URLResolver) and "/" not in route:
            yield from first_segments(each.url_patterns, route)
            continue
        named = re.match(r"\((?:\?:|\?P<\w+>)?([a-z|]+)\)/", route)
        if named:
            yield from named[1].split("|")
        elif plain := _PLAIN.match(route):
            yield plain[0]


def test_every_first_word_of_every_route_is_reserved(desk):
    words = set(first_segments(get_resolver("config.urls_tenant").url_patterns))
    assert {"angebote", "aktuelles", "newsletter", "vorschau", "redaktion", "anbieter", "konto", "hilfe"} <= words
    free = {word for word in words - SHARED if not refusal(word, None)}
    assert free == set()
    files = {"robots.txt", "sitemap.xml"}
    assert all(refusal(word, None) for word in RESERVED_SLUGS - files)


@pytest.mark.parametrize("slug", ["aktuelles", "newsletter", "merkliste", "vorschau"])
def test_neither_a_new_page_nor_a_moved_one_takes_such_an_address(desk, slug):
    made = desk.browsers["mia"].post("/redaktion/seiten/neu/", {"title": "Anders", "slug": slug})
    moved = desk.browsers["mia"].post(f"{desk.url}angaben/", {"title": "X", "slug": slug, "menu": "footer"})
    for answer in (made, moved):
        assert "Diese Adresse hat das Portal selbst" in answer.content.decode()
    assert not Page.objects.filter(slug=slug).exists()


def test_a_title_that_would_lead_there_is_refused_too(desk):
    answer = desk.browsers["mia"].post("/redaktion/seiten/neu/", {"title": "Aktuelles!"})
    assert "Diese Adresse hat das Portal selbst" in answer.content.decode()


def test_the_introduction_of_the_area_for_professionals_may_have_its_address(desk):
    answer = desk.browsers["mia"].post("/redaktion/seiten/neu/", {"title": "Fachkräfte", "slug": PROFESSIONALS})
    assert answer.status_code == 302
    assert Page.objects.get(slug=PROFESSIONALS).published is False
