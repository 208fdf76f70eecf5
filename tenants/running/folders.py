"""All files of one municipality at once: counted, copied, moved, removed, marked as unfinished.

`PlainFolders` needs no more than Django's storage interface. `DiskFolders` does the same on a disk in one stroke:
there a folder is renamed, not copied.
"""

import datetime as dt
import os
import shutil
import stat
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, Storage

# On a disk a file in the folder, elsewhere a file of this name and the municipality's in a folder of their own.
MARK = ".being-made"
CHUNK = 2**20
# What is received is gathered in memory up to here, then in an unnamed file.
_IN_MEMORY = 8 * 2**20


@dataclass(frozen=True, slots=True)
class Found:
    """A file: its name below the municipality's folder, its size, and when it was written, in nanoseconds."""

    name: str
    size: int
    written_ns: int


class Folders(ABC):
    """What can be done with the files of a municipality, called by its schema's name. Missing ones are no error."""

    @abstractmethod
    def schemas(self) -> list[str]:
        """Whose files there are, in order."""

    @abstractmethod
    def walk(self, schema: str) -> Iterator[Found]:
        """Every file, derived and hidden ones too, in order."""

    @abstractmethod
    def pieces(self, schema: str, name: str) -> Iterator[bytes]:
        """The content of a file. FileNotFoundError when there is none (any more)."""

    @abstractmethod
    def write(self, schema: str, name: str, parts: Iterable[bytes]) -> None:
        """Store a file that is not there yet. OSError where that is impossible."""

    @abstractmethod
    def remove(self, schema: str) -> None:
        """All its files, and its mark."""

    @abstractmethod
    def move(self, schema: str, target: str) -> None:
        """All files to another name, which has none; that carries the mark of the first from then on."""

    @abstractmethod
    def mark(self, schema: str) -> None:
        """Say that the municipality is unfinished, for whoever finds its files after a crash."""

    @abstractmethod
    def unmark(self, schema: str) -> None:
        """It is finished."""

    @abstractmethod
    def marked(self) -> list[str]:
        """Those that carry a mark."""

    @abstractmethod
    def room(self) -> int | None:
        """Bytes that still fit; None where nobody knows."""

    @abstractmethod
    def settle(self) -> None:
        """Return when what was written is safe from a power cut."""

    def total(self, schema: str) -> int:
        """What all its files take."""
        return sum(found.size for found in self.walk(schema))

    def fetch(self, schema: str, found: Found, target: Path) -> None:
        """A copy on this machine's disk, with the time it was written. FileNotFoundError when it is gone meanwhile."""
        with target.open("xb") as out:
            for piece in self.pieces(schema, found.name):
                out.write(piece)
        os.utime(target, ns=(found.written_ns, found.written_ns))

    def copy(self, schema: str, name: str, target: str) -> None:
        """One file to the same name of another municipality. A missing one stays missing."""
        with suppress(FileNotFoundError):
            pieces = self.pieces(schema, name)
            first = next(pieces, b"")
            self.write(target, name, chain([first], pieces))


class PlainFolders(Folders):
    """By the storage interface alone: folders are beginnings of names, and moving is copying and removing."""

    def __init__(self, storage: Storage) -> None:
        self._storage: Any = storage

    def _listed(self, folder: str) -> tuple[list[str], list[str]]:
        try:
            folders, names = self._storage.listdir(folder)
        except (FileNotFoundError, NotADirectoryError):
            return [], []
        return sorted(folders), sorted(name for name in names if name)

    def schemas(self) -> list[str]:
        return [name for name in self._listed("")[0] if not name.startswith(".")]

    def walk(self, schema: str) -> Iterator[Found]:
        yield from self._below(schema, "")

    def _below(self, schema: str, folder: str) -> Iterator[Found]:
        folders, names = self._listed(f"{schema}/{folder}".rstrip("/"))
        for name in names:
            full = f"{schema}/{folder}{name}"
            # Removed while we are looking: then it is not there.
            with suppress(FileNotFoundError):
                written: dt.datetime = self._storage.get_modified_time(full)
                yield Found(f"{folder}{name}", int(self._storage.size(full)), int(written.timestamp() * 10**6) * 1000)
        for name in folders:
            yield from self._below(schema, f"{folder}{name}/")

    def pieces(self, schema: str, name: str) -> Iterator[bytes]:
        with self._storage.open(f"{schema}/{name}", "rb") as opened:
            yield from iter(lambda: opened.read(CHUNK), b"")

    def write(self, schema: str, name: str, parts: Iterable[bytes]) -> None:
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as gathered:
            for part in parts:
                gathered.write(part)
            gathered.seek(0)
            self._save(f"{schema}/{name}", File(gathered, name=name))

    def _save(self, full: str, content: "File[Any]") -> None:
        saved = str(self._storage.save(full, content)).replace("\\", "/")
        if saved != full:
            self._storage.delete(saved)
            raise FileExistsError(full)

    def remove(self, schema: str) -> None:
        for found in list(self.walk(schema)):
            self._storage.delete(f"{schema}/{found.name}")
        self._forget_folders(schema)
        self.unmark(schema)

    def _forget_folders(self, folder: str) -> None:
        """Some storages remember empty folders, others know none."""
        for name in self._listed(folder)[0]:
            self._forget_folders(f"{folder}/{name}")
        with suppress(OSError):
            self._storage.delete(folder)

    def move(self, schema: str, target: str) -> None:
        # Killed in the middle, both are marked, and both go.
        self.mark(target)
        for found in list(self.walk(schema)):
            self.copy(schema, found.name, target)
        self.remove(schema)

    def mark(self, schema: str) -> None:
        if not self._storage.exists(f"{MARK}/{schema}"):
            self._save(f"{MARK}/{schema}", ContentFile(b"1"))

    def unmark(self, schema: str) -> None:
        if self._storage.exists(f"{MARK}/{schema}"):
            self._storage.delete(f"{MARK}/{schema}")

    def marked(self) -> list[str]:
        return self._listed(MARK)[1]

    def room(self) -> int | None:
        return None

    def settle(self) -> None:
        """A storage of this kind has stored what it says it has."""


class DiskFolders(Folders):
    """On a disk. Links are not followed: they are nobody's files."""

    def __init__(self, storage: FileSystemStorage) -> None:
        self._storage = storage

    @property
    def _root(self) -> Path:
        return Path(self._storage.location)

    def _folder(self, schema: str) -> Path:
        return self._root / schema

    def schemas(self) -> list[str]:
        return sorted(each.name for each in self._root.glob("*") if each.is_dir() and not each.name.startswith("."))

    def walk(self, schema: str) -> Iterator[Found]:
        top = self._folder(schema)
        for place, below, names in os.walk(top):
            below.sort()
            for name in sorted(names):
                path = Path(place, name)
                # Removed while we are looking: then it is not there.
                with suppress(FileNotFoundError):
                    facts = path.lstat()
                    if stat.S_ISREG(facts.st_mode):
                        yield Found(path.relative_to(top).as_posix(), facts.st_size, facts.st_mtime_ns)

    def pieces(self, schema: str, name: str) -> Iterator[bytes]:
        with (self._folder(schema) / name).open("rb") as opened:
            yield from iter(lambda: opened.read(CHUNK), b"")

    def write(self, schema: str, name: str, parts: Iterable[bytes]) -> None:
        path = self._folder(schema) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = self._storage.file_permissions_mode or 0o640
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as out:
            for part in parts:
                out.write(part)

    def remove(self, schema: str) -> None:
        shutil.rmtree(self._folder(schema), ignore_errors=True)

    def move(self, schema: str, target: str) -> None:
        self._folder(schema).rename(self._folder(target))

    def mark(self, schema: str) -> None:
        self._folder(schema).mkdir(parents=True, exist_ok=True)
        (self._folder(schema) / MARK).touch()

    def unmark(self, schema: str) -> None:
        (self._folder(schema) / MARK).unlink(missing_ok=True)

    def marked(self) -> list[str]:
        return sorted(mark.parent.name for mark in self._root.glob(f"*/{MARK}"))

    def room(self) -> int | None:
        return shutil.disk_usage(self._root).free

    def settle(self) -> None:
        os.sync()

    def fetch(self, schema: str, found: Found, target: Path) -> None:
        shutil.copy2(self._folder(schema) / found.name, target)
