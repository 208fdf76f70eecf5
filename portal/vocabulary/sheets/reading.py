"""From a file to rows with their numbers, or one sentence on why not. It is bounded before anything unpacks it."""

import csv
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from core.lazy import lazy
from core.text import fold
from portal.listing.workbooks import unescaped
from portal.vocabulary.errors import RefusedError
from portal.vocabulary.kinds import Kind
from portal.vocabulary.sheets.columns import Column, columns_of
from portal.vocabulary.sheets.writing import FORMULA

if TYPE_CHECKING:
    import openpyxl
    from openpyxl.utils import exceptions
else:
    openpyxl, exceptions = lazy("openpyxl"), lazy("openpyxl.utils.exceptions")

MEGABYTE = 2**20
LARGEST = 5 * MEGABYTE
MOST_UNPACKED = 60 * MEGABYTE
MOST_ROWS = 10_000
MOST_COLUMNS = 50
# The headings stand in one of the first rows: people put a title above.
SEARCHED = 5
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    OSError,
    IndexError,
)


@dataclass(slots=True)
class Read:
    """What the file says: the keys of its columns, and its rows as (number as Excel shows it, cells by key)."""

    keys: list[str]
    rows: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    errors: list[tuple[int, str]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that is computed."""

    written: str


def lines_of(upload: Any, most_rows: int = MOST_ROWS) -> Iterator[list[Any]]:
    """The lines of an .xlsx or .csv, cell by cell; computed cells are a `Formula`. Raises RefusedError.

    Of a workbook a few lines more than `most_rows` are read, so that whoever counts them can refuse what has more.
    """
    if (upload.size or 0) > LARGEST:
        raise RefusedError(_("The file is larger than 5 MB. A list with 10,000 rows takes less than one."))
    content: bytes = upload.read(LARGEST + 1)
    if not content.removeprefix(b"\xef\xbb\xbf").strip():
        raise RefusedError(_("The file is empty. Please save it again and try once more."))
    try:
        yield from _of_workbook(content, most_rows) if content.startswith(b"PK") else _of_text(content)
    except _BROKEN as error:
        raise RefusedError(_("The file is damaged. Please open it, save it as .xlsx and try again.")) from error


def read(kind: Kind, upload: Any) -> Read:
    """The rows of an .xlsx or .csv. Raises RefusedError."""
    return _understood(kind, lines_of(upload))


def _of_workbook(content: bytes, most_rows: int) -> Iterator[list[Any]]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = {entry.filename.replace("\\", "/") for entry in archive.infolist()}
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except _BROKEN as error:
        raise RefusedError(_("The file is damaged. Please open it, save it as .xlsx and try again.")) from error
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise RefusedError(_("The workbook has macros. Please save it as .xlsx (Excel workbook) without macros."))
    if not any(name.startswith("xl/") for name in names):
        raise RefusedError(_("This is no Excel workbook. Please save the table as .xlsx or .csv."))
    if unpacked > MOST_UNPACKED:
        raise RefusedError(_("The file unpacks to more than 60 MB and is refused. Please save the table anew."))
    try:
        workbook = openpyxl.load_workbook(BytesIO(content), read_only=True)
        sheet = workbook.worksheets[0]
        # What the sheet says of its size may be wrong.
        sheet.reset_dimensions()
        for row in sheet.iter_rows(max_row=most_rows + SEARCHED + 2, max_col=MOST_COLUMNS):
            yield [_of_cell(cell) for cell in row]
    except exceptions.InvalidFileException as error:
        raise RefusedError(_("The file is damaged. Please open it, save it as .xlsx and try again.")) from error


def _of_cell(cell: Any) -> Any:
    if cell.data_type == "f":
        return Formula(str(cell.value))
    return unescaped(cell.value) if isinstance(cell.value, str) else cell.value


def _of_text(content: bytes) -> Iterator[list[Any]]:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise RefusedError(
            _("This is a workbook of the old format .xls, or one with a password. Please save it as .xlsx.")
        )
    try:
        written = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        written = content.decode("cp1252", errors="replace")
    if "\x00" in written:
        raise RefusedError(_("This is no table. Please save it as .xlsx or .csv."))
    head = written[:2000]
    delimiter = max(";,\t", key=head.count)
    csv.field_size_limit(LARGEST)
    try:
        for row in csv.reader(StringIO(written, newline=""), delimiter=delimiter):
            yield [_plain(cell) for cell in row[:MOST_COLUMNS]]
    except csv.Error as error:
        raise RefusedError(_("This is no table. Please save it as .xlsx or .csv.")) from error


def _plain(cell: str) -> Any:
    if cell.startswith("'") and cell.lstrip("'").startswith(FORMULA):
        return cell[1:]
    return Formula(cell) if cell.startswith("=") else cell


def _understood(kind: Kind, lines: Iterable[list[Any]]) -> Read:
    columns = columns_of(kind)
    places: dict[int, Column] = {}
    found: Read | None = None
    for number, line in enumerate(lines, start=1):
        if found is None:
            places = _places(columns, line)
            if {column.key for column in columns if column.required} <= {each.key for each in places.values()}:
                found = Read([each.key for each in places.values() if not each.told])
                found.unknown = [str(cell) for place, cell in enumerate(line) if cell and place not in places]
            elif number >= SEARCHED:
                break
        elif any(cell not in (None, "") for cell in line):
            if len(found.rows) >= MOST_ROWS:
                raise RefusedError(_("The table has more than 10,000 rows. Please divide it."))
            _add(found, places, number, line)
    if found is None:
        raise RefusedError(_missing(columns))
    return found


def _places(columns: tuple[Column, ...], line: list[Any]) -> dict[int, Column]:
    by_heading = {fold(column.heading): column for column in columns}
    found: dict[int, Column] = {}
    for place, cell in enumerate(line):
        column = by_heading.get(fold(str(cell or "")))
        if column is not None and column not in found.values():
            found[place] = column
    return found


def _add(found: Read, places: dict[int, Column], number: int, line: list[Any]) -> None:
    cells: dict[str, Any] = {}
    for place, column in places.items():
        value = line[place] if place < len(line) else None
        if column.told:
            continue
        if isinstance(value, Formula):
            found.errors.append(
                (number, _("“%(column)s” holds a formula. Please put in its value.") % {"column": column.heading})
            )
            continue
        try:
            cells[column.key] = column.read(value)
        except ValueError as problem:
            found.errors.append((number, f"{column.heading}: {problem}"))
    found.rows.append((number, cells))


def _missing(columns: tuple[Column, ...]) -> str:
    names = ", ".join(f"„{column.heading}“" for column in columns if column.required)
    return (
        _("The first rows of the table lack headings. Needed are: %(names)s.") % {"names": names}
        + " "
        + _("The quickest way is to get the list “As a table” here and to change that.")
    )
