"""Writes the zip of an export as a stream: never whole in memory, and named only when it is complete."""

import hashlib
import os
import stat
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from tenants.refused import RefusedError
from tenants.running.stores.trouble import StoreError
from tenants.transfer import manifest as first_page
from tenants.transfer.manifest import Manifest

CHUNK = 2**18
# Deflate's quickest level: three times as fast as the usual one, files a fifth larger.
LEVEL = 1


class Writer:
    """An open export: one member after the other, the manifest last."""

    def __init__(self, out: BinaryIO, checksums: BinaryIO) -> None:
        self._zip = zipfile.ZipFile(out, "w", allowZip64=True)
        self._checksums = checksums

    def add(self, name: str, parts: Iterable[bytes], *, packed: bool = True) -> int:
        """Write a member and return its size in bytes."""
        digest, size, waiting = hashlib.sha256(), 0, bytearray()
        with self._zip.open(_entry(name, packed=packed), "w", force_zip64=True) as member:
            for part in parts:
                waiting += part
                if len(waiting) >= CHUNK:
                    size += _write(member, digest, waiting)
            size += _write(member, digest, waiting)
        self._checksums.write(f"{digest.hexdigest()}  {name}\n".encode())
        return size

    def abandon(self) -> None:
        """Forget the zip: its own clean-up would write once more to a file that is full or closed."""
        self._zip.fp = None

    def finish(self, manifest: Manifest) -> None:
        """Write the list of checksums, the manifest that vouches for it, and the zip's own table of contents."""
        self._checksums.seek(0)
        digest = hashlib.sha256()
        with self._zip.open(_entry(first_page.CHECKSUMS), "w", force_zip64=True) as member:
            while part := self._checksums.read(CHUNK):
                digest.update(part)
                member.write(part)
        manifest.checksums_sha256 = digest.hexdigest()
        with self._zip.open(_entry(first_page.NAME), "w") as member:
            member.write(manifest.to_bytes())
        self._zip.close()


def _entry(name: str, *, packed: bool = True) -> zipfile.ZipInfo:
    """An ordinary file for its owner only; without a date, so that equal exports have equal members."""
    entry = zipfile.ZipInfo(name)
    entry.external_attr = (stat.S_IFREG | 0o600) << 16
    entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    # The only way before Python 3.13 to give a streamed member a level.
    entry._compresslevel = LEVEL  # type: ignore[attr-defined]  # noqa: SLF001
    return entry


def _write(member: object, digest: "hashlib._Hash", waiting: bytearray) -> int:
    size = len(waiting)
    digest.update(waiting)
    member.write(bytes(waiting))  # type: ignore[attr-defined]
    waiting.clear()
    return size


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """A file that gets its name only when it is complete and on the disk; after any failure it is gone.

    Raises RefusedError where the folder is missing, may not be written to, or is full.
    """
    partial = path.with_name(f"{path.name}.partial")
    if path.is_dir():
        raise RefusedError(_("%(path)s is a folder. Give the name of a file.") % {"path": path})
    try:
        try:
            with os.fdopen(os.open(partial, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as out:
                yield out
                out.flush()
                os.fsync(out.fileno())
            partial.replace(path)
            _sync_folder(path.parent)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
    except StoreError as error:
        raise RefusedError(
            _("The files of the municipality could not be read: %(reason)s Nothing was kept.") % {"reason": error}
        ) from error
    except OSError as error:
        raise RefusedError(
            _("The file %(path)s could not be written (%(reason)s). Nothing of it was kept.")
            % {"path": path, "reason": error.strerror or type(error).__name__}
        ) from error


def _sync_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def pieces(path: Path) -> Iterator[bytes]:
    """A file's content in parts."""
    with path.open("rb") as file:
        while part := file.read(CHUNK):
            yield part
