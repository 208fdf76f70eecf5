"""Addresses out of whatever people keep them in: a table, a text, what was copied out of a mail program."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from core.lazy import lazy
from core.text import clean_text
from portal.newsletter.lists.typos import suggestion

if TYPE_CHECKING:
    import openpyxl
else:
    openpyxl = lazy("openpyxl")

MEGABYTE = 2**20
LARGEST = 3 * MEGABYTE
MOST_UNPACKED = 40 * MEGABYTE
MOST_ADDRESSES = 10_000
MOST_LINES = 20_000
MOST_COLUMNS = 40
LONGEST_LINE = 2000
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
# Bounded on both sides, so that no line takes longer than its length.
_ADDRESS = re.compile(r"[^\s;,<>()\"'|@]{1,80}@[^\s;,<>()\"'|]{0,190}")
# “anna@gmx,de”: the rest of an address behind a comma.
_COMMA = re.compile(r",([A-Za-z]{2,4})(?![\w@.])")
_AT = re.compile(r"\s{0,3}(?:\(at\)|\[at\]|\{at\})\s{0,3}", re.IGNORECASE)
_AROUND = re.compile(r"\s{1,3}@\s{0,3}|@\s{1,3}")
_BROKEN = (zipfile.BadZipFile, KeyError, ValueError, EOFError, OSError, NotImplementedError)


class RefusedError(ValidationError):
    """The file cannot be read; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Written:
    """An address as it stood in the list. `address` is empty where it is none; `meant` what was probably meant."""

    line: int
    text: str
    address: str = ""
    meant: str = ""


def read(content: bytes) -> list[Written]:
    """The addresses of a file (.xlsx, .csv, .txt). Raises RefusedError."""
    if len(content) > LARGEST:
        raise RefusedError(_("The file is larger than 3 MB. A list of 10,000 addresses takes less than one."))
    if content.startswith(_OLD_WORKBOOK):
        raise RefusedError(
            _("This is a workbook of the old format .xls, or one with a password. Please save it as .xlsx.")
        )
    if content.startswith(b"PK"):
        return found_in(_lines_of_workbook(content))
    if b"\0" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise RefusedError(_("This is no table and no text. Please save the list as .xlsx or .csv."))
    return found_in(decoded(content).splitlines())


def decoded(content: bytes) -> str:
    """A text as Windows, Excel and everybody else write it."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _lines_of_workbook(content: bytes) -> Iterator[str]:
    try:
        _check_size(content)
        workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for sheet in workbook.worksheets:
            # What a sheet says of its size may be wrong.
            sheet.reset_dimensions()
            for row in sheet.iter_rows(max_row=MOST_LINES, max_col=MOST_COLUMNS, values_only=True):
                yield "\t".join(str(cell) for cell in row if cell is not None)
    except RefusedError:
        raise
    except _BROKEN as error:
        raise RefusedError(_("The file is damaged. Please open it, save it as .xlsx and try again.")) from error


def _check_size(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
    if unpacked > MOST_UNPACKED:
        raise RefusedError(_("The file unpacks to more than 40 MB and is refused. Please save the list anew."))


def found_in(lines: Iterable[str]) -> list[Written]:
    """Every address, in its order; lines with words and without an address are named too, but for headings at the
    beginning. Raises RefusedError where there are none or too many."""
    found: list[Written] = []
    for number, line in enumerate(lines, start=1):
        text = clean_text(line[:LONGEST_LINE]).strip()
        here = list(_addresses(number, text))
        if here or (text and any(each.address for each in found)):
            found += here or [Written(number, text[:200])]
        if len(found) > MOST_ADDRESSES:
            raise RefusedError(
                _("The list has more than %(number)d entries. Please divide it into several ones.")
                % {"number": MOST_ADDRESSES}
            )
    if not any(each.address or each.meant for each in found):
        raise RefusedError(_("There is no address of mail in it. Please look whether it is the right list."))
    return found


def _addresses(number: int, text: str) -> Iterator[Written]:
    joined = _AROUND.sub("@", _AT.sub("@", text))
    for match in _ADDRESS.finditer(joined):
        raw = match[0]
        comma = _COMMA.match(joined, match.end())
        if comma and "." not in raw.partition("@")[2]:
            raw = f"{raw},{comma[1]}"
        yield _understood(number, raw)


def _understood(number: int, raw: str) -> Written:
    address = raw.removeprefix("mailto:").removeprefix("MAILTO:").partition("?")[0].strip(".-_:*").lower()
    meant = suggestion(address)
    if not _is_address(address):
        return Written(number, raw, "", meant if meant and _is_address(meant) else "")
    return Written(number, raw, address, meant if _is_address(meant) else "")


def _is_address(text: Any) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254
