"""Fills the tables of a schema with the rows of an export, all or nothing."""

import json
from collections.abc import Iterator
from typing import Any

from django.db import Error as DatabaseError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from tenants.progress import Progress
from tenants.refused import RefusedError
from tenants.transfer import catalogue
from tenants.transfer.catalogue import Link, Table
from tenants.transfer.reading import Archive, damaged

BATCH_ROWS = 1_000
BATCH_BYTES = 2**20
_SHOWN = 200
_INDEXES = """
    SELECT c.relname, pg_get_indexdef(c.oid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = %s AND i.indpred IS NULL AND i.indexprs IS NULL
    AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = c.oid)
"""


def load(schema: str, archive: Archive, progress: Progress) -> None:
    """Replace whatever the schema's tables hold by the rows of the export, and set the sequences.

    Triggers rest meanwhile: rows come back as they were, with the audit log's old checksums. Raises RefusedError for
    tables, columns or values that do not fit; then nothing was loaded.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        raw: Link = cursor.connection
        tables = catalogue.tables(raw, schema)
        _compare_outline(tables, archive)
        everything = ", ".join(connection.ops.quote_name(schema) + f'."{each.name}"' for each in tables)
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET LOCAL maintenance_work_mem = '128MB'")
        cursor.execute(f"TRUNCATE {everything}")
        indexes = _drop_indexes(cursor, schema)
        for number, table in enumerate(tables):
            progress(_("tables"), number, len(tables))
            cursor.execute(f'ALTER TABLE "{schema}"."{table.name}" DISABLE TRIGGER USER')
            _load_table(cursor, table, archive)
        progress(_("tables"), len(tables), len(tables))
        _check_references(cursor)
        _make_indexes(cursor, indexes)
        for table in tables:
            cursor.execute(f'ALTER TABLE "{schema}"."{table.name}" ENABLE TRIGGER USER')
        _set_sequences(raw, schema, archive)


def _compare_outline(tables: list[Table], archive: Archive) -> None:
    found = archive.manifest.tables
    wanted = {table.name: {each.name: each.type for each in table.columns} for table in tables}
    for name in sorted(wanted.keys() ^ found.keys()):
        text = (
            _("The export lacks the table “%(name)s”.")
            if name in wanted
            else _("The export has a table “%(name)s” that its release did not have.")
        )
        raise RefusedError(text % {"name": name[:80]})
    for name, columns in wanted.items():
        if found[name]["columns"] != columns:
            raise RefusedError(
                _("The table “%(name)s” of the export has other columns than its release had.") % {"name": name}
            )


def _drop_indexes(cursor: Any, schema: str) -> list[str]:
    """Take away the indexes no constraint needs and return how they are made: at the end, that is much quicker.

    Those with conditions or expressions stay: made again from PostgreSQL's printed form, they print differently.
    """
    cursor.execute(_INDEXES, [schema])
    found = cursor.fetchall()
    for name, _statement in found:
        cursor.execute(f'DROP INDEX "{schema}"."{name}"')
    return [statement for _name, statement in found]


def _make_indexes(cursor: Any, statements: list[str]) -> None:
    try:
        for statement in statements:
            cursor.execute(statement)
    except DatabaseError as error:
        raise _do_not_fit(error) from error


def _load_table(cursor: Any, table: Table, archive: Archive) -> None:
    insertion, rows = table.insertion(), 0
    names = {each.name for each in table.columns}
    for batch in _batches(archive.lines(table.name), table.name, names):
        try:
            cursor.execute(insertion, [f"[{','.join(batch)}]"])
        except DatabaseError as error:
            raise _unreadable(table.name, error) from error
        rows += len(batch)
    if rows != archive.manifest.tables[table.name]["rows"]:
        raise damaged(f"tables/{table.name}.jsonl")


def _batches(lines: Iterator[bytes], table: str, names: set[str]) -> Iterator[list[str]]:
    """Lines in portions of some rows and not too many bytes, each an object with exactly these names."""
    size, batch = 0, list[str]()
    for line in lines:
        batch.append(_checked_row(line, table, names))
        size += len(line)
        if len(batch) >= BATCH_ROWS or size >= BATCH_BYTES:
            yield batch
            size, batch = 0, []
    if batch:
        yield batch


def _checked_row(line: bytes, table: str, names: set[str]) -> str:
    try:
        text = line.decode()
        row = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise damaged(f"tables/{table}.jsonl") from error
    if not isinstance(row, dict) or row.keys() != names:
        raise RefusedError(_("A row of the table “%(name)s” has other columns than its table.") % {"name": table})
    return text


def _unreadable(table: str, error: Exception) -> RefusedError:
    reason = str(error).splitlines()[0][:_SHOWN]
    return RefusedError(
        _("The table “%(name)s” of the export cannot be read: %(reason)s") % {"name": table, "reason": reason}
    )


def _check_references(cursor: Any) -> None:
    """Look at all keys now, while we can still say no."""
    try:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except DatabaseError as error:
        raise _do_not_fit(error) from error


def _do_not_fit(error: Exception) -> RefusedError:
    reason = str(error).splitlines()[0][:_SHOWN]
    return RefusedError(_("The rows of the export do not fit together: %(reason)s") % {"reason": reason})


def _set_sequences(raw: Link, schema: str, archive: Archive) -> None:
    positions = catalogue.sequences(raw, schema)
    if positions.keys() != archive.manifest.sequences.keys():
        raise RefusedError(_("The export has other sequences than its release had."))
    for column, (name, _last, _given) in positions.items():
        last, given = archive.manifest.sequences[column]
        try:
            raw.execute("SELECT setval(%s::regclass, %s, %s)", [name.as_string(raw), last, given])
        except raw.DataError as error:
            raise _unreadable(column.partition(".")[0], error) from error
