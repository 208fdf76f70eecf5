"""Files of a municipality lie under a name of its own, and its media URLs reach no other.

Two storages. `platform` keeps the files of all, each municipality's below its schema's name: a folder on the disk, or
the beginning of names in a bucket (tenants.running.stores). `default` is what the rooms
use: the part of it that belongs to the municipality we are inside. Whoever handles a whole municipality (exports,
deletions, figures, backups) does it by `files` (see `tenants.running.folders`). Nobody else knows where a file lies.
"""

import datetime as dt
import logging
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import File
from django.core.files.storage import Storage, storages
from django.utils.encoding import filepath_to_uri

from tenants.running.context import PUBLIC, current_schema
from tenants.running.folders import Folders
from tenants.running.stores.moving import folders_of
from tenants.running.stores.trouble import StoreError

logger = logging.getLogger(__name__)
PLATFORM = "platform"


def folder_of(schema_name: str) -> Path:
    """Where the files of a schema lie on the disk; only for those who know that they lie on one."""
    return Path(settings.MEDIA_ROOT) / schema_name


def files() -> Folders:
    """The files of whole municipalities, wherever they are kept."""
    return folders_of(storages[PLATFORM])


def files_are_kept() -> bool:
    """For `/readyz`: whether the store of all files answers, asked now."""
    check = getattr(storages[PLATFORM], "check", None)
    try:
        if check is not None:
            check()
    except StoreError as error:
        logger.warning("Files cannot be kept or read: %s", error)
        return False
    return True


def may_be_there(name: str) -> bool:
    """Whether a page may name this file of the municipality: yes, too, while nobody can say. A page without its
    pictures is better than none."""
    try:
        return bool(storages["default"].exists(name))
    except StoreError:
        return True


class MunicipalityStorage(Storage):
    """The default storage: every name is looked up among the files of the municipality we are inside."""

    @property
    def _kept(self) -> Any:
        return storages[PLATFORM]

    @property
    def _folder(self) -> str:
        return current_schema()

    def _full(self, name: str) -> str:
        """The name among the files of all. Nothing leads out of the municipality's own."""
        written = str(name).replace("\\", "/")
        if written.startswith("/") or ".." in PurePosixPath(written).parts or "\0" in written:
            raise SuspiciousFileOperation(f"“{name}” leads out of the municipality's files.")
        return f"{self._folder}/{written}".rstrip("/")

    def _open(self, name: str, mode: str = "rb") -> "File[Any]":
        opened: File[Any] = self._kept.open(self._full(name), mode)
        return opened

    def _save(self, name: str, content: "File[Any]") -> str:
        saved = str(self._kept.save(self._full(name), content))
        return saved.replace("\\", "/").removeprefix(f"{self._folder}/")

    def path(self, name: str) -> str:
        """Where it lies on the disk. NotImplementedError where it lies on none."""
        return str(self._kept.path(self._full(name)))

    def exists(self, name: str) -> bool:
        try:
            return bool(self._kept.exists(self._full(name)))
        except (FileExistsError, NotADirectoryError):
            # What looks like its folder is a file.
            return False

    def delete(self, name: str) -> None:
        if not name:
            raise ValueError("A name must be given to delete().")
        self._kept.delete(self._full(name))

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        """Names of folders and of files; none where there is no such folder, which many storages do not know at all."""
        try:
            folders, names = self._kept.listdir(self._full(path))
        except (FileNotFoundError, NotADirectoryError):
            return [], []
        return list(folders), [name for name in names if name]

    def size(self, name: str) -> int:
        return int(self._kept.size(self._full(name)))

    def url(self, name: str | None) -> str:
        """By our own host, whatever keeps the file: who may see it is decided there, and visitors meet no third."""
        path = filepath_to_uri(name)
        return f"{settings.MEDIA_URL}{(path or '').lstrip('/')}"

    def link(self, name: str, *, file_name: str, content_type: str) -> str | None:
        """An address that leads whoever has it past us to this file, for a while; None where the store gives none."""
        give = getattr(self._kept, "link", None)
        address: str | None = give(self._full(name), file_name, content_type) if give else None
        return address

    def get_accessed_time(self, name: str) -> dt.datetime:
        found: dt.datetime = self._kept.get_accessed_time(self._full(name))
        return found

    def get_created_time(self, name: str) -> dt.datetime:
        found: dt.datetime = self._kept.get_created_time(self._full(name))
        return found

    def get_modified_time(self, name: str) -> dt.datetime:
        found: dt.datetime = self._kept.get_modified_time(self._full(name))
        return found


class SharedStorage(MunicipalityStorage):
    """What belongs to no municipality (pictures of tickets), from wherever it is asked: beside the operator's files."""

    @property
    def _folder(self) -> str:
        return PUBLIC
