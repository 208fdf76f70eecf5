"""How people write days, hours, ages and prices into a search, and the filter each of these means. No tables.

Patterns stand here as words are spelled; “naechste Woche” and “fuer 3 jaehrige” mean the same.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from typing import Any

from portal.search.parameters import OLDEST, WEEKDAYS

MORNING, NOON, AFTERNOON_ENDS, EVENING = time(6), time(12), time(18), time(17)
_SATURDAY = 5
_KEYS = tuple(WEEKDAYS)
_DAYS = {"montag": 0, "dienstag": 1, "mittwoch": 2, "donnerstag": 3, "freitag": 4, "samstag": 5, "sonnabend": 5,
         "sonntag": 6}  # fmt: skip
_MONTHS = ("januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
           "dezember")  # fmt: skip
_AGES = ("ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf")
_WRITTEN_OUT = {"ä": "(?:ä|ae)", "ö": "(?:ö|oe)", "ü": "(?:ü|ue)", "ß": "(?:ß|ss)"}
_PARTS_OF_DAY = (("vormittag", MORNING, NOON), ("morgen", MORNING, NOON), ("früh", MORNING, NOON),
                 ("nachmittag", NOON, AFTERNOON_ENDS), ("abend", EVENING, None))  # fmt: skip

Change = dict[str, Any]
Meaning = Callable[[re.Match[str], date], Change | None]


def meant_in(small: str, today: date) -> Iterator[tuple[int, int, Change]]:
    """What of a text in small letters means a filter: from where to where, and the fields of the search it sets."""
    for pattern, meaning in _PATTERNS:
        for found in pattern.finditer(small):
            if change := meaning(found, today):
                yield found.start(), found.end(), change


def _spelled(written: str) -> str:
    """A word with the umlauts it may have been typed without."""
    return written.replace("ae", "ä").replace("oe", "ö").replace("ue", "ü")


def _flag(name: str) -> Meaning:
    return lambda _found, _today: {name: True}


def _times(first: time | None, last: time | None) -> Meaning:
    return lambda _found, _today: {"from_time": first, "to_time": last}


def _part_of_day(found: re.Match[str]) -> Change:
    """“Samstagvormittag”, “heute Abend”: the hours, where some were said."""
    said = _spelled(found["part"] or "")
    for word, first, last in _PARTS_OF_DAY:
        if said.startswith(word):
            return {"from_time": first, "to_time": last}
    return {}


def _on(first: date, last: date | None = None) -> Change:
    return {"from_date": first, "to_date": last or first}


def _in_days(days: int) -> Meaning:
    return lambda found, today: _on(today + timedelta(days=days)) | _part_of_day(found)


def _week(weeks: int) -> Meaning:
    """From Monday (or today) to Sunday."""

    def change(_found: re.Match[str], today: date) -> Change:
        monday = today + timedelta(days=7 * weeks - today.weekday())
        return _on(max(monday, today), monday + timedelta(days=6))

    return change


def _weekend(weeks: int) -> Meaning:
    def change(_found: re.Match[str], today: date) -> Change:
        saturday = today + timedelta(days=7 * weeks + _SATURDAY - today.weekday())
        return _on(max(saturday, today), saturday + timedelta(days=1))

    return change


def _weekdays(found: re.Match[str], _today: date) -> Change:
    """“montags”, “Samstag oder Sonntag”."""
    days = dict.fromkeys(_KEYS[_DAYS[each]] for each in re.findall(_NAMES, found["days"]))
    return {"weekdays": tuple(days)} | _part_of_day(found)


def _from_day_to_day(found: re.Match[str], _today: date) -> Change:
    """“Montag bis Freitag”, “freitags bis sonntags”; over the end of the week, too."""
    first, last = _DAYS[found["day"]], _DAYS[found["last"]]
    days = range(first, last + 1 if last >= first else last + 8)
    return {"weekdays": tuple(_KEYS[day % 7] for day in days)}


def _coming_day(found: re.Match[str], today: date) -> Change:
    """“diesen Samstag” may be today, “nächsten Samstag” is the next that is not."""
    away = (_DAYS[found["day"]] - today.weekday()) % 7
    later = not away and not found["which"].startswith("diese")
    return _on(today + timedelta(days=away + 7 * later)) | _part_of_day(found)


def _whole_month(year: int, month: int, today: date) -> Change:
    return _on(max(today, date(year, month, 1)), date(year, month, monthrange(year, month)[1]))


def _month(found: re.Match[str], today: date) -> Change:
    """“im Mai”: this year's as long as it is not over."""
    month = _MONTHS.index(_spelled(found["month"])) + 1
    return _whole_month(today.year + (month < today.month), month, today)


def _months_on(months: int) -> Meaning:
    def change(_found: re.Match[str], today: date) -> Change:
        ahead = today.month - 1 + months
        return _whole_month(today.year + ahead // 12, ahead % 12 + 1, today)

    return change


def _age(found: re.Match[str], _today: date) -> Change | None:
    """The age, of a span of ages its first."""
    said = found["age"]
    age = int(said) if said.isdecimal() else _AGES.index(_spelled(said)) + 1
    return {"age": age} if age <= OLDEST else None


def _clock(said: str) -> time | None:
    hours, _sign, minutes = said.replace(".", ":").partition(":")
    return time(int(hours), int(minutes or 0)) if int(hours) < 24 and int(minutes or 0) < 60 else None


def _hours(found: re.Match[str], _today: date) -> Change | None:
    """“ab 18 Uhr”, “bis 12 Uhr”, “zwischen 10 und 12.30 Uhr”."""
    said = {"from_time": found.groupdict().get("from"), "to_time": found.groupdict().get("to")}
    clocks = {name: _clock(written) for name, written in said.items() if written}
    return None if None in clocks.values() else clocks


_NAMES = "|".join(_DAYS)
_ONE_DAY = rf"(?:{_NAMES})s?"
_AND = r"(?: ?(?:,|/|\+|&|und|oder))+ ?"
_HOURS = r"\d{1,2}(?:[:.]\d\d)?"
_PART = r"(?P<part>vormittag|nachmittag|abend|morgen|früh)s?"
_WHICH = r"(?:am )?(?P<which>nächste[nrsm]?|kommende[nrsm]?|diese[nrsm]?)"
_AGE = r"(?P<age>\d{1,3})-?(?: ?(?:[-–]|bis|und) ?\d{1,3})?"
_NO_AGE = r"(?! ?(?:uhr|euro|€|\.\d))"


def _compiled(pattern: str) -> re.Pattern[str]:
    for letter, both in _WRITTEN_OUT.items():
        pattern = pattern.replace(letter, both)
    return re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])")


# Of two that say something about the same words the first counts.
_PATTERNS: tuple[tuple[re.Pattern[str], Meaning], ...] = tuple(
    (_compiled(pattern), change)
    for pattern, change in (
        (r"(?:kostenlos|kostenfrei|gebührenfrei|unentgeltlich)(?:e[mnrs]?)?|gratis|umsonst", _flag("free")),
        (r"ohne (?:kosten|gebühr(?:en)?)|(?:freier eintritt|eintritt frei|kostet nichts|für lau)", _flag("free")),
        (r"online", _flag("online")),
        (r"(?:barrierefrei|rollstuhlgerecht|behindertengerecht)(?:e[mnrs]?)?", _flag("accessible")),
        (r"(?:mit|für|im) (?:dem |den )?rollstuhl", _flag("accessible")),
        (r"(?:am )?(?:nächste[ns]?|kommende[ns]?) wochenende", _weekend(1)),
        (r"(?:an )?diese[ms] wochenende", _weekend(0)),
        (r"(?:am |übers |jedes )?wochenende|(?:an )?(?:den )?wochenenden", lambda *_: {"weekdays": _KEYS[_SATURDAY:]}),
        (r"unter der woche|wochentags|werktags", lambda *_: {"weekdays": _KEYS[:_SATURDAY]}),
        (r"(?:in )?diese[rn]? woche", _week(0)),
        (r"(?:in der )?(?:nächste|kommende)[rn]? woche", _week(1)),
        (r"(?:in )?diese[nm] monat", _months_on(0)),
        (r"(?:im )?(?:nächste|kommende)[nm] monat", _months_on(1)),
        (rf"im (?:monat )?(?P<month>{'|'.join(_MONTHS)})", _month),
        (rf"(?:von )?(?P<day>{_NAMES})s? ?(?:bis|[-–]) ?(?P<last>{_NAMES})s?", _from_day_to_day),
        (rf"{_WHICH} (?P<day>{_NAMES})s?(?:[ -]?{_PART})?", _coming_day),
        (rf"(?:am |jeden |immer )?(?P<days>{_ONE_DAY}(?:{_AND}(?:am )?{_ONE_DAY})*)(?:[ -]?{_PART})?", _weekdays),
        (rf"(?:zwischen |von )?(?P<from>{_HOURS}) ?(?:uhr )?(?:und|bis|[-–]) ?(?P<to>{_HOURS}) ?uhr", _hours),
        (rf"(?:ab|nach|um) (?P<from>{_HOURS}) ?uhr", _hours),
        (rf"(?:bis|vor) (?P<to>{_HOURS}) ?uhr", _hours),
        (rf"heute(?: {_PART})?", _in_days(0)),
        (rf"übermorgen(?: {_PART})?", _in_days(2)),
        (rf"morgen(?: {_PART})?", _in_days(1)),
        (r"morgens|vormittags|am vormittag|am morgen", _times(MORNING, NOON)),
        (r"nachmittags|am nachmittag", _times(NOON, AFTERNOON_ENDS)),
        (r"abends|am abend", _times(EVENING, None)),
        (rf"(?:für |von |zwischen )*{_AGE}(?:[- ]?jährige[nrms]?|-jahre)", _age),
        (rf"(?:für )?(?P<age>{'|'.join(_AGES)})[- ]?jährige[nrms]?", _age),
        (rf"(?:für |mit |von |ab |zwischen )*{_AGE} jahren?(?: alt)?", _age),
        (rf"(?:ab|über) (?P<age>\d{{1,3}})(?!\d|[.,:] ?\w){_NO_AGE}", _age),
        (r"ü ?(?P<age>\d{2})", _age),
        (r"(?P<age>\d{2})(?: ?plus|\+)", _age),
    )
)
