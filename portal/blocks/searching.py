"""The search of a block of offers: out of the address of a page of results, into a block, and back into offers."""

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from django.http import HttpRequest, QueryDict

from portal.preferences.models import Preferences
from portal.search import wording
from portal.search.matching import Search
from portal.search.results import answer
from portal.search.views import cards_of_results, read_search
from theming.cards import OfferCard

# What a block does without: in which view somebody looked, and at which page of it.
_UNIMPORTANT = frozenset({"ansicht", "seite"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """A search as a block keeps it. `lost`: sentences on what of it does not exist (any more)."""

    query: str
    labels: list[str]
    lost: list[str]
    search: Search

    @property
    def address(self) -> str:
        """All that is found."""
        return f"/angebote/?{self.query}".rstrip("?")


def query_of(address: str) -> str | None:
    """The part of an address that says what is searched; None where it is no address of the search."""
    parts = urlsplit(address.strip())
    if parts.path not in {"", "/angebote/", "/angebote"} or (parts.path == "" and "=" not in parts.query):
        return None
    return parts.query


def wanted(query: str) -> Wanted:
    """A search, as the search itself understands it."""
    request = HttpRequest()
    request.GET = QueryDict(query)
    search, names, ignored = read_search(request)
    search = replace(search, query=replace(search.query, view="", page=1))
    lost = [each for each in ignored if each.name not in _UNIMPORTANT]
    labels = [chip.label for chip in wording.chips(search.query, names)]
    return Wanted(search.query.link(), labels, wording.ignored_words(lost, Preferences.current()), search)


def cards(found: Wanted, number: int) -> tuple[list[OfferCard], int]:
    """The first of what is found, and how many there are."""
    results = answer(found.search)
    return cards_of_results(results, results.page(0, number), Preferences.current()), results.total
