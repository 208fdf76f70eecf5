"""Making backups: each is verified before it counts, and on record whether it succeeded or not."""

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _

from tenants.progress import Progress, silent
from tenants.records import Backup
from tenants.refused import RefusedError
from tenants.registry import municipality_named
from tenants.running.context import inside_public
from tenants.transfer.backups import programs, store
from tenants.transfer.backups.media import copy_media
from tenants.transfer.backups.programs import Server
from tenants.transfer.backups.store import Stored
from tenants.transfer.exporting import export_municipality
from tenants.transfer.reading import Archive

logger = logging.getLogger(__name__)
# A longer chain saves little room and must be whole to be of any use.
MOST_INCREMENTS = 6
DAILY, WEEKLY = 7, 4


@dataclass(frozen=True)
class Made:
    """What a backup did, for the closing line; `remark` says why it was not incremental, where that was wished."""

    backup: Backup
    files: int
    new_file_bytes: int
    removed: list[str]
    remark: str


@contextmanager
def _alone() -> Iterator[None]:
    """As `store.alone`; attempts that never ended were killed, as nobody else is at work."""
    with store.alone():
        with inside_public():
            Backup.objects.filter(finished_at=None).update(finished_at=timezone.now(), error=_("It was broken off."))
        yield


@contextmanager
def _on_record(backup: Backup) -> Iterator[None]:
    """The row of an attempt; a failure is written there before it goes on, unless the database is what failed: then the
    next attempt finds that this one was broken off."""
    backup.save()
    try:
        yield
    except BaseException as error:
        backup.error = (str(error) or type(error).__name__)[:1000]
        backup.finished_at = timezone.now()
        try:
            backup.save()
        except DatabaseError as lost:
            logger.warning("The backup that failed could not be put on record: %s", str(lost).strip())
        raise
    backup.finished_at = timezone.now()
    backup.save()


def back_up(*, full: bool = False, daily: int = DAILY, weekly: int = WEEKLY, progress: Progress = silent) -> Made:
    """Back up everything: what changed since the last backup where the server can say, else all. Then tidy up.

    Raises RefusedError with what PostgreSQL's program said; nothing half-made is kept.
    """
    with _alone(), inside_public():
        server = programs.server()
        parent, remark = _parent(server, full=full)
        name = timezone.now().strftime(store.STAMP)
        backup = Backup(
            kind=Backup.Kind.INCREMENT if parent else Backup.Kind.FULL,
            path=str(store.cluster_folder() / name),
            parent=_row_of(parent),
        )
        with _on_record(backup):
            files, written = _make(name, server, parent, backup, progress)
        return Made(backup, files, written, _tidy(daily, weekly), remark)


def _row_of(parent: Stored | None) -> Backup | None:
    return Backup.objects.filter(path=str(parent.folder)).first() if parent else None


def _parent(server: Server, *, full: bool) -> tuple[Stored | None, str]:
    """The backup to build upon, or none and why."""
    every = store.stored()
    last = every[-1] if every else None
    if full or last is None:
        return None, ""
    if server.major < programs.INCREMENTS_SINCE:
        return None, _("PostgreSQL %(major)d can only save everything; 17 and newer save what changed.") % {
            "major": server.major
        }
    if not server.summarizes:
        return None, _("The server does not note what changes: set summarize_wal = on for smaller backups.")
    if (last.major, last.identifier) != (server.major, server.identifier):
        return None, _("The last backup is of another server.")
    return (last, "") if len(store.chain(last, every)) <= MOST_INCREMENTS else (None, "")


def _make(name: str, server: Server, parent: Stored | None, backup: Backup, progress: Progress) -> tuple[int, int]:
    unfinished = store.cluster_folder() / f"{name}{store.UNFINISHED}"
    begun = timezone.now()
    try:
        unfinished.mkdir(parents=True, mode=0o700)
        progress(_("database"), 0, 1)
        _base_backup(unfinished / "data", server, parent)
        progress(_("database"), 1, 1)
        # After the database: files are stored before the rows that name them.
        last = store.stored()[-1:]
        before = last[0].folder / "media" if last else None
        files, written = copy_media(unfinished / "media", before)
        progress(_("files"), files, files)
        backup.bytes = written + sum(
            path.lstat().st_size for path in (unfinished / "data").rglob("*") if path.is_file()
        )
        made = Stored(
            name=name,
            parent=parent.name if parent else "",
            at=begun.isoformat(),
            major=server.major,
            identifier=server.identifier,
            oldest_running=server.oldest_running,
            bytes=backup.bytes,
        )
        store.note(made, unfinished)
        os.sync()
        unfinished.rename(made.folder)
    except OSError as error:
        raise RefusedError(
            _("The backup could not be written: %(reason)s.") % {"reason": error.strerror or error}
        ) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    backup.verified_at = timezone.now()
    return files, written


def _base_backup(folder: Path, server: Server, parent: Stored | None) -> None:
    found = programs.binaries(server.major)
    options = ["--no-password", "--checkpoint=fast", "--wal-method=stream", "--format=plain", f"--pgdata={folder}"]
    if parent:
        options.append(f"--incremental={parent.folder / 'data' / 'backup_manifest'}")
    programs.run(found.program("pg_basebackup"), *options)
    programs.run(found.program("pg_verifybackup"), "--quiet", str(folder))


def _tidy(daily: int, weekly: int) -> list[str]:
    every = store.stored()
    kept = store.to_keep(every, daily=daily, weekly=weekly)
    # Increments before what they build upon: a killed tidying leaves no increment without its base.
    gone = [each for each in reversed(every) if each.name not in kept]
    for each in gone:
        store.remove(each.folder)
        Backup.objects.filter(path=str(each.folder)).update(removed_at=timezone.now())
    return [each.name for each in gone]


@dataclass(frozen=True)
class _Single:
    """A kept export of one municipality."""

    path: Path

    @property
    def moment(self) -> datetime:
        return datetime.strptime(f"{self.path.stem}+0000", f"{store.STAMP}%z")


def back_up_one(slug: str, *, daily: int = DAILY, weekly: int = WEEKLY, progress: Progress = silent) -> Made:
    """Back up one municipality as an export, read back to the last checksum. Raises RefusedError."""
    with _alone():
        folder = store.single_folder(slug)
        path = folder / f"{timezone.now().strftime(store.STAMP)}.zip"
        backup = Backup(kind=Backup.Kind.SINGLE, slug=slug[:63], path=str(path))
        with inside_public():
            municipality_named(slug)
            with _on_record(backup):
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                done = export_municipality(slug, path, progress=progress)
                backup.bytes = done.bytes
                with Archive.open(path) as archive:
                    archive.verify()
                backup.verified_at = timezone.now()
            removed = _tidy_singles(folder, daily, weekly)
        return Made(backup, done.files, 0, removed, "")


def _tidy_singles(folder: Path, daily: int, weekly: int) -> list[str]:
    every = [_Single(path) for path in folder.glob("*.zip")]
    kept = store.newest_of_each(every, daily=daily, weekly=weekly)
    gone = [each for each in every if each not in kept]
    for each in gone:
        each.path.unlink()
        Backup.objects.filter(path=str(each.path)).update(removed_at=timezone.now())
    return [each.path.name for each in gone]
