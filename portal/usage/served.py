"""What a served page says about its visitor's interest: an offer opened, its contact form opened, its dates taken into
a calendar, words and categories searched for.

Not counted: signed-in people (the page cache does not tell of them), crawlers by the community's list of their names
(crawler-user-agents), browsers that load a page in advance, and what only refines the search one comes from: the next
page, another view, one more filter. The page one comes from is what the browser itself says; nothing is remembered.
Calendar files count where they are asked for from one of our pages: programs that subscribed ask every hour, and
nobody sits there.
"""

import re
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs, urlsplit

from crawleruseragents import is_crawler
from django.db import models

from portal.usage.counting import Which, tally
from portal.usage.models import Act, DailyCategorySearch, DailyOfferAct, DailyOfferView, DailySearch

SEARCH = "/angebote/"
BOOKMARKS = "/merkliste/termine.ics"
OFFER = re.compile(r"/angebote/([0-9]{1,18})-[^/]*/(kontakt/|termine\.ics)?")
LONGEST_TERM = 100
# Somebody's address or telephone number is nothing for statistics, even if they typed it into the search.
PERSONAL = re.compile(r"@|[0-9](?:[ /()+.-]?[0-9]){5}")
MOST_CATEGORIES = 20
# As many as a list of bookmarks holds (portal.bookmarks).
MOST_BOOKMARKS = 100
LONGEST_ASKED = 1000

# A kind of figure and which ones of it.
Interest = tuple[type[models.Model], tuple[Which, ...]]


def record(schema_name: str, environ: dict[str, Any]) -> None:
    """Count a page that a visitor without an account got."""
    path = environ.get("PATH_INFO", "")
    if not path.startswith((SEARCH, BOOKMARKS)):
        return
    ahead = "prefetch" in environ.get("HTTP_SEC_PURPOSE", "") + environ.get("HTTP_PURPOSE", "")
    came_from = environ.get("HTTP_HX_CURRENT_URL") or environ.get("HTTP_REFERER", "")
    if ahead or is_nobody(environ):
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
        return _of_offer(int(offer[1]), offer[2] or "", came_from, host)
    if path == BOOKMARKS:
        return ((DailyOfferAct, _bookmarked(query)),) if _is_ours(came_from, host) else ()
    if path != SEARCH:
        return ()
    new, known = _asked(query), _asked(_search_left(came_from, host))
    return tuple((kind, tuple(sorted(new[kind] - known[kind], key=str))) for kind in new if new[kind] - known[kind])


def _of_offer(pk: int, part: str, came_from: str, host: str) -> tuple[Interest, ...]:
    if not part:
        return ((DailyOfferView, (pk,)),)
    if part == "kontakt/":
        return ((DailyOfferAct, ((pk, Act.FORM.value),)),)
    return ((DailyOfferAct, ((pk, Act.CALENDAR.value),)),) if _is_ours(came_from, host) else ()


def _bookmarked(query: str) -> tuple[Which, ...]:
    """The offers whose dates come in one file."""
    asked = ",".join(_fields(query).get("angebote", [])).split(",")
    known = {int(each): None for each in asked if re.fullmatch("[0-9]{1,18}", each.strip(), re.ASCII)}
    return tuple((pk, Act.CALENDAR.value) for pk in [*known][:MOST_BOOKMARKS])


def is_nobody(environ: dict[str, Any]) -> bool:
    """Whether a program asks that nobody sits in front of."""
    return _is_program(environ.get("HTTP_USER_AGENT", "")[:400])


@lru_cache(maxsize=2048)
def _is_program(agent: str) -> bool:
    return not agent or is_crawler(agent)


def _is_ours(came_from: str, host: str) -> bool:
    try:
        return urlsplit(came_from).netloc == host
    except ValueError:
        return False


def _search_left(came_from: str, host: str) -> str:
    """The query of the search this visitor comes from, if it is one of this portal."""
    try:
        parts = urlsplit(came_from)
    except ValueError:
        return ""
    return parts.query if parts.path == SEARCH and parts.netloc == host else ""


def _fields(query: str) -> dict[str, list[str]]:
    try:
        return parse_qs(query, max_num_fields=200)
    except ValueError:
        return {}


def _asked(query: str) -> dict[Any, set[int | str]]:
    """The words and the categories of a search."""
    fields = _fields(query)
    term = " ".join(fields.get("q", [""])[0].replace("\0", "").lower().split())[:LONGEST_TERM].strip()
    categories: set[int | str] = {
        int(each) for each in fields.get("kategorie", []) if re.fullmatch("[0-9]{1,18}", each, re.ASCII)
    }
    terms: set[int | str] = {term} if term and not PERSONAL.search(term) else set()
    return {DailySearch: terms, DailyCategorySearch: categories if len(categories) <= MOST_CATEGORIES else set()}
