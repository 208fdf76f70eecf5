"""Collecting remarks while the rows are understood, each with its row and column."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Field, Model

from portal.exchange.excel.cells import CellError, Value, shown
from portal.exchange.excel.result import Level, Problem
from portal.exchange.excel.tables import Row, Sheet

T = TypeVar("T")


@dataclass(slots=True)
class Notes:
    sheet: Sheet
    problems: list[Problem] = dataclasses.field(default_factory=list)
    failed_rows: set[int] = dataclasses.field(default_factory=set)

    def add(
        self, level: Level, row: int, message: str, *, key: str = "", value: object = "", suggestion: str = ""
    ) -> None:
        """Note something on the cell of a column (by key), or on the whole row."""
        at = self.sheet.places.get(key, -1) + 1
        heading = self.sheet.headings.get(key, "")
        self.problems.append(Problem(level, row, message, at, heading, shown(value), suggestion, key))
        if level == Level.ERROR:
            self.failed_rows.add(row)

    def error(self, row: Row, key: str, message: str, suggestion: str = "") -> None:
        self.add(Level.ERROR, row.number, message, key=key, value=row.cells.get(key, ""), suggestion=suggestion)

    def warn(self, row: Row, key: str, message: str) -> None:
        self.add(Level.WARNING, row.number, message, key=key, value=row.cells.get(key, ""))

    def parse(self, row: Row, key: str, parse: Callable[[Any], T], default: T) -> T:
        """The cell's value, or after an error on it the default."""
        try:
            return parse(row.cells.get(key, ""))
        except CellError as error:
            self.error(row, key, str(error), error.suggestion)
            return default

    def repair(self, row: Row, key: str, parse: Callable[[Any], Value[T]], default: T) -> T:
        """As `parse`, for parsers that repair: what they repaired becomes a warning."""
        value = self.parse(row, key, parse, Value(default))
        if value.repaired:
            self.warn(row, key, value.repaired)
        return value.it

    def fits(self, row: Row, key: str, model: type[Model], name: str, value: Any) -> None:
        """Ask the model's field whether it takes the value; its own words become the error."""
        field = model._meta.get_field(name)
        if not isinstance(field, Field) or value in ("", None):
            return
        try:
            field.clean(value, None)
        except ValidationError as error:
            self.error(row, key, " ".join(error.messages))


class Quiet(Notes):
    """For rows that we wrote ourselves: nobody reads the remarks, and the tables know their values already."""

    def fits(self, row: Row, key: str, model: type[Model], name: str, value: Any) -> None:
        pass
