"""What a search remembers, in as few bytes as it takes: a process keeps it for a thousand municipalities."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[Any]
_KINDS = (np.uint8, np.int8, np.uint16, np.int16, np.uint32, np.int32, np.int64)
# An array is an object besides its bytes.
_ARRAY = 112


def small(numbers: Iterable[int] | Whole) -> Whole:
    """Whole numbers in the smallest kind that holds them all. Who reckons with them makes them larger first."""
    array = np.asarray(numbers if isinstance(numbers, np.ndarray) else list(numbers), np.int64)
    if not len(array):
        return array.astype(np.uint8)
    low, high = int(array.min()), int(array.max())
    kind = next(kind for kind in _KINDS if np.iinfo(kind).min <= low and high <= np.iinfo(kind).max)
    return array.astype(kind)


class Texts(Sequence[str]):
    """Many texts as one: a string of its own costs about sixty bytes besides its letters."""

    __slots__ = ("ends", "letters")

    def __init__(self, texts: Iterable[str]) -> None:
        encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
        self.letters = b"".join(encoded)
        self.ends = small(np.cumsum([0, *map(len, encoded)]))

    def __len__(self) -> int:
        return len(self.ends) - 1

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        if not -len(self) <= place < len(self):
            raise IndexError(place)
        place %= len(self)
        return self.letters[int(self.ends[place]) : int(self.ends[place + 1])].decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        ends = self.ends.tolist()
        for first, last in pairwise(ends):
            yield self.letters[first:last].decode("utf-8", "surrogatepass")

    def spliced(self, fresh: "Texts", splice: Any) -> "Texts":
        """These with some replaced (`portal.search.splicing.Splice`); themselves where nothing differs."""
        if splice.in_place and [self[row] for row in splice.gone.tolist()] == list(fresh):
            return self
        made = Texts(())
        stretches = [(fresh if piece.fresh else self, piece.first, piece.last) for piece in splice.pieces]
        made.letters = b"".join(texts.letters[texts.ends[one] : texts.ends[two]] for texts, one, two in stretches)
        lengths = splice.rows(np.diff(self.ends.astype(np.int64)), np.diff(fresh.ends.astype(np.int64)))
        made.ends = small(np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths, dtype=np.int64)]))
        return made

    @property
    def weight(self) -> int:
        """Bytes in memory."""
        return _ARRAY + int(self.ends.nbytes) + sys.getsizeof(self.letters) + 64


def weight_of(thing: Any) -> int:
    """The bytes of a dataclass made of arrays, texts, small lists and the like."""
    if isinstance(thing, np.ndarray):
        return _ARRAY + int(thing.nbytes)
    own = getattr(thing, "weight", None)
    if isinstance(own, int):
        return own
    if hasattr(thing, "__dataclass_fields__"):
        return 64 + sum(weight_of(getattr(thing, each.name)) for each in fields(thing) if each.name != "weight")
    if isinstance(thing, dict):
        return sys.getsizeof(thing) + sum(weight_of(key) + weight_of(value) for key, value in thing.items())
    if isinstance(thing, list | tuple | frozenset):
        return sys.getsizeof(thing) + sum(map(weight_of, thing))
    return sys.getsizeof(thing) if isinstance(thing, str | bytes) else 32
