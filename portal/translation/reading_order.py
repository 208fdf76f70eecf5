"""Numbers, dates, times, prices, phone numbers and addresses of the web read from left to right on every page.

On an Arabic or Persian page the parts of “116 117” or “10:00–12:00” would change places: spaces and dashes take the
direction of the words around. Done once on the finished page and not in every template, as the links are
(`rewriting`): numbers also stand in editors' texts, in data, and in rooms yet to be built. A number without any sign in
it needs nothing; what stands apart already is left alone.
"""

import re

_MARK = "[\u200e\u200f]"
_BLANK = "(?:[ \u00a0\u202f\u2009]|&nbsp;)"
# Between two groups of digits: a dash or stroke with blanks or without (German dates end in a dot), one sign, a blank.
# Some languages write a mark of their direction before the stroke.
_BETWEEN = rf"(?:\.?{_BLANK}?{_MARK}?[–—‑\-/×+]{_BLANK}?|[.:,'’]|{_BLANK}|(?<=\)))"
# The dialling code of a phone number may stand in brackets.
_GROUP = r"(?:\((?:\+\d+|0\d*)\)|\d+)"
_SIGN = rf"(?:[+\-−]|€{_BLANK}?)?"
# The dot at the end of “28.11.”
_DOT = r"(?:(?<=\d\.\d)\.|(?<=\d\.\d\d)\.)?"
# “12,50 €”, “50 %”, “10 km”, and the town behind its postcode.
_AFTER = rf"(?:{_BLANK}?(?:€|%|°C?)(?![^\W\d_])|(?:\.?{_BLANK}[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ’'.\-]*(?<![.'’]))+)?"
_NUMBER = rf"{_SIGN}{_GROUP}(?:{_BETWEEN}{_GROUP})*{_DOT}{_AFTER}"
# A mail address is looked for where a word begins alone: within a long one, each sign would be tried as its beginning.
_ADDRESS = r"(?:https?://|www\.)[^\s<>\"]+|(?<![\w.+\-])[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+"
# An entity (&#39;) is passed over whole: its digits are none.
_RUNS = re.compile(rf"&#?\w+;|{_ADDRESS}|(?<![\w.,]){_NUMBER}")
_marks = re.compile(_MARK)
_PLAIN = re.compile(r"&.*|\d+")
# What holds no text of the page, or no elements in its text, or stands apart already.
_PASSED = (
    r"<(script|style|textarea|title|svg|template)\b[\s\S]*?</\1>|<!--[\s\S]*?-->"
    r"|<bdi\b[^>]*\bdir=\"ltr\"[^>]*>[^<]*</bdi>"
)
_PIECES = re.compile(rf"{_PASSED}|<option\b[^>]*>([^<]*)|<[^>]*>|([^<]+)")
# For places where no element may stand: left-to-right isolate, and the end of it.
_ISOLATE, _END = "\u2066", "\u2069"


def _apart(run: re.Match[str]) -> str:
    return run[0] if _PLAIN.fullmatch(run[0]) else f'<bdi dir="ltr">{_marks.sub("", run[0])}</bdi>'


def _signed(run: re.Match[str]) -> str:
    return run[0] if _PLAIN.fullmatch(run[0]) else f"{_ISOLATE}{_marks.sub('', run[0])}{_END}"


def _piece(piece: re.Match[str]) -> str:
    words, option = piece[3], piece[2]
    if words is not None:
        return _RUNS.sub(_apart, words)
    if option and _ISOLATE not in option:
        return piece[0][: -len(option)] + _RUNS.sub(_signed, option)
    return piece[0]


def numbers_from_left(page: str) -> str:
    """The page, or a part of one, with every such run set apart. Doing it twice changes nothing."""
    return _PIECES.sub(_piece, page)
