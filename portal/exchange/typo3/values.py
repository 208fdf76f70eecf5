"""What editors and TYPO3 wrote in one column, as values of ours; no tables, no state.

A function returns None where nothing was said and raises ValueError where something was said that cannot be
taken over; the caller reports that with the row.
"""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from core.text import clean_address, clean_email, clean_text

DAY_SECONDS = 24 * 60 * 60
FIRST_YEAR, LAST_YEAR = 1970, 2200

Day = TypeVar("Day", bound=dt.date)

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_YOUTUBE = re.compile(
    r"(?:youtu\.be/|youtube(?:-nocookie)?\.com/(?:watch\?(?:[^#\s?]*&)?v=|embed/|v/|shorts/|live/))"
    r"([A-Za-z0-9_-]{11})(?![A-Za-z0-9_-])"
)
_AMOUNT = re.compile(
    r"(?:€|EUR(?:O)?)?\s*(\d{1,3}(?:\.\d{3})+|\d+)(?:[,.](\d{1,2}|-{1,2}))?\s*(?:€|EUR(?:O)?)?", re.IGNORECASE
)
_FREE = {"kostenlos", "kostenfrei", "frei", "gratis", "umsonst", "keine", "keine kosten", "eintritt frei"}
_SPAN = re.compile(r"(\d{1,3})\s*(?:-|–|—|bis)\s*(\d{1,3})\s*(?:J\b|J\.|Jahr)", re.IGNORECASE)
_FROM = re.compile(r"(?:\bab|\büber|\bÜ|\bmindestens)\s*(\d{1,3})\b|\b(\d{1,3})\s*\+", re.IGNORECASE)
_UNTIL = re.compile(r"\bbis(?:\s+zu)?\s*(\d{1,3})\s*(?:J\b|J\.|Jahr)", re.IGNORECASE)
_UNDER = re.compile(r"(?:\bunter|\bU)\s*(\d{1,3})\b", re.IGNORECASE)
_DAY_NAMES = {"mo": 0, "di": 1, "mi": 2, "do": 3, "fr": 4, "sa": 5, "so": 6}
_DAY = r"(?:mo|di|mi|do|fr|sa|so)(?:ntag|enstag|ttwoch|nnerstag|eitag|mstag|nntag)?s?\.?"
_TIME = r"(\d{1,2})(?:[:.](\d{2}))?"
_HOURS = re.compile(
    rf"({_DAY})(?:\s*(-|–|bis|und|,|\+|&)\s*({_DAY}))?\s*:?\s*(?:von\s+)?{_TIME}\s*(?:Uhr)?\s*(?:-|–|bis)\s*{_TIME}\s*(?:Uhr)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Hours:
    """One window of opening hours; `weekday` 0 is Monday."""

    weekday: int
    start: dt.time
    end: dt.time


def text(value: object) -> str:
    """A column as text PostgreSQL can hold: no control characters, one kind of line break, no outer space."""
    if value is None:
        return ""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    return clean_text(_CONTROL.sub("", str(value).replace("\r\n", "\n").replace("\r", "\n"))).strip()


def number(value: object) -> int:
    """An integer column; MySQL reads '' and NULL as 0, and so did the portal."""
    if isinstance(value, (int, float)):
        return int(value)
    written = text(value)
    return int(written) if written else 0


def reference(value: object) -> int:
    """The uid of another row; 0 where it is none."""
    try:
        return number(value)
    except ValueError:
        return 0


def day(value: object) -> dt.date | None:
    """A DATE; zero dates (`0000-00-00`) mean none."""
    written = text(value)[:10]
    if not written or written.startswith("0000-00-00"):
        return None
    return plausible(dt.date.fromisoformat(written))


def plausible(moment: Day) -> Day:
    """Unchanged; raises ValueError for years in which no portal had anything to say."""
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError(moment.isoformat())
    return moment


def moment(value: object) -> dt.datetime | None:
    """A DATETIME or the unix seconds of `tstamp`; the portal set PHP's time zone to UTC. 0 means none."""
    written = text(value)
    if not written or written == "0" or written.startswith("0000-00-00"):
        return None
    if written.isdecimal() and len(written) <= 10:
        found = dt.datetime.fromtimestamp(int(written), dt.UTC)
    else:
        found = dt.datetime.fromisoformat(written).replace(tzinfo=dt.UTC)
    return plausible(found)


def time_of_day(value: object) -> dt.time | None:
    """Seconds since midnight as text; '' and '0' mean none (the portal could not say midnight)."""
    written = text(value)
    if written in ("", "0"):
        return None
    seconds = int(written)
    if not 0 <= seconds < DAY_SECONDS:
        raise ValueError(written)
    return dt.time(seconds // 3600, seconds % 3600 // 60)


def ages(name: str) -> tuple[int | None, int | None] | None:
    """The age range a target group's name speaks of, both ends included: "7-13 Jahre", "ab 60 Jahre"."""
    if found := _SPAN.search(name):
        youngest, oldest = int(found[1]), int(found[2])
        return (youngest, oldest) if youngest <= oldest <= 120 else None
    if found := _FROM.search(name):
        return _years(found[1] or found[2], None)
    if found := _UNTIL.search(name):
        return _years(None, found[1])
    if found := _UNDER.search(name):
        return _years(None, int(found[1]) - 1)
    return None


def _years(youngest: str | None, oldest: str | int | None) -> tuple[int | None, int | None] | None:
    known = tuple(None if age is None else int(age) for age in (youngest, oldest))
    return (known[0], known[1]) if all(age is None or 0 <= age <= 120 for age in known) else None


def postcode(written: str) -> str:
    """Five digits. One with four has lost its leading zero to a spreadsheet (1067 is 01067 Dresden)."""
    digits = written.removeprefix("D-").strip()
    if digits.isascii() and digits.isdigit() and len(digits) in (4, 5):
        return digits.zfill(5)
    raise ValueError(written)


def coordinates(latitude: object, longitude: object) -> tuple[Decimal, Decimal] | None:
    """Degrees from two texts; 0/0 and empty mean unknown. Raises ValueError off the globe."""
    written = [text(part).replace(",", ".") for part in (latitude, longitude)]
    if not all(written) or all(part.strip("0.-") == "" for part in written):
        return None
    try:
        north, east = (Decimal(part).quantize(Decimal("0.000001")) for part in written)
        if -90 <= north <= 90 and -180 <= east <= 180:
            return north, east
    except InvalidOperation:  # no number, or NaN, which cannot be compared
        pass
    raise ValueError(" ".join(written))


def website(written: str) -> str:
    """An http(s) address; editors left the scheme away. Raises ValueError for anything else."""
    written = clean_address(written)
    if not written:
        return ""
    url = written if re.match(r"[a-z][a-z0-9+.-]*:", written, re.IGNORECASE) else f"https://{written.lstrip('/')}"
    try:
        URLValidator(schemes=["http", "https"])(url)
    except ValidationError:
        raise ValueError(written) from None
    return url


def email(written: str) -> str:
    """A lower-case e-mail address. Raises ValueError for anything else."""
    address = clean_email(written).lower()
    if address:
        try:
            validate_email(address)
        except ValidationError:
            raise ValueError(written) from None
    return address


def youtube(written: str) -> str:
    """The page of a YouTube film, from any form of its address. Raises ValueError for other films."""
    if not written:
        return ""
    found = _YOUTUBE.search(written)
    if found is None:
        raise ValueError(written)
    return f"https://www.youtube.com/watch?v={found[1]}"


def amount(costs: str) -> Decimal | None:
    """The euros in "12,50 €", "20", "0 EUR"; "kostenlos" is 0; None where it takes words to say it."""
    if costs.strip(" .!").casefold() in _FREE:
        return Decimal(0)
    found = _AMOUNT.fullmatch(costs.strip())
    if found is None:
        return None
    cents = (found[2] or "").strip("-").ljust(2, "0")
    return Decimal(f"{found[1].replace('.', '')}.{cents}")


def opening_hours(written: str) -> list[Hours] | None:
    """The windows of free text such as "Mo–Fr 08:00–12:00 Uhr", only if every line says nothing else."""
    hours: list[Hours] = []
    for line in filter(None, (" ".join(part.split()).strip(" .") for part in re.split(r"[\n;]", written))):
        found = _HOURS.fullmatch(line)
        windows = _windows(found) if found else None
        if not windows:
            return None
        hours += windows
    return sorted(hours, key=lambda window: (window.weekday, window.start)) or None


def _windows(found: re.Match[str]) -> list[Hours] | None:
    first = _DAY_NAMES[found[1][:2].lower()]
    last = _DAY_NAMES[found[3][:2].lower()] if found[3] else first
    if found[2] in ("-", "–", "bis"):
        days = [day % 7 for day in range(first, last + 1 if last >= first else last + 8)]
    else:
        days = sorted({first, last})
    try:
        start = dt.time(int(found[4]), int(found[5] or 0))
        end = dt.time(int(found[6]), int(found[7] or 0))
    except ValueError:
        return None
    return [Hours(day, start, end) for day in days] if start < end else None
