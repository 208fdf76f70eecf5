"""The original's five kinds of dates as rules of ours.

Kinds (reference 1.2): 0 none, 1 single dates, 2 period, 3 daily, 4 weekly with seven rows Monday to Sunday of which
only the active ones count, the series' start and end standing in the offer.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from portal.exchange.typo3 import values
from portal.exchange.typo3.context import Line
from portal.offers.choices import ScheduleKind
from portal.offers.rules import MOST_YEARS

KINDS = {
    0: ScheduleKind.NONE,
    1: ScheduleKind.DATES,
    2: ScheduleKind.PERIOD,
    3: ScheduleKind.DAILY,
    4: ScheduleKind.WEEKLY,
}
_RRULE_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_EVENING, _MORNING = dt.time(17), dt.time(6)

Rule = dict[str, Any]
"""Fields of a Schedule."""


@dataclass(slots=True)
class Dates:
    """What became of an offer's dates: rules, and the rows that went into them."""

    kind: ScheduleKind = ScheduleKind.NONE
    rules: list[Rule] = field(default_factory=list)
    rows: list[tuple[str, int]] = field(default_factory=list)
    missing: bool = False
    """The offer should have dates, but none could be taken over."""


def dates(offer: Line, rows: list[Line]) -> Dates:
    """The rules of an offer from its date rows (in the order of the dump); rows not used are skipped here."""
    kind = KINDS.get(offer.number("date_type"))
    if kind is None:
        offer.repair("date_type", _("unknown kind of dates; without date here"))
        kind = ScheduleKind.NONE
    if kind == ScheduleKind.NONE:
        for row in rows:
            _skip(row, _("the offer has no dates"))
        return Dates()
    found = Dates(kind)
    if kind == ScheduleKind.WEEKLY:
        _weekly(offer, rows, found)
    else:
        _dated(rows, found)
    found.missing = not found.rules
    if found.missing:
        found.kind = ScheduleKind.NONE
    return found


def _skip(row: Line, reason: str, name: str = "") -> None:
    row.report.skip(row.table, row.uid, reason, field=name)


def _day(row: Line, name: str) -> dt.date | None:
    try:
        return values.day(row.row.get(name))
    except ValueError:
        row.repair(name, _("no such day, left out"))
        return None


def _dated(rows: list[Line], found: Dates) -> None:
    for row in rows:
        rule = _rule(row, found.kind)
        if rule is None:
            _skip(row, _("without a usable start date"), "start_date")
        elif rule in found.rules:
            _skip(row, _("the same date as another row"))
        else:
            found.rules.append(rule)
            found.rows.append((row.table, row.uid))


def _rule(row: Line, kind: ScheduleKind) -> Rule | None:
    first = _start(row)
    if first is None:
        return None
    last = _day(row, "end_date")
    if last is not None and last < first:
        row.repair("end_date", _("before the start date, left out"))
        last = None
    if kind == ScheduleKind.DAILY:
        last = _near(row, first, last)
    start, end = _window(row, overnight=last is None or last == first)
    rule = {"first_date": first, "last_date": None, "start_time": start, "end_time": end, "rrule": ""}
    if kind == ScheduleKind.DAILY:
        rule["rrule"] = "FREQ=DAILY" + (f";UNTIL={last:%Y%m%d}" if last else "")
    elif last is not None and (kind == ScheduleKind.PERIOD or last > first):
        rule["last_date"] = last
    return rule


def _near(row: Line, first: dt.date | None, last: dt.date | None) -> dt.date | None:
    """The end of a repetition; one in a far future was meant as none."""
    if first is None or last is None or last.year <= first.year + MOST_YEARS:
        return last
    row.repair("end_date", _("so far away that it is taken as without end"))
    return None


def _start(row: Line) -> dt.date | None:
    """The start date; `_day` would call the row repaired, but a row without it is skipped."""
    try:
        return values.day(row.row.get("start_date"))
    except ValueError:
        return None


def _window(row: Line, *, overnight: bool) -> tuple[dt.time | None, dt.time | None]:
    """Beginning and end of day. An end before the beginning is a night out or a slip of the pen."""
    reason = _("not a time of day, left out")
    start = row.attempt("start_time", values.time_of_day, None, reason)
    end = row.attempt("end_time", values.time_of_day, None, reason)
    if end is not None and start is None:
        row.repair("end_time", _("an end without a beginning, left out"))
        return None, None
    if start is None or end is None or not overnight or end > start or (start >= _EVENING and end <= _MORNING):
        return start, end
    row.repair("end_time", _("not after the beginning, left out"))
    return start, None


def _weekly(offer: Line, rows: list[Line], found: Dates) -> None:
    """One rule per time window, naming its weekdays."""
    starts = [day for day in (_day(offer, "start_date"), *map(_start, rows)) if day is not None]
    first, last = (starts[0] if starts else None), _day(offer, "end_date")
    last = _near(offer, first, last)
    windows: dict[tuple[dt.time | None, dt.time | None], set[int]] = {}
    for position, row in enumerate(rows):
        if not row.number("active") and "active" in row.row:
            _skip(row, _("weekday without a date"))
            continue
        day = _start(row)
        if first is None or (day is None and len(rows) != 7):
            _skip(row, _("without a usable start date"), "start_date")
            continue
        windows.setdefault(_window(row, overnight=True), set()).add(day.weekday() if day else position)
        found.rows.append((row.table, row.uid))
    if first is None:
        return
    for (start, end), weekdays in windows.items():
        rule = _series(first, last, sorted(weekdays))
        if rule is not None:
            found.rules.append({**rule, "start_time": start, "end_time": end})
    if windows and not found.rules:
        offer.repair("end_date", _("the series ends before its first day"))


def _series(first: dt.date, last: dt.date | None, weekdays: list[int]) -> Rule | None:
    begins = min(first + dt.timedelta(days=(weekday - first.weekday()) % 7) for weekday in weekdays)
    if last is not None and last < begins:
        return None
    names = ",".join(_RRULE_DAYS[weekday] for weekday in weekdays)
    until = f";UNTIL={last:%Y%m%d}" if last else ""
    return {"first_date": begins, "last_date": None, "rrule": f"FREQ=WEEKLY;BYDAY={names}{until}"}
