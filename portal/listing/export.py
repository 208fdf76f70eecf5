"""What a list shows, as a file: all rows that fit, not only those of the page."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import StringIO
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format

from portal.listing.reading import ordered, understood
from portal.listing.spec import Cell, Listing
from portal.listing.workbooks import XLSX, About, workbook

KINDS = ("xlsx", "csv")
PART = 500
# What spreadsheets take for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export(listing: Listing, rows: QuerySet[Any], request: HttpRequest, kind: str) -> HttpResponse:
    """The file of the list that the address of the request asks for."""
    if kind not in KINDS:
        raise Http404
    found = ordered(understood(listing, request.GET), rows)
    # In parts: tens of thousands of whole rows at once would fill the memory of a web process.
    table = ([column.value(row) for column in listing.columns] for row in found.iterator(chunk_size=PART))
    heads = [str(column.label) for column in listing.columns]
    widths = [column.width for column in listing.columns]
    return as_file(listing.file_name, heads, widths, table, kind)


def as_file(
    file_name: str,
    heads: list[str],
    widths: Sequence[int],
    table: Iterable[list[Cell]],
    kind: str,
    *,
    about: About | None = None,
) -> HttpResponse:
    """A table as a download, of one of the `KINDS`; a workbook has a second sheet where there is something `about`
    it."""
    if kind not in KINDS:
        raise Http404
    name = f"{timezone.localdate():%Y-%m-%d}-{file_name}.{kind}"
    if kind == "xlsx":
        body, content_type = workbook(file_name.capitalize(), heads, widths, table, about), XLSX
    else:
        body, content_type = _csv(heads, table), "text/csv; charset=utf-8"
    return HttpResponse(
        body, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _csv(heads: list[str], table: Iterable[list[Cell]]) -> bytes:
    """With semicolons and a mark at the beginning, as German spreadsheets open it."""
    file = StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerow(_written(each) for each in heads)
    writer.writerows([_written(value) for value in row] for row in table)
    return "\ufeff".encode() + file.getvalue().encode()


def _written(value: Cell) -> str:
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text
