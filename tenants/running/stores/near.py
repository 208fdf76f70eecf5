"""Copies of public files near the process that shows them, so that a picture is not fetched for each of its readers.

A file never changes under its name (core.models.upload_name), so a copy is right as long as the file is there; that is
for the store to ask. What is private has no copy: when it is deleted, it is gone. The folder is a cache: it may be
deleted at any time, and several processes of one machine share it.
"""

import os
import shutil
import threading
import uuid
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from core.models import PRIVATE, PRIVATE_FILES

# Larger files are downloads that few people ask for.
MOST_OF_ONE = 4 * 2**20
# After so much of the whole was written by this process it looks whether there is too much.
_LOOK_AFTER = 1 / 16


class Near:
    """The copies; names are those of all files, a municipality's schema first. `most_bytes` 0: none are kept."""

    def __init__(self, folder: str, most_bytes: int) -> None:
        self._folder, self._most = Path(folder), most_bytes
        self._written = 0
        self._lock = threading.Lock()

    def _path(self, name: str) -> Path | None:
        schema, _slash, rest = name.partition("/")
        hidden = not rest or schema.startswith((".", PRIVATE)) or rest.startswith((PRIVATE, f"{PRIVATE_FILES}/", "."))
        if hidden or not self._most:
            return None
        return self._folder / schema / sha256(rest.encode()).hexdigest()

    def has(self, name: str) -> bool:
        """Whether there is a copy, of whatever size."""
        path = self._path(name)
        return path is not None and path.is_file()

    def copy(self, name: str, size: int) -> IO[bytes] | None:
        """The copy of a file that has this size, opened."""
        path = self._path(name)
        if path is None:
            return None
        with suppress(OSError):
            opened = path.open("rb")
            if os.fstat(opened.fileno()).st_size == size:
                return opened
            opened.close()
        return None

    def keep(self, name: str, content: IO[Any], size: int) -> None:
        """Remember what was fetched; read from its beginning and left there. A disk without room keeps nothing."""
        path = self._path(name)
        if path is None or size > MOST_OF_ONE:
            return
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._write(path, content)
            self._count(size)
        content.seek(0)

    def _write(self, path: Path, content: IO[Any]) -> None:
        content.seek(0)
        aside = path.with_name(f".{uuid.uuid4().hex}")
        try:
            with aside.open("xb") as out:
                shutil.copyfileobj(content, out)
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)

    def drop(self, name: str) -> None:
        """The file is gone."""
        path = self._path(name)
        if path is not None:
            path.unlink(missing_ok=True)

    def drop_all(self, schema: str) -> None:
        """All files of a municipality are gone."""
        shutil.rmtree(self._folder / schema, ignore_errors=True)

    def _count(self, size: int) -> None:
        with self._lock:
            self._written += size
            if self._written < self._most * _LOOK_AFTER:
                return
            self._written = 0
        self.shrink()

    def shrink(self) -> None:
        """The oldest go until all copies have room. Safe beside others who do the same."""
        found = []
        for path in self._folder.rglob("*"):
            with suppress(FileNotFoundError):
                if path.is_file():
                    facts = path.stat()
                    found.append((facts.st_mtime, facts.st_size, path))
        total = sum(size for _time, size, _path in found)
        for _time, size, path in sorted(found):
            if total <= self._most * (1 - _LOOK_AFTER):
                break
            path.unlink(missing_ok=True)
            total -= size
