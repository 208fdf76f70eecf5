"""On the way from one store to another: new files go to the new one, what is not there yet is read from the old one.

Whatever is deleted goes from the old one first: then `move_files`, which looks at the old one once more after it has
copied a file, brings nothing back that somebody deleted meanwhile.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage, storages

from tenants.running.folders import DiskFolders, Folders, Found, PlainFolders

Value = TypeVar("Value")


def folders_of(storage: Any) -> Folders:
    """All files of one municipality at once, in a store of whatever kind."""
    if hasattr(storage, "folders"):
        own: Folders = storage.folders()
        return own
    return DiskFolders(storage) if isinstance(storage, FileSystemStorage) else PlainFolders(storage)


class MovingStore(Storage):
    """Two stores as one, for as long as files are moved (STORAGE_OLD_URL)."""

    def __init__(self, new: dict[str, Any], old: dict[str, Any]) -> None:
        self.new: Any = storages.create_storage(new)
        self.old: Any = storages.create_storage(old)

    def _first(self, ask: Callable[[Any], Value]) -> Value:
        """The answer of the one that has the file. It may be moved while we look: so the new one is asked twice."""
        for store in (self.new, self.old):
            with suppress(FileNotFoundError):
                return ask(store)
        return ask(self.new)

    def _open(self, name: str, mode: str = "rb") -> "File[Any]":
        return self._first(lambda store: store.open(name, mode))

    def _save(self, name: str, content: "File[Any]") -> str:
        # The name is free in both: `exists` was asked.
        return str(self.new.save(name, content))

    def delete(self, name: str) -> None:
        self.old.delete(name)
        self.new.delete(name)

    def exists(self, name: str) -> bool:
        return bool(self.new.exists(name) or self.old.exists(name) or self.new.exists(name))

    def size(self, name: str) -> int:
        return int(self._first(lambda store: store.size(name)))

    def get_modified_time(self, name: str) -> datetime:
        found: datetime = self._first(lambda store: store.get_modified_time(name))
        return found

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        folders: set[str] = set()
        names: set[str] = set()
        # First the old one: what is moved between the two looks is seen twice, not never.
        for store in (self.old, self.new):
            with suppress(FileNotFoundError, NotADirectoryError):
                found = store.listdir(path)
                folders |= set(found[0])
                names |= set(found[1])
        return sorted(folders), sorted(names)

    def link(self, name: str, file_name: str, content_type: str) -> str | None:
        """An address past us, where the new one has the file already and gives one."""
        give = getattr(self.new, "link", None)
        address: str | None = give(name, file_name, content_type) if give else None
        return address

    def folders(self) -> Folders:
        return MovingFolders(folders_of(self.new), folders_of(self.old))

    def check(self) -> None:
        """StoreError unless both answer."""
        self.new.check()
        self.old.check()

    def prepare(self) -> None:
        """The new one is made ready; the old one is there."""
        self.new.prepare()
        self.old.check()


class MovingFolders(Folders):
    """All files of one municipality, wherever each lies."""

    def __init__(self, new: Folders, old: Folders) -> None:
        self.new, self.old = new, old

    def schemas(self) -> list[str]:
        return sorted({*self.old.schemas(), *self.new.schemas()})

    def walk(self, schema: str) -> Iterator[Found]:
        found = {each.name: each for each in self.old.walk(schema)}
        found |= {each.name: each for each in self.new.walk(schema)}
        yield from (found[name] for name in sorted(found))

    def pieces(self, schema: str, name: str) -> Iterator[bytes]:
        for folders in (self.new, self.old):
            pieces = folders.pieces(schema, name)
            try:
                first = next(pieces, b"")
            except FileNotFoundError:
                continue
            yield first
            yield from pieces
            return
        yield from self.new.pieces(schema, name)

    def write(self, schema: str, name: str, parts: Iterable[bytes]) -> None:
        self.new.write(schema, name, parts)

    def remove(self, schema: str) -> None:
        self.old.remove(schema)
        self.new.remove(schema)

    def move(self, schema: str, target: str) -> None:
        """What is moved was just made, so it lies in the new one; the old one may have some where that was the new one
        a moment ago."""
        self.new.move(schema, target)
        if next(self.old.walk(schema), None) is not None:
            self.old.move(schema, target)

    def mark(self, schema: str) -> None:
        self.new.mark(schema)

    def unmark(self, schema: str) -> None:
        self.old.unmark(schema)
        self.new.unmark(schema)

    def marked(self) -> list[str]:
        return sorted({*self.old.marked(), *self.new.marked()})

    def room(self) -> int | None:
        return self.new.room()

    def settle(self) -> None:
        self.new.settle()

    def fetch(self, schema: str, found: Found, target: Path) -> None:
        try:
            self.new.fetch(schema, found, target)
        except FileNotFoundError:
            target.unlink(missing_ok=True)
            self.old.fetch(schema, found, target)
