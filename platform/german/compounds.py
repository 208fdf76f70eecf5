"""What a compound is made of: “Kinderturnen” of “Kind” and “Turnen”, “Schwimmkurs” of “schwimmen” and “Kurs”.

Parts must be words of the dictionary (`german.dictionary`): a noun with its linking letters, the stem of a verb, or an
adjective before; a noun behind. Where a word can be cut in several ways, the one with the most ordinary parts counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from german.dictionary import is_known, lemma, noun, other
from german.lists import words_of

SHORTEST = 3
# Compounds beyond that are jokes.
LONGEST = 60
# What links a noun to what follows it, the letters that stand there anyway in the plural first.
_LINKS = ("", "s", "n", "en", "es")
_RARE_LINKS = ("er", "e", "ens", "ns")
# What ends so takes an “s” before another noun.
_WITH_S = ("ung", "heit", "keit", "schaft", "ion", "tät", "ling")
# Short nouns that really stand in compounds; the dictionary has many abbreviations and names of three letters.
_SHORT = words_of("short_nouns")
# Endings of words that the dictionary has as names or nouns, too, but that make no compound.
_ENDINGS = words_of("no_parts")
# Compounds whose parts no longer mean what they say: who looks for a mother, a hand or a place does not mean them.
OPAQUE = words_of("opaque")


@dataclass(frozen=True, slots=True)
class Part:
    """One word within a compound: as it stands there, and what it is a form of. The last one is the head."""

    written: str
    lemma: str
    cost: float


@lru_cache(maxsize=50_000)
def parts_of(word: str) -> tuple[Part, ...]:
    """The words a compound is made of, or nothing. `word` in small letters."""
    if not 2 * SHORTEST < len(word) <= LONGEST or not word.isalpha() or _is_whole(word):
        return ()
    found = _best(word)
    return found if len(found) > 1 and _ends_alike(word, found[-1]) else ()


def _is_whole(word: str) -> bool:
    """Whether no parts are meant: a word that says something else than its parts, or is derived from a verb or an
    adjective (“Bescheinigung”)."""
    base = (noun(word) or word).lower()
    if {word, base, base.removesuffix("in")} & OPAQUE or other(word):
        return True
    stem = base.removesuffix("ung")
    return stem != base and bool(other(f"{stem}en") or other(f"{stem}n"))


def _ends_alike(word: str, head: Part) -> bool:
    """Whether the dictionary, where it knows the whole, sees the same head: “Talente” are no “Ente”."""
    whole, base = (noun(word) or "").lower(), head.lemma.lower()
    # “Saarbrücken” is the name of one town, no bridges.
    named = head.written in (f"{base}n", f"{base}en") and whole == word
    return not whole or (whole.endswith((head.written, base)) and not named)


def _best(word: str) -> tuple[Part, ...]:
    """The most ordinary way to cut it, or nothing."""
    cuts = [cut for cut in _cuts(word) if cut]
    return min(cuts, key=lambda cut: (sum(part.cost for part in cut), -len(cut[-1].written)), default=())


def _cuts(word: str) -> Iterator[tuple[Part, ...]]:
    for place in range(SHORTEST, len(word) - SHORTEST + 1):
        before = _modifier(word[:place])
        if before is None:
            continue
        rest = word[place:]
        if head := _head(rest):
            yield (before, *(_inner(rest) or (head,)))
        elif further := _rest(rest):
            yield (before, *further)


@lru_cache(maxsize=50_000)
def _rest(word: str) -> tuple[Part, ...]:
    return _best(word) if len(word) > 2 * SHORTEST else ()


def _inner(head: str) -> tuple[Part, ...]:
    """A head that is a compound itself is cut on: “Schwimmkurs” in “Kinderschwimmkurs”."""
    if len(head) <= 2 * SHORTEST or head in OPAQUE:
        return ()
    found = _rest(head)
    return found if sum(part.cost for part in found) <= 2.0 else ()


def _head(word: str) -> Part | None:
    if word in _ENDINGS or (len(word) <= SHORTEST and word not in _SHORT):
        return None
    found = noun(word)
    return Part(word, found, 1.0) if found and found.lower() not in _ENDINGS else None


def may_stand_before(word: str) -> bool:
    """Whether a word, as it is written there, can be the first part of a compound."""
    return _modifier(word) is not None


@lru_cache(maxsize=50_000)
def _modifier(word: str) -> Part | None:
    """What may stand before another noun."""
    if word in _ENDINGS or (len(word) <= SHORTEST and word not in _SHORT):
        return None
    return _noun_before(word) or _verb_before(word) or _rarely_linked(word) or _adjective_before(word)


def _noun_before(word: str) -> Part | None:
    return next((found for link in _LINKS if (found := _linked(word, link))), None)


def _rarely_linked(word: str) -> Part | None:
    for link in _RARE_LINKS:
        if found := _linked(word, link):
            return Part(word, found.lemma, 1.3)
    shortened = noun(f"{word}e")
    return Part(word, shortened, 1.3) if shortened and shortened.lower() == f"{word}e" else None


def _linked(word: str, link: str) -> Part | None:
    stem = word.removesuffix(link)
    if (link and stem == word) or len(stem) < SHORTEST or (len(stem) == SHORTEST and stem not in _SHORT):
        return None
    found = noun(stem)
    missing = 1.0 if not link and word.endswith(_WITH_S) else 0.0
    return Part(word, found, 1.0 + missing) if found else None


def _verb_before(word: str) -> Part | None:
    for ending in ("en", "n"):
        if lemma(word + ending) == word + ending and other(word + ending) == word + ending:
            return Part(word, word + ending, 1.2)
    return None


def _adjective_before(word: str) -> Part | None:
    return Part(word, word, 1.6) if lemma(word) == word and is_known(word) else None
