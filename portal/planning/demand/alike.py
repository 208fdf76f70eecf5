"""Puts words together that mean the same: forms of one word, other spellings, and the municipality's synonyms."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from core.ordering import name_key
from core.text import fold
from german.words import words_in
from portal.search.synonyms import synonyms_in
from tenants.running.changes import remembered

# Spellings named beside the most frequent one.
MOST_OTHERS = 4
# Nobody reads on, and to read a word takes its time.
MOST_TERMS = 1000


@dataclass(frozen=True, slots=True)
class Group:
    """Words that count as one: by the spelling searched most, the others after it. Each was told by itself."""

    terms: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.terms[0]

    @property
    def others(self) -> str:
        """The next spellings in one line."""
        return ", ".join(self.terms[1 : 1 + MOST_OTHERS])


def groups_of(numbers: Mapping[str, int]) -> list[Group]:
    """The words of some numbers (of many those searched most), those that mean the same together; the group with most
    first."""
    found: dict[frozenset[str], list[str]] = defaultdict(list)
    meanings = remembered("planning.demand.meanings", Meanings, rooms=("search",))
    for term in sorted(numbers, key=lambda term: (-numbers[term], term))[:MOST_TERMS]:
        found[meanings.of(term)].append(term)
    groups = [Group(tuple(sorted(terms, key=lambda term: (-numbers[term], term)))) for terms in found.values()]
    return sorted(groups, key=lambda group: (-sum(numbers[term] for term in group.terms), name_key(group.name)))


class Meanings:
    """What terms mean, each worked out once as long as the synonyms stay; shared by threads, and bounded."""

    # Bytes, told and not measured (`tenants.running.weights`): as much as it may become.
    weight = 6_000_000
    MOST = 20_000

    def __init__(self) -> None:
        self._known: dict[str, frozenset[str]] = {}

    def of(self, term: str) -> frozenset[str]:
        """The same for two terms that mean the same."""
        if (found := self._known.get(term)) is None:
            found = _meaning(term)
            if len(self._known) < self.MOST:
                self._known[term] = found
        return found


def _meaning(term: str) -> frozenset[str]:
    """What a term means, whatever the order and the form of its words."""
    words = fold(term).split()
    meant, place = [], 0
    same = synonyms_in(words)
    for at in range(len(words)):
        if at < place:
            continue
        if at in same:
            length, others = same[at]
            own = " ".join(words[at : at + length])
            meant.append(min(own, *map(fold, others)))
            place = at + length
        else:
            meant.append(_root(words[at]))
            place = at + 1
    return frozenset(meant)


@lru_cache(maxsize=20_000)
def _root(word: str) -> str:
    """The root of one word; the word itself where it has none, or is several."""
    read = words_in(word, asked=True)
    return read[0].roots[0] if len(read) == 1 and read[0].roots else word
