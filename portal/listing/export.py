"""What a list shows, as a file: all rows that fit, not only those of the page."""

import csv
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format

from core.lazy import lazy
from portal.listing.reading import ordered, understood
from portal.listing.spec import Cell, Listing

if TYPE_CHECKING:
    import openpyxl
    from openpyxl import cell as cells
    from openpyxl import styles, utils
else:
    openpyxl, cells = lazy("openpyxl"), lazy("openpyxl.cell")
    styles, utils = lazy("openpyxl.styles"), lazy("openpyxl.utils")

KINDS = ("xlsx", "csv")
_LONGEST = 32_767
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What spreadsheets take for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export(listing: Listing, rows: QuerySet[Any], request: HttpRequest, kind: str) -> HttpResponse:
    """The file of the list that the address of the request asks for."""
    if kind not in KINDS:
        raise Http404
    found = ordered(understood(listing, request.GET), rows)
    table = [[column.value(row) for column in listing.columns] for row in found]
    heads = [str(column.label) for column in listing.columns]
    name = f"{timezone.localdate():%Y-%m-%d}-{listing.file_name}.{kind}"
    body, content_type = (
        (_workbook(listing, heads, table), _XLSX) if kind == "xlsx" else (_csv(heads, table), "text/csv; charset=utf-8")
    )
    return HttpResponse(
        body, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _workbook(listing: Listing, heads: list[str], table: list[list[Cell]]) -> bytes:
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet(listing.file_name.capitalize())
    sheet.freeze_panes = "A2"
    for number, column in enumerate(listing.columns, start=1):
        sheet.column_dimensions[utils.get_column_letter(number)].width = column.width
    head = [cells.WriteOnlyCell(sheet, value=each) for each in heads]
    for cell in head:
        cell.font = styles.Font(bold=True)
    sheet.append(head)
    for row in table:
        sheet.append([_cell(sheet, value) for value in row])
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def _cell(sheet: Any, value: Cell) -> Any:
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None)
    if not isinstance(value, str):
        return value
    cell = cells.WriteOnlyCell(sheet, value=cells.cell.ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST])
    # A text that begins with “=” is a text.
    cell.data_type = "s"
    return cell


def _csv(heads: list[str], table: list[list[Cell]]) -> bytes:
    """With semicolons and a mark at the beginning, as German spreadsheets open it."""
    file = StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerow(heads)
    writer.writerows([_written(value) for value in row] for row in table)
    return "\ufeff".encode() + file.getvalue().encode()


def _written(value: Cell) -> str:
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text
