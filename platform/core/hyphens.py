"""Where long German words may be divided, for headings and cards.

Browsers divide German only where they bring a dictionary; without one “Wassergewöhnung” is cut anywhere. So the server
says where, with soft hyphens (U+00AD) that nobody sees until a line ends there. Only for text that is shown: never for
attributes, titles of windows, search engines or data.
"""

import re
from functools import cache, lru_cache

import pyphen

SOFT_HYPHEN = "\u00ad"
# Shorter words fit into the narrowest card.
SHORTEST_WORD = 12
# A longer one is no word, and looking for its parts takes a time that grows with the square of it.
LONGEST_WORD = 120
# No part at the ends of a word is shorter than this.
SHORTEST_PART = 3
_WORD = re.compile(rf"[^\W\d_]{{{SHORTEST_WORD},}}")
_PIECE = re.compile(rf"\S{{{SHORTEST_WORD},}}")
# Whoever copies an address wants no hyphens in it.
_ADDRESS = re.compile(r"[@:/\\]{2}|@|www\.|\w\.\w")


@cache
def _dictionary() -> pyphen.Pyphen:
    """Read once, when the first long word comes (half a second)."""
    return pyphen.Pyphen(lang="de_DE", left=SHORTEST_PART, right=SHORTEST_PART)


@lru_cache(maxsize=10_000)
def _divided(word: str) -> str:
    return str(_dictionary().inserted(word, SOFT_HYPHEN))


def _piece(found: re.Match[str]) -> str:
    piece = found[0]
    return piece if _ADDRESS.search(piece) else _WORD.sub(_word, piece)


def _word(found: re.Match[str]) -> str:
    return _divided(found[0]) if len(found[0]) <= LONGEST_WORD else found[0]


def with_soft_hyphens(text: str) -> str:
    """German text (no HTML) whose long words may be divided at the end of a line.

    Whoever placed soft hyphens knows better, and words of addresses stay whole.
    """
    return text if SOFT_HYPHEN in text else _PIECE.sub(_piece, text)
