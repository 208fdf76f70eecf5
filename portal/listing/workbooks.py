"""A table as a workbook of one sheet, for every list that can be taken along."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from core.lazy import lazy
from portal.listing.spec import Cell

if TYPE_CHECKING:
    import openpyxl
    from openpyxl import cell as cells
    from openpyxl import styles, utils
else:
    openpyxl, cells = lazy("openpyxl"), lazy("openpyxl.cell")
    styles, utils = lazy("openpyxl.styles"), lazy("openpyxl.utils")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a cell can hold, in UTF-16 as Excel counts, and the name of a sheet.
LONGEST_CELL, _LONGEST_NAME = 32_767, 31
_LIKE_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x005F_(?=x[0-9A-Fa-f]{4}_)")


# The name of a sheet that explains another, and its lines: what, and what of it.
About = tuple[str, Iterable[Sequence[Cell]]]


def workbook(
    name: str,
    heads: Sequence[str],
    widths: Iterable[int],
    table: Iterable[Sequence[Cell]],
    about: About | None = None,
) -> bytes:
    """Bold headings that stay in sight, columns `widths` letters wide, and the rows; texts are never formulas."""
    made = openpyxl.Workbook(write_only=True)
    sheet = _sheet(made, name, widths)
    sheet.freeze_panes = "A2"
    # Some name what a municipality calls so, whatever sign that begins with.
    head = [_cell(sheet, each) for each in heads]
    for cell in head:
        cell.font = styles.Font(bold=True)
    sheet.append(head)
    for row in table:
        sheet.append([_cell(sheet, value) for value in row])
    if about is not None:
        _explain(made, *about)
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def _sheet(made: Any, name: str, widths: Iterable[int]) -> Any:
    """An empty sheet; widths must be known before its first row."""
    sheet = made.create_sheet(name[:_LONGEST_NAME])
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[utils.get_column_letter(number)].width = width
    return sheet


def _explain(made: Any, name: str, lines: Iterable[Sequence[Cell]]) -> None:
    sheet = _sheet(made, name, (28, 100))
    for line in lines:
        row = [_cell(sheet, value) for value in line]
        for cell, value in zip(row, line, strict=True):
            if isinstance(value, str):
                cell.alignment = styles.Alignment(wrap_text=True, vertical="top")
        sheet.append(row)


def held(text: str) -> str:
    """As much of a text as a cell can hold."""
    clean = cells.cell.ILLEGAL_CHARACTERS_RE.sub("", text)
    return clean.encode("utf-16-le")[: 2 * LONGEST_CELL].decode("utf-16-le", "ignore")


def escaped(text: str) -> str:
    """Text for a cell: what looks like the format's own escape of a sign (`_x000D_`) is escaped itself."""
    return _LIKE_ESCAPE.sub("_x005F_", text)


def unescaped(text: str) -> str:
    """What was `escaped`, where a reader has left it so (openpyxl does with texts that stand within their sheet)."""
    return _ESCAPED.sub("_", text)


def _cell(sheet: Any, value: Cell) -> Any:
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None)
    if not isinstance(value, str):
        return value
    cell = cells.WriteOnlyCell(sheet, value=escaped(held(value)))
    # A text that begins with “=” is a text.
    cell.data_type = "s"
    return cell
