"""Copies of all files, of which those that did not change are the same file on the disk as in the backup before."""

import os
from pathlib import Path

from tenants.running.folders import Found
from tenants.running.storage import files
from tenants.transfer.files import kept_files


def copy_media(target: Path, before: Path | None) -> tuple[int, int]:
    """Copy every municipality's files into a folder on this disk; (number of files, bytes newly written).

    A file never changes under its name (core.models.upload_name); same size and time therefore mean the same file.
    Copies of the backup are linked, never the municipality's own files: damage there must not reach a backup.
    """
    number = written = 0
    for schema in files().schemas():
        for found in kept_files(schema):
            copy = target / schema / found.name
            copy.parent.mkdir(parents=True, exist_ok=True)
            written += _one(schema, found, copy, before / schema / found.name if before else None)
            number += 1
    return number, written


def _one(schema: str, found: Found, copy: Path, before: Path | None) -> int:
    """Bytes written: none where the backup before has the file, or where the file is just being removed."""
    if before is not None and before.is_file() and _alike(found, before.stat()):
        os.link(before, copy)
        return 0
    try:
        files().fetch(schema, found, copy)
    except FileNotFoundError:
        copy.unlink(missing_ok=True)
        return 0
    return found.size


def _alike(found: Found, kept: os.stat_result) -> bool:
    return (found.size, found.written_ns) == (kept.st_size, kept.st_mtime_ns)
