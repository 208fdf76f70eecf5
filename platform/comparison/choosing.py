"""Whose figures are in the medians of a month, so that no difference of two months tells of one municipality.

Medians are told for months that are over, of a membership that was decided once. That alone would not do: if only one
municipality joins or leaves from one month to the next, what the median moves by is about that one. So

- there are at least SMALLEST in it: whoever reads it and at least five others;
- two months of a group are told of the same municipalities, or of such that at least APART of them differ: newcomers
  wait until enough wait, and where somebody leaves, others sit out with them for as long;
- who sits out is drawn by a key that nobody knows outside, and reads the medians like all others;
- whoever leaves is in no month that is decided afterwards, whatever that costs the rest: then nothing is told.

A municipality is in one group at most, and medians are rounded (`figures.rounded`).
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations, islice

SMALLEST = 6
APART = 3
# Ways to let some sit out that are tried, the fewest first; if none will do, the month is not told.
_TRIED = 2000

Towns = frozenset[int]


def keeps_apart(towns: Towns, told: Iterable[Towns]) -> bool:
    """Whether it may stand beside all that was told."""
    return all(towns == other or len(towns ^ other) >= APART for other in told)


def choose(pool: Iterable[int], told: Sequence[Towns], rank: Callable[[int], str]) -> Towns:
    """Who is in the medians of a month. `pool` may be; `told` are the cohorts of earlier months, the last one first;
    `rank` draws lots. Nobody where nothing can be told."""
    there = frozenset(pool)
    for candidate in islice(_candidates(there, told, rank), _TRIED):
        if len(candidate) >= SMALLEST and keeps_apart(candidate, told):
            return candidate
    return frozenset()


def _candidates(there: Towns, told: Sequence[Towns], rank: Callable[[int], str]) -> Iterable[Towns]:
    """All of them; else those of the last month; else as many as possible."""
    yield there
    if told and told[0] <= there:
        yield told[0]
    drawn = sorted(there, key=rank)
    for number in range(1, len(drawn) - SMALLEST + 1):
        for out in combinations(drawn, number):
            yield there.difference(out)
