"""The calendar in a text as tokens: days, times of day, weekdays, repetitions, and the words between them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from portal.drafting.reading.calendar_words import MONTH, NUMBERS, WEEKDAY, month_of, weekday_of


class Kind(Enum):
    """What a token is."""

    DAY = "day"  # 12. März 2027, 12.3., 12.3.27, 2027-03-12
    PART = "part"  # 12. before another day
    CLOCK = "clock"  # 16-17 Uhr, 16.30 Uhr, 19:30
    WEEKDAY = "weekday"  # Dienstag, Di.
    EVERY = "every"  # jeden, immer, jeweils; dienstags says it itself
    NTH = "nth"  # jeden ersten (Montag im Monat)
    MONTHLY = "monthly"  # im Monat
    FORTNIGHT = "fortnight"  # alle zwei Wochen
    DAILY = "daily"
    LINK = "link"  # bis, -, und, Komma


@dataclass(frozen=True, slots=True)
class Token:
    """A token and where it stands; which of the values are set depends on its kind."""

    kind: Kind
    start: int
    end: int
    day: int = 0
    month: int = 0
    year: int = 0
    clock: tuple[str, str | None] | None = None
    # A second beginning: 11 und 15 Uhr.
    second: str = ""
    weekday: int = -1
    weekly: bool = False
    number: tuple[int, ...] = ()
    to: bool = False
    label: str = ""


Maker = Callable[[re.Match[str], int, int], Token]
_D = r"(?:0?[1-9]|[12]\d|3[01])"
_H = r"(?:[01]?\d|2[0-4])"
_MIN = r"[0-5]\d"
_NO_PRICE = r"(?!\s?(?:€|eur|euro|cent|%|km|jahr|kg))"
_YEAR = r"(?:19|20)\d\d"
_NTH = r"(?:(?:erste|zweite|dritte|vierte|letzte)[nrs]?|[1-4]\.)"
_SPEC = (
    ("iso", rf"\b(?P<iso_y>{_YEAR})-(?P<iso_m>0[1-9]|1[0-2])-(?P<iso_d>0[1-9]|[12]\d|3[01])\b"),
    (
        "num",
        rf"(?<![\w.,:/])(?P<num_d>{_D})\s?(?:\.\s?|,)(?P<num_m>0?[1-9]|1[0-2])\s?[.,]"
        rf"(?:\s?(?P<num_y>{_YEAR})(?!\d)|\s?'?(?P<num_yy>[2-4]\d)(?![\d:.]|\s?uhr))?(?![\d])" + _NO_PRICE,
    ),
    (
        "word",
        rf"(?<![\w.,:])(?P<word_d>{_D})\s?[.,]?\s*(?P<word_m>{MONTH})"
        rf"(?:\s*,?\s*(?P<word_y>{_YEAR})(?!\d)|\s*'(?P<word_yy>\d\d)(?!\d))?",
    ),
    (
        "span",
        rf"(?<![\w.,:])(?P<span_h>{_H})(?:\s?[:.]\s?(?P<span_m>{_MIN}))?\s*(?:uhr|h\b)?\s*(?:-|bis(?:\s+ca\.?)?)\s*"
        rf"(?P<span_h2>{_H})(?:\s?[:.]\s?(?P<span_m2>{_MIN}))?\s*(?P<span_u>uhr\b|h\b)",
    ),
    (
        "pair",
        rf"(?<![\w.,:])(?P<pair_h>{_H})(?:\s?[:.]\s?(?P<pair_m>{_MIN}))?\s*(?:uhr)?\s*(?:und|&|\+|/|oder)\s*(?:um\s*)?"
        rf"(?P<pair_h2>{_H})(?:\s?[:.]\s?(?P<pair_m2>{_MIN}))?\s*(?:uhr\b|h\b)",
    ),
    (
        "open_span",
        rf"(?<![\w.,:])(?P<os_h>{_H})(?P<os_sep>[:.])(?P<os_m>{_MIN})\s*(?:uhr)?\s*(?:-|bis)\s*"
        rf"(?P<os_h2>{_H})[:.](?P<os_m2>{_MIN})(?![\d.]){_NO_PRICE}",
    ),
    (
        "hour",
        rf"(?<![\w.,:])(?P<hour_h>{_H})(?:\s?[:.]\s?(?P<hour_m>{_MIN}))?\s*(?:uhr\b|h\b)"
        rf"(?:\s?(?P<hour_after>{_MIN})(?!\d|\.))?(?P<hour_part>\s+(?:abends|nachmittags)\b)?",
    ),
    ("colon", rf"(?<![\w.,:])(?P<colon_h>{_H}):(?P<colon_m>{_MIN})(?![\d:])"),
    ("weekday", rf"\b(?P<wd>{WEEKDAY})\b"),
    ("short", r"\b(?P<short>mo|di|mi|do|fr|sa|so)\b\.?"),
    (
        "nth",
        rf"(?<![\d.])(?P<nth>{_NTH}(?:\s*(?:und|u\.|,|&|\+)\s*{_NTH})*)"
        rf"(?=\s+(?:{WEEKDAY}|mo|di|mi|do|fr|sa|so)\b)",
    ),
    ("monthly", r"\b(?:im|des|eines|jeden|pro)\s+(?:jeden\s+)?monate?s?\b|\bmonatlich\b"),
    (
        "fortnight",
        r"\balle\s+(?:zwei|2)\s+wochen\b|\b(?:14|vierzehn)-?\s?tägig\b|\bzweiwöchentlich\b|\balle\s+14\s+tage\b"
        r"|\bjede\s+(?:zweite|2\.)\s+woche\b",
    ),
    ("daily", r"\btäglich\b|\bjeden\s+tag\b|\bwerktags\b"),
    ("every", r"\b(?:jede[nrs]?|jeweils|immer|wöchentlich)\b"),
    ("part", rf"(?<![\w.,:/])(?P<part>{_D})\.(?![\d])"),
    ("link", r"\b(?P<to>bis)\b|(?P<dash>-)|(?P<and>\bund\b|\bu\.|\bsowie\b|&|\+|/|,|;|\|)"),
)  # fmt: skip
_ALL = re.compile("|".join(f"(?P<{name}_>{pattern})" for name, pattern in _SPEC))


def tokens(low: str) -> list[Token]:
    """All tokens of a text in lower case, in their order."""
    return [_made(found) for found in _ALL.finditer(low)]


def _made(found: re.Match[str]) -> Token:
    name = next(key for key, value in found.groupdict().items() if value is not None and key.endswith("_"))[:-1]
    return _MAKE[name](found, found.start(), found.end())


def _dated(a: int, b: int, day: str, month: str | int, year: str | None, short: str | None = None) -> Token:
    full = int(year) if year else 2000 + int(short) if short else 0
    return Token(Kind.DAY, a, b, day=int(day), month=int(month), year=full)


def _iso(m: re.Match[str], a: int, b: int) -> Token:
    return _dated(a, b, m["iso_d"], m["iso_m"], m["iso_y"])


def _num(m: re.Match[str], a: int, b: int) -> Token:
    return _dated(a, b, m["num_d"], m["num_m"], m["num_y"], m["num_yy"])


def _word(m: re.Match[str], a: int, b: int) -> Token:
    return _dated(a, b, m["word_d"], month_of(m["word_m"]), m["word_y"], m["word_yy"])


def clock(hour: str, minute: str | None) -> str:
    """HH:MM; 24 Uhr is midnight."""
    return f"{int(hour) % 24:02d}:{int(minute or 0):02d}"


def _span(m: re.Match[str], a: int, b: int) -> Token:
    return Token(Kind.CLOCK, a, b, clock=(clock(m["span_h"], m["span_m"]), clock(m["span_h2"], m["span_m2"])))


def _pair(m: re.Match[str], a: int, b: int) -> Token:
    return Token(
        Kind.CLOCK, a, b, clock=(clock(m["pair_h"], m["pair_m"]), None), second=clock(m["pair_h2"], m["pair_m2"])
    )


def _open_span(m: re.Match[str], a: int, b: int) -> Token:
    return Token(Kind.CLOCK, a, b, clock=(clock(m["os_h"], m["os_m"]), clock(m["os_h2"], m["os_m2"])))


def _hour(m: re.Match[str], a: int, b: int) -> Token:
    evening = m["hour_part"] is not None and int(m["hour_h"]) < 12
    hour = str(int(m["hour_h"]) + 12) if evening else m["hour_h"]
    return Token(Kind.CLOCK, a, b, clock=(clock(hour, m["hour_m"] or m["hour_after"]), None))


def _colon(m: re.Match[str], a: int, b: int) -> Token:
    return Token(Kind.CLOCK, a, b, clock=(clock(m["colon_h"], m["colon_m"]), None))


def _weekday(m: re.Match[str], a: int, b: int) -> Token:
    word = m["wd"]
    return Token(Kind.WEEKDAY, a, b, weekday=weekday_of(word), weekly=word.endswith("s"))


def _short(m: re.Match[str], a: int, b: int) -> Token:
    return Token(Kind.WEEKDAY, a, b, weekday=weekday_of(m["short"]), label="short")


def _nth(m: re.Match[str], a: int, b: int) -> Token:
    words = [word.rstrip("nrs") if len(word) > 3 else word for word in re.findall(r"[a-z]+|\d", m["nth"])]
    numbers = tuple(NUMBERS.get(word) or int(word) for word in words if word in NUMBERS or word.isdecimal())
    return Token(Kind.NTH, a, b, number=numbers)


def _part(m: re.Match[str], a: int, b: int) -> Token:
    return Token(Kind.PART, a, b, day=int(m["part"]))


def _link(m: re.Match[str], a: int, b: int) -> Token:
    return Token(Kind.LINK, a, b, to=m["and"] is None, label=m["link_"])


def _plain(kind: Kind) -> Maker:
    return lambda _m, a, b: Token(kind, a, b)


_MAKE: dict[str, Maker] = {
    "iso": _iso, "num": _num, "word": _word, "span": _span, "pair": _pair, "open_span": _open_span, "hour": _hour,
    "colon": _colon,
    "weekday": _weekday, "short": _short, "nth": _nth, "part": _part, "link": _link,
    "monthly": _plain(Kind.MONTHLY), "fortnight": _plain(Kind.FORTNIGHT), "daily": _plain(Kind.DAILY),
    "every": _plain(Kind.EVERY),
}  # fmt: skip
