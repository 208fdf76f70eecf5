"""The search within the handbook: every word must begin a word of the page; titles weigh more than texts."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from portal.handbook.contents import Page, pages

LONGEST = 100
_AROUND = 90
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_MARKS = re.compile(r"[*_`#>|]|\[|\]\([^)]*\)|^\s*[-\d.]+\s", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Found:
    """A page that fits, with the words around the first place where it does."""

    page: Page
    excerpt: str


def folded(text: str) -> str:
    """In small letters, umlauts as they are also written."""
    small = text.casefold().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    return "".join(each for each in unicodedata.normalize("NFKD", small) if not unicodedata.combining(each))


def find(words: str, language: str) -> list[Found]:
    """The pages that have all words, the best first."""
    asked = re.findall(r"\w+", folded(words[:LONGEST]))
    if not asked:
        return []
    found = [(page, [_weight(page, word) for word in asked]) for page in pages(language)]
    # The pages are in their order already.
    hits = sorted(((page, sum(weights)) for page, weights in found if all(weights)), key=lambda hit: -hit[1])
    return [Found(page, _excerpt(page, asked[0])) for page, _sum in hits]


def _weight(page: Page, word: str) -> int:
    title, words, text = _words_of(page)
    if any(each.startswith(word) for each in title):
        return 10
    if any(each.startswith(word) for each in words):
        return 5
    return min(3, sum(each.startswith(word) for each in text))


@lru_cache(maxsize=128)
def _words_of(page: Page) -> tuple[list[str], list[str], list[str]]:
    parts = (page.title, f"{page.summary} {page.words}", _plain(page))
    title, words, text = (re.findall(r"\w+", folded(part)) for part in parts)
    return title, words, text


@lru_cache(maxsize=128)
def _plain(page: Page) -> str:
    return " ".join(_MARKS.sub("", _PICTURE.sub("", page.source)).split())


def _excerpt(page: Page, word: str) -> str:
    """Some words around the first place; the summary where it is not in the text."""
    text = _plain(page)
    for found in re.finditer(r"\w+", text):
        if folded(found[0]).startswith(word):
            start, end = max(0, found.start() - _AROUND), found.end() + _AROUND
            begin, rest = text[start:end].strip(), text[end:]
            cut = begin.split(" ", 1)[-1] if start else begin
            return ("… " if start else "") + (cut.rsplit(" ", 1)[0] + " …" if rest else cut)
    return page.summary
