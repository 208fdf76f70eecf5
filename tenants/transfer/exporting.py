"""Export: one municipality as one file, as it was at one moment."""

import contextlib
import logging
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import psycopg
from django.utils import timezone
from django.utils.translation import gettext as _

from tenants.models import Municipality
from tenants.progress import Progress, silent
from tenants.refused import RefusedError
from tenants.registry import municipality_named
from tenants.rollout.release import migrations_digest
from tenants.running.context import inside_public
from tenants.running.locks import one_municipality
from tenants.running.storage import files
from tenants.transfer import audit_log, catalogue
from tenants.transfer.catalogue import Link, Table
from tenants.transfer.connecting import snapshot
from tenants.transfer.files import kept_files
from tenants.transfer.manifest import Manifest
from tenants.transfer.named_files import MOST_NAMED, columns, named
from tenants.transfer.writing import Writer, digest_of, new_file

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Exported:
    """What an export holds, for the closing line."""

    path: Path
    tables: int
    rows: int
    files: int
    bytes: int
    sha256: str
    # How many files rows name that are not there, and some of those names.
    missing: int = 0
    missing_names: tuple[str, ...] = ()


def export_municipality(slug: str, path: Path, *, progress: Progress = silent) -> Exported:
    """Write all of a municipality into a zip; an older file of that name is replaced when the new one is complete.

    Raises RefusedError for an unknown municipality, other work under way on it, or a disk that has no room.
    """
    with one_municipality(slug, "export"):
        return write_export(municipality_named(slug), path, progress=progress)


def write_export(
    municipality: Municipality,
    path: Path,
    *,
    state: tuple[str, str] | None = None,
    names_operators: bool = False,
    progress: Progress = silent,
) -> Exported:
    """As `export_municipality`, under a lock of the caller's; `state` and its reason are written instead of its own.

    `names_operators`: the audit log as it is, for whoever is the same operator's.
    """
    manifest = _first_page(municipality, state)
    # An unnamed file: the list may be longer than what we want to keep in memory.
    with new_file(path) as out, tempfile.TemporaryFile(dir=path.parent) as checksums:
        writer = Writer(out, checksums)
        try:
            _write_all(writer, municipality.schema_name, manifest, progress, names_operators=names_operators)
        except BaseException:
            writer.abandon()
            raise
    rows = sum(each["rows"] for each in manifest.tables.values())
    return Exported(
        path,
        len(manifest.tables),
        rows,
        manifest.files,
        path.stat().st_size,
        digest_of(path),
        manifest.files_missing,
        tuple(manifest.missing),
    )


def _write_all(writer: Writer, schema: str, manifest: Manifest, progress: Progress, *, names_operators: bool) -> None:
    try:
        with snapshot() as link:
            names = _write_tables(link, schema, writer, manifest, progress, names_operators=names_operators)
    except psycopg.Error as error:
        raise RefusedError(
            _("The database gave up during the export: %(reason)s") % {"reason": str(error).splitlines()[0]}
        ) from error
    # Files are stored before the rows that name them, and never changed: whatever the snapshot names is there now.
    names -= _write_files(schema, writer, manifest, progress)
    manifest.files_missing, manifest.missing = len(names), sorted(names)[:MOST_NAMED]
    if names:
        logger.warning("Rows of “%s” name %d files that are missing, such as %s.", schema, len(names), min(names))
    writer.finish(manifest)


def _first_page(municipality: Municipality, state: tuple[str, str] | None) -> Manifest:
    with inside_public():
        domains = list(municipality.domains.order_by("-is_primary", "domain").values("domain", "is_primary"))
    here, reason = state or (municipality.state, municipality.state_reason)
    return Manifest(
        slug=municipality.slug,
        name=municipality.name,
        domains=domains,
        state=here,
        state_reason=reason,
        wave=municipality.wave,
        created_at=municipality.created_at.isoformat(),
        migrations=[],
        exported_at=timezone.now().isoformat(),
        release=migrations_digest(),
    )


def _write_tables(
    link: Link, schema: str, writer: Writer, manifest: Manifest, progress: Progress, *, names_operators: bool
) -> set[str]:
    """The rows; returns which files they name."""
    tables, naming, names = catalogue.tables(link, schema), columns(), set[str]()
    manifest.migrations = catalogue.migrations(link, schema)
    for number, table in enumerate(tables):
        progress(_("tables"), number, len(tables))
        counted = _Counted(_rows(link, table) if names_operators else _lines(link, table, manifest))
        writer.add(f"tables/{table.name}.jsonl", counted)
        types = {each.name: each.type for each in table.columns}
        manifest.tables[table.name] = {"rows": counted.number, "columns": types}
        names.update(named(link, table, naming))
    progress(_("tables"), len(tables), len(tables))
    # After the rows: positions do not belong to the snapshot and may only be too high, never too low.
    manifest.sequences = {
        column: [last, given] for column, (_name, last, given) in catalogue.sequences(link, schema).items()
    }
    return names


class _Counted:
    """Lines as they pass by, counted."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines = lines
        self.number = 0

    def __iter__(self) -> Iterator[bytes]:
        for line in self._lines:
            self.number += 1
            yield line


def _lines(link: Link, table: Table, manifest: Manifest) -> Iterator[bytes]:
    if table.name == audit_log.TABLE and (hidden := audit_log.operators_in(link, table)):
        return audit_log.retold(link, table, hidden, manifest)
    return _rows(link, table)


def _rows(link: Link, table: Table) -> Iterator[bytes]:
    with link.cursor() as cursor, cursor.copy(table.lines()) as copy:
        # PostgreSQL sends one message a row.
        for line in copy:
            yield bytes(line)


def _write_files(schema: str, writer: Writer, manifest: Manifest, progress: Progress) -> set[str]:
    """The files; returns their names."""
    folders, every, written = files(), list(kept_files(schema)), set[str]()
    total = len(every)
    for found in every:
        progress(_("files"), manifest.files, total)
        # A preview may be thrown away meanwhile; if a row names it, it is said in the end.
        with contextlib.suppress(FileNotFoundError):
            content = folders.pieces(schema, found.name)
            first = next(content, b"")
            manifest.file_bytes += writer.add(f"media/{found.name}", chain([first], content), packed=False)
            manifest.files += 1
            written.add(found.name)
    progress(_("files"), manifest.files, total)
    return written
