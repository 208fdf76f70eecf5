"""Files from one store to another while the service runs (STORAGE_OLD_URL to STORAGE_URL).

Readers and writers know both stores (tenants.running.stores.moving), so nobody waits and nothing is ever missing. What
is copied is read back and compared by its SHA-256; killed and begun again, the move goes on where it was, because a
file has its name in the new store only when it is whole.
"""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.core.files.storage import FileSystemStorage, storages
from django.utils.translation import gettext as _

from tenants.progress import Progress, silent
from tenants.refused import RefusedError
from tenants.running.folders import Folders, Found, PlainFolders
from tenants.running.locks import moving_of_files
from tenants.running.storage import PLATFORM
from tenants.running.stores.moving import MovingStore, folders_of
from tenants.running.stores.trouble import DamagedError, StoreError


@dataclass
class Moved:
    """What a move did: numbers of files by what became of them, bytes copied, and the names of those that need you."""

    numbers: "Counter[str]" = field(default_factory=Counter)
    bytes: int = 0
    trouble: list[str] = field(default_factory=list)


def move_files(*, remove: bool = False, dry_run: bool = False, progress: Progress = silent) -> Moved:
    """Copy what the new store lacks; with `remove`, what both have alike then goes from the old one.

    RefusedError where nothing is to be moved, somebody moves already, or a store does not answer (then: again later).
    """
    store = storages[PLATFORM]
    if not isinstance(store, MovingStore):
        raise RefusedError(
            _("There is nothing to move: STORAGE_OLD_URL does not say where files were kept before STORAGE_URL.")
        )
    moved = Moved()
    with moving_of_files(), _no_answer(moved):
        store.prepare()
        _Move(store, moved, remove=remove, dry_run=dry_run).run(progress)
    return moved


@contextmanager
def _no_answer(moved: Moved) -> Iterator[None]:
    try:
        yield
    except StoreError as error:
        raise RefusedError(
            _("Broken off after %(number)d files: %(reason)s Nothing is lost; run it again, it goes on from there.")
            % {"number": sum(moved.numbers.values()), "reason": error}
        ) from error


class _Move:
    def __init__(self, store: MovingStore, moved: Moved, *, remove: bool, dry_run: bool) -> None:
        self._store, self._moved, self._remove, self._dry_run = store, moved, remove, dry_run
        self._old: Folders = folders_of(store.old)
        self._new: Folders = folders_of(store.new)
        # By the storage alone: it gives a file its name when it is whole.
        self._writing = PlainFolders(store.new)

    def run(self, progress: Progress) -> None:
        """One municipality after the other, a file at a time."""
        schemas = self._old.schemas()
        for number, schema in enumerate(schemas):
            progress(_("municipalities"), number, len(schemas))
            there = {each.name: each.size for each in self._new.walk(schema)}
            for found in list(self._old.walk(schema)):
                # Marks, and what is just being written.
                if not any(part.startswith(".") for part in found.name.split("/")):
                    self._note(schema, found, self._one(schema, found, there.get(found.name)))
        progress(_("municipalities"), len(schemas), len(schemas))

    def _note(self, schema: str, found: Found, what: str) -> None:
        self._moved.numbers[what] += 1
        if what in {"different", "damaged"}:
            self._moved.trouble.append(f"{schema}/{found.name}")

    def _one(self, schema: str, found: Found, there: int | None) -> str:
        """What became of the file."""
        if self._dry_run:
            return "to copy" if there is None else "there"
        try:
            what = "there" if there is not None else self._copy(schema, found)
            if what in {"there", "copied"} and (what == "there" or self._remove):
                return self._compare(schema, found, what)
        except FileNotFoundError:
            return "deleted meanwhile"
        except DamagedError:
            return "damaged"
        return what

    def _copy(self, schema: str, found: Found) -> str:
        try:
            digest = self._written(schema, found)
        except FileExistsError:
            # Somebody stored it a moment ago.
            return "there"
        full = f"{schema}/{found.name}"
        if not self._is_in_old(full):
            # Deleted while it was copied, from the old store first: so it must not come back.
            self._store.new.delete(full)
            return "deleted meanwhile"
        if self._digest(self._new, schema, found.name) != digest:
            self._store.new.delete(full)
            return "damaged"
        self._moved.bytes += found.size
        return "copied"

    def _written(self, schema: str, found: Found) -> str:
        digest = sha256()

        def passing() -> Iterator[bytes]:
            for piece in self._old.pieces(schema, found.name):
                digest.update(piece)
                yield piece

        self._writing.write(schema, found.name, passing())
        new: Any = self._store.new
        if isinstance(new, FileSystemStorage):
            os.utime(new.path(f"{schema}/{found.name}"), ns=(found.written_ns, found.written_ns))
        return digest.hexdigest()

    def _is_in_old(self, full: str) -> bool:
        """Asked now, whatever was known of it."""
        old: Any = self._store.old
        if hasattr(old, "forget"):
            old.forget(full)
        return bool(old.exists(full))

    def _compare(self, schema: str, found: Found, what: str) -> str:
        """Byte by byte, by their hashes, before anything is taken away; by what is known of it where nothing is."""
        full = f"{schema}/{found.name}"
        if self._known(full) != self._digest(self._old, schema, found.name):
            return "different" if self._is_in_old(full) else "deleted meanwhile"
        if not self._remove:
            return what
        if self._digest(self._new, schema, found.name) != self._digest(self._old, schema, found.name):
            return "different"
        self._store.old.delete(full)
        return "moved"

    def _known(self, full: str) -> str:
        """The hash of a file of the new store."""
        new: Any = self._store.new
        known = str(new.facts(full).sha256) if hasattr(new, "facts") else ""
        schema, _slash, name = full.partition("/")
        return known or self._digest(self._new, schema, name)

    def _digest(self, folders: Folders, schema: str, name: str) -> str:
        digest = sha256()
        for piece in folders.pieces(schema, name):
            digest.update(piece)
        return digest.hexdigest()
