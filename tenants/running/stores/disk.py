"""Files on this machine's disk: as Django keeps them there, but a file has its name only when it is whole."""

import errno
import os
import uuid
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

from tenants.running.stores.trouble import StoreError, full_is_said

# Disks that know no second name for a file.
_NO_LINKS = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})


class DiskStore(FileSystemStorage):
    """Below MEDIA_ROOT. Killed while it writes, or without room, it leaves at most a hidden name beside the others."""

    def _save(self, name: str, content: "File[Any]") -> str:
        folder, _slash, _last = name.replace("\\", "/").rpartition("/")
        aside = Path(self.path(f"{folder}/.{uuid.uuid4().hex}"))
        try:
            with full_is_said():
                # Past the check of names in save(): ours begins with a dot.
                super()._save(  # type: ignore[misc]  # the stubs do not know it
                    aside.relative_to(self.location).as_posix(), content
                )
                return self._named(aside, name)
        finally:
            aside.unlink(missing_ok=True)

    def _named(self, aside: Path, name: str) -> str:
        while True:
            try:
                _link(aside, Path(self.path(name)))
            except FileExistsError:
                name = self.get_available_name(name)
            else:
                return name.replace("\\", "/")

    def check(self) -> None:
        """StoreError unless the folder is there and may be written to."""
        top = Path(self.location)
        try:
            top.mkdir(parents=True, exist_ok=True)
            writable = os.access(top, os.W_OK | os.X_OK)
        except OSError as error:
            raise StoreError(f"{top}: {error.strerror}", error.errno or errno.EIO) from error
        if not writable:
            raise StoreError(f"{top}: nothing can be written there.", errno.EACCES)

    def prepare(self) -> None:
        """There is nothing to make."""
        self.check()


def _link(aside: Path, target: Path) -> None:
    """Give the file its name; FileExistsError where another has it."""
    try:
        os.link(aside, target)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if target.exists():
            raise FileExistsError(errno.EEXIST, "exists", str(target)) from error
        aside.rename(target)
