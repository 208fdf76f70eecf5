"""Names by the beginnings of their words, packed."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, fields

import numpy as np

from portal.search.dates import Numbers
from portal.search.packed import Whole, small, weight_of
from portal.search.providers import words_of_all
from portal.search.splicing import Splice

# As far as anybody types.
LONGEST = 60
# Looked at for one beginning; more would be no help to anybody.
MOST_LOOKED_AT = 400
_WORD = re.compile(rb"[^ \n]+")


def line_of(name: str) -> bytes:
    """A name as it is kept: its folded words."""
    return f"{' '.join(words_of_all(name))}\n".encode()


@dataclass(frozen=True, slots=True)
class Beginnings:
    """`words` are folded names, one to a line, and `places` where in it each word begins, in the order of what follows
    there on its line: what begins with some letters lies side by side. `starts` is where each name begins."""

    words: bytes
    places: Whole
    starts: Whole

    @classmethod
    def of(cls, names: Iterable[str]) -> "Beginnings":
        """All anew."""
        lines = [line_of(name) for name in names]
        words = b"".join(lines)
        places = [found.start() for found in _WORD.finditer(words)]
        places.sort(key=lambda place: _following(words, place))
        return cls(words, small(places), small(np.cumsum([0, *map(len, lines)])[:-1]))

    @property
    def weight(self) -> int:
        """Bytes in memory."""
        return weight_of(tuple(getattr(self, each.name) for each in fields(self)))

    def entries(self, letters: str) -> list[int]:
        """Names with a word that begins so, by number, those that begin so themselves first; the order within is
        theirs."""
        wanted, all_places = letters.encode(), range(len(self.places))
        first = bisect_left(all_places, wanted, key=self._following)
        # No letter is so large.
        last = bisect_left(all_places, wanted + b"\xff", lo=first, key=self._following)
        places = self.places[first : min(last, first + MOST_LOOKED_AT)]
        entries = np.searchsorted(self.starts, places, "right") - 1
        whole = np.unique(entries[self.starts[entries] == places]).tolist()
        rest = np.setdiff1d(entries, whole).tolist()
        return [*whole, *rest]

    def _following(self, number: int) -> bytes:
        return _following(self.words, int(self.places[number]))

    def line(self, entry: int) -> bytes:
        """A name as it is kept."""
        start = int(self.starts[entry])
        return self.words[start : self.words.index(b"\n", start) + 1]

    def spliced(self, names: list[str], splice: Splice) -> "Beginnings":
        """These with some names replaced; themselves where nothing differs."""
        lines = [line_of(name) for name in names]
        if splice.in_place and lines == [self.line(entry) for entry in splice.gone.tolist()]:
            return self
        before = np.append(self.starts.astype(np.int64), len(self.words))
        lengths = splice.rows(np.diff(before), np.array([len(line) for line in lines], np.int64))
        starts = np.cumsum(lengths) - lengths
        words = b"".join(
            b"".join(lines[piece.first : piece.last])
            if piece.fresh
            else self.words[int(before[piece.first]) : int(before[piece.last])]
            for piece in splice.pieces
        )
        kept = self._moved(splice, before, starts)
        fresh = [
            int(starts[piece.first + piece.shift]) + found.start()
            for piece in splice.pieces
            if piece.fresh
            for found in _WORD.finditer(lines[piece.first])
        ]
        fresh.sort(key=lambda place: (_following(words, place), place))

        def key(number: int) -> tuple[bytes, int]:
            return _following(words, int(kept[number])), int(kept[number])

        where = [bisect_left(range(len(kept)), (_following(words, place), place), key=key) for place in fresh]
        return Beginnings(words, small(np.insert(kept, where, fresh)), small(starts))

    def _moved(self, splice: Splice, before: Numbers, starts: Numbers) -> Numbers:
        """Where the words that stay begin now, in their order."""
        old = [piece for piece in splice.pieces if not piece.fresh]
        firsts = before[[piece.first for piece in old]]
        ends = before[[piece.last for piece in old]]
        further = starts[[piece.first + piece.shift for piece in old]] - firsts
        places = self.places.astype(np.int64)
        piece = np.searchsorted(firsts, places, "right") - 1
        stays = (piece >= 0) & (places < ends[piece]) if old else np.zeros(len(places), bool)
        return places[stays] + further[piece[stays]] if old else places[stays]


def _following(words: bytes, place: int) -> bytes:
    """From a place to the end of its line, or as far as anybody types."""
    rest = words[place : place + LONGEST * 4]
    end = rest.find(b"\n")
    return rest if end < 0 else rest[: end + 1]
