"""A list as .xlsx or .csv, so that reading it again changes nothing."""

import csv
from io import StringIO
from typing import Any

from portal.listing.workbooks import workbook
from portal.vocabulary.kinds import Kind
from portal.vocabulary.rows import Rows
from portal.vocabulary.sheets.columns import NO, YES, Column, columns_of
from portal.vocabulary.uses import numbers

# What spreadsheets take for the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDTHS = {"name": 36, "path": 60, "number": 10}
Cell = str | int | float | None


def table(kind: Kind, rows: Rows) -> list[list[Cell]]:
    """All entries in display order, below the headings."""
    columns, counted = columns_of(kind), numbers(kind)
    return [
        [column.heading for column in columns],
        *([_said(column, rows, pk, counted.get(pk, 0)) for column in columns] for pk in rows.walk()),
    ]


def _said(column: Column, rows: Rows, pk: int, number: int) -> Cell:
    row = rows.by_pk[pk]
    if column.key == "number":
        return pk
    if column.key == "path":
        return rows.path(pk)
    if column.key == "offers":
        return number
    value: Any = getattr(row, "parent_id" if column.key == "parent" else column.key)
    if isinstance(value, bool):
        return YES if value else NO
    return None if value == "" else value


def as_xlsx(kind: Kind, rows: Rows) -> bytes:
    """A workbook with one sheet."""
    head, *body = table(kind, rows)
    widths = [_WIDTHS.get(column.key, 16) for column in columns_of(kind)]
    return workbook(str(kind.words.title), [str(each) for each in head], widths, body)


def as_csv(kind: Kind, rows: Rows) -> bytes:
    """With semicolons and a mark at the beginning, as German spreadsheets open it."""
    file = StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerows([_written(value) for value in line] for line in table(kind, rows))
    return "\ufeff".encode() + file.getvalue().encode()


def _written(value: Cell) -> str:
    if isinstance(value, float):
        return repr(value).replace(".", ",")
    if not isinstance(value, str):
        return "" if value is None else str(value)
    return f"'{value}" if value.lstrip("'").startswith(FORMULA) else value
