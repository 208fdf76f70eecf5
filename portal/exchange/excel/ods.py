"""Looking at an OpenDocument table (.ods) before any library unpacks it.

Rows and cells may say that they are repeated a million times; LibreOffice ends every sheet so. Only what is filled
counts, and where it lies.
"""

import zipfile
from xml.parsers import expat

from django.utils.translation import gettext as _

from portal.exchange.excel.result import RefusedFileError
from portal.exchange.excel.tables import (
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_TEXT,
    SEARCHED_ROWS,
    damaged,
    too_far_down,
    too_large,
)

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_ROW, _CELL, _COVERED = f"{_TABLE} table-row", f"{_TABLE} table-cell", f"{_TABLE} covered-table-cell"
_SHEET = f"{_TABLE} table"
_ROWS, _COLUMNS = f"{_TABLE} number-rows-repeated", f"{_TABLE} number-columns-repeated"
_KIND = f"{_OFFICE} value-type"


def is_ods(names: set[str]) -> bool:
    """Whether a zip archive with these entries is an OpenDocument file."""
    return "mimetype" in names and "content.xml" in names


def check(archive: zipfile.ZipFile) -> None:
    """Raise RefusedFileError where it cannot be read, or would take more memory than a table needs."""
    if b"spreadsheet" not in _content(archive, "mimetype"):
        raise RefusedFileError(_("This OpenDocument file is no table. Please save the table as .xlsx or .ods."))
    if b"encryption-data" in _content(archive, "META-INF/manifest.xml"):
        raise RefusedFileError(
            _("The file is protected with a password. Please save it without a password and try again.")
        )
    _Extent().check(_content(archive, "content.xml"))


def _content(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        with archive.open(name) as stream:
            content = stream.read(MOST_BYTES + 1)
    except KeyError:
        return b""
    if len(content) > MOST_BYTES:
        raise too_large()
    return content


class _Extent:
    """Goes through the sheets and refuses what stands too far away or repeats too much text."""

    def __init__(self) -> None:
        self._row = self._column = self._text = 0
        self._rows_repeated = self._columns_repeated = 1
        self._row_filled = False
        self._kind = ""
        self._length = 0
        self._total = 0

    def check(self, content: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._begins
        parser.EndElementHandler = self._ends
        parser.CharacterDataHandler = self._says
        try:
            parser.Parse(content, True)
        except expat.ExpatError as error:
            raise damaged() from error

    def _begins(self, name: str, attributes: dict[str, str]) -> None:
        if name == _SHEET:
            self._row = 0
        elif name == _ROW:
            self._column, self._row_filled = 0, False
            self._rows_repeated = _number(attributes.get(_ROWS, "1"))
        elif name in (_CELL, _COVERED):
            self._columns_repeated = _number(attributes.get(_COLUMNS, "1"))
            self._kind, self._length = attributes.get(_KIND, ""), 0

    def _says(self, text: str) -> None:
        self._length += len(text)

    def _ends(self, name: str) -> None:
        if name in (_CELL, _COVERED):
            self._column += self._columns_repeated
            if self._kind or self._length:
                self._row_filled = True
                self._total += (self._length + 1) * self._columns_repeated * self._rows_repeated
                if self._column > MOST_COLUMNS:
                    raise RefusedFileError(
                        _(
                            "The sheet reaches as far as column %(column)s; the template has 32 columns. "
                            "Please delete what stands to the right of the table."
                        )
                        % {"column": self._column}
                    )
            if self._total > MOST_TEXT:
                raise too_large()
            self._length = 0
        elif name == _ROW:
            self._row += self._rows_repeated
            if self._row_filled and self._row > MOST_ROWS + SEARCHED_ROWS:
                raise too_far_down(self._row)


def _number(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else 1
