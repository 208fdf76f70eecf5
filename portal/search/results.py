"""The answer to a search: everything that was found, before anything is cut to a page."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time
from functools import cached_property

import numpy as np

from portal.offers.models import Offer
from portal.offers.models.offer import offer_path
from portal.search.asking import Read, read
from portal.search.columns import Columns, current_columns, firsts
from portal.search.dates import Floats, Numbers, OpenDates
from portal.search.links import Mask
from portal.search.matching import Search, alive, distances, fitting, in_section, masks_of
from portal.search.orders import keys_of
from portal.search.text import OWN, Answer, Documents, Found, Near, find_partly

# A fifth of all offers, and so many, are few: the index is asked for them, too, so that not all that have a word are
# read. Of more, handing over which ones takes as long.
FEW_OF, FEW = 5, 20_000


@dataclass(frozen=True, slots=True)
class Point:
    """Where a found offer takes place, for maps. A protected address counts as the middle of its district."""

    offer_id: int
    title: str
    latitude: float
    longitude: float
    exact: bool
    # The category a card wears; 0 for none.
    category_id: int


@dataclass(frozen=True, slots=True)
class Meeting:
    """A date of a found offer that fits the search, in local time; `last_date` differs where it lasts several days."""

    offer_id: int
    title: str
    first_date: date
    last_date: date
    start_time: time | None
    end_time: time | None
    category_id: int
    # The place of its offer among all by title.
    row: int


class Results:
    """What a search found, in the chosen order."""

    documents: Documents = OWN
    # Where the map's script finds its points and bubbles.
    map_path = "/angebote/karte"
    # Whether they are looked for around this municipality: its map shows it in any case.
    at_home = True

    def __init__(self, search: Search) -> None:
        self.columns: Columns = self._all()
        masks = self._masks_of(search)
        self.read: Read = self._read(search, masks)
        self.search = self.read.search
        self._masks = masks if self.search is search else self._masks_of(self.search)

    def _all(self) -> Columns:
        """The offers that are searched."""
        return current_columns()

    def _masks_of(self, search: Search) -> dict[str, Mask]:
        """A mask for each filter that is set."""
        return masks_of(self.columns, search)

    def _read(self, search: Search, masks: dict[str, Mask]) -> Read:
        """How the search is understood, with what its words find."""
        near = _near(self.columns, search, masks) if search.query.text else None
        return read(search, near, self.documents)

    def category_counts(self, mask: Mask) -> dict[int, int]:
        """How many of some offers are in each category."""
        return self.columns.categories.counts(mask)

    def group_counts(self, mask: Mask) -> dict[int, int]:
        """How many of some offers are for each target group."""
        return self.columns.target_groups.counts(mask)

    @property
    def text(self) -> Answer | None:
        """What the words found."""
        return self.read.answer

    @cached_property
    def _always(self) -> Mask:
        """What no option can bring back: offers that are over or do not contain the words."""
        mask = alive(self.columns, self.search)
        if self.text is not None:
            contains = self._wished if self.read.wished is not None else self._about(self.text)
            if self.search.query.mentions:
                contains = contains | self._weakly
            mask &= contains
        return mask

    @cached_property
    def _wished(self) -> Mask:
        """Offers with all words as they were typed, and those with the rest of them that fit what the others mean."""
        wished, typed = self.read.wished, self._about(self.text) if self.text else self._nothing
        if wished is None:
            return typed
        fits = alive(self.columns, self.search)
        for each in self._masks_of(wished.search).values():
            fits = fits & each
        if wished.answer is None:
            return typed | fits
        # What only touches on all the words is none beside what is about the rest of them.
        meant, core = fits & self._about(wished.answer), self._core(wished.answer) & fits
        return meant | (self._core(self.text) if self.text and core.any() else typed)

    def _about(self, answer: Answer) -> Mask:
        """The offers that are about the words. Where some are by their title, topic or name, what only has them in its
        short description, or in a topic of many, is none: that stands apart."""
        core = self._core(answer)
        return core if core.any() else self._containing(answer.about)

    def _core(self, answer: Answer) -> Mask:
        return self._containing(answer.about.only(answer.about.core)) & alive(self.columns, self.search)

    @property
    def _weakly(self) -> Mask:
        """All that have the words anywhere."""
        if self.text is None:
            return self._nothing
        return self._containing(self.text.about) | self._containing(self.text.mentioned)

    @property
    def _nothing(self) -> Mask:
        return np.zeros(self.columns.size, bool)

    def _containing(self, found: Found) -> Mask:
        rows = self.columns.rows_of(found.ids)
        contains = self._nothing
        contains[rows[rows >= 0]] = True
        return contains

    @cached_property
    def mentions(self) -> Numbers:
        """The rows of offers that only mention the words, and fit all the rest, by title."""
        if self.text is None:
            return np.zeros(0, np.int64)
        return np.flatnonzero(self._filtered & self._weakly & ~self.found)

    @cached_property
    def _filtered(self) -> Mask:
        """The offers that are not over and fit all filters, whatever their words."""
        mask = alive(self.columns, self.search)
        for each in self._masks.values():
            mask &= each
        return mask

    def others(self, *without: str) -> Mask:
        """The offers that fit all filters but the named ones: what an option of those is counted among."""
        mask = self._always.copy()
        for name, each in self._masks.items():
            if name not in without:
                mask &= each
        return mask

    @cached_property
    def found(self) -> Mask:
        """The offers that fit everything."""
        return self.others()

    @cached_property
    def fitting(self) -> Mask:
        """The dates that fit the search."""
        return fitting(self.columns.dates, self.search)

    @cached_property
    def open_dates(self) -> tuple[OpenDates, Numbers]:
        """The coming dates of offers that fit all but the filters of days and times, and where each offer's begin.

        Offers without dates, which fit always, are left out.
        """
        dates = self.columns.dates
        mask = self.others("dates") & ~self.columns.dateless
        coming = dates.at(np.flatnonzero(mask[dates.rows] & dates.end_after(self.search.now.timestamp())))
        return coming, np.flatnonzero(firsts(coming.rows))

    @cached_property
    def total(self) -> int:
        """How many offers were found."""
        return int(np.count_nonzero(self.found))

    @cached_property
    def order(self) -> Numbers:
        """The rows of the found offers in the chosen order; ties by title, then id, so that pages never overlap."""
        rows = np.flatnonzero(self.found)
        keys = self.order_keys
        return rows[np.lexsort([key[rows] for key in reversed(keys)])] if keys else rows

    @cached_property
    def order_keys(self) -> list[Floats]:
        """What each row is ordered by before its title, the first that counts most."""
        return keys_of(self)

    @cached_property
    def ids(self) -> list[int]:
        """The ids of all found offers."""
        return self.page(0, None)

    def page(self, first: int, last: int | None) -> list[int]:
        """The ids of a slice of the found offers."""
        ids: list[int] = self.columns.ids[self.order[first:last]].tolist()
        return ids

    @cached_property
    def next_dates(self) -> Numbers:
        """For each row the place of its next fitting date among the dates, or -1. Dates lie by row, then by end."""
        dates = self.columns.dates
        places = np.flatnonzero(self.fitting)
        nearest = np.full(self.columns.size, -1, np.int64)
        first = firsts(dates.rows[places])
        nearest[dates.rows[places[first]]] = places[first]
        return nearest

    def next_of(self, ids: list[int]) -> dict[int, Meeting]:
        """The next fitting date of each of these found offers that has one."""
        rows = self.columns.rows_of(np.array(ids, np.int64))
        places = self.next_dates[rows]
        return {meeting.offer_id: meeting for meeting in self.told(places[places >= 0])}

    def km_of(self, ids: list[int]) -> dict[int, float]:
        """Kilometres to the nearest place of each of these offers; empty where no place was searched for."""
        rows = self.columns.rows_of(np.array(ids, np.int64))
        far = self.nearest_km[rows].tolist()
        return {pk: km for pk, km in zip(ids, far, strict=True) if np.isfinite(km)}

    @cached_property
    def nearest_km(self) -> Floats:
        """Kilometres to the nearest place of each row; infinite where none is known or no place is searched for."""
        nearest = np.full(self.columns.size, np.inf)
        if self.search.area is not None:
            area = self.search.area
            latitude, longitude = area.seen_from or (area.latitude, area.longitude)
            km = distances(self.columns.places, replace(area, latitude=latitude, longitude=longitude))
            known = ~np.isnan(km)
            np.minimum.at(nearest, self.columns.places.rows[known], km[known])
        return nearest

    def addresses_of(self, ids: Iterable[int]) -> dict[int, str]:
        """The pages of some offers; one statement."""
        rows = Offer.objects.filter(pk__in=list(ids)).order_by().values_list("pk", "slug")
        return {pk: offer_path(pk, slug) for pk, slug in rows}

    def points(self) -> list[Point]:
        """All places of all found offers that are somewhere on a map, and in the part of it that is looked at."""
        places, columns, section = self.columns.places, self.columns, self.search.query.section
        kept = self.found[places.rows] & (in_section(columns, section) if section else ~np.isnan(places.lat))
        rows = places.rows[kept]
        return [
            Point(pk, columns.titles[row], lat, lon, exact, category)
            for row, pk, lat, lon, exact, category in zip(
                rows.tolist(),
                columns.ids[rows].tolist(),
                places.lat[kept].tolist(),
                places.lon[kept].tolist(),
                places.exact[kept].tolist(),
                columns.leading[rows].tolist(),
                strict=True,
            )
        ]

    def meetings(self, first: date, last: date) -> list[Meeting]:
        """The fitting dates of all found offers that touch these days, by day and time."""
        dates = self.columns.dates
        touching = (dates.last >= first.toordinal()) & (dates.first <= last.toordinal())
        places = np.flatnonzero(self.fitting & touching & self.found[dates.rows])
        chosen = dates.at(places)
        return self.told(places[np.lexsort((chosen.rows, chosen.start_time, chosen.first))])

    def told(self, places: Numbers) -> list[Meeting]:
        """Some of the dates in this order."""
        dates, columns = self.columns.dates.at(places), self.columns
        return [
            Meeting(
                offer_id=int(columns.ids[row]),
                title=columns.titles[row],
                first_date=date.fromordinal(first),
                last_date=date.fromordinal(last),
                start_time=_time(start),
                end_time=_time(end),
                category_id=int(columns.leading[row]),
                row=row,
            )
            for row, first, last, start, end in zip(
                dates.rows.tolist(),
                dates.first.tolist(),
                dates.last.tolist(),
                dates.start_time.tolist(),
                dates.end_time.tolist(),
                strict=True,
            )
        ]

    def partly(self, most: int) -> Numbers:
        """The rows of the offers with the most of the words, where none has all; one statement."""
        fitting_ids = self.columns.ids[self._filtered]
        if self.text is None or not fitting_ids.size:
            return np.zeros(0, np.int64)
        # Common words stand in tens of thousands of offers, and few of them fit the filters that left nothing.
        few = fitting_ids if _are_few(fitting_ids, self.columns) else None
        found = find_partly(self.text.question, few, self.documents)
        rows = self.columns.rows_of(found.ids)
        rows, scores = rows[rows >= 0], found.scores[rows >= 0]
        fits = self._filtered[rows]
        best: Numbers = rows[fits][np.argsort(-scores[fits], kind="stable")][:most]
        return best

    def scores(self) -> Numbers:
        """How well each row contains the searched words; those typed as they stand there before what they mean."""
        scores = np.zeros(self.columns.size, np.int64)
        wished = self.read.wished.answer if self.read.wished else None
        for answer, weight in ((wished, 0.5), (self.text, 1.0)):
            if answer is not None:
                rows = self.columns.rows_of(answer.about.ids)
                here = (answer.about.scores * weight).astype(np.int64)
                scores[rows[rows >= 0]] = np.maximum(scores[rows[rows >= 0]], here[rows >= 0])
        return scores


def _near(columns: Columns, search: Search, masks: dict[str, Mask]) -> Near | None:
    """The offers that at most one filter keeps out, which is all that the counts of options look at; None where they
    are not few."""
    if len(masks) < 2:
        return None
    missed = np.zeros(columns.size, np.int8)
    for each in masks.values():
        missed += ~each
    lasting = alive(columns, search)
    rows = np.flatnonzero((missed <= 1) & lasting)

    def are_lasting(ids: Numbers) -> Mask:
        there = columns.rows_of(ids)
        return (there >= 0) & lasting[there]

    return Near(columns.ids[rows], are_lasting) if _are_few(rows, columns) else None


def _are_few(some: Numbers, columns: Columns) -> bool:
    return some.size <= min(columns.size // FEW_OF, FEW)


def _time(seconds: int) -> time | None:
    return time(seconds // 3600, seconds // 60 % 60, seconds % 60) if seconds >= 0 else None


def answer(search: Search) -> Results:
    """Search."""
    return Results(search)
