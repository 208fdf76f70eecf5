"""From a file somebody chose to rows with their numbers, or one sentence on why not.

The file is looked at from outside before any library unpacks it: a small file can ask for more memory than a server
has, by compression, by one cell at the far end of the sheet, or by one long text that many cells share.
"""

import re
import warnings
import zipfile
import zlib
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO
from xml.parsers import expat

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from portal.exchange.excel import columns, commas, ods
from portal.exchange.excel.result import RefusedFileError
from portal.exchange.excel.tables import (
    MEGABYTE,
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_ENTRIES,
    MOST_FILE_BYTES,
    MOST_RATIO,
    MOST_ROWS,
    MOST_TEXT,
    SEARCHED_ROWS,
    Lost,
    Sheet,
    blank,
    chosen,
    damaged,
    recognise,
    too_far_down,
    too_large,
)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PLACE = re.compile(r"([A-Za-z]{0,3})(\d{1,9})")
_VALUE = re.compile(rb"<(?:\w+:)?v[^<>]*>\s*(\d{1,9})\s*<")
_LOST = re.compile(rb"""t\s*=\s*["']e["']|<(?:\w+:)?f[\s>/]""")
_DATE_1904 = re.compile(rb"""date1904\s*=\s*["'](?:1|true|on)["']""")


def read(path: Path, name: str = "") -> Sheet:
    """The sheet with the offers; `name` is what the person calls the file. Raises RefusedFileError."""
    if _is_text(path):
        return commas.read(path, name or path.name)
    date_1904 = suspicious = False
    try:
        with zipfile.ZipFile(path) as archive:
            of_libreoffice = ods.is_ods(_check_sizes(archive))
            if of_libreoffice:
                ods.check(archive)
            else:
                date_1904, suspicious = _check_inside(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise damaged() from error
    sheet = _sheet(path)
    sheet.date_1904 = date_1904
    if suspicious:
        sheet.lost = _lost_cells(path, sheet)
    return sheet


def _is_text(path: Path) -> bool:
    """Whether it is a table as text; what is neither that nor an archive is refused."""
    if not path.is_file():
        raise RefusedFileError(_("There is no file “%(name)s”.") % {"name": path})
    if path.stat().st_size > MOST_FILE_BYTES:
        raise too_large()
    with path.open("rb") as stream:
        head = stream.read(2048)
    if not head:
        raise RefusedFileError(_("The file is empty (0 bytes). Please save it again and try once more."))
    if head.startswith(_OLE):
        raise _container(path)
    if head.startswith(b"PK"):
        return False
    if not _is_markup(head) and commas.looks_like_text(head):
        return True
    raise RefusedFileError(_no_workbook(head))


def _container(path: Path) -> RefusedFileError:
    """Why an OLE container is refused: Excel wraps workbooks with a password into the container of the old format."""
    # The names of a container's streams are UTF-16 and stand in its directory, wherever that is.
    if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
        return RefusedFileError(
            _("The file is protected with a password. Please save it without a password and try again.")
        )
    return RefusedFileError(
        _("This is a workbook of the old format .xls. Please save it as .xlsx (Excel workbook) and try again.")
    )


def _is_markup(head: bytes) -> bool:
    return head.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith((b"<html", b"<!doctype", b"<table", b"<?xml"))


def _no_workbook(head: bytes) -> str:
    if _is_markup(head):
        return _("This is a web page or XML with the ending .xlsx. Please open it in Excel and save it as .xlsx.")
    return _("This is no table that we can read (.xlsx, .ods or .csv). Please save the table as .xlsx and try again.")


def _check_sizes(archive: zipfile.ZipFile) -> set[str]:
    """The names of the entries, once it is known that they may be unpacked."""
    entries = archive.infolist()
    names = {_slashed(entry.filename) for entry in entries}
    if "xl/workbook.bin" in names:
        raise RefusedFileError(_("This is a binary workbook (.xlsb). Please save it as .xlsx and try again."))
    is_workbook = "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names)
    if not is_workbook and not ods.is_ods(names):
        raise RefusedFileError(_("This is a zip file, but no Excel workbook. Please save the table as .xlsx."))
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    if len(entries) > MOST_ENTRIES or unpacked > MOST_BYTES:
        raise too_large()
    if unpacked > 5 * MEGABYTE and unpacked / packed > MOST_RATIO:
        raise RefusedFileError(
            _("The file unpacks to an unreasonable size and is refused (zip bomb?). Please save the table anew.")
        )
    return names


def _content(archive: zipfile.ZipFile, name: str) -> bytes:
    """An entry, bounded: what the directory says of its size is only a claim."""
    with archive.open(name) as stream:
        content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise too_large()
    return content


def _check_inside(archive: zipfile.ZipFile) -> tuple[bool, bool]:
    """Whether dates count from 1904, and whether formulas may have left cells that look empty."""
    names = {_slashed(name): name for name in archive.namelist()}
    if len(names) != len(archive.namelist()):
        raise damaged()
    sizes = (
        [len(text) for text in _content(archive, names["xl/sharedStrings.xml"]).split(b"</si>")]
        if "xl/sharedStrings.xml" in names
        else []
    )
    suspicious = False
    for name, entry in names.items():
        content = _content(archive, entry)
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            _check_extent(content, sizes)
            suspicious = suspicious or bool(_LOST.search(content))
    workbook = _content(archive, names["xl/workbook.xml"]) if "xl/workbook.xml" in names else b""
    return bool(_DATE_1904.search(workbook)), suspicious


class _Extent:
    """Reads a sheet and refuses it where something stands too far away to be held in memory.

    Only what is filled counts: programs write empty rows and cells at the far end of a sheet for their look.
    """

    def __init__(self) -> None:
        self._far: list[tuple[str, RefusedFileError | None]] = []
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._begins
        self._parser.EndElementHandler = self._ends

    def check(self, content: bytes) -> None:
        """Raise RefusedFileError when the sheet is too large, or no sheet at all."""
        try:
            self._parser.Parse(content, True)
        except expat.ExpatError as error:
            raise damaged() from error

    def _begins(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(":")[2]
        if kind in {"row", "c"}:
            self._far.append((kind, _too_far(attributes.get("r", ""))))
        elif kind in {"v", "is", "f"}:
            for _kind, refusal in self._far:
                if refusal is not None:
                    raise refusal

    def _ends(self, name: str) -> None:
        if self._far and name.rpartition(":")[2] == self._far[-1][0]:
            self._far.pop()


def _too_far(place: str) -> RefusedFileError | None:
    """What is wrong with a row `17` or a cell `AB17` that lies beyond what can be imported."""
    found = _PLACE.fullmatch(place)
    if found is None:
        return None
    column, row = found.groups()
    if int(row) > MOST_ROWS + SEARCHED_ROWS:
        return too_far_down(int(row))
    if column and column_index_from_string(column.upper()) > MOST_COLUMNS:
        return RefusedFileError(
            _(
                "The sheet reaches as far as column %(column)s; the template has 32 columns. "
                "Please delete what stands to the right of the table."
            )
            % {"column": column.upper()}
        )
    return None


def _check_extent(content: bytes, sizes: Sequence[int]) -> None:
    """Refuse a sheet whose cells lie too far apart, or repeat too much text, to be held in memory."""
    _Extent().check(content)
    total = sum(sizes[int(found[1])] for found in _VALUE.finditer(content) if int(found[1]) < len(sizes))
    if total > MOST_TEXT:
        raise too_large()


def _slashed(name: str) -> str:
    """An entry's name as the format has it; some programs on Windows write it with their own separator."""
    return name.replace("\\", "/")


def opened(path: Path) -> BinaryIO:
    """The workbook for openpyxl, which knows entries by the format's own names only."""
    with zipfile.ZipFile(path) as archive:
        if all(_slashed(name) == name for name in archive.namelist()):
            return path.open("rb")
        copy = BytesIO()
        with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as target:
            for name in archive.namelist():
                target.writestr(_slashed(name), _content(archive, name))
    copy.seek(0)
    return copy


def _sheet(path: Path) -> Sheet:
    """The first visible sheet with offers; what else holds offers is named in it."""
    missing: list[str] = []
    tables: list[tuple[Sheet | None, str, bool]] = []
    try:
        with path.open("rb") as stream, CalamineWorkbook.from_filelike(stream) as workbook:
            for about in workbook.sheets_metadata:
                if about.typ != SheetTypeEnum.WorkSheet:
                    continue
                read = workbook.get_sheet_by_name(about.name)
                sheet, lacking = recognise(about.name, read.to_python(skip_empty_area=False), _merged(read))
                visible = about.visible == SheetVisibleEnum.Visible
                if sheet is not None or (lacking and len(lacking) <= len(columns.COLUMNS) // 2):
                    tables.append((sheet, about.name, visible))
                missing = missing or (lacking if visible else [])
    except PasswordError as error:
        raise RefusedFileError(_("The file is protected with a password. Please save it without one.")) from error
    except CalamineError as error:
        raise damaged() from error
    return chosen(tables, missing)


# Excel's own extensions (drop-downs) are nothing we read; openpyxl says so for each file.
warnings.filterwarnings("ignore", message=".*extension is not supported", category=UserWarning, module="openpyxl")


def _merged(sheet: Any) -> list[tuple[int, int, int]]:
    """Cells merged over several rows, as (first row, last row, column), counted from 0."""
    return [(top[0], end[0], top[1]) for top, end in sheet.merged_cell_ranges or () if end[0] > top[0]]


def _lost_cells(path: Path, sheet: Sheet) -> list[Lost]:
    keys = {at + 1: key for key, at in sheet.places.items()}
    cells = {row.number: row.cells for row in sheet.rows}
    found: dict[tuple[int, int], Lost] = {}
    for data_only, kind in ((True, "e"), (False, "f")):
        with opened(path) as stream:
            workbook = load_workbook(stream, read_only=True, data_only=data_only)
            worksheet = workbook[sheet.name]
            worksheet.reset_dimensions()
            for row in worksheet.iter_rows(max_row=MOST_ROWS + SEARCHED_ROWS, max_col=MOST_COLUMNS):
                for cell in row:
                    if getattr(cell, "data_type", "") != kind or cell.row not in cells or cell.column not in keys:
                        continue
                    if blank(cells[cell.row][keys[cell.column]]):
                        lost = Lost(cell.row, cell.column, str(cell.value), failed=data_only)
                        found.setdefault((cell.row, cell.column), lost)
            workbook.close()
    return list(found.values())
