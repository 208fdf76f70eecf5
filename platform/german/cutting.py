"""Where the words of a text begin and end.

PostgreSQL's own parser takes “ „ » for letters under some locales and -2027 for a negative number; this one knows what
stands in titles: quotes, hyphens (`Eltern-Kind-Turnen`, `3D-Druck`), forms for all (`Schüler:innen`, `Helfer*in`,
`BürgerInnen`), invisible signs, `C++`, `U18`, `A1`, dates and course numbers (`261-3456`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.text import DASHES, composed

LONGEST = 80
# Letters and digits with the marks on them; underscores belong to no word.
_LETTER = r"[^\W_]"
_FORMS = r"(?:[:*_/·]-?in(?:nen)?\b|\(-?in(?:nen)?\))"
_PIECE = rf"{_LETTER}+(?:['’]{_LETTER}+)*(?:\+\+|#(?!\w))?(?:{_FORMS})?"
_HYPHEN = f"[-{DASHES}]"
_TOKEN = re.compile(rf"{_PIECE}(?:{_HYPHEN}{_PIECE})*", re.IGNORECASE)
_ONE = re.compile(_PIECE, re.IGNORECASE)
_FORM = re.compile(rf"{_FORMS}$", re.IGNORECASE)
_INSIDE = re.compile(r"(?<=[a-zäöüß])In(?:nen)?$")
_ENDS_SENTENCE = re.compile(r"(?:^|[.!?:–—„“\"»«(\n•·|/]|-\s)\s*[„“\"»«(’']*$")


@dataclass(frozen=True, slots=True)
class Cut:
    """One word of a text as it stands there: where, how it is written for one person, and whether a sentence begins
    with it (then its capital says nothing). `pieces` of a word with hyphens are words themselves."""

    written: str
    start: int
    end: int
    begins: bool = False
    pieces: tuple["Cut", ...] = ()


def cuts_in(text: str) -> Iterator[Cut]:
    """The words of a text, in their order; places count in `core.text.composed(text)`."""
    text = composed(text)
    for found in _TOKEN.finditer(text):
        begins = found[0][0].isupper() and bool(_ENDS_SENTENCE.search(text[max(0, found.start() - 8) : found.start()]))
        pieces = [_cut(one, found.start(), begins) for one in _ONE.finditer(found[0])]
        if len(pieces) == 1:
            yield pieces[0]
        else:
            written = "-".join(piece.written for piece in pieces)
            yield Cut(written[:LONGEST], found.start(), found.end(), begins, tuple(pieces))


def _cut(found: re.Match[str], offset: int, begins: bool) -> Cut:
    written = _INSIDE.sub("", _FORM.sub("", found[0]))[:LONGEST]
    return Cut(written, offset + found.start(), offset + found.end(), begins)
