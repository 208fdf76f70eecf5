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

from portal.usage.counting import tally
from portal.usage.models import DailyCategorySearch, DailyOfferView, DailySearch

SEARCH = "/angebote/"
OFFER = re.compile(r"/angebote/([0-9]{1,18})-[^/]*/")
LONGEST_TERM = 100
# Somebody's address or telephone number is nothing for statistics, even if they typed it into the search.
PERSONAL = re.compile(r"@|[0-9](?:[ /()+.-]?[0-9]){5}")
MOST_CATEGORIES = 20

_is_crawler = lru_cache(maxsize=2048)(is_crawler)


def record(schema_name: str, environ: dict[str, Any]) -> None:
    """Count a page that a visitor without an account got."""
    path = environ.get("PATH_INFO", "")
    offer = OFFER.fullmatch(path)
    if not (offer or path == SEARCH) or _is_nobody(environ):
        return
    if offer:
        tally.add(schema_name, DailyOfferView, [int(offer[1])])
        return
    new, known = _asked(environ.get("QUERY_STRING", "")), _asked(_came_from(environ))
    for kind in new:
        tally.add(schema_name, kind, sorted(new[kind] - known[kind], key=str))


def _is_nobody(environ: dict[str, Any]) -> bool:
    agent = environ.get("HTTP_USER_AGENT", "")[:400]
    ahead = "prefetch" in environ.get("HTTP_SEC_PURPOSE", "") + environ.get("HTTP_PURPOSE", "")
    return not agent or ahead or _is_crawler(agent)


def _came_from(environ: dict[str, Any]) -> str:
    """The query of the search this visitor comes from, if it is one of this portal."""
    try:
        parts = urlsplit(environ.get("HTTP_HX_CURRENT_URL") or environ.get("HTTP_REFERER", ""))
    except ValueError:
        return ""
    return parts.query if parts.path == SEARCH and parts.netloc == environ.get("HTTP_HOST") else ""


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
