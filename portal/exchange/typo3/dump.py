"""A mysqldump of a TYPO3 Chancenportal as tables of rows, read twice: to trust it, then table by table.

The first reading proves that the file is whole, is MySQL's, has the portal's tables and a readable charset,
so that nothing is written before a broken file is refused. It keeps where each INSERT stands; rows are then
read from there in any order, with no more than one statement's window in memory.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from portal.exchange.typo3 import sql

Value = str | bytes | int | float | None
Row = dict[str, Value]

DOMAIN = "tx_chancenportal_"
CORE_TABLES = frozenset({"fe_users", "fe_groups", "sys_file", "sys_file_reference", "sys_file_metadata"})
REQUIRED = frozenset(
    {"fe_users", "fe_groups"}
    | {f"{DOMAIN}domain_model_{name}" for name in ("offer", "provider", "date", "category", "targetgroup")}
)
ENCODINGS = {
    "utf8": "utf-8",
    "utf8mb3": "utf-8",
    "utf8mb4": "utf-8",
    "latin1": "cp1252",
    "ascii": "ascii",
    "binary": "utf-8",
    "latin2": "iso8859-2",
    "latin9": "iso8859-15",
    "cp1250": "cp1250",
}
_BINARY_TYPES = ("blob", "binary", "bit", "geometry")

_CREATE = re.compile(rb"\s*CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?`([^`]+)`\s*\((.*)\)([^)]*);$", re.I | re.S)
_COLUMN = re.compile(rb"^[ \t]*`([^`\n]+)`\s+([A-Za-z]+)", re.M)
_NAMES = re.compile(rb"\bSET\s+NAMES\s+'?([A-Za-z0-9_]+)", re.I)
_HEXADECIMAL = re.compile(rb"[(,\s]0[xX]|[xXbB]'")
_SAVED = re.compile(rb"SET\s+@(OLD_\w+)\s*=\s*@@", re.I)
_RESTORED = re.compile(rb"=\s*@(OLD_\w+)", re.I)
_TABLE_CHARSET = re.compile(rb"CHARSET\s*=\s*(\w+)", re.I)
_COMPLETED = re.compile(rb"^-- Dump completed", re.M)
_BY_MYSQLDUMP = re.compile(rb"^-- (?:MySQL|MariaDB) dump", re.M)
# What UTF-8 text looks like after a client took it for Latin-1 and wrote it as UTF-8 once more (Ã¼ for ü).
_DOUBLE_UTF8 = re.compile(rb"\xc3\x83(?:\xc2[\x80-\xbf]|\xc5[\x92-\xbe]|\xcb[\x86\x9c]|\xe2\x80[\x93-\xba])")
_UMLAUT_UTF8 = re.compile(rb"\xc3[\xa4\xb6\xbc\x84\x96\x9c\x9f]")
_DOUBLE_LATIN = re.compile(rb"\xc3[\x80-\xbf]")
_UMLAUT_LATIN = re.compile(rb"(?<![\xc3\xc2])[\xe4\xf6\xfc\xc4\xd6\xdc\xdf]")


class DumpError(Exception):
    """The file cannot be taken over as it is; the text names the line where there is one, and what to do."""


@dataclass(slots=True)
class Table:
    """One table of the dump: its columns, how many rows, and where its INSERTs stand (offset, line)."""

    name: str
    columns: tuple[str, ...] = ()
    binary: frozenset[str] = frozenset()
    charset: str = ""
    rows: int = 0
    inserts: list[tuple[int, int]] = field(default_factory=list)


class Dump:
    """A dump that was read through once and found whole. Raises DumpError on construction."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tables: dict[str, Table] = {}
        self.encoding = ""
        self._proof = _Proof()
        try:
            with path.open("rb") as stream:
                _refuse_other_formats(stream.read(4096))
                stream.seek(0)
                self._scan(sql.Source(stream))
        except OSError as error:
            raise DumpError(_("The dump cannot be read: %(error)s.") % {"error": error}) from error
        except sql.IncompleteError as error:
            if self.tables or self._proof.saved:
                raise DumpError(_incomplete(error)) from error
        self._check_tables()
        self._proof.check()

    def _scan(self, source: sql.Source) -> None:
        while True:
            space = source.take(sql.SPACE)
            if space is not None:
                self._proof.comment(space[0])
            if source.finished:
                return
            found = sql.statement(source)
            if found is None:
                return
            self._proof.statement()
            if found.table:
                self._scan_insert(source, found)
            else:
                self._note(found)

    def _note(self, found: sql.Statement) -> None:
        self._proof.session(found.text)
        names = _NAMES.search(found.text) if not self.encoding else None
        if names:
            self.encoding = _encoding(names[1].decode("ascii"), line=found.line)
        created = _CREATE.match(found.text)
        if created:
            columns = [
                (name.decode("ascii", "replace"), kind.decode("ascii").lower())
                for name, kind in _COLUMN.findall(created[2])
            ]
            charset = _TABLE_CHARSET.search(created[3])
            name = created[1].decode("ascii", "replace")
            self.tables[name] = Table(
                name,
                tuple(column for column, _kind in columns),
                frozenset(column for column, kind in columns if kind.endswith(_BINARY_TYPES)),
                charset[1].decode("ascii") if charset else "",
            )

    def _scan_insert(self, source: sql.Source, found: sql.Statement) -> None:
        table = self.tables.setdefault(found.table, Table(found.table, found.columns))
        table.inserts.append((found.offset, found.line))
        ours = is_ours(table.name)
        for line, row in sql.rows(source):
            table.rows += 1
            if ours:
                self._prove(table, found.columns or table.columns, row, line)

    def _prove(self, table: Table, columns: tuple[str, ...], row: bytes, line: int) -> None:
        """Decode once to find what cannot be read; the costly way only where the cheap one does not tell."""
        encoding = self._encoding_of(table)
        self._proof.text(row, latin=encoding != "utf-8")
        try:
            row.decode(encoding)
            doubtful = _HEXADECIMAL.search(row) is not None
        except UnicodeDecodeError:
            doubtful = True
        if doubtful:
            self._row(table, columns, row, line, None)

    def _encoding_of(self, table: Table) -> str:
        return self.encoding or _encoding(table.charset or "utf8", line=1)

    def rows(self, name: str, only: Collection[str] | None = None) -> Iterator[Row]:
        """All rows of a table in the order of the file, as column -> value; nothing for a table it lacks.

        Text is str, blobs are bytes, numbers are int or float, dates stay the text MySQL wrote. `only` names
        the columns wanted and spares decoding the rest.
        """
        table = self.tables.get(name)
        if table is None:
            return
        with self.path.open("rb") as stream:
            for offset, line in table.inserts:
                stream.seek(offset)
                source = sql.Source(stream, line=line)
                found = sql.statement(source)
                columns = (found.columns if found else ()) or table.columns
                for at, row in sql.rows(source):
                    yield self._row(table, columns, row, at, only)

    def _row(self, table: Table, columns: tuple[str, ...], row: bytes, line: int, only: Collection[str] | None) -> Row:
        values = sql.written(row)
        if len(values) != len(columns):
            raise DumpError(
                _("Line %(line)d: a row of %(table)s has %(values)d values for %(columns)d columns.")
                % {"line": line, "table": table.name, "values": len(values), "columns": len(columns)}
            )
        encoding = self._encoding_of(table)
        try:
            return {
                name: _value(sql.field(value), encoding, binary=name in table.binary)
                for name, value in zip(columns, values, strict=True)
                if only is None or name in only
            }
        except UnicodeDecodeError as error:
            raise DumpError(
                _(
                    "Line %(line)d: text in %(table)s is not %(charset)s, though the dump says so. Export it "
                    "again with: mysqldump --default-character-set=utf8mb4 --hex-blob DATABASE"
                )
                % {"line": line, "table": table.name, "charset": encoding}
            ) from error

    def _check_tables(self) -> None:
        if not self.tables:
            raise DumpError(
                _("This is not an SQL dump: no table is created in it. Export the database with mysqldump.")
            )
        missing = sorted(REQUIRED - self.tables.keys())
        if missing:
            raise DumpError(
                _("This is not the database of a TYPO3 Chancenportal: the tables %(tables)s are missing.")
                % {"tables": ", ".join(missing)}
            )


class _Proof:
    """What the first reading collects to say that the dump is whole and its text is readable."""

    def __init__(self) -> None:
        self.saved: set[bytes] = set()
        self.restored: set[bytes] = set()
        self.by_mysqldump = False
        self.completed = False
        self.garbled = 0
        self.proper = 0

    def comment(self, text: bytes) -> None:
        self.by_mysqldump = self.by_mysqldump or bool(_BY_MYSQLDUMP.search(text))
        self.completed = self.completed or bool(_COMPLETED.search(text))

    def statement(self) -> None:
        self.completed = False

    def session(self, text: bytes) -> None:
        self.saved.update(name.upper() for name in _SAVED.findall(text))
        self.restored.update(name.upper() for name in _RESTORED.findall(text))

    def text(self, row: bytes, *, latin: bool) -> None:
        if row.isascii():
            return
        self.garbled += len((_DOUBLE_LATIN if latin else _DOUBLE_UTF8).findall(row))
        self.proper += len((_UMLAUT_LATIN if latin else _UMLAUT_UTF8).findall(row))

    def check(self) -> None:
        """Every dump tool restores at the end what it set at the start; mysqldump says "completed", too."""
        ended = self.completed or (bool(self.saved) and not self.by_mysqldump)
        if not ended or self.saved - self.restored:
            raise DumpError(
                _(
                    "The dump is cut off: its closing lines are missing (-- Dump completed). Export it again "
                    "and copy the whole file."
                )
            )
        if self.garbled >= 3 and self.garbled > self.proper:
            raise DumpError(
                _(
                    "The text of this dump is garbled (Ã¼ for ü, %(count)d times): it was exported with the "
                    "wrong charset. Export it again with: mysqldump --default-character-set=latin1 "
                    "--skip-set-charset DATABASE"
                )
                % {"count": self.garbled}
            )


def is_ours(name: str) -> bool:
    """Whether the take-over reads a table at all; of others only the number of rows is known."""
    return name.startswith(DOMAIN) or name in CORE_TABLES


def _encoding(charset: str, *, line: int) -> str:
    try:
        return ENCODINGS[charset.lower()]
    except KeyError:
        raise DumpError(
            _(
                "Line %(line)d: the charset %(charset)s is not supported. Export the dump again with: "
                "mysqldump --default-character-set=utf8mb4 DATABASE"
            )
            % {"line": line, "charset": charset}
        ) from None


def _value(value: sql.Field, encoding: str, *, binary: bool) -> Value:
    if not value.quoted:
        return _bare(value.text, encoding, binary=binary)
    if value.kind == b"b":
        return int(value.text or b"0", 2)
    text = _from_hex(value.text) if value.kind == b"x" else value.text
    if value.charset == "binary" or binary:
        return text if binary else text.decode(encoding)
    return text.decode(ENCODINGS.get(value.charset, encoding))


def _from_hex(digits: bytes) -> bytes:
    """MySQL reads an odd number of digits as if a zero stood before them."""
    return bytes.fromhex(digits.decode("ascii", "replace").rjust((len(digits) + 1) // 2 * 2, "0"))


def _bare(text: bytes, encoding: str, *, binary: bool) -> Value:
    word = text.upper()
    if word == b"NULL":
        return None
    if word in (b"TRUE", b"FALSE"):
        return int(word == b"TRUE")
    if word.startswith(b"0X"):
        content = _from_hex(text[2:])
        return content if binary else content.decode(encoding)
    return float(text) if any(letter in word for letter in b".E") else int(text)


def _incomplete(error: sql.IncompleteError) -> str:
    if error.at_end:
        return _(
            "Line %(line)d: the dump ends in the middle of a statement, it is cut off. Export it again and "
            "copy the whole file."
        ) % {"line": error.line}
    return _("Line %(line)d: this is not the SQL that mysqldump writes. Export the database with mysqldump.") % {
        "line": error.line
    }


def _refuse_other_formats(head: bytes) -> None:
    """Name what the file is instead, where that can be told from its first bytes."""
    packed = (b"\x1f\x8b", b"PK\x03\x04", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"7z\xbc\xaf")
    if not head.strip():
        raise DumpError(_("The file is empty."))
    if head.startswith(packed):
        raise DumpError(_("The dump is compressed. Unpack it first (gunzip, unzip) and name the .sql file."))
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DumpError(_("The dump is written in UTF-16, as PowerShell's > does. Export it with: mysqldump -r FILE"))
    if b"PostgreSQL database dump" in head or head.startswith(b"PGDMP"):
        raise DumpError(_("This is a dump of PostgreSQL. A TYPO3 Chancenportal is exported with mysqldump."))
    if head.startswith(b"SQLite format 3") or head.lstrip().startswith(b"PRAGMA foreign_keys"):
        raise DumpError(_("This is a SQLite database. A TYPO3 Chancenportal is exported with mysqldump."))
    if b"\0" in head:
        raise DumpError(_("This is not an SQL dump but a binary file. Export the database with mysqldump."))
