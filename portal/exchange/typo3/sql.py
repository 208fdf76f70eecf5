"""The grammar of an SQL dump as mysqldump, phpMyAdmin and Sequel Pro write it: statements and VALUES rows.

Written by hand after measuring: sqlglot's tokenizer reads 0.6 MB/s and wants the whole text as one decoded
string, sqlparse 0.3 MB/s; a dump is bytes (blobs beside text) and may have a million log rows. Regular
expressions do the walking here (possessive, hence linear), nothing is kept but the current statement.
Source of the grammar: MySQL 8.0 manual, 9.1.1 "String Literals" and 13.2.6 "INSERT".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

_STRING = rb"'(?:[^'\\]++|\\.|'')*+'"
_BARE = rb"0[xX][0-9A-Fa-f]*+|[-+]?[0-9][0-9.]*+(?:[eE][-+]?[0-9]++)?|(?i:NULL|TRUE|FALSE)"
_VALUE = rb"\s*+(?:(?:_[A-Za-z0-9]++\s*+)?(?:[xXbB]?" + _STRING + rb"|" + _BARE + rb"))\s*+"

SPACE = re.compile(rb"(?:\s++|--(?=\s)[^\n]*+|#[^\n]*+|/\*(?!!).*?\*/)*+", re.DOTALL)
STATEMENT = re.compile(
    rb"(?:[^;'\"`/\-#]++|"
    + _STRING
    + rb"|\"(?:[^\"\\]++|\\.)*+\"|`[^`]*+`|/\*.*?\*/|--(?=\s)[^\n]*+|#[^\n]*+|/(?!\*)|-)*+;",
    re.DOTALL,
)
INSERT = re.compile(
    rb"(?:INSERT|REPLACE)\s++(?:IGNORE\s++)?(?:INTO\s++)?(?:`[^`]*+`\.)?`([^`]++)`\s*+(?:\(([^)]*+)\)\s*+)?VALUES\s*+",
    re.IGNORECASE,
)
ROW = re.compile(rb"\s*+\((" + _VALUE + rb"(?:," + _VALUE + rb")*+)\)\s*+([,;])", re.DOTALL)
_FIELD = re.compile(
    rb"\s*+(?:(_[A-Za-z0-9]++)\s*+)?(?:([xXbB]?)'((?:[^'\\]++|\\.|'')*+)'|([^,'\s]++))\s*+(?:,|$)", re.DOTALL
)
_ESCAPE = re.compile(rb"\\(.)|''", re.DOTALL)
_ESCAPES = {b"0": b"\0", b"b": b"\b", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"Z": b"\x1a"}
_KEPT = {b"%": rb"\%", b"_": rb"\_"}

HEADER_LIMIT = 64 * 1024
"""Bytes looked ahead to recognise `INSERT INTO … (columns) VALUES`; the longest in TYPO3 has 2 KB."""


class IncompleteError(Exception):
    """The text ends, or is no SQL, inside the statement that began at `line`."""

    def __init__(self, line: int, *, at_end: bool) -> None:
        super().__init__(line)
        self.line = line
        self.at_end = at_end


class Field(NamedTuple):
    """One value as it is written: `text` with its quotes and escapes undone, `charset` its `_introducer`."""

    text: bytes
    quoted: bool
    kind: bytes = b""
    charset: str = ""


class Source:
    """A stream of bytes with a window that grows only as far as the expression asked for needs it."""

    def __init__(self, stream: BinaryIO, *, line: int = 1, chunk: int = 1 << 18) -> None:
        self.stream = stream
        self.line = line
        self.offset = stream.tell()
        self._chunk = chunk
        self._window = b""
        self._position = 0
        self._ended = False

    def _grow(self) -> bool:
        """Read at least as much again as is waiting, so that one huge statement stays linear."""
        rest = self._window[self._position :]
        more = self.stream.read(max(self._chunk, len(rest)))
        self._ended = not more
        self._window, self._position = rest + more, 0
        return bool(more)

    def look(self, pattern: re.Pattern[bytes], ahead: int) -> re.Match[bytes] | None:
        """Match within the next `ahead` bytes without moving."""
        while len(self._window) - self._position < ahead and not self._ended:
            self._grow()
        return pattern.match(self._window, self._position)

    def take(self, pattern: re.Pattern[bytes]) -> re.Match[bytes] | None:
        """Match and move behind it. A match that touches the window's edge might go on: read more first."""
        match = pattern.match(self._window, self._position)
        while (match is None or match.end() == len(self._window)) and not self._ended:
            self._grow()
            match = pattern.match(self._window, self._position)
        if match is not None:
            self.advance(match)
        return match

    def advance(self, match: re.Match[bytes]) -> None:
        self.line += self._window.count(b"\n", self._position, match.end())
        self.offset += match.end() - self._position
        self._position = match.end()

    def holds(self, text: bytes) -> bool:
        return text in self._window[self._position :]

    @property
    def finished(self) -> bool:
        return self._ended and self._position >= len(self._window)


@dataclass(slots=True, frozen=True)
class Statement:
    """What stands at `offset`: an INSERT's table and columns (its rows follow in the source), or any text."""

    offset: int
    line: int
    text: bytes = b""
    table: str = ""
    columns: tuple[str, ...] = ()


def statement(source: Source) -> Statement | None:
    """The statement at the source's position; None at a clean end. Raises IncompleteError."""
    offset, line = source.offset, source.line
    insert = source.look(INSERT, HEADER_LIMIT)
    if insert is not None:
        source.advance(insert)
        columns = tuple(name.strip(" `\n\r\t") for name in (insert[2] or b"").decode("ascii", "replace").split(","))
        table = insert[1].decode("ascii", "replace")
        return Statement(offset, line, table=table, columns=columns if insert[2] else ())
    found = source.take(STATEMENT)
    if found is not None:
        if found[0][:7].upper() in (b"INSERT ", b"REPLACE"):  # INSERT … SELECT or SET: rows we would lose
            raise IncompleteError(line, at_end=False)
        return Statement(offset, line, text=found[0])
    if source.finished:
        return None
    raise IncompleteError(line, at_end=True)


def rows(source: Source) -> Iterator[tuple[int, bytes]]:
    """Each row after `VALUES` as (line, what stands between its parentheses). Raises IncompleteError."""
    while True:
        line = source.line
        match = source.take(ROW)
        if match is None:
            raise IncompleteError(line, at_end=not source.holds(b";\n"))
        yield line, match[1]
        if match[2] == b";":
            return


Written = tuple[bytes, bytes, bytes, bytes]
"""A value as found: `_introducer`, x or b, text between quotes, bare word (numbers, NULL)."""


def written(row: bytes) -> list[Written]:
    """The values of one row; `row` comes from `rows`, which has proved that it is well formed."""
    return _FIELD.findall(row)


def field(value: Written) -> Field:
    """Apart from `written`, so that of a million log rows only the columns wanted cost anything."""
    prefix, kind, text, bare = value
    charset = prefix[1:].decode("ascii").lower()
    if bare:
        return Field(bare, quoted=False, charset=charset)
    return Field(unescape(text), quoted=True, kind=kind.lower(), charset=charset)


def unescape(text: bytes) -> bytes:
    """The content of a MySQL string literal (without NO_BACKSLASH_ESCAPES, which no dump tool sets)."""
    if b"\\" not in text and b"'" not in text:
        return text
    return _ESCAPE.sub(_unescape_one, text)


def _unescape_one(match: re.Match[bytes]) -> bytes:
    letter: bytes | None = match[1]
    if letter is None:
        return b"'"
    return _ESCAPES.get(letter) or _KEPT.get(letter) or letter
