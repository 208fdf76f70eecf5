"""The search of a subscription: out of an address, into a row, and back into something that finds."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.http import HttpRequest, QueryDict

from portal.offers.models import Offer
from portal.preferences.models import Preferences
from portal.search import wording
from portal.search.matching import Search
from portal.search.parameters import SearchQuery, Sort
from portal.search.results import answer
from portal.search.views import read_search
from portal.subscriptions.models import Subscription


@dataclass(frozen=True, slots=True)
class Stored:
    """A search as it is kept: the same whatever order, view or page it was looked at in."""

    query: str
    labels: list[str]
    ignored: list[str]
    search: Search
    is_whole: bool
    """Whether everything it asked for still exists; a topic that was deleted makes it something else."""

    @property
    def address(self) -> str:
        """The page of results."""
        return f"/angebote/?{self.query}" if self.query else "/angebote/"


def normalised(query: SearchQuery) -> str:
    """What stands in the row."""
    return replace(query, sort=None, view="", page=1).link()


def read(given: QueryDict) -> Stored:
    """The search of an address, or of a row, by the search's own reader: what is unknown falls away."""
    request = HttpRequest()
    request.GET = given  # type: ignore[assignment]
    search, names, ignored = read_search(request)
    query = replace(search.query, sort=None, view="", page=1)
    search = replace(search, query=replace(query, sort=Sort.NEW))
    # More words than a search uses are ignored too, at every reading alike.
    lost = any(each.name not in {"q", "sortierung", "ansicht", "seite"} for each in ignored)
    return Stored(
        query=query.link(),
        labels=[chip.label for chip in wording.chips(query, names)],
        ignored=wording.ignored_words(ignored, Preferences.current()),
        search=search,
        is_whole=not lost,
    )


def read_row(query: str) -> Stored:
    """The search of a row."""
    return read(QueryDict(query))


def matching(query: str, *, now: datetime) -> list[int]:
    """The ids of what a kept search finds now, newest first. A search that has lost one of its conditions finds
    nothing: without its topic it would find everything."""
    stored = read_row(query)
    return list(answer(replace(stored.search, now=now)).ids) if stored.is_whole else []


def news(subscription: Subscription, found: list[int]) -> list[int]:
    """Of what its search found, the offers that became public since the confirmation and were never told of."""
    if subscription.confirmed_at is None or not found:
        return []
    fresh = Offer.objects.current().filter(pk__in=found, published_at__gte=subscription.confirmed_at)
    told = subscription.told.values("offer")
    new = set(fresh.exclude(pk__in=told).values_list("pk", flat=True))
    return [pk for pk in found if pk in new]
