"""What stands in one cell, as a value of ours.

A workbook's cell is text, a number, a date, a time or a truth value, whatever its column is meant for: Excel turns
“10-12” into a date and 01067 into 1067. Functions take the raw cell and return a `Value`; they raise `CellError`
with a sentence that says what to write instead. An empty cell is None (texts: "").
"""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext as _

from core.phones import phone_uri
from core.text import DASHES, clean_address, clean_email, clean_text
from portal.exchange.excel.columns import YES_NO, word_key

T = TypeVar("T")

FIRST_YEAR, LAST_YEAR = 1970, 2100
MOST_EUROS = Decimal("999999.99")
"""What an offer keeps as an amount."""
_EPOCH_1900, _EPOCH_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)
_GERMAN = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_SHORT_YEAR = re.compile(r"\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2}")
_NO_YEAR = re.compile(r"\d{1,2}\.\s?\d{1,2}\.?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?")
_SLASHES = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2})(?::00)?)?(?:\s*(?:Uhr|h))?", re.IGNORECASE)
_COMPACT_TIME = re.compile(r"(\d{2})(\d{2})")
_SPACES = re.compile(r"[ \t]+")
_EMPTY_LINES = re.compile(r"\n{3,}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ESCAPED_RETURN = re.compile(r"_x000D_\n?|\r\n?", re.IGNORECASE)
_AMOUNT = re.compile(
    r"(?:€|EUR(?:O)?)?\s*(\d{1,3}(?:\.\d{3})+|\d+)(?:[,.](\d{1,2}|-{1,2}|–))?\s*(?:€|EUR(?:O)?)?(?:\s*\((.+)\))?",
    re.IGNORECASE,
)
# Signs alone that are no dash: “?” is not “nein”.
_NO_ANSWER = re.compile(rf"[^\s.,\-{DASHES}]")
_SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
# Denmark, Poland, Czechia, Austria, Switzerland, France, Luxembourg, Belgium, the Netherlands.
NEIGHBOURS = ("+45", "+48", "+420", "+43", "+41", "+33", "+352", "+32", "+31")
EAST_FRISIA = "26"
"""Postcodes of the only part of Germany whose area codes begin with 049: elsewhere, 49 is the country's."""
SHORTEST_PHONE, SHORT_PHONE = 5, 7
"""Digits of numbers that the library does not know, but that are none of another country either."""
_MIDNIGHT = dt.time(0)
_DAY_END = dt.time(23, 59)


class CellError(ValueError):
    """The message says what is wrong and what to write instead; `suggestion` is what the cell may say, if we know."""

    def __init__(self, message: str, suggestion: str = "") -> None:
        super().__init__(message)
        self.suggestion = suggestion


@dataclass(frozen=True, slots=True)
class Value(Generic[T]):
    """What was understood, and what was repaired on the way (a whole sentence, or "")."""

    it: T
    repaired: str = ""


def shown(raw: object) -> str:
    """The raw cell as a person knows it, for messages."""
    match raw:
        case None:
            return ""
        case bool():
            return "WAHR" if raw else "FALSCH"
        case float():
            return str(int(raw)) if raw.is_integer() else f"{raw:.10g}".replace(".", ",")
        case dt.date() | dt.time():
            return f"{raw:{_shape(raw)}}"
    return str(raw)


def _shape(moment: dt.date | dt.time) -> str:
    if isinstance(moment, dt.time):
        return "%H:%M"
    return "%d.%m.%Y %H:%M" if isinstance(moment, dt.datetime) and moment.time() != _MIDNIGHT else "%d.%m.%Y"


def text(raw: Any) -> str:
    """Text on one line. A date or time is refused: Excel has turned something else into it."""
    return " ".join(lines(raw).split())


def lines(raw: Any) -> str:
    """Text with its line breaks; outer space, double spaces and control characters gone, and of several empty lines
    (also of lines with nothing but invisible signs) all but one: paragraphs know no more."""
    if isinstance(raw, (dt.date, dt.time, dt.timedelta)):
        raise CellError(
            _("Excel has made a date or time of this cell. Please format the cell as text and write it again.")
        )
    if raw is None or raw == "":
        # Most cells of a table.
        return ""
    written = clean_text(_ESCAPED_RETURN.sub("\n", shown(raw))).replace("\u00a0", " ")
    written = _CONTROL.sub("", written.replace("\v", "\n"))
    tidied = "\n".join(_SPACES.sub(" ", line).strip() for line in written.split("\n")).strip()
    return _EMPTY_LINES.sub("\n\n", tidied)


def key(raw: Any) -> str:
    """The ID that holds the rows of an offer together."""
    return text(raw)


def date(raw: Any, *, date_1904: bool = False) -> dt.date | None:
    """A day: a real date, TT.MM.JJJJ, ISO 8601, or the serial number Excel shows of an unformatted date."""
    if isinstance(raw, dt.datetime):
        if raw.time() != _MIDNIGHT:
            raise CellError(_("Here stand a date and a time. Please write the time in the column “Uhrzeit”."))
        raw = raw.date()
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        raw = _from_serial(float(raw), date_1904=date_1904)
    if isinstance(raw, dt.date):
        return _in_range(raw)
    written = text(raw)
    return _in_range(_from_text(written)) if written else None


def _in_range(day: dt.date) -> dt.date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise CellError(
            _("The year %(year)d cannot be right. Please write the date as TT.MM.JJJJ.") % {"year": day.year}
        )
    return day


def _from_serial(number: float, *, date_1904: bool) -> dt.date:
    first = _EPOCH_1904 if date_1904 else _EPOCH_1900
    if not number.is_integer() or not 0 < number < 100_000:
        raise CellError(_("This number is no date. Please write the date as TT.MM.JJJJ, for example 07.09.2026."))
    return first + dt.timedelta(days=int(number))


def _from_text(written: str) -> dt.date:
    try:
        if found := _GERMAN.fullmatch(written):
            return dt.date(int(found[3]), int(found[2]), int(found[1]))
        if found := _ISO.fullmatch(written):
            return dt.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise CellError(_("There is no such day. Please correct the date.")) from None
    if _SLASHES.fullmatch(written):
        raise CellError(_("It is not clear which is the day and which the month. Please write the date as TT.MM.JJJJ."))
    if _SHORT_YEAR.fullmatch(written):
        raise CellError(_("Please write the year with four digits, for example 07.09.2026."))
    if _NO_YEAR.fullmatch(written):
        raise CellError(_("The year is missing. Please write the date as TT.MM.JJJJ, for example 07.09.2026."))
    raise CellError(_("This is no date. Please write it as TT.MM.JJJJ, for example 07.09.2026."))


def time(raw: Any, *, end: bool = False) -> Value[dt.time | None]:
    """A time of day to the minute: 09:15, 9.15, 9 Uhr, Excel's times, fractions of a day. `end` permits 24:00."""
    if isinstance(raw, dt.datetime):
        if raw.date() not in (dt.date(1899, 12, 30), dt.date(1899, 12, 31), dt.date(1900, 1, 1)):
            raise CellError(_("Here stand a date and a time. Please write only the time, for example 09:15."))
        raw = raw.time()
    if isinstance(raw, dt.time):
        return _to_minute(raw.hour * 3600 + raw.minute * 60 + raw.second + raw.microsecond / 1e6, end=end)
    if isinstance(raw, dt.timedelta):
        return _to_minute(raw.total_seconds(), end=end)
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        # A number below 1 is Excel's fraction of a day, 9 or 18 is what people type for full hours.
        whole = float(raw).is_integer() and 1 < raw <= 24
        return _to_minute(raw * 3600 if whole else raw * 86_400, end=end)
    if isinstance(raw, dt.date):
        raise CellError(_("Excel has made a date of this cell. Please write only the time, for example 09:15."))
    written = text(raw)
    return _written_time(written, end=end) if written else Value(None)


def _written_time(written: str, *, end: bool) -> Value[dt.time | None]:
    found = _TIME.fullmatch(written) or _COMPACT_TIME.fullmatch(written)
    hours, minutes = (int(found[1]), int(found[2] or 0)) if found else (99, 99)
    if minutes > 59 or hours > 24:
        raise CellError(_("This is no time of day. Please write it as HH:MM, for example 09:15."))
    return _to_minute(hours * 3600 + minutes * 60, end=end)


def _to_minute(seconds: float, *, end: bool) -> Value[dt.time | None]:
    minutes = round(seconds / 60)
    if minutes == 24 * 60 and end:
        return Value(_DAY_END, _("24:00 was taken as 23:59."))
    if not 0 <= minutes < 24 * 60:
        raise CellError(_("This is no time of day. Please write it as HH:MM; midnight is 00:00 of the following day."))
    return Value(dt.time(minutes // 60, minutes % 60))


def truth(raw: Any) -> bool:
    """Yes or no; an empty cell is no."""
    if isinstance(raw, bool):
        return raw
    written = text(raw)
    found = YES_NO.get(word_key(written))
    if found is None or (_NO_ANSWER.search(written) and not word_key(written)):
        raise CellError(_("Please write “ja” or “nein”."))
    return found


def postcode(raw: Any) -> Value[str] | None:
    """Five digits; one with four has lost its leading zero to the spreadsheet. None where it is something else."""
    written = text(raw)
    if not re.fullmatch(r"(?:DE?[- ]?)?[0-9]+", written):
        return None
    digits = written.lstrip("DE- ")
    if len(digits) == 5:
        return Value(digits)
    if len(digits) == 4 and not digits.startswith("0"):
        return Value(f"0{digits}", zero_restored(digits, f"0{digits}"))
    raise CellError(_("A postcode has five digits. Please format the column as text and write the postcode in full."))


def zero_restored(before: str, after: str) -> str:
    """The remark on a repaired postcode."""
    return _("The postcode had lost its leading zero: %(before)s was read as %(after)s.") % {
        "before": before,
        "after": after,
    }


def phone(raw: Any, *, postcode: str = "") -> Value[str]:
    """A phone number, or several. One that Excel took for a number has lost its zero or its plus.

    It is put back where only one of the two gives a number that exists; in doubt the digits stay, which nobody links.
    `postcode` tells where the offer is.
    """
    if isinstance(raw, bool) or not isinstance(raw, (int, float)):
        return _written_phone(raw)
    if raw < 0 or raw != int(raw):
        return Value("", _("Excel has calculated this: it is no phone number and was left out. Write it as text."))
    digits = str(int(raw))
    if phone_uri(digits):
        return Value(digits)
    national, abroad = f"0{digits}", f"+{digits}"
    likely = [each for each in (national, abroad) if phone_uri(each) and _is_near(each)]
    if abroad in likely and digits.startswith("49") and not postcode.startswith(EAST_FRISIA):
        likely = [abroad]
    short = not likely and SHORTEST_PHONE <= len(digits) < SHORT_PHONE
    if likely == [national] or short:
        return Value(national, _("The phone number had lost its leading zero; it was put back."))
    if likely == [abroad]:
        return Value(abroad, _("The phone number had lost its plus; it was put back."))
    return Value(
        digits, _("Excel has made a number of this, and it is not clear which phone it is. Please write it as text.")
    )


def _is_near(number: str) -> bool:
    """Whether somebody here would have written it: a German number, or one of a country next to us."""
    return number.startswith(("0", "+49", *NEIGHBOURS))


def _written_phone(raw: Any) -> Value[str]:
    written = lines(raw)
    if _SCIENTIFIC.fullmatch(written):
        return Value(
            "",
            _("Excel has cut this phone number short: it was left out. Please write it as text."),
        )
    return Value(", ".join(line for line in written.split("\n") if line))


def email(raw: Any) -> str:
    """An address of mail, out of `mailto:a@b.de` and `Anna <a@b.de>` too."""
    return clean_email(text(raw))


def link(raw: Any) -> Value[str]:
    """A web address; the scheme people leave away is put in front."""
    written = clean_address(text(raw))
    if re.fullmatch(r"[^\s/:@]+@[^\s/:@]+", written):
        raise CellError(_("This is an address of mail, not of a web page. Please write the address of the page."))
    if written and not re.match(r"[a-z][a-z0-9+.-]*:", written, re.IGNORECASE):
        return Value(f"https://{written.lstrip('/')}", _("“https://” was put in front of the address."))
    return Value(written)


def amount(raw: Any) -> tuple[Decimal, str] | None:
    """Euros and the words in brackets behind them: 100 · "100,00" · "12,50 €" · "5 € (ermäßigt 3 €)". Else None, as for
    more than an offer can cost: those are words then."""
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        if raw < 0:
            raise CellError(_("An amount cannot be negative. Please correct it."))
        return (Decimal(str(raw)).quantize(Decimal("0.01")), "") if raw <= MOST_EUROS else None
    found = _AMOUNT.fullmatch(text(raw))
    if found is None:
        return None
    cents = (found[2] or "").strip("-–").ljust(2, "0")
    euros = Decimal(f"{found[1].replace('.', '')}.{cents}")
    return (euros, found[3] or "") if euros <= MOST_EUROS else None
