"""What somebody asks the board for: read from the address; what is not understood is left out and told."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import pgettext_lazy

from core.text import clean_text
from tracker.tickets.models import Area, Kind, State

LONGEST = 100
LIVING = (State.NEW, State.CONFIRMED, State.PLANNED, State.IN_PROGRESS)
_SLUGS = {
    "neu": State.NEW,
    "bestaetigt": State.CONFIRMED,
    "geplant": State.PLANNED,
    "in-arbeit": State.IN_PROGRESS,
    "ausgerollt": State.ROLLED_OUT,
    "abgelehnt": State.DECLINED,
}
_AREA_SLUGS = {
    "suche": Area.SEARCH,
    "anbieter": Area.PROVIDERS,
    "redaktion": Area.DESK,
    "auswertung": Area.PLANNING,
    "aussehen": Area.LOOK,
    "anderes": Area.OTHER,
}
STATE_SLUGS = {state: slug for slug, state in _SLUGS.items()}
AREA_SLUGS = {area: slug for slug, area in _AREA_SLUGS.items()}


class Ours(StrEnum):
    """What a ticket may have to do with the municipality that looks."""

    CONCERNED = "betrifft"
    VOTED = "stimmen"
    REPORTED = "gemeldet"


OURS = {
    Ours.CONCERNED: pgettext_lazy("tickets", "concerns us"),
    Ours.VOTED: pgettext_lazy("tickets", "with our votes"),
    Ours.REPORTED: pgettext_lazy("tickets", "reported by us"),
}


class Sort(StrEnum):
    """Orders of the list; the first that fits is usual."""

    FIT = "passend"
    RANK = "rang"
    NEWEST = "neueste"
    MOVED = "bewegt"


SORTS = {
    Sort.FIT: pgettext_lazy("order of tickets", "best match"),
    Sort.RANK: pgettext_lazy("order of tickets", "rank"),
    Sort.NEWEST: pgettext_lazy("order of tickets", "newest"),
    Sort.MOVED: pgettext_lazy("order of tickets", "last moved"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to the board."""

    kind: str
    words: str = ""
    states: tuple[State, ...] = ()
    areas: tuple[Area, ...] = ()
    ours: tuple[Ours, ...] = ()
    sort: Sort = Sort.RANK

    @property
    def is_filtered(self) -> bool:
        """Whether it is not simply all that is open."""
        return bool(self.words or self.states or self.areas or self.ours)

    @property
    def wanted_states(self) -> tuple[State, ...]:
        """The states to look at: without a choice, those that have not ended. A question in words looks at all."""
        return self.states or (tuple(State) if self.words else LIVING)

    def query(self, **other: str) -> str:
        """The parameters of this question, for links that lead on."""
        given = [("q", self.words)] if self.words else []
        given += [("stand", STATE_SLUGS[each]) for each in self.states]
        given += [("bereich", AREA_SLUGS[each]) for each in self.areas]
        given += [("uns", each.value) for each in self.ours]
        sort = other.pop("sortierung", self.sort.value if self.sort != usual(self.words) else "")
        given += [("sortierung", sort)] if sort else []
        return urlencode([*given, *other.items()])


def usual(words: str) -> Sort:
    """The order where nobody asks for one."""
    return Sort.FIT if words else Sort.RANK


def understood(given: QueryDict, kind: Kind, *, is_operator: bool) -> Asked:
    """The question an address asks."""
    words = clean_text(given.get("q", "")[:LONGEST]).replace("\0", "").strip()
    sorts = set(Sort) - (set() if words else {Sort.FIT})
    sort = given.get("sortierung", "")
    return Asked(
        kind=kind.value,
        words=words,
        states=tuple(_SLUGS[each] for each in _SLUGS if each in given.getlist("stand")),
        areas=tuple(_AREA_SLUGS[each] for each in _AREA_SLUGS if each in given.getlist("bereich")),
        ours=() if is_operator else tuple(each for each in Ours if each.value in given.getlist("uns")),
        sort=Sort(sort) if sort in sorts else usual(words),
    )
