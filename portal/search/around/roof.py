"""What a portal shows as its own: of a roof portal, the offers of its members."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from neighbours.showing import around
from portal.search.around.results import Among
from portal.search.around.showing import cards_among
from portal.search.matching import Search
from portal.search.results import Results, answer
from theming.cards import OfferCard


def searching_here() -> Callable[[Search], Results]:
    """How what this portal shows as its own is searched at this moment."""
    roof = around().roof
    return (lambda search: Among(search, roof)) if roof else answer


@dataclass(frozen=True, slots=True)
class Members:
    """Cards of found offers where the results are those of members."""

    results: Among

    def cards(self, ids: Sequence[int]) -> list[OfferCard]:
        """In this order."""
        return cards_among(self.results, ids) if ids else []


def members_of(results: Results) -> Members | None:
    """None where the results are one's own."""
    return Members(results) if isinstance(results, Among) else None
