"""From the date columns of an offer's rows to its dates, with a remark on everything that is wrong or was repaired."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from core.text import clean_text
from portal.exchange.excel import cells, columns
from portal.exchange.excel.cells import CellError
from portal.exchange.excel.columns import DATE_KEYS
from portal.exchange.excel.dates import Dates, Kind, Line, check_window, kind_of, rules_of
from portal.exchange.excel.notes import Notes
from portal.exchange.excel.result import Level
from portal.exchange.excel.tables import Row
from portal.offers.choices import ScheduleKind
from portal.offers.rules import MOST_YEARS, RuleError, check


class DateReader:
    """The date columns of all rows of an offer."""

    def __init__(self, notes: Notes, date_1904: bool) -> None:
        self.notes, self.date_1904 = notes, date_1904

    def read(self, rows: list[Row]) -> Dates:
        first = rows[0]
        kind = self._kind(first)
        if kind is None:
            return Dates()
        if kind.kind == ScheduleKind.NONE:
            self._refuse_dates(rows)
            return Dates()
        lines = [line for row in rows if (line := self._line(row, first, kind)) is not None]
        dates = rules_of(kind.kind, lines)
        for row, before in dates.repeated:
            message = _("The same date as in row %(row)d; taken once.") % {"row": before}
            self.notes.add(Level.WARNING, row, message, key=columns.START_DATE)
        self._check_rules(first, dates)
        return dates

    def _check_rules(self, row: Row, dates: Dates) -> None:
        if dates.far:
            self.notes.warn(
                row,
                columns.END_DATE,
                _("The end is more than %(years)d years away: taken as without end.") % {"years": MOST_YEARS},
            )
        for rule in dates.rules:
            try:
                if rule["rrule"]:
                    check(rule["rrule"], rule["first_date"])
            except RuleError as error:
                self.notes.error(row, columns.KIND, _("This repetition cannot be understood: %s") % error)

    def _kind(self, row: Row) -> Kind | None:
        if not plain(row.cells.get(columns.KIND, "")):
            if any(_filled(row)):
                self.notes.error(row, columns.KIND, _("Please choose the kind of dates, for example “Konkrete Daten”."))
                return None
            self.notes.warn(row, columns.KIND, _("Empty: taken as “Ohne Termin”."))
            return Kind(ScheduleKind.NONE)
        return self.notes.parse(row, columns.KIND, lambda raw: kind_of(cells.text(raw)), None)

    def _refuse_dates(self, rows: list[Row]) -> None:
        for row in rows:
            for key in _filled(row):
                self.notes.error(
                    row,
                    key,
                    _(
                        "The offer is “Ohne Termin”, but a date or time is given. Please choose another kind of dates "
                        "or empty this cell."
                    ),
                )
        for row in rows[1:]:
            if not any(_filled(row)):
                self.notes.warn(
                    row, columns.ID, _("This row repeats row %(row)d and was ignored.") % {"row": rows[0].number}
                )

    def _line(self, row: Row, top: Row, kind: Kind) -> Line | None:
        if row is not top:
            if not any(_filled(row)):
                self.notes.warn(row, columns.ID, _("This row adds no date to row %(row)d.") % {"row": top.number})
                return None
            own = self._further_kind(row, kind)
            if own is None:
                return None
            kind = own
        before = len(self.notes.problems)
        first = self.notes.parse(row, columns.START_DATE, self._day, None)
        last = self.notes.parse(row, columns.END_DATE, self._day, None)
        start = self.notes.repair(row, columns.START_TIME, cells.time, None)
        end = self.notes.repair(row, columns.END_TIME, lambda raw: cells.time(raw, end=True), None)
        if any(problem.level == Level.ERROR for problem in self.notes.problems[before:]):
            return None
        if first is None:
            self.notes.error(row, columns.START_DATE, _("The start date is missing. Please write it as TT.MM.JJJJ."))
            return None
        line = Line(row.number, kind, first, last, start, end)
        return line if self._consistent(row, line) else None

    def _further_kind(self, row: Row, kind: Kind) -> Kind | None:
        """The kind in a further row: as in the first if the cell is empty, else the same kind, with its own rule."""
        if not plain(row.cells.get(columns.KIND, "")):
            return Kind(kind.kind)
        own = self.notes.parse(row, columns.KIND, lambda raw: kind_of(cells.text(raw)), None)
        if own is not None and own.kind != kind.kind:
            self.notes.error(row, columns.KIND, _("All rows of an offer need the same kind of dates."))
            return None
        return own

    def _day(self, raw: Any) -> dt.date | None:
        return cells.date(raw, date_1904=self.date_1904)

    def _consistent(self, row: Row, line: Line) -> bool:
        if line.last is not None and line.last < line.first:
            self.notes.error(row, columns.END_DATE, _("The end date is before the start date. Please correct one."))
            return False
        one_day = line.kind.kind in (ScheduleKind.DAILY, ScheduleKind.WEEKLY, ScheduleKind.MONTHLY)
        try:
            remark = check_window(line.first, None if one_day else line.last, line.start, line.end)
        except CellError as error:
            self.notes.error(row, columns.END_TIME, str(error))
            return False
        if remark:
            self.notes.warn(row, columns.END_TIME, remark)
        if line.kind.kind == ScheduleKind.DAILY and line.last is None and not line.kind.rule:
            self.notes.warn(row, columns.END_DATE, _("Without an end date, it takes place every day without end."))
        return True


def _filled(row: Row) -> Iterator[str]:
    """Keys of the date columns, apart from the kind, in which something stands."""
    return (key for key in DATE_KEYS[1:] if plain(row.cells.get(key, "")))


def plain(raw: object) -> str:
    return " ".join(clean_text(cells.shown(raw)).split())
