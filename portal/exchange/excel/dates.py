"""The columns on dates as rules of an offer, and rules as rows of those columns.

The original knows five kinds in the column “Termin/e”. Behind the kind and a colon we also understand a monthly
phrase (“am 2. Dienstag”, “am letzten Freitag”, “am 15.”) or an RRULE of RFC 5545 as it is, and behind “außer” the days
on which the offer does not take place; so every rule can be written and read again.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from portal.exchange.excel import cells, columns
from portal.exchange.excel.cells import CellError
from portal.exchange.excel.columns import word_key
from portal.offers.choices import ScheduleKind
from portal.offers.models.schedule import Off
from portal.offers.rules import RuleError, read, tidy, without_far_end

Rule = dict[str, Any]
"""Fields of a Schedule: first_date, last_date, start_time, end_time, rrule, exdates."""

KINDS = {
    ScheduleKind.NONE: "Ohne Termin",
    ScheduleKind.DATES: "Konkrete Daten",
    ScheduleKind.PERIOD: "Zeitraum",
    ScheduleKind.DAILY: "Täglich",
    ScheduleKind.WEEKLY: "Wöchentlich",
    ScheduleKind.MONTHLY: "Monatlich",
}
_BY_WORD = {word_key(word): kind for kind, word in KINDS.items()}
_BY_WORD |= {str(number): kind for number, kind in enumerate(KINDS) if number < 5}
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY_WORDS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
_NIGHT_ENDS = dt.time(6)
_A_DAY = dt.date(2026, 1, 1)
_OFF = {Off.PUBLIC.value: "an Feiertagen", Off.SCHOOL.value: "in den Schulferien"}
_DAY_OFF = re.compile(r"([^(]*)(?:\(([^)]*)\))?\s*")
_MONTH_DAY = re.compile(r"(?:am\s+)?(\d{1,2})\.")
_MONTH_WEEKDAY = re.compile(r"(?:am\s+|jeden\s+)?(?:([1-5])\.|(letzten?r?))\s*([a-zA-Z]+)", re.IGNORECASE)
_UNTIL = re.compile(r"(.*);UNTIL=(\d{8})")
_WEEKLY = re.compile(r"FREQ=WEEKLY;BYDAY=((?:MO|TU|WE|TH|FR|SA|SU)(?:,(?:MO|TU|WE|TH|FR|SA|SU))*)")
_MONTHLY = re.compile(r"FREQ=MONTHLY(?:;BYMONTHDAY=(\d{1,2})|;BYDAY=([1-5]|-1)(MO|TU|WE|TH|FR|SA|SU))?")


@dataclass(frozen=True, slots=True)
class Kind:
    """What stands in “Termin/e”: the kind, the rule written behind it ("" if none), and the days without."""

    kind: ScheduleKind
    rule: str = ""
    exdates: tuple[dt.date, ...] = ()
    off: tuple[str, ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Line:
    """The date columns of one row, understood; `number` is the row's."""

    number: int
    kind: Kind
    first: dt.date
    last: dt.date | None
    start: dt.time | None
    end: dt.time | None


@dataclass(slots=True)
class Dates:
    kind: ScheduleKind = ScheduleKind.NONE
    rules: list[Rule] = field(default_factory=list)
    repeated: list[tuple[int, int]] = field(default_factory=list)
    """(row, the row before that says the same)"""
    far: bool = False
    """An end was so far away that it was taken as none."""


def kind_of(written: str) -> Kind:
    """Understand “Termin/e”. Raises CellError."""
    rest, _word, without = written.partition("außer ")
    word, _colon, rule = rest.strip().rstrip(",;").partition(":")
    kind = _BY_WORD.get(word_key(word))
    if kind is None:
        raise CellError(
            _("Please choose one of: %(words)s.") % {"words": ", ".join(f"„{each}“" for each in KINDS.values())}
        )
    said = [each.strip() for each in re.split(r"[,;]", without) if each.strip()]
    off = tuple(each for each, words in _OFF.items() if any(word_key(words) == word_key(one) for one in said))
    dated = [_DAY_OFF.fullmatch(each) for each in said if word_key(each) not in map(word_key, _OFF.values())]
    found = {day: (each[2] or "").strip() for each in dated if each and (day := cells.date(each[1])) is not None}
    reasons = tuple((day.isoformat(), words) for day, words in sorted(found.items()) if words)
    return Kind(kind, _rule(rule.strip()), tuple(sorted(found)), off, reasons)


def _rule(phrase: str) -> str:
    if not phrase:
        return ""
    if found := _MONTH_DAY.fullmatch(phrase):
        if not 1 <= int(found[1]) <= 31:
            raise CellError(_("No month has this day. Please write for example “Monatlich: am 15.”."))
        return f"FREQ=MONTHLY;BYMONTHDAY={int(found[1])}"
    if found := _MONTH_WEEKDAY.fullmatch(phrase):
        names = [index for index, name in enumerate(_DAY_WORDS) if name.casefold() == found[3].casefold()]
        if names:
            return f"FREQ=MONTHLY;BYDAY={found[1] or -1}{DAYS[names[0]]}"
    if not phrase.upper().startswith(("FREQ=", "RRULE:")):
        raise CellError(
            _(
                "This repetition cannot be understood. Please write for example “Monatlich: am 2. Dienstag”, "
                "“Monatlich: am letzten Freitag” or “Monatlich: am 15.”."
            )
        )
    try:
        read(without_far_end(tidy(phrase), _A_DAY), _A_DAY)
    except RuleError as error:
        raise CellError(_("This repetition cannot be understood: %s") % error) from error
    return phrase


def check_window(first: dt.date, last: dt.date | None, start: dt.time | None, end: dt.time | None) -> str:
    """A remark on times that are unusual, "" if they are not. Raises CellError where they cannot be."""
    if end is None:
        return ""
    if start is None:
        raise CellError(_("There is an end, but no beginning. Please give the time it begins as well."))
    if end >= start or (last is not None and last > first):
        return ""
    if end > _NIGHT_ENDS:
        raise CellError(_("The end is before the beginning. Please correct one of the two times."))
    return _("The end is before the beginning and was taken as the following day.")


def rules_of(kind: ScheduleKind, lines: Iterable[Line]) -> Dates:
    """The rules of all rows of an offer."""
    dates = Dates(kind)
    seen: dict[str, int] = {}
    kept = []
    for line in lines:
        said = repr((line.kind.rule, line.first, line.last, line.start, line.end))
        if said in seen:
            dates.repeated.append((line.number, seen[said]))
            continue
        seen[said] = line.number
        kept.append(line)
    dates.rules = _in_order(kind, kept)
    for rule in dates.rules:
        near = without_far_end(rule["rrule"], rule["first_date"])
        dates.far = dates.far or near != rule["rrule"]
        rule["rrule"] = near
    return dates


def _one(kind: ScheduleKind, line: Line) -> Rule:
    rule: Rule = {
        "first_date": line.first,
        "last_date": None,
        "start_time": line.start,
        "end_time": line.end,
        "rrule": "",
        "exdates": list(line.kind.exdates),
    }
    # Only where they are given: what was imported before is recognised by what it said.
    rule |= {"off": list(line.kind.off)} if line.kind.off else {}
    rule |= {"reasons": dict(line.kind.reasons)} if line.kind.reasons else {}
    default = {ScheduleKind.DAILY: "FREQ=DAILY", ScheduleKind.MONTHLY: "FREQ=MONTHLY"}.get(kind, "")
    repetition = tidy(line.kind.rule, start=line.start) or default
    if repetition:
        bounded = "UNTIL=" in repetition or "COUNT=" in repetition
        rule["rrule"] = repetition if bounded else _until(repetition, line.last)
    elif kind == ScheduleKind.PERIOD:
        rule["last_date"] = line.last or line.first
    elif line.last is not None and line.last > line.first:
        rule["last_date"] = line.last
    return rule


def _until(rrule: str, last: dt.date | None) -> str:
    return f"{rrule};UNTIL={last:%Y%m%d}" if last else rrule


def _in_order(kind: ScheduleKind, lines: list[Line]) -> list[Rule]:
    """A rule for each line, in their order; but one for all weekdays of the same time window and end that begin within
    one week."""
    rules: list[Rule] = []
    open_rules: dict[tuple[Any, ...], tuple[Rule, list[dt.date]]] = {}
    for line in lines:
        if kind != ScheduleKind.WEEKLY or line.kind.rule:
            rules.append(_one(kind, line))
            continue
        window = (line.last, line.start, line.end, line.kind.exdates, line.kind.off, line.kind.reasons)
        rule, begins = open_rules.get(window, ({}, []))
        days = [*begins, line.first]
        if not begins or max(days) - min(days) >= dt.timedelta(days=7) or _weekday_in(line.first, begins):
            rule = _one(ScheduleKind.WEEKLY, line)
            days = [line.first]
            rules.append(rule)
        open_rules[window] = (rule, days)
        names = ",".join(DAYS[number] for number in sorted(day.weekday() for day in days))
        rule["first_date"] = min(days)
        rule["last_date"] = None
        rule["rrule"] = _until(f"FREQ=WEEKLY;BYDAY={names}", line.last)
    return rules


def _weekday_in(day: dt.date, days: list[dt.date]) -> bool:
    return day.weekday() in {each.weekday() for each in days}


def rows_of(kind: ScheduleKind, rules: Iterable[Rule]) -> list[dict[str, Any]]:
    """The date columns of an offer, one dict by column key for each row; at least one row.

    What an offer says twice is told once, as it would be read again.
    """
    said = [row for rule in rules for row in _rows(kind, rule)]
    rows = list({tuple(row.items()): row for row in said}.values()) or [{}]
    rows[0].setdefault(columns.KIND, KINDS[kind])
    return rows


def _rows(kind: ScheduleKind, rule: Rule) -> list[dict[str, Any]]:
    repetition, last = _without_until(rule["rrule"])
    days = _week(kind, rule, repetition)
    detail = "" if days else _detail(kind, repetition)
    if detail and repetition != rule["rrule"] and detail.startswith("FREQ="):
        detail, last = rule["rrule"], None
    word = KINDS[kind] + (f": {detail}" if detail else "")
    without = [_OFF[each] for each in rule.get("off", ())] + [_day_off(rule, day) for day in rule["exdates"]]
    if without:
        word += " außer " + ", ".join(without)
    row: dict[str, Any] = {
        columns.START_DATE: rule["first_date"],
        columns.START_TIME: rule["start_time"],
        columns.END_DATE: rule["last_date"] or last,
        columns.END_TIME: rule["end_time"],
    }
    if not rule["rrule"] and row[columns.END_DATE] is None:
        row[columns.END_DATE] = rule["first_date"]
    if word != KINDS[kind]:
        row[columns.KIND] = word
    return [{**row, columns.START_DATE: day} for day in days] if days else [row]


def _day_off(rule: Rule, day: dt.date) -> str:
    reason = re.sub(r"[,;()]+", " ", rule.get("reasons", {}).get(day.isoformat(), "")).strip()
    return f"{day:%d.%m.%Y} ({reason})" if reason else f"{day:%d.%m.%Y}"


def _without_until(rrule: str) -> tuple[str, dt.date | None]:
    """The rule and its last day. An UNTIL with a time of day stays part of the rule."""
    if found := _UNTIL.fullmatch(rrule):
        return found[1], dt.datetime.strptime(found[2], "%Y%m%d").replace(tzinfo=dt.UTC).date()
    return rrule, None


def _week(kind: ScheduleKind, rule: Rule, repetition: str) -> list[dt.date]:
    """First days of a plain weekly rule, one for each weekday; none for every other rule."""
    found = _WEEKLY.fullmatch(repetition)
    if kind != ScheduleKind.WEEKLY or found is None:
        return []
    first = rule["first_date"]
    weekdays = {DAYS.index(name) for name in found[1].split(",")}
    return sorted(first + dt.timedelta(days=(day - first.weekday()) % 7) for day in weekdays)


def _detail(kind: ScheduleKind, repetition: str) -> str:
    """What has to stand behind the kind so that the rule is understood again."""
    if repetition == {ScheduleKind.DAILY: "FREQ=DAILY", ScheduleKind.MONTHLY: "FREQ=MONTHLY"}.get(kind, ""):
        return ""
    found = _MONTHLY.fullmatch(repetition)
    if found is None:
        return repetition
    if found[1]:
        return f"am {int(found[1])}."
    if found[2]:
        which = "letzten" if found[2] == "-1" else f"{found[2]}."
        return f"am {which} {_DAY_WORDS[DAYS.index(found[3])]}"
    return repetition
