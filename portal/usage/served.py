"""What a served page says about its visitor's interest: an offer opened, words and categories searched for.

Not counted: signed-in people (the page cache does not tell of them), crawlers by the community's list of their names
(crawler-user-agents), browsers that load a page in advance, and what only refines the search one comes from: the next
page, another view, one more filter. The page one comes from is what the browser itself says; nothing is remembered.
"""

import re
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs, urlsplit

from crawleruseragents import is_crawler
from django.db import models

from portal.usage.counting import tally
from portal.usage.models import DailyCategorySearch, DailyOfferView, DailySearch

SEARCH = "/angebote/"
OFFER = re.compile(r"/angebote/([0-9]{1,18})-[^/]*/")
LONGEST_TERM = 100
# Somebody's address or telephone number is nothing for statistics, even if they typed it into the search.
PERSONAL = re.compile(r"@|[0-9](?:[ /()+.-]?[0-9]){5}")
MOST_CATEGORIES = 20
LONGEST_ASKED = 1000

# A kind of figure and which ones of it.
Interest = tuple[type[models.Model], tuple[int | str, ...]]


def record(schema_name: str, environ: dict[str, Any]) -> None:
    """Count a page that a visitor without an account got."""
    path = environ.get("PATH_INFO", "")
    if not path.startswith(SEARCH):
        return
    ahead = "prefetch" in environ.get("HTTP_SEC_PURPOSE", "") + environ.get("HTTP_PURPOSE", "")
    came_from = environ.get("HTTP_HX_CURRENT_URL") or environ.get("HTTP_REFERER", "")
    if ahead or _is_nobody(environ.get("HTTP_USER_AGENT", "")[:400]):
        return
    asked = (path, environ.get("QUERY_STRING", ""), came_from, environ.get("HTTP_HOST", ""))
    # Addresses of kilobytes are nobody's who asks again: thousands of them would be remembered for nothing.
    interest = _interest if sum(map(len, asked)) <= LONGEST_ASKED else _interest.__wrapped__
    for kind, which in interest(*asked):
        tally.add(schema_name, kind, which)


# A page from memory takes a twentieth of a millisecond: the same question again must not take longer.
@lru_cache(maxsize=2048)
def _interest(path: str, query: str, came_from: str, host: str) -> tuple[Interest, ...]:
    """What is to be counted of an offer's page or a search."""
    if offer := OFFER.fullmatch(path):
        return ((DailyOfferView, (int(offer[1]),)),)
    if path != SEARCH:
        return ()
    new, known = _asked(query), _asked(_search_left(came_from, host))
    return tuple((kind, tuple(sorted(new[kind] - known[kind], key=str))) for kind in new if new[kind] - known[kind])


@lru_cache(maxsize=2048)
def _is_nobody(agent: str) -> bool:
    return not agent or is_crawler(agent)


def _search_left(came_from: str, host: str) -> str:
    """The query of the search this visitor comes from, if it is one of this portal."""
    try:
        parts = urlsplit(came_from)
    except ValueError:
        return ""
    return parts.query if parts.path == SEARCH and parts.netloc == host else ""


def _asked(query: str) -> dict[Any, set[int | str]]:
    """The words and the categories of a search."""
    try:
        fields = parse_qs(query, max_num_fields=200)
    except ValueError:
        fields = {}
    term = " ".join(fields.get("q", [""])[0].replace("\0", "").lower().split())[:LONGEST_TERM].strip()
    categories: set[int | str] = {
        int(each) for each in fields.get("kategorie", []) if re.fullmatch("[0-9]{1,18}", each, re.ASCII)
    }
    terms: set[int | str] = {term} if term and not PERSONAL.search(term) else set()
    return {DailySearch: terms, DailyCategorySearch: categories if len(categories) <= MOST_CATEGORIES else set()}
