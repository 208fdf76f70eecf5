"""Putting some rows read anew in the place of old ones, in everything that lies by row.

New columns are old stretches and fresh rows one after another, so bringing them up to date is copying memory. What has
one value for each row is joined by `Splice.rows`; what has many (dates, links, places), by `Splice.items`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from portal.search.packed import Whole, small

Array = NDArray[Any]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the old rows or of the fresh ones, and how much further on it lies among the new ones."""

    fresh: bool
    first: int
    last: int
    shift: int


class Splice:
    """Without the rows `gone` (in order), and with each fresh row before the old one at its place in `places`.

    `same_things`: the fresh rows are the gone ones, one by one.
    """

    def __init__(self, gone: Numbers, places: Numbers, old_size: int, *, same_things: bool) -> None:
        self.gone = gone
        self.pieces = tuple(_pieces(gone.tolist(), places.tolist(), old_size))
        self.size = old_size - len(gone) + len(places)
        new = [piece.first + piece.shift for piece in self.pieces if piece.fresh]
        # Nothing moves: what is the same in the fresh rows need not be copied at all.
        self.in_place = same_things and new == gone.tolist()

    def rows(self, old: Array, fresh: Array) -> Array:
        """One value for each row. The old ones themselves where nothing differs."""
        if self.in_place and np.array_equal(old[self.gone], fresh):
            return old
        return _joined([(piece.fresh, piece.first, piece.last) for piece in self.pieces], old, fresh)

    def items(self, old_rows: Whole, fresh_rows: Whole) -> "Items":
        """What lies by row in the order of rows."""
        return Items(self, old_rows, fresh_rows)


def _pieces(gone: list[int], places: list[int], old_size: int) -> Iterable[Piece]:
    """From the beginning to the end."""
    at = new = 0
    steps = [(place, 0, number) for number, place in enumerate(places)] + [(row, 1, 0) for row in gone]
    for place, is_gone, number in [*sorted(steps), (old_size, 1, 0)]:
        if place > at:
            yield Piece(False, at, place, new - at)
            new += place - at
            at = place
        if is_gone:
            at = place + 1
        else:
            yield Piece(True, number, number + 1, new - number)
            new += 1


class Items:
    """Many things of each row, and where they lie among the old, the fresh and the new ones."""

    def __init__(self, splice: Splice, old_rows: Whole, fresh_rows: Whole) -> None:
        self._splice, self._old_rows, self._fresh_rows = splice, old_rows, fresh_rows
        bounds = [
            np.searchsorted(fresh_rows if piece.fresh else old_rows, (piece.first, piece.last)).tolist()
            for piece in splice.pieces
        ]
        self._stretches = [
            (piece.fresh, first, last) for piece, (first, last) in zip(splice.pieces, bounds, strict=True)
        ]

    def take(self, old: Array, fresh: Array) -> Array:
        """One value for each thing."""
        return _joined(self._stretches, old, fresh)

    def rows(self) -> Whole:
        """The new row of each thing."""
        kind = self._old_rows.dtype
        if np.iinfo(kind).max < self._splice.size:
            kind = np.dtype(np.int64)
        parts = [
            # A shift to the front is a large number that runs over.
            (self._fresh_rows if fresh else self._old_rows)[first:last].astype(kind)
            + np.array(piece.shift).astype(kind)
            for piece, (fresh, first, last) in zip(self._splice.pieces, self._stretches, strict=True)
        ]
        rows = np.concatenate(parts) if parts else self._old_rows[:0]
        return small(rows) if kind == np.int64 else rows

    @cached_property
    def _replaced(self) -> tuple[Numbers, Numbers]:
        """Where the things of the gone rows lie, and the fresh row that each of these rows is now."""
        gone = self._splice.gone
        first, last = np.searchsorted(self._old_rows, gone), np.searchsorted(self._old_rows, gone, "right")
        places = [np.arange(one, two) for one, two in zip(first.tolist(), last.tolist(), strict=True)]
        return np.concatenate([np.zeros(0, np.int64), *places]), np.repeat(np.arange(len(gone)), last - first)

    def same(self, pairs: Iterable[tuple[Array, Array]]) -> bool:
        """Whether nothing differs: nothing moved, and the things of the fresh rows are those of the gone ones."""
        if not self._splice.in_place:
            return False
        places, rows = self._replaced
        if not np.array_equal(rows, self._fresh_rows):
            return False
        return all(np.array_equal(old[places], fresh, equal_nan=fresh.dtype.kind == "f") for old, fresh in pairs)


def _joined(stretches: Sequence[tuple[bool, int, int]], old: Array, fresh: Array) -> Array:
    fits = _fitting(fresh, old.dtype)
    parts = [(fits if is_fresh else old)[first:last] for is_fresh, first, last in stretches]
    joined: Array = np.concatenate(parts) if parts else old[:0]
    return small(joined) if joined.dtype != old.dtype else joined


def _fitting(fresh: Array, kind: np.dtype[Any]) -> Array:
    """In the kind of the old ones if it holds them, so that these are copied as they are; else as large numbers."""
    if kind.kind not in "iu":
        return fresh
    limits = np.iinfo(kind)
    fits = not len(fresh) or (fresh.min() >= limits.min and fresh.max() <= limits.max)
    return fresh.astype(kind if fits else np.int64)


def joined_names(old: tuple[str, ...], fresh: tuple[str, ...]) -> tuple[tuple[str, ...], Numbers]:
    """The old names with new ones behind them, and the numbers of the fresh ones among these."""
    numbers = {name: number for number, name in enumerate(old)}
    for name in fresh:
        numbers.setdefault(name, len(numbers))
    return tuple(numbers), np.array([numbers[name] for name in fresh], np.int64)
