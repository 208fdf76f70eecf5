"""From a file somebody chose to rows with their numbers, or one sentence on why not.

The file is looked at from outside before any library unpacks it: a small file can ask for more memory than a server
has, by compression, by one cell at the far end of the sheet, or by one long text that many cells share.
"""

import re
import warnings
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO
from xml.parsers import expat

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from core.text import clean_text
from portal.exchange.excel import columns
from portal.exchange.excel.result import RefusedFileError

MEGABYTE = 1024 * 1024
MOST_FILE_BYTES = 20 * MEGABYTE
MOST_BYTES = 50 * MEGABYTE
MOST_RATIO = 200
MOST_ENTRIES = 2000
MOST_ROWS = 20_000
MOST_COLUMNS = 300
MOST_TEXT = 200 * MEGABYTE
SEARCHED_ROWS = 5
"""The headings stand in one of the first rows: people put a title above."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PLACE = re.compile(r"([A-Za-z]{0,3})(\d{1,9})")
_VALUE = re.compile(rb"<(?:\w+:)?v[^<>]*>\s*(\d{1,9})\s*<")
_LOST = re.compile(rb"""t\s*=\s*["']e["']|<(?:\w+:)?f[\s>/]""")
_DATE_1904 = re.compile(rb"""date1904\s*=\s*["'](?:1|true|on)["']""")


@dataclass(slots=True)
class Row:
    """`cells` by column key; `number` as Excel shows it."""

    number: int
    cells: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Lost:
    """A formula whose result is an error (`failed`) or was never saved: the quick reader shows it as empty."""

    row: int
    column: int
    value: str
    failed: bool


@dataclass(slots=True)
class Sheet:
    """`places`: column key to 0-based column; `headings`: the same keys to what stands above."""

    name: str
    headings: dict[str, str]
    places: dict[str, int]
    rows: list[Row]
    unknown: list[str]
    unknown_filled: list[str] = field(default_factory=list)
    """Headings of columns without a meaning here in which somebody wrote something."""
    lost: "list[Lost]" = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    """Names of further visible sheets with offers, which nobody reads."""
    hidden: list[str] = field(default_factory=list)
    """Names of hidden sheets with offers."""
    date_1904: bool = False


def read(path: Path) -> Sheet:
    """The sheet with the offers. Raises RefusedFileError."""
    _check_outside(path)
    try:
        with zipfile.ZipFile(path) as archive:
            _check_sizes(archive)
            date_1904, suspicious = _check_inside(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise _damaged() from error
    sheet = _sheet(path)
    sheet.date_1904 = date_1904
    if suspicious:
        sheet.lost = _lost_cells(path, sheet)
    return sheet


def _damaged() -> RefusedFileError:
    return RefusedFileError(
        _("The file is damaged or incomplete. Please open it in Excel or LibreOffice, save it as .xlsx and try again.")
    )


def _check_outside(path: Path) -> None:
    if not path.is_file():
        raise RefusedFileError(_("There is no file “%(name)s”.") % {"name": path})
    if path.stat().st_size > MOST_FILE_BYTES:
        raise _too_large()
    with path.open("rb") as stream:
        head = stream.read(2048)
    if not head:
        raise RefusedFileError(_("The file is empty (0 bytes). Please save it again and try once more."))
    if head.startswith(_OLE):
        raise _container(path)
    if not head.startswith(b"PK"):
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


def _no_workbook(head: bytes) -> str:
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        return _("This is a web page or XML with the ending .xlsx. Please open it in Excel and save it as .xlsx.")
    if b"\0" not in head and (b";" in head or b"," in head or b"\t" in head):
        return _("This is a CSV or text file, not a workbook. Please open it in Excel and save it as .xlsx.")
    return _("This is not an Excel workbook (.xlsx). Please save the table as .xlsx and try again.")


def _too_large() -> RefusedFileError:
    return RefusedFileError(
        _("The file is too large (at most %(megabytes)d MB unpacked and %(rows)d rows). Please divide the table.")
        % {"megabytes": MOST_BYTES // MEGABYTE, "rows": MOST_ROWS}
    )


def _check_sizes(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    names = {_slashed(entry.filename) for entry in entries}
    if "mimetype" in names and "content.xml" in names:
        raise RefusedFileError(
            _("This is an OpenDocument table (.ods). Please save it as .xlsx (Excel workbook) and try again.")
        )
    if "xl/workbook.bin" in names:
        raise RefusedFileError(_("This is a binary workbook (.xlsb). Please save it as .xlsx and try again."))
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise RefusedFileError(_("This is a zip file, but no Excel workbook. Please save the table as .xlsx."))
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    if len(entries) > MOST_ENTRIES or unpacked > MOST_BYTES:
        raise _too_large()
    if unpacked > 5 * MEGABYTE and unpacked / packed > MOST_RATIO:
        raise RefusedFileError(
            _("The file unpacks to an unreasonable size and is refused (zip bomb?). Please save the table anew.")
        )


def _content(archive: zipfile.ZipFile, name: str) -> bytes:
    """An entry, bounded: what the directory says of its size is only a claim."""
    with archive.open(name) as stream:
        content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise _too_large()
    return content


def _check_inside(archive: zipfile.ZipFile) -> tuple[bool, bool]:
    """Whether dates count from 1904, and whether formulas may have left cells that look empty."""
    names = {_slashed(name): name for name in archive.namelist()}
    if len(names) != len(archive.namelist()):
        raise _damaged()
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
            raise _damaged() from error

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
        return RefusedFileError(
            _(
                "The sheet reaches down to row %(row)s; at most %(most)d rows can be imported. "
                "Please delete what stands below the table, or divide the table."
            )
            % {"row": row, "most": MOST_ROWS}
        )
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
        raise _too_large()


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
        with CalamineWorkbook.from_path(path) as workbook:
            for about in workbook.sheets_metadata:
                if about.typ != SheetTypeEnum.WorkSheet:
                    continue
                rows = workbook.get_sheet_by_name(about.name).to_python(skip_empty_area=False)
                sheet, lacking = _recognise(about.name, rows)
                visible = about.visible == SheetVisibleEnum.Visible
                if sheet is not None or (lacking and len(lacking) <= len(columns.COLUMNS) // 2):
                    tables.append((sheet, about.name, visible))
                missing = missing or (lacking if visible else [])
    except PasswordError as error:
        raise RefusedFileError(_("The file is protected with a password. Please save it without one.")) from error
    except CalamineError as error:
        raise _damaged() from error
    return _chosen(tables, missing)


def _chosen(tables: Sequence[tuple[Sheet | None, str, bool]], missing: list[str]) -> Sheet:
    usable = [sheet for sheet, _name, visible in tables if sheet is not None and visible]
    chosen = next((sheet for sheet in usable if sheet.rows), usable[0] if usable else None)
    if chosen is not None:
        further = [each for each in tables if each[0] is not chosen and (each[0] is None or each[0].rows)]
        chosen.others = [name for _sheet, name, visible in further if visible]
        chosen.hidden = [name for _sheet, name, visible in further if not visible]
        return chosen
    hidden = next((name for sheet, name, visible in tables if sheet is not None and not visible), None)
    if hidden is not None:
        raise RefusedFileError(
            _("The offers stand in the sheet “%(name)s”, which is hidden. Please show it in Excel, save and try again.")
            % {"name": hidden}
        )
    if not missing:
        raise RefusedFileError(_("The workbook is empty. Please use the template and fill in at least one row."))
    raise RefusedFileError(_lacking(missing))


def _lacking(missing: list[str]) -> str:
    if len(missing) > len(columns.COLUMNS) // 2:
        return _(
            "The headings of the template do not stand in the first rows of the table. "
            "Please use the template for offers and keep its first row as it is."
        )
    names = ", ".join(f"„{name}“" for name in missing)
    if len(missing) == 1:
        return _(
            "The column %(names)s is missing. Please put it back with this heading in the first row "
            "(its cells may stay empty), or use the template anew."
        ) % {"names": names}
    return _(
        "The columns %(names)s are missing. Please put them back with these headings in the first row "
        "(their cells may stay empty), or use the template anew."
    ) % {"names": names}


def _recognise(name: str, rows: list[list[Any]]) -> tuple[Sheet | None, list[str]]:
    """The sheet if it has all columns, else the columns it lacks (none of an empty sheet)."""
    best: tuple[int, dict[str, int], list[str]] = (0, {}, [])
    for index, row in enumerate(rows[:SEARCHED_ROWS]):
        places, unknown = columns.assign([str(cell) for cell in row])
        if len(places) > len(best[1]):
            best = (index, places, unknown)
    top, places, unknown = best
    missing = [
        f"{column.heading.split(' (')[0].rstrip('*')}"
        for column in columns.COLUMNS
        if column.required and column.key not in places
    ]
    if missing or not rows:
        return None, missing if any(cell != "" for row in rows for cell in row) else []
    sheet = Sheet(name, {key: str(rows[top][at]) for key, at in places.items()}, places, [], unknown)
    for number, row in enumerate(rows[top + 1 :], start=top + 2):
        cells = {key: row[at] for key, at in places.items()}
        if number == top + 2 and columns.is_hint_row(cells):
            continue
        if any(not _blank(cell) for cell in cells.values()):
            sheet.rows.append(Row(number, cells))
    known = set(places.values())
    sheet.unknown_filled = [
        str(heading) or f"({_('without heading')})"
        for at, heading in enumerate(rows[top])
        if at not in known and any(not _blank(row[at]) for row in rows[top + 1 :])
    ]
    return sheet, []


def _blank(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not clean_text(cell).strip())


# Excel's own extensions (drop-downs) are nothing we read; openpyxl says so for each file.
warnings.filterwarnings("ignore", message=".*extension is not supported", category=UserWarning, module="openpyxl")


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
                    if _blank(cells[cell.row][keys[cell.column]]):
                        lost = Lost(cell.row, cell.column, str(cell.value), failed=data_only)
                        found.setdefault((cell.row, cell.column), lost)
            workbook.close()
    return list(found.values())
