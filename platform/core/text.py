"""Small things about words."""

import unicodedata

from django.utils.text import slugify

_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ẞ": "SS"})
MAX_SLUG = 120


def slug_of(text: str, *, fallback: str) -> str:
    """The part of an address that tells people what is behind it: “Töpfern für Große” becomes toepfern-fuer-grosse."""
    return slugify(text.translate(_GERMAN))[:MAX_SLUG].strip("-") or fallback


def fold(text: str) -> str:
    """Text as it is compared in searches: small letters, ä as ae, other accents gone, one space between words."""
    plain = unicodedata.normalize("NFKD", text.translate(_GERMAN)).replace("\0", "")
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).casefold().split())
