"""What people call things, and what those who offer them call it (lists/everyday.txt)."""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from german.lists import lines_of
from german.words import Word, words_in

Key = tuple[str, ...]


@cache
def _known() -> dict[Key, tuple[str, ...]]:
    found: dict[Key, dict[str, None]] = {}
    for line in lines_of("everyday"):
        typed, _sign, meant = line.partition(">")
        for phrase in typed.split(","):
            key = tuple(_key(word) for word in words_in(phrase.strip(), asked=True))
            found.setdefault(key, {}).update({word.strip(): None for word in meant.split(",")})
    return {key: tuple(words) for key, words in found.items()}


def _key(word: Word) -> str:
    """Whatever form it has."""
    return word.roots[0]


@cache
def _longest() -> int:
    return max(map(len, _known()))


def meant_by(words: Sequence[Word]) -> dict[int, tuple[int, tuple[str, ...]]]:
    """Where in some words a known one, or a phrase of them, begins: its number of words, and what else counts as it.
    The longest first."""
    keys = [_key(word) for word in words]
    found: dict[int, tuple[int, tuple[str, ...]]] = {}
    place = 0
    while place < len(keys):
        length = next(
            (n for n in range(min(_longest(), len(keys) - place), 0, -1) if tuple(keys[place : place + n]) in _known()),
            0,
        )
        if length:
            found[place] = (length, _known()[tuple(keys[place : place + length])])
        place += length or 1
    return found


@lru_cache(maxsize=50_000)
def meant_by_root(root: str) -> tuple[str, ...]:
    """The roots of single words that count as one with this root."""
    phrases = (words_in(phrase, asked=True) for phrase in _known().get((root,), ()))
    return tuple(dict.fromkeys(words[0].roots[0] for words in phrases if len(words) == 1 and words[0].roots[0] != root))


@cache
def vocabulary() -> Mapping[str, str]:
    """Every word of the list, folded and as it is written: what somebody may have meant who mistyped one."""
    said = " ".join(line.replace(">", ",") for line in lines_of("everyday"))
    return {word.written: word.text for word in words_in(said) if not word.hyphened}
