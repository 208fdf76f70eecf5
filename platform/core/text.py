"""Small things about words."""

import unicodedata

from django.utils.text import slugify

_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ẞ": "SS"})
# People type whatever dash their keyboard has: “0-3 Jahre” and “0–3 Jahre” are the same.
DASHES = "–—‐‑−"
_FOLDED: dict[int, str | int] = {**_GERMAN, **str.maketrans(DASHES, "-" * len(DASHES))}
MAX_SLUG = 120


def slug_of(text: str, *, fallback: str) -> str:
    """The part of an address that tells people what is behind it: “Töpfern für Große” becomes toepfern-fuer-grosse."""
    return slugify(text.translate(_GERMAN))[:MAX_SLUG].strip("-") or fallback


def fold(text: str) -> str:
    """Text as it is compared: small letters, ä as ae, other accents gone, every dash alike, one space between words."""
    plain = unicodedata.normalize("NFKD", text.translate(_FOLDED)).replace("\0", "")
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).casefold().split())


class Spoken(str):
    """A text that knows its language: a word of the municipality's data among words of the interface, or a
    translation. Templates mark it up with `{% spoken %}` (theming)."""

    language: str

    def __new__(cls, text: str, language: str = "de") -> "Spoken":
        made = super().__new__(cls, text)
        made.language = language
        return made
