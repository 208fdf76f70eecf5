"""Many-to-many relations as two columns: which rows have which keys."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from portal.search.packed import Whole, small
from portal.search.splicing import Splice

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Links:
    """Each pair once; `values` are positions in `keys`; `linked` tells which of `size` rows have any."""

    keys: list[Any]
    rows: Whole
    values: Whole
    linked: Mask

    @classmethod
    def of(cls, rows: NDArray[np.int64], keys: NDArray[Any], size: int) -> Self:
        """From pairs of row and key (a number or a word), doubled ones allowed."""
        names, values = np.unique(keys, return_inverse=True)
        return cls.numbered(rows, values, names.tolist(), size)

    @classmethod
    def numbered(cls, rows: NDArray[np.int64], values: NDArray[np.int64], keys: list[Any], size: int) -> Self:
        """From pairs of row and place among the keys, which stand in order and all have a row; doubled ones allowed.
        Rows that come in order, as nearly always, are put in order in a fraction of the time."""
        pairs = rows * max(1, len(keys)) + values
        pairs.sort(kind="stable")
        first = np.ones(len(pairs), bool)
        first[1:] = pairs[1:] != pairs[:-1]
        kept_rows, kept_values = np.divmod(pairs[first], max(1, len(keys)))
        linked = np.zeros(size, bool)
        linked[kept_rows] = True
        return cls(keys, small(kept_rows), small(kept_values), linked)

    def having(self, keys: Collection[Any]) -> Mask:
        """The rows with at least one of these keys."""
        wanted = np.array([key in keys for key in self.keys], bool)
        mask = np.zeros(len(self.linked), bool)
        if wanted.any():
            mask[self.rows[wanted[self.values]]] = True
        return mask

    def counts(self, mask: Mask) -> dict[Any, int]:
        """How many of the rows in the mask have each key; keys without any are left out."""
        numbers = np.bincount(self.values[mask[self.rows]], minlength=len(self.keys))
        return {key: number for key, number in zip(self.keys, numbers.tolist(), strict=True) if number}

    def counts_as(self, mask: Mask, meaning: Mapping[Any, int]) -> dict[int, int]:
        """How many of the rows in the mask have at least one of the keys that mean each number."""
        numbers = sorted(set(meaning.values()))
        place = {number: position for position, number in enumerate(numbers)}
        means = np.array([place[meaning[key]] if key in meaning else -1 for key in self.keys], np.int64)
        if not numbers or not means.size:
            return {}
        pairs = mask[self.rows] & (means >= 0)[self.values]
        there = np.zeros((len(mask), len(numbers)), bool)
        there[self.rows[pairs], means[self.values[pairs]]] = True
        found = np.bincount(np.flatnonzero(there) % len(numbers), minlength=len(numbers))
        return {number: count for number, count in zip(numbers, found.tolist(), strict=True) if count}

    def spliced(self, fresh: "Links", splice: Splice) -> "Links":
        """These with the pairs of some rows replaced; themselves where nothing differs."""
        items = splice.items(self.rows, fresh.rows)
        keys = sorted({*self.keys, *fresh.keys})
        place = {key: number for number, key in enumerate(keys)}
        now = np.array([place[key] for key in fresh.keys], np.int64)[fresh.values]
        before = self.values if keys == self.keys else _renumbered(self.values, self.keys, place)
        linked = splice.rows(self.linked, fresh.linked)
        if linked is self.linked and keys == self.keys and items.same([(before, now)]):
            return self
        values = items.take(before, now)
        used = np.bincount(values, minlength=len(keys)) > 0
        if not used.all():
            values = small((np.cumsum(used) - 1)[values])
        return Links([key for key, kept in zip(keys, used.tolist(), strict=True) if kept], items.rows(), values, linked)


def _renumbered(values: Whole, keys: list[Any], place: dict[Any, int]) -> Whole:
    return small(np.array([place[key] for key in keys], np.int64)[values])
