"""What a signed-in person can do here: a registry of task cards, filled by the rooms when the process starts.

One list draws the landing page `/konto/`, the menu of the account, the editors' desk and the column beside their work.
A room registers what it really has and nothing else, so no card leads nowhere:

    register(TaskCard("/redaktion/karte/", _("Map"), _("Outlines …"), "map", EDITORS, Group.CONTENT, order=40))
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Count, IntegerField, QuerySet, Value
from django.urls import resolve
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.access import Permission, Role, helpers_may, roles_with
from core.acting import acting_of
from core.support import shown_to_visitors, visiting_of

EDITORS = roles_with(Permission.DESK)
Words = str | Promise
Waits = Callable[[], Iterable[QuerySet[Any]]]


class Group(StrEnum):
    """Where a card belongs, in the order of the editors' column."""

    CHECK = "check"
    PLANNING = "planning"
    CONTENT = "content"
    PEOPLE = "people"
    LOOK = "look"
    RULES = "rules"
    TOOLS = "tools"


GROUPS: dict[Group, tuple[Promise, str]] = {
    Group.CHECK: (_("To check"), "check"),
    Group.PLANNING: (_("Evaluation"), "chart"),
    Group.CONTENT: (_("Content"), "file"),
    Group.PEOPLE: (_("People"), "users"),
    Group.LOOK: (_("Appearance"), "art"),
    Group.RULES: (_("Rules"), "settings"),
    Group.TOOLS: (_("Tools"), "craft"),
}


@dataclass(frozen=True, slots=True)
class TaskCard:
    """A task: its page, name, one sentence, icon (theming.icon_names), and whose it is.

    `waits` names the rows that wait there, the same at any time and in every municipality (asked inside it; of all
    cards they are counted by one statement), `number` is a number that is known already; `words` (German, as editors
    type them) are found by their search besides name and sentence. With a `group` it stands on the editors' desk, with
    `landing` on `/konto/`. What stands `under` another page of `/konto/` has no tab of its own there but a link below
    that page's.
    """

    url: str
    label: Words
    sentence: Words
    icon: str
    roles: frozenset[Role]
    group: Group | None = None
    order: int = 50
    waits: Waits | None = None
    number: int | None = None
    words: str = ""
    landing: bool = False
    under: str = ""

    def found_by(self, text: str) -> bool:
        """Whether every word of a search stands in what the card says."""
        said = f"{self.label} {self.sentence} {self.words}".casefold()
        return all(word in said for word in text.casefold().split())


@dataclass(frozen=True, slots=True)
class Task:
    """A card as one person sees it now."""

    card: TaskCard
    waiting: int | None = None
    current: bool = False


# Cards of which a person has as many as there are things of theirs (their providers, for example).
Maker = Callable[[Any], Iterable[TaskCard]]
_cards: list[TaskCard] = []
# What waits at them: everybody's.
_alike: set[Waits] = set()
_makers: list[tuple[frozenset[Role], Maker]] = []
# Who says that the page of a card is not there, in this municipality at this moment.
_hiding: list[Callable[[TaskCard], bool]] = []


def register(*cards: TaskCard) -> None:
    """Put cards on the pages of those who hold one of their roles. Each page once per role, at the start."""
    for card in cards:
        if any(each.url == card.url and each.roles & card.roles for each in _cards):
            raise ValueError(f"There is a card for {card.url} already.")
        _cards.append(card)
        if card.waits:
            _alike.add(card.waits)


def register_maker(roles: Iterable[Role], maker: Maker) -> None:
    """Let a room make cards for one person (the user is given) who holds one of these roles."""
    _makers.append((frozenset(roles), maker))


def hide_cards(leads_nowhere: Callable[[TaskCard], bool]) -> None:
    """Let a room leave out cards whose page is not there; asked for each card of each page, so from memory."""
    _hiding.append(leads_nowhere)


def cards_for(person: Any, roles: Iterable[str]) -> list[TaskCard]:
    """All cards of a person with these roles that lead somewhere, in order."""
    held = frozenset(roles)
    made = (card for roles, maker in _makers if roles & held for card in maker(person))
    theirs = (card for card in (*_cards, *made) if card.roles & held)
    there = (card for card in theirs if not any(leads_nowhere(card) for leads_nowhere in _hiding))
    return sorted(there, key=lambda card: card.order)


def cards_of(request: Any, roles: Iterable[str]) -> list[TaskCard]:
    """The cards of the person who asks; found once for a page, however many of its parts show them."""
    known: list[TaskCard] | None = getattr(request, "task_cards", None)
    if known is None:
        known = cards_for(request.user, roles)
        if acting_of(request) is not None:
            # No card leads whoever acts for somebody else to what only the person themselves may do.
            known = [card for card in known if helpers_may(resolve(card.url.partition("?")[0]).func)]
        elif visiting_of(request) is not None:
            known = [card for card in known if shown_to_visitors(resolve(card.url.partition("?")[0]).route)]
        request.task_cards = known
    return known


def tasks(cards: Iterable[TaskCard], *, here: str = "") -> list[Task]:
    """The cards with what waits; `here` is the path of the page that is shown. Of cards below each other the lowest is
    the current one."""
    known = list(cards)
    above = [card.url for card in known if here.startswith(card.url)]
    current = max(above, key=len, default="")
    numbers = numbers_waiting(known)
    return [Task(card, number, current=card.url == current) for card, number in zip(known, numbers, strict=True)]


def numbers_waiting(cards: Sequence[TaskCard]) -> list[int | None]:
    """How much waits at each of them; None where nothing is counted. One statement, however many there are; that of
    the cards everybody has alike is made once, for making it takes longer than asking."""
    numbers = [0 if card.waits else card.number for card in cards]
    counted = [(at, card.waits) for at, card in enumerate(cards) if card.waits]
    alike = [(at, waits) for at, waits in counted if waits in _alike]
    own = [(at, waits) for at, waits in counted if waits not in _alike]
    found = [(own[place][0], number) for place, number in _union([waits for _at, waits in own]) or ()]
    if alike:
        with connection.cursor() as cursor:
            cursor.execute(*_counting(tuple(waits for _at, waits in alike)))
            found += [(alike[place][0], number) for place, number in cursor.fetchall()]
    for at, number in found:
        numbers[at] = (numbers[at] or 0) + number
    return numbers


@lru_cache(maxsize=100)
def _counting(waiting: tuple[Waits, ...]) -> tuple[str, tuple[Any, ...]]:
    """The statement that counts for some of the registered cards, and its values."""
    rows = _union(waiting)
    if rows is None:
        raise ValueError("Nothing waits at any of these cards, at no time.")
    statement, given = rows.query.get_compiler(connection=connection).as_sql()
    return statement, tuple(given)


def _union(waiting: Sequence[Waits]) -> QuerySet[Any, tuple[int, int]] | None:
    """Place among the cards and number of what waits there, some rows for each card."""
    parts = [
        rows.order_by().values(at=Value(at, IntegerField())).annotate(number=Count("pk")).values_list("at", "number")
        for at, waits in enumerate(waiting)
        for rows in waits()
    ]
    return parts[0].union(*parts[1:], all=True) if parts else None
