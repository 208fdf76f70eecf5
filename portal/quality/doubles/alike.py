"""Which of many titles are nearly the same: all pairs, without comparing each with each.

Two belong together when they share a group (the same provider, place, mail address) and most of their words. Numbers
in a title must be the same: “Stufe 1” and “Stufe 2” are two. Three and more of the very same title in one group are a
series of courses and no doubles.

Compared are only titles that share one of their rarest words: of two sets with a likeness of at least t the first
|a| - ⌈t·|a|⌉ + 1 rarest words of each cannot all be foreign to the other (prefix filtering). `tests/quality` compares
the outcome with the slow way.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from portal.authoring.doubles import likeness

ALIKE = 0.6
SERIES = 3
MOST_OF_ONE = 5
"""The likest of one entry: of more than that somebody sees the pattern."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An offer or a provider, as it is compared."""

    pk: int
    words: frozenset[str]
    groups: frozenset[str]


@dataclass(frozen=True, slots=True, order=True)
class Twins:
    """Two entries, the one with the smaller number first."""

    first: int
    second: int
    words_alike: float
    shared: frozenset[str]


def numbers_in(words: frozenset[str]) -> frozenset[str]:
    """The words that tell one of a row from the next."""
    return frozenset(word for word in words if any(map(str.isdigit, word)))


def belong_together(a: Entry, b: Entry, series: frozenset[tuple[str, frozenset[str]]]) -> Twins | None:
    """The slow and obvious rule for two entries."""
    if numbers_in(a.words) != numbers_in(b.words):
        return None
    alike = likeness(a.words, b.words)
    if alike < ALIKE:
        return None
    shared = frozenset(
        group for group in a.groups & b.groups if (group, a.words) not in series and (group, b.words) not in series
    )
    if not shared:
        return None
    first, second = sorted((a.pk, b.pk))
    return Twins(first, second, alike, shared)


def series_of(entries: Iterable[Entry]) -> frozenset[tuple[str, frozenset[str]]]:
    """The (group, words) that stand for more than a double."""
    counted = Counter((group, entry.words) for entry in entries for group in entry.groups)
    return frozenset(key for key, number in counted.items() if number >= SERIES)


def twins_among(entries: list[Entry]) -> list[Twins]:
    """All pairs there are; of each entry at most the likest few."""
    series = series_of(entries)
    found = {(each.first, each.second): each for each in _compared(entries, series)}
    ordered = sorted(found.values(), key=lambda each: (-each.words_alike, -len(each.shared), each.first, each.second))
    had: Counter[int] = Counter()
    kept = []
    for each in ordered:
        if had[each.first] < MOST_OF_ONE and had[each.second] < MOST_OF_ONE:
            had.update((each.first, each.second))
            kept.append(each)
    return kept


def _compared(entries: list[Entry], series: frozenset[tuple[str, frozenset[str]]]) -> Iterator[Twins]:
    frequent = Counter(word for entry in entries for word in entry.words)
    under: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda each: each.pk):
        rare = sorted(entry.words, key=lambda word: (frequent[word], word))[: _prefix(len(entry.words))]
        groups = sorted(group for group in entry.groups if (group, entry.words) not in series)
        met: set[int] = set()
        for key in ((group, word) for group in groups for word in rare):
            for other in under[key]:
                if other.pk not in met:
                    met.add(other.pk)
                    if twins := belong_together(other, entry, series):
                        yield twins
            under[key].append(entry)


def _prefix(number: int) -> int:
    return number - math.ceil(ALIKE * number - 1e-9) + 1
