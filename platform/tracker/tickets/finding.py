"""Search over tickets and whatever rooms above have texts of (the forum): one list, the best first.

register(find_in_forum)    # find_in_forum(question, viewer, most) -> list[Hit]
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL
from django.urls import reverse

from core.text import clean_text
from tracker.tickets.models import Ticket, Viewer, number_of
from tracker.tickets.searching import Question, understand

MOST = 1000
LONGEST = 200
# How many of the words stand in the title, and how alike the title is letter by letter.
_ALIKE = """
WITH asked AS MATERIALIZED (SELECT %(any)s::tsquery AS any_title, %(terms)s::tsquery[] AS terms, %(text)s AS text)
SELECT id, weight FROM (
    SELECT ticket.id, similarity(ticket.title, asked.text) * 0.5 + (
        SELECT avg((ticket.title_search @@ term)::int) FROM unnest(asked.terms) AS term) AS weight
    FROM tickets_ticket ticket, asked
    WHERE ticket.merged_into_id IS NULL AND (ticket.title_search @@ asked.any_title OR ticket.title %% asked.text)
) AS found
WHERE weight >= %(least)s ORDER BY weight DESC, id DESC LIMIT %(most)s
"""
_EVERY = """
SELECT id, 0.5 + ts_rank('{0.1, 0.2, 0.4, 1.0}', search, %(every)s::tsquery) / 2 AS weight
FROM tickets_ticket WHERE merged_into_id IS NULL AND search @@ %(every)s::tsquery
ORDER BY weight DESC, id DESC LIMIT %(most)s
"""
# Below that, a ticket has too little of a sentence to be about the same thing.
LEAST = 0.4


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found; `ticket` where it is one. `weight` orders hits of all rooms, 0 to 1."""

    title: str
    url: str
    what: str
    weight: float
    ticket: Ticket | None = None


Find = Callable[[str, Viewer, int], list[Hit]]
_finders: list[Find] = []


def register(find: Find) -> None:
    """Called once, when the room's app is ready."""
    _finders.append(find)


def similar(sentence: str, viewer: Viewer, most: int = 3) -> list[Ticket]:
    """Tickets that may be about the same as a sentence being written, the likeliest first."""
    question = understand(_short(sentence))
    if not question.terms:
        return []
    return _visible([pk for pk, _weight in _alike(question, 4 * most)], viewer)[:most]


def matching(text: str) -> dict[int, float]:
    """Standing tickets that fit a question, with how well: those with all words; where there is none, those alike. A
    number (“T-1423”) is a ticket's own. Who may see them is asked elsewhere."""
    text = _short(text)
    number = number_of(text)
    if number is not None:
        return {number: 1.0}
    question = understand(text)
    if not question.terms:
        return {}
    every = _rows(_EVERY, {"every": question.every(), "most": MOST})
    return dict(every or _alike(question, MOST))


def find(text: str, viewer: Viewer, most: int = 20) -> list[Hit]:
    """What this viewer finds, in tickets and all rooms."""
    weights = matching(text)
    hits = [_hit(each, weights[each.pk]) for each in _visible(list(weights), viewer)[:most]]
    for finder in _finders:
        hits += finder(_short(text), viewer, most)
    return sorted(hits, key=lambda each: -each.weight)[:most]


def _hit(ticket: Ticket, weight: float) -> Hit:
    what = f"{ticket.get_kind_display()} · {ticket.get_state_display()} · {ticket.reference}"
    return Hit(ticket.title, reverse("tickets:ticket", args=[ticket.pk]), what, weight, ticket)


def _short(text: str) -> str:
    return clean_text(text[:LONGEST]).replace("\0", "").strip()


def _alike(question: Question, most: int) -> list[tuple[int, float]]:
    given = {"any": question.asked(), "terms": question.each(), "text": question.text, "least": LEAST, "most": most}
    return _rows(_ALIKE, given)


def _rows(statement: str, given: dict[str, Any]) -> list[tuple[int, float]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return [(row[0], float(row[1])) for row in cursor.fetchall()]


def among(ids: Iterable[int]) -> RawSQL:
    """Many numbers for `pk__in`, said in one value: a thousand of them cost Django more than the database."""
    return RawSQL("SELECT unnest(%s::bigint[])", [list(ids)])


def _visible(ids: list[int], viewer: Viewer) -> list[Ticket]:
    """Those the viewer may see, in this order."""
    return Ticket.objects.visible_to(viewer).select_related("reporter").in_order(ids)
