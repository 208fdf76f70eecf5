"""What a served page says about its visitor's interest: an offer opened, its contact form opened, its dates taken into
a calendar, words and categories searched for.

Not counted: signed-in people (the page cache does not tell of them), crawlers by the community's list of their names
(crawler-user-agents), browsers that load a page in advance, and what only refines the search one comes from: the next
page, another view, one more filter, one filter less, the search one goes back to. The page one comes from, and whether
it has this one already, is what the browser itself says; nothing is remembered. How much was found is what the page
says.
Calendar files count where they are asked for from one of our pages: programs that subscribed ask every hour, and
nobody sits there.
"""

import re
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs, urlsplit

from crawleruseragents import is_crawler
from django.db import models

from core.numbers import whole_number
from portal.usage.adding import Found, Which
from portal.usage.counting import tally
from portal.usage.models import FEW, Act, DailyOfferAct, DailyOfferView
from portal.usage.searched import new_facts

SEARCH = "/angebote/"
BOOKMARKS = "/merkliste/termine.ics"
OFFER = re.compile(r"/angebote/([0-9]{1,18})-[^/]*/(kontakt/|termine\.ics)?")
# As many as a list of bookmarks holds (portal.bookmarks).
MOST_BOOKMARKS = 100
LONGEST_ASKED = 1000

# How browsers say that nobody looks yet; the last two are those of older ones.
_PURPOSES = ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_PURPOSE", "HTTP_X_MOZ")

# A kind of figure and which ones of it.
Interest = tuple[type[models.Model], tuple[Which, ...]]


def record(schema_name: str, environ: dict[str, Any], total: str = "") -> None:
    """Count a page that a visitor without an account got; of a search also how many results it says it has."""
    path = environ.get("PATH_INFO", "")
    if not path.startswith((SEARCH, BOOKMARKS)):
        return
    ahead = any(word in environ.get(name, "") for name in _PURPOSES for word in ("prefetch", "preview"))
    came_from = environ.get("HTTP_HX_CURRENT_URL") or environ.get("HTTP_REFERER", "")
    if ahead or is_nobody(environ) or (path == SEARCH and _is_had_already(environ)):
        return
    asked = (path, environ.get("QUERY_STRING", ""), came_from, environ.get("HTTP_HOST", ""))
    # Addresses of kilobytes are nobody's who asks again: thousands of them would be remembered for nothing.
    interest = _interest if sum(map(len, asked)) <= LONGEST_ASKED else _interest.__wrapped__
    found = _how_much(total) if path == SEARCH else ""
    for kind, which in interest(*asked):
        tally.add(schema_name, kind, which, found)


def _how_much(total: str) -> Found:
    number = whole_number(total)
    if number is None:
        return ""
    return "many" if number >= FEW else "few" if number else "nothing"


def _is_had_already(environ: dict[str, Any]) -> bool:
    """Whether the browser has this page, or shows again where somebody was: back, forward, reload."""
    return "HTTP_IF_NONE_MATCH" in environ or "HTTP_HX_HISTORY_RESTORE_REQUEST" in environ


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
    new = new_facts(query, _search_left(came_from, host))
    return tuple((kind, tuple(sorted(facts, key=str))) for kind, facts in new.items() if facts)


def _of_offer(pk: int, part: str, came_from: str, host: str) -> tuple[Interest, ...]:
    if not part:
        return ((DailyOfferView, (pk,)),)
    if part == "kontakt/":
        return ((DailyOfferAct, ((pk, Act.FORM.value),)),)
    return ((DailyOfferAct, ((pk, Act.CALENDAR.value),)),) if _is_ours(came_from, host) else ()


def _bookmarked(query: str) -> tuple[Which, ...]:
    """The offers whose dates come in one file."""
    try:
        asked = ",".join(parse_qs(query, max_num_fields=200).get("angebote", [])).split(",")
    except ValueError:
        return ()
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
