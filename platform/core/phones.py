"""Telephone numbers as people write them: found, told apart and made dialable, or left as text where in doubt.

A field holds one number, or several on lines or with “oder”, “/”, “,” between them, with extensions, brackets and
remarks. What can be dialled is decided by Google's libphonenumber; a link is made only where exactly one number is
meant and it exists. A number without an area code, one that is cut off, or two that run into each other are only
shown: a wrong link calls a stranger.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.regex_helper import _lazy_re_compile

from core.lazy import lazy

if TYPE_CHECKING:
    import phonenumbers
else:
    phonenumbers = lazy("phonenumbers")

HOME = "DE"
_MOST_TEXT = 200
_MOST_DIGITS = 12
"""Digits of a German number behind its country code, at most; two that run into each other have more."""
# Known to everybody here, and in part unknown to the library: the harmonised 116 numbers of the EU.
_SHORT = _lazy_re_compile(r"110|112|115|116[01]\d\d|11[68]\d{3}|118\d\d")
_BETWEEN = _lazy_re_compile(
    r"\s*(?:[\n;|•·]|\boder\b|\bund\b|\bbzw\.?|\bsowie\b|\bod?\.|\bu\.|&|(?<=\s)\+(?=\s))\s*"
    r"|(?<=\d)[\s,/]+(?=(?:tel|fon|fax|telefax|mobil|handy)\b|[tfm][.:])",
    re.IGNORECASE,
)
_MAYBE_BETWEEN = _lazy_re_compile(r"\s*[,/]\s*(?=[(\[]?(?:\+|0))|\s+[-–]\s+(?=[(\[]?(?:\+|0))|\s+(?=[(\[]?(?:\+|0))")
_LABEL = _lazy_re_compile(
    r"^(?:(?:tel(?:efon)?|fon|phone|ruf(?:nummer)?|mobil(?:telefon)?|handy|hotline|zentrale|büro|festnetz|service|t|m)"
    r"(?:[ -]?(?:nr|nummer))?)[.:]*\s*",
    re.IGNORECASE,
)
_FAX = _lazy_re_compile(r"\b(?:tele)?fax|^\(?f\)?[.:]?(?=[\s\d(+])", re.IGNORECASE)
_REMARK = _lazy_re_compile(r"\((?=[^)]*[^\W\d_])[^()]*\)|\[[^\]]*[^\W\d_][^\]]*\]")
_TRUNK = _lazy_re_compile(r"(?<=\d)\s*[(\[]\s*0\s*[)\]]")
# “049 681 …” wants the country's code and has an area code's zero: as it stands it calls East Frisia. And a number of a
# spreadsheet that was made a text (“…567.0”) has a digit too many.
_SPOILT = _lazy_re_compile(r"^\(?049\)?[\s/-]|\d{5}[.,]0$")
_EXTENSION = _lazy_re_compile(r"\b(?:ext|x|extension)[.:]?\s*\d{1,6}$", re.IGNORECASE)
_NUMBER = _lazy_re_compile(r"(?:\+|00?|\()[\d\s()./\-–‐‑]*\d")
_AREA = _lazy_re_compile(r"^\(?(?:(?:\+|00)\d{1,3})?\s*\(?0?\d[\d ]{0,6}\)?\s*/\s*[\d\s.\-–]+$")


@dataclass(frozen=True, slots=True)
class Phone:
    """One number, or a remark that holds none. `text` as it was written, `uri` empty where there is nothing to dial."""

    text: str
    uri: str = ""
    international: str = ""
    """`+49 681 9050`: unmistakable everywhere; empty where in doubt."""


@lru_cache(maxsize=4096)
def phones_in(written: str) -> tuple[Phone, ...]:
    """The numbers of a field in their order."""
    text = written.strip()
    if not text:
        return ()
    if len(text) > _MOST_TEXT:
        return (Phone(text),)
    parts = [part for part in _BETWEEN.split(text) if part]
    found = [phone for part in parts for phone in _told_apart(part)]
    if len(parts) > 1 and not all(phone.uri or _FAX.search(phone.text) for phone in found):
        # “0681 905-12 oder -15”: what follows is no number of its own, so the whole is one text.
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        found = [phone for line in lines for phone in phones_in(line)] if len(lines) > 1 else [Phone(text)]
    unique: dict[str, Phone] = {}
    for phone in found:
        unique.setdefault(phone.uri or phone.text, phone)
    return tuple(unique.values())


def phone_uri(written: str) -> str:
    """`tel:+496819050` for a text that is one number; empty for none, several, or where in doubt."""
    found = phones_in(written)
    return found[0].uri if len(found) == 1 else ""


@lru_cache(maxsize=256)
def _told_apart(part: str) -> tuple[Phone, ...]:
    """A part without a clear separator: one number, or two where a line was lost and each is whole by itself.

    Remembered, because a part that could be told apart in many ways would be in each of them anew: 199 signs of
    `0681 1234 05` took 9 s.
    """
    for split in _MAYBE_BETWEEN.finditer(part):
        left, right = part[: split.start()].strip(), part[split.end() :].strip()
        first = _one(left)
        if first.uri and _digits(left) >= 6 and _digits(right) >= 6:
            rest = _told_apart(right)
            if all(phone.uri for phone in rest):
                return (first, *rest)
    return (_one(part),)


def _digits(text: str) -> int:
    return sum(sign.isdigit() for sign in text)


def _one(text: str) -> Phone:
    if _FAX.search(text):
        return Phone(text)
    # Narrow spaces and full-width digits are ones that libphonenumber does not expect.
    bare = _TRUNK.sub(" ", _REMARK.sub(" ", unicodedata.normalize("NFKC", text))).strip()
    bare = _LABEL.sub("", bare).strip(" .,:;")
    compact = re.sub(r"\s", "", bare)
    if _SHORT.fullmatch(compact):
        return Phone(text, f"tel:{compact}", compact)
    number = _parsed(bare)
    if number is None:
        return Phone(text)
    uri = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if number.extension:
        uri += f";ext={number.extension}"
    international = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return Phone(text, f"tel:{uri}", international)


def _parsed(bare: str) -> "phonenumbers.PhoneNumber | None":
    words = _EXTENSION.sub("", bare)
    found = _NUMBER.search(words)
    if found is None or not _one_number(found[0]) or _SPOILT.search(found[0]):
        return None
    before, after = words[: found.start()], words[found.end() :]
    if any(sign.isdigit() for sign in before + after) or before[-1:].isalpha() or after[:1].isalpha():
        return None
    try:
        number = phonenumbers.parse(found[0] + bare[len(words) :], HOME)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    national = len(str(number.national_number))
    return number if number.country_code != 49 or national <= _MOST_DIGITS else None


def _one_number(found: str) -> bool:
    """Whether slashes stand only behind an area code: “905-12/13” means one of two."""
    return "/" not in found or bool(_AREA.match(found.strip()))
