"""Small things about words."""

import unicodedata

from django.utils.text import slugify

_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ẞ": "SS"})
# People type whatever dash their keyboard has: “0-3 Jahre” and “0–3 Jahre” are the same.
DASHES = "–—‐‑−"
_FOLDED: dict[int, str | int] = {**_GERMAN, **str.maketrans(DASHES, "-" * len(DASHES))}
MAX_SLUG = 120
MOST_MARKS = 30


def slug_of(text: str, *, fallback: str) -> str:
    """The part of an address that tells people what is behind it: “Töpfern für Große” becomes toepfern-fuer-grosse."""
    return slugify(without_heaps(text.translate(_GERMAN)))[:MAX_SLUG].strip("-") or fallback


def without_heaps(text: str) -> str:
    """The text with at most MOST_MARKS accents and the like on one letter.

    Python puts the marks of a letter in order in a time that grows with the square of their number: 40,000 on one `a`
    take more than a second. No language piles up more than a handful; Unicode's own limit for streams is 30.
    """
    if text.isascii():
        return text
    kept, marks = [], 0
    for sign in text:
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks <= MOST_MARKS:
            kept.append(sign)
    return "".join(kept)


def fold(text: str) -> str:
    """Text as it is compared: small letters, ä as ae, other accents gone, every dash alike, one space between words."""
    plain = unicodedata.normalize("NFKD", without_heaps(text.translate(_FOLDED))).replace("\0", "")
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).casefold().split())


class Spoken(str):
    """A text that knows its language: a word of the municipality's data among words of the interface, or a
    translation. Templates mark it up with `{% spoken %}` (theming)."""

    language: str

    def __new__(cls, text: str, language: str = "de") -> "Spoken":
        made = super().__new__(cls, text)
        made.language = language
        return made
