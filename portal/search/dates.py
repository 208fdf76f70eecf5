"""The dates of all public offers, packed: the same hours come again and again, so each date names its kind of hours."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from portal.search.links import Mask
from portal.search.packed import Whole, small
from portal.search.splicing import Splice

Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]
# Days and times of day: half the memory to walk through.
Small = NDArray[np.int32]


class Dates(Protocol):
    """Some dates that are not over, by offer, then by their end: the first that fits is an offer's next.

    Days as Python counts them (date.toordinal), times of day in seconds (-1: none), moments in seconds since 1970.
    """

    @property
    def rows(self) -> Whole: ...
    @property
    def first(self) -> Small: ...
    @property
    def last(self) -> Small: ...
    @property
    def start_time(self) -> Small: ...
    @property
    def end_time(self) -> Small: ...
    def end_after(self, moment: float) -> Mask: ...


@dataclass(frozen=True, slots=True)
class OpenDates:
    """A few of the dates, unpacked."""

    rows: Whole
    first: Small
    last: Small
    start_time: Small
    end_time: Small
    ends: Whole

    def end_after(self, moment: float) -> Mask:
        """Those that are not over."""
        return self.ends >= math.ceil(moment)


def _kinds_of(columns: Sequence[NDArray[Any]]) -> tuple[Numbers, Numbers]:
    """Which rows of a table are the same: a number for each, and for each number one row that has it."""
    same = np.zeros(len(columns[0]), np.int64)
    for column in columns:
        values, number = np.unique(column, return_inverse=True)
        same = np.unique(same * max(1, len(values)) + number, return_inverse=True)[1]
    return same, np.unique(same, return_index=True)[1]


@dataclass(frozen=True, slots=True)
class AllDates:
    """All dates that were not over when they were read; about ten bytes for each.

    `hours` are the different (beginning, end, days it goes on, seconds it lasts), `kind` says which a date has.
    """

    rows: Whole
    _first: Whole
    _from_day: int
    _ends: Whole
    _from_second: int
    kind: Whole
    hours: Small
    lasting: Floats

    @classmethod
    def of(
        cls, rows: Numbers, first: Numbers, last: Numbers, start: Numbers, end: Numbers, starts: Floats, ends: Floats
    ) -> "AllDates":
        """From one column each, in their order."""
        whole = np.floor(ends).astype(np.int64)
        day, second = (int(first.min()), int(whole.min())) if len(first) else (0, 0)
        columns = (start, end, last - first, whole - starts)
        kind, chosen = _kinds_of(columns)
        return cls(
            rows=small(rows),
            _first=small(first - day),
            _from_day=day,
            _ends=small(whole - second),
            _from_second=second,
            kind=small(kind),
            hours=np.stack([column[chosen] for column in columns[:3]]).astype(np.int32),
            lasting=columns[3][chosen],
        )

    @property
    def first(self) -> Small:
        """First days."""
        return self._first.astype(np.int32) + np.int32(self._from_day)

    @property
    def last(self) -> Small:
        """Last days."""
        last: Small = self.first + self.hours[2][self.kind]
        return last

    @property
    def start_time(self) -> Small:
        """Times of day at which they begin."""
        times: Small = self.hours[0][self.kind]
        return times

    @property
    def end_time(self) -> Small:
        """Times of day at which they end."""
        times: Small = self.hours[1][self.kind]
        return times

    @property
    def last_seconds(self) -> Numbers:
        """The moments at which they end."""
        return self._ends.astype(np.int64) + self._from_second

    def end_after(self, moment: float) -> Mask:
        """Those that are not over."""
        return self._ends >= math.ceil(moment) - self._from_second

    def moments(self, places: Numbers) -> tuple[Floats, Floats]:
        """Beginnings and ends of some."""
        ends = (self._ends[places].astype(np.int64) + self._from_second).astype(np.float64)
        return ends - self.lasting[self.kind[places]], ends

    def at(self, places: Numbers) -> OpenDates:
        """Some of them, in the same order."""
        kind = self.kind[places]
        first = self._first[places].astype(np.int32) + np.int32(self._from_day)
        return OpenDates(
            rows=self.rows[places],
            first=first,
            last=first + self.hours[2][kind],
            start_time=self.hours[0][kind],
            end_time=self.hours[1][kind],
            ends=self._ends[places].astype(np.int64) + self._from_second,
        )

    @property
    def kinds(self) -> int:
        """How many different hours there are."""
        return len(self.lasting)

    def spliced(self, fresh: "AllDates", splice: Splice) -> "AllDates":
        """These with the dates of some rows replaced; themselves where nothing differs."""
        items = splice.items(self.rows, fresh.rows)
        if not len(self.rows):
            return replace(fresh, rows=items.rows())
        kinds, lasting, kind = self._with_kinds_of(fresh)
        pairs = (
            (self._first, fresh.first.astype(np.int64) - self._from_day),
            (self._ends, fresh.last_seconds - self._from_second),
            (self.kind, kind),
        )
        if items.same(pairs):
            return self
        first, ends, kind_ = (items.take(old, new) for old, new in pairs)
        return replace(self, rows=items.rows(), _first=first, _ends=ends, kind=kind_, hours=kinds, lasting=lasting)

    def _with_kinds_of(self, fresh: "AllDates") -> tuple[Small, Floats, Numbers]:
        """All kinds of hours, those of the fresh ones behind, and which kind each fresh date has."""
        table = [*zip(*self.hours.tolist(), self.lasting.tolist(), strict=True)]
        numbers = {kind: number for number, kind in enumerate(table)}
        wanted = [*zip(*fresh.hours.tolist(), fresh.lasting.tolist(), strict=True)]
        more = [kind for kind in wanted if kind not in numbers]
        numbers |= {kind: len(table) + number for number, kind in enumerate(more)}
        chosen = np.array([numbers[kind] for kind in wanted], np.int64)[fresh.kind]
        if not more:
            return self.hours, self.lasting, chosen
        columns = np.array([kind[:3] for kind in more], np.int32).T
        return (
            np.concatenate([self.hours, columns], axis=1),
            np.concatenate([self.lasting, np.array([kind[3] for kind in more], np.float64)]),
            chosen,
        )
