"""A list as .xlsx or .csv, so that reading it again changes nothing."""

import csv
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

from core.lazy import lazy
from portal.vocabulary.kinds import Kind
from portal.vocabulary.rows import Rows
from portal.vocabulary.sheets.columns import NO, YES, Column, columns_of
from portal.vocabulary.uses import numbers

if TYPE_CHECKING:
    import openpyxl
    from openpyxl import cell as cells
    from openpyxl import styles, utils
else:
    openpyxl, cells = lazy("openpyxl"), lazy("openpyxl.cell")
    styles, utils = lazy("openpyxl.styles"), lazy("openpyxl.utils")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
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
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet(str(kind.words.title)[:31])
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns_of(kind), start=1):
        sheet.column_dimensions[utils.get_column_letter(number)].width = _WIDTHS.get(column.key, 16)
    head, *body = table(kind, rows)
    cells_of_head = [cells.WriteOnlyCell(sheet, value=each) for each in head]
    for cell in cells_of_head:
        cell.font = styles.Font(bold=True)
    sheet.append(cells_of_head)
    for line in body:
        sheet.append([_cell(sheet, value) for value in line])
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def _cell(sheet: Any, value: Cell) -> Any:
    if not isinstance(value, str):
        return value
    cell = cells.WriteOnlyCell(sheet, value=value)
    # A name that begins with “=” is a name.
    cell.data_type = "s"
    return cell


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
