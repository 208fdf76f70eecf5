"""Many-to-many relations as two columns: which rows have which keys."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from portal.search.packed import Whole, small

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
        pairs = np.unique(rows * max(1, len(names)) + values)
        kept_rows, kept_values = np.divmod(pairs, max(1, len(names)))
        linked = np.zeros(size, bool)
        linked[kept_rows] = True
        return cls(names.tolist(), small(kept_rows), small(kept_values), linked)

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
