"""Words of newcomers in the languages of the portal, and what they mean in German (lists/foreign.txt)."""

from dataclasses import dataclass
from functools import cache

from core.text import fold
from german.lists import lines_of

LANGUAGES = ("en", "fr", "tr", "ar", "uk", "ru", "fa")
SAYS_NOTHING = "-"
# The article that Arabic writes in front of a word.
_ARTICLES = ("ال", "لل", "بال", "وال")
_SHORTEST_BEGINNING = 3


@dataclass(frozen=True, slots=True)
class _Language:
    words: dict[str, str]
    # Beginnings of words, the longest first.
    beginnings: tuple[tuple[str, str], ...]

    def meaning(self, word: str) -> str | None:
        if word in self.words:
            return self.words[word]
        return next((german for beginning, german in self.beginnings if word.startswith(beginning)), None)


@cache
def _known() -> dict[str, _Language]:
    words: dict[str, dict[str, str]] = {code: {} for code in LANGUAGES}
    beginnings: dict[str, list[tuple[str, str]]] = {code: [] for code in LANGUAGES}
    for line in lines_of("foreign"):
        german, *columns = (each.strip() for each in line.split("|"))
        for code, column in zip(LANGUAGES, columns, strict=True):
            for word in column.split(","):
                folded = fold(word)
                if folded.endswith("*"):
                    beginnings[code].append((folded[:-1], german))
                elif folded:
                    words[code].setdefault(folded, german)
    return {
        code: _Language(words[code], tuple(sorted(beginnings[code], key=lambda each: -len(each[0]))))
        for code in LANGUAGES
    }


def meanings(words: list[str]) -> list[str | None] | None:
    """What the folded words of a question mean in German, each by itself, in the language most of them belong to: a
    German word, `SAYS_NOTHING`, or None where that language does not know it; None where no language fits."""
    best: list[str | None] = []
    for language in _known().values():
        found = [_meaning(language, word) for word in words]
        if _telling(found) > _telling(best):
            best = found
    return best or None


def _meaning(language: _Language, word: str) -> str | None:
    found = language.meaning(word)
    if found is None:
        for article in _ARTICLES:
            if word.startswith(article) and (found := language.meaning(word.removeprefix(article))):
                break
    return found


def _telling(found: list[str | None]) -> tuple[int, int]:
    return sum(each not in (None, SAYS_NOTHING) for each in found), sum(each is not None for each in found)
