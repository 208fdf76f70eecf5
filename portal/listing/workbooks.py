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


def workbook(name: str, heads: Sequence[str], widths: Iterable[int], table: Iterable[Sequence[Cell]]) -> bytes:
    """Bold headings that stay in sight, columns `widths` letters wide, and the rows; texts are never formulas."""
    made = openpyxl.Workbook(write_only=True)
    sheet = made.create_sheet(name[:_LONGEST_NAME])
    sheet.freeze_panes = "A2"
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[utils.get_column_letter(number)].width = width
    # Some name what a municipality calls so, whatever sign that begins with.
    head = [_cell(sheet, each) for each in heads]
    for cell in head:
        cell.font = styles.Font(bold=True)
    sheet.append(head)
    for row in table:
        sheet.append([_cell(sheet, value) for value in row])
    file = BytesIO()
    made.save(file)
    return file.getvalue()


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
