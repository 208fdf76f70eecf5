"""In which order results are shown."""

from collections.abc import Callable
from typing import Protocol

import numpy as np

from portal.search.columns import Columns
from portal.search.dates import Floats, Numbers
from portal.search.matching import Search, is_just_for
from portal.search.parameters import Sort


class Ordered(Protocol):
    """What an order needs of the results of a search; each value has a place for every row of the columns."""

    @property
    def columns(self) -> Columns: ...
    @property
    def search(self) -> Search: ...
    @property
    def next_dates(self) -> Numbers: ...
    @property
    def nearest_km(self) -> Floats: ...
    def scores(self) -> Numbers: ...


def keys_of(results: Ordered) -> list[Floats]:
    """What each row is ordered by, the first that counts most; ties are left to whoever asks."""
    return _ORDERS[results.search.sort](results)


def _by_next(results: Ordered) -> list[Floats]:
    """By the next date that fits. What has begun counts by its end: a course that runs for months must not stand
    before tomorrow's."""
    dates, now = results.columns.dates, results.search.now.timestamp()
    places = results.next_dates
    key = np.full(len(places), np.inf)
    has = places >= 0
    starts, ends = dates.moments(places[has])
    key[has] = np.where(starts >= now, starts, ends)
    return [key]


def _by_relevance(results: Ordered) -> list[Floats]:
    """Offers with the most searched words in their title first; then those just for an age before those for everybody;
    then by the next date."""
    age = results.search.query.age
    by_age = [] if age is None else [-is_just_for(results.columns, age).astype(np.float64)]
    return [-results.scores().astype(np.float64), *by_age, *_by_next(results)]


def _by_distance(results: Ordered) -> list[Floats]:
    return [results.nearest_km] if results.search.area is not None else _by_next(results)


def _by_newest(results: Ordered) -> list[Floats]:
    return [-results.columns.published]


def _by_name(_results: Ordered) -> list[Floats]:
    """Rows lie in the order of titles."""
    return []


_ORDERS: dict[Sort, Callable[[Ordered], list[Floats]]] = {
    Sort.NEXT: _by_next,
    Sort.NEW: _by_newest,
    Sort.RELEVANCE: _by_relevance,
    Sort.DISTANCE: _by_distance,
    Sort.NAME: _by_name,
}
