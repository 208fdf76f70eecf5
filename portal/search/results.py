"""The answer to a search: everything that was found, before anything is cut to a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import cached_property

from portal.offers.models import Location, Offer
from portal.search.matching import Search, find, fitting_dates, in_order
from portal.search.places import with_point


@dataclass(frozen=True, slots=True)
class Point:
    """Where a found offer takes place, for maps. A protected address counts as the middle of its district."""

    offer_id: int
    title: str
    latitude: float
    longitude: float
    exact: bool


@dataclass(frozen=True, slots=True)
class Meeting:
    """A date of a found offer that fits the search, in local time; `last_date` differs where it lasts several days."""

    offer_id: int
    title: str
    first_date: date
    last_date: date
    start_time: time | None
    end_time: time | None


class Results:
    """What a search found, in the chosen order."""

    def __init__(self, search: Search) -> None:
        self.search = search

    @cached_property
    def ids(self) -> Sequence[int]:
        """The ids of all found offers."""
        return list(in_order(find(self.search), self.search).values_list("pk", flat=True))

    @property
    def total(self) -> int:
        """How many offers were found."""
        return len(self.ids)

    def points(self) -> list[Point]:
        """All places of all found offers that are somewhere on a map."""
        places = with_point(Location.objects.filter(offer__in=self.ids)).filter(lat__isnull=False)
        rows = places.values_list("offer_id", "offer__title", "lat", "lon", "precision", "hide_exact_address")
        return [Point(pk, title, lat, lon, precision == "exact" and not hidden)
                for pk, title, lat, lon, precision, hidden in rows]  # fmt: skip

    def meetings(self, first: date, last: date) -> list[Meeting]:
        """The fitting dates of all found offers that touch these days, by day and time."""
        dates = fitting_dates(self.search).filter(offer__in=self.ids, last_date__gte=first, first_date__lte=last)
        rows = dates.order_by("first_date", "start_time", "offer__title").values_list(
            "offer_id", "offer__title", "first_date", "last_date", "start_time", "end_time"
        )
        return [Meeting(*row) for row in rows]


def answer(search: Search) -> Results:
    """Search."""
    return Results(search)


def offers_of(ids: Sequence[int]) -> list[Offer]:
    """Current offers with these ids, in this order."""
    found = Offer.objects.current().in_bulk(list(ids))
    return [found[pk] for pk in ids if pk in found]
