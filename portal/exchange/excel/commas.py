"""Tables as text (CSV): found out by trying, because no such file says how it was written.

The separator is the one by which most of our headings are found; the letters are UTF-8 unless they cannot be, then
Windows-1252, as Excel writes them. Line ends may be mixed.
"""

import codecs
import csv
import re
from io import StringIO
from pathlib import Path

from django.utils.translation import gettext as _

from portal.exchange.excel import columns
from portal.exchange.excel.result import RefusedFileError
from portal.exchange.excel.tables import MOST_COLUMNS, MOST_ROWS, SEARCHED_ROWS, Sheet, lacking, recognise, too_far_down

SEPARATORS = (";", ",", "\t", "|")
_ENDS = re.compile(r"\r\n?")
# UTF-8 that was read as Windows-1252 and saved again: “für” has become “fÃ¼r”.
_TWICE = re.compile("Ã[\u00a4\u00b6\u00bc\u009f\u0178\u201e\u2013\u0153]")
# Letters of other code pages (DOS, old Macs) within words: “f\x81r”, “T”pfern”, “KŠse”, “MŸhle”, “Stra§e”.
_OTHER_PAGE = re.compile("(?<=[a-zA-Z])[„”ŠŸ§\ufffd](?=[a-z])")
# What our own lists (and other careful programs) put before a text that looks like a formula.
_GUARDED = re.compile(r"^'(?=[=+\-@\t\r])")
MOST_REPLACED = 20


def looks_like_text(head: bytes) -> bool:
    """Whether a file that begins so may be such a table."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    return b"\0" not in head and any(sign.encode() in head for sign in SEPARATORS)


def read(path: Path, name: str) -> Sheet:
    """The table. Raises RefusedFileError."""
    text, remark = _decoded(path.read_bytes())
    best: tuple[Sheet | None, list[str]] | None = None
    for separator in SEPARATORS:
        found = recognise(name, _rows(text, separator))
        if found[0] is not None:
            found[0].remarks += [remark] if remark else []
            return found[0]
        if best is None or 0 < len(found[1]) < len(best[1]):
            best = found
    missing = best[1] if best else []
    if not missing or len(missing) > len(columns.COLUMNS) // 2:
        raise RefusedFileError(
            _(
                "The headings of the template do not stand in the first rows of this text file (CSV), with whatever "
                "separator we read it. Please take over the first row of the template, or save the table as .xlsx."
            )
        )
    # Where the letters are broken, so may be those of the headings.
    raise RefusedFileError(" ".join(filter(None, (lacking(missing), remark))))


def _decoded(content: bytes) -> tuple[str, str]:
    """The text, with one kind of line ends, and a remark where something is odd."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = content.decode("utf-16", "replace")
    else:
        content = content.removeprefix(codecs.BOM_UTF8)
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            text = content.decode("cp1252", "replace")
    if "\0" in text or text.count("\ufffd") > MOST_REPLACED:
        raise RefusedFileError(
            _("The letters of this text file cannot be read. Please save the table as .xlsx, or as CSV in UTF-8.")
        )
    broken = _TWICE.search(text) or _OTHER_PAGE.search(text)
    remark = (
        _("Umlauts in this file seem to be broken, as in “%(word)s”. Please save it as CSV in UTF-8 anew.")
        % {"word": _word_around(text, broken.start())}
        if broken
        else ""
    )
    return _ENDS.sub("\n", text), remark


def _word_around(text: str, place: int) -> str:
    """The word at a place of a text."""
    before, after = re.split(r"[\s;,|]", text[max(0, place - 20) : place])[-1], text[place : place + 20]
    return before + re.split(r"[\s;,|]", after)[0]


def _rows(text: str, separator: str) -> list[list[str]]:
    """Rows of equal width. Quotation marks in wrong places are borne; one that is never closed would swallow rows."""
    try:
        return _parsed(text, separator, strict=True)
    except csv.Error as error:
        if "end of data" not in str(error) and "field larger" not in str(error):
            return _parsed(text, separator, strict=False)
        raise RefusedFileError(
            _("In this text file (CSV) a quotation mark is not closed. Please correct it, or save it as .xlsx.")
        ) from error


def _parsed(text: str, separator: str, *, strict: bool) -> list[list[str]]:
    rows: list[list[str]] = []
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=strict)
    for row in reader:
        filled = any(cell.strip() for cell in row)
        if filled and len(rows) >= MOST_ROWS + SEARCHED_ROWS:
            raise too_far_down(reader.line_num)
        # An empty row keeps its place: the numbers are those that a spreadsheet shows.
        rows.append([_GUARDED.sub("", cell, count=1) for cell in row[:MOST_COLUMNS]] if filled else [])
    while rows and not rows[-1]:
        rows.pop()
    width = max(map(len, rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]
