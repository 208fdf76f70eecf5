"""Small things about words."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from django.utils.regex_helper import _lazy_re_compile
from django.utils.text import slugify

_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ẞ": "SS"})
# People type whatever dash their keyboard has: “0-3 Jahre” and “0–3 Jahre” are the same.
DASHES = "–—‐‑−"
_FOLDED: dict[int, str | int] = {**_GERMAN, **str.maketrans(DASHES, "-" * len(DASHES))}
MAX_SLUG = 120
MOST_MARKS = 30
# Soft hyphen, zero-width space, word joiner, byte order mark and the like: copied along, seen by nobody. So are letters
# that are blank (Hangul's fillers, the empty braille cell): a name of those alone would be none.
_COPIED_ALONG = _lazy_re_compile("[\u00ad\u034f\u180e\u200b\u2060-\u2065\u2800\u3164\ufeff\uffa0\ufff9-\ufffb]")
# Joiners and marks of direction mean something in Arabic, Persian or Indian words and in emoji, nothing between ours.
_JOINING = _lazy_re_compile("(?<![\u0590-\u1fff\u2190-\ufaff\ufb1d-\uffff\U00010000-\U0010ffff])[\u200c\u200d]")
_DIRECTION = _lazy_re_compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# What turns the direction of all that follows until it is closed.
_TURNS = _lazy_re_compile("[\u202a-\u202e\u2066-\u2069]")
# What turns letters round against their nature is used by nobody who writes, and by whoever wants to hide something.
_OVERRIDES = _lazy_re_compile("[\u202d\u202e]")
_OPENING, _CLOSING = ("\u202a\u202b", "\u2066\u2067\u2068"), ("\u202c", "\u2069")
_UNSTORABLE = _lazy_re_compile("[\x00\ud800-\udfff]")
_RIGHT_TO_LEFT = _lazy_re_compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


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


def clean_text(text: str) -> str:
    """Text as it is kept: every letter one sign (NFC), as macOS does not write it, and no sign that nobody sees."""
    if text.isascii():
        return text
    text = _OVERRIDES.sub("", _JOINING.sub("", _COPIED_ALONG.sub("", text)))
    if not _RIGHT_TO_LEFT.search(text):
        text = _DIRECTION.sub("", text)
    elif _leaks(text):
        # Left open, it would turn what stands behind the text on every page.
        text = _TURNS.sub("", text)
    return unicodedata.normalize("NFC", without_heaps(text))


def _leaks(text: str) -> bool:
    """Whether a direction is begun that does not end, or the other way round: the page behind the text would turn."""
    return any(
        sum(text.count(sign) for sign in begin) != text.count(end)
        for begin, end in zip(_OPENING, _CLOSING, strict=True)
    )


def search_words(text: str, most: int) -> str:
    """What somebody looks for, as it came in an address: not too long, and without NUL, which no database can keep."""
    return text.replace("\0", " ")[:most].strip()


def storable(said: Any) -> Any:
    """What somebody sent, as JSON that PostgreSQL can keep: it has no sign for NUL, nor for half of a pair."""
    if isinstance(said, str):
        return _UNSTORABLE.sub("", said)
    if isinstance(said, Mapping):
        return {storable(name): storable(value) for name, value in said.items()}
    return [storable(each) for each in said] if isinstance(said, list | tuple) else said


def clean_address(text: str) -> str:
    """An address of mail or the web as it is kept: without any sign nobody sees, whatever stands around it."""
    return "".join(sign for sign in clean_text(text) if unicodedata.category(sign) not in ("Cf", "Cc")).strip()


def clean_email(text: str) -> str:
    """An address of mail out of what programs make of it: `mailto:a@b.de?subject=x`, `Anna <a@b.de>`."""
    address = clean_address(text)
    if address[:7].casefold() == "mailto:":
        address = unquote(address[7:].partition("?")[0])
    if found := re.fullmatch(r"[^<>]*<([^<>\s]+@[^<>\s]+)>", address):
        return found[1].removeprefix("mailto:")
    return address


# Signs nobody sees: soft hyphens, zero-width spaces and joiners, marks of direction and of variants. They come with
# copied text and are no letters. (For the brackets of a pattern, here and in PostgreSQL.)
INVISIBLE = (
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    r"\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef"
)
_INVISIBLE = _lazy_re_compile(f"[{INVISIBLE}]")


def composed(text: str) -> str:
    """Text with each letter as one sign (macOS writes “ü” as “u” and two dots) and without those nobody sees."""
    return text if text.isascii() else unicodedata.normalize("NFC", without_heaps(_INVISIBLE.sub("", text)))


def slug_of(text: str, *, fallback: str) -> str:
    """The part of an address that tells people what is behind it: “Töpfern für Große” becomes toepfern-fuer-grosse."""
    return slugify(composed(text).translate(_GERMAN))[:MAX_SLUG].strip("-") or fallback


def fold(text: str) -> str:
    """Text as it is compared: small letters, ä as ae, other accents gone, every dash alike, one space between words;
    without the signs nobody sees."""
    if text.isascii():
        return " ".join(text.replace("\0", "").lower().split())
    plain = unicodedata.normalize("NFKD", composed(text).translate(_FOLDED)).replace("\0", "")
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).casefold().split())


class Spoken(str):
    """A text that knows its language: a word of the municipality's data among words of the interface, or a
    translation. Templates mark it up with `{% spoken %}` (theming)."""

    language: str

    def __new__(cls, text: str, language: str = "de") -> "Spoken":
        made = super().__new__(cls, text)
        made.language = language
        return made
