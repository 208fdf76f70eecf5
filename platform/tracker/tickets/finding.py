"""Search over tickets and whatever rooms above have texts of (the forum): one list, the best first.

register(find_in_forum)    # find_in_forum(question, viewer, most) -> list[Hit]
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.urls import reverse

from core.text import clean_text
from tracker.tickets.models import Ticket, Viewer, number_of
from tracker.tickets.searching import Question, understand

MOST = 1000
LONGEST = 200
# Of those with all words, the ones that have them all in the title, and the newest of the others; among these the ones
# with some word in the title first. Ranking the long texts of all of them would take longer than the page.
_EVERY = """
SELECT id, max(weight) AS weight FROM (
    (SELECT id, 1.0 AS weight FROM tickets_ticket
     WHERE merged_into_id IS NULL AND title_search @@ %(every)s::tsquery ORDER BY id DESC LIMIT %(most)s)
    UNION ALL
    (SELECT id, CASE WHEN title_search @@ %(any)s::tsquery THEN 0.75 ELSE 0.5 END FROM tickets_ticket
     WHERE merged_into_id IS NULL AND search @@ %(every)s::tsquery ORDER BY id DESC LIMIT %(most)s)
) AS found GROUP BY id ORDER BY weight DESC, id DESC LIMIT %(most)s
"""
# Those with most of the words in their title; then how alike it is letter by letter.
_NAMED = """
WITH named AS MATERIALIZED (
    SELECT id, title, ({shares})::float / %(terms)s AS share FROM tickets_ticket
    WHERE merged_into_id IS NULL AND title_search @@ %(any)s::tsquery ORDER BY share DESC, id DESC LIMIT %(looked_at)s
), weighed AS MATERIALIZED (SELECT id, similarity(title, %(text)s) * 0.5 + share AS weight FROM named)
SELECT id, weight FROM weighed WHERE weight >= %(least)s ORDER BY weight DESC, id DESC LIMIT %(most)s
"""
# Titles with none of the words as it is written, but nearly the same letters.
_SPELT = """
SELECT id, similarity(title, %(text)s) * 0.5 AS weight FROM tickets_ticket
WHERE merged_into_id IS NULL AND title %% %(text)s AND NOT title_search @@ %(any)s::tsquery
    AND similarity(title, %(text)s) * 0.5 >= %(least)s ORDER BY weight DESC, id DESC LIMIT %(most)s
"""
LOOKED_AT = 200
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
    every = _rows(_EVERY, {"every": question.every(), "any": question.asked(), "most": MOST})
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
    """Those that have words of the question in their titles, and where these are few, those spelt alike."""
    terms = question.each()
    given = {"any": question.asked(), "text": question.text, "least": LEAST, "most": most}
    shares = " + ".join(f"(title_search @@ %(term{number})s::tsquery)::int" for number in range(len(terms)))
    each = {f"term{number}": term for number, term in enumerate(terms)}
    more = {**each, "terms": len(terms), "looked_at": max(most, LOOKED_AT)}
    named = _rows(_NAMED.format(shares=shares), given | more)
    if len(named) >= most:
        return named
    return sorted(named + _rows(_SPELT, given), key=lambda row: (-row[1], -row[0]))[:most]


def _rows(statement: str, given: dict[str, Any]) -> list[tuple[int, float]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return [(row[0], float(row[1])) for row in cursor.fetchall()]


def _visible(ids: list[int], viewer: Viewer) -> list[Ticket]:
    """Those the viewer may see, in this order."""
    return Ticket.objects.visible_to(viewer).select_related("reporter").in_order(ids)
