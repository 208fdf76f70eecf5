"""The files a municipality can be restored from: exports, those of deleted municipalities, backups of single ones, and
what somebody brought along. An address names a file by its key; no path ever comes from outside."""

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from operations.safekeeping import files
from operations.safekeeping.models import KEPT, Export, ExportState
from tenants.models import Backup, Removal
from tenants.refused import RefusedError

EXPORT, REMOVAL, BACKUP, BROUGHT = "export", "geloescht", "sicherung", "mitgebracht"
KINDS: dict[str, Promise] = {
    EXPORT: gettext_lazy("Export"),
    REMOVAL: gettext_lazy("written before a deletion"),
    BACKUP: gettext_lazy("backup of one municipality"),
    BROUGHT: gettext_lazy("brought along"),
}
# Of each kind so many are offered.
MOST = 30
_BROUGHT = re.compile(r"[a-z0-9][a-z0-9-]{0,79}\.zip")
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Source:
    """One file: `key` stands in its address, `name` says whose it is; `sha256` may be unknown (empty)."""

    key: str
    kind: str
    name: str
    path: Path
    at: datetime
    sha256: str = ""

    @property
    def label(self) -> Promise:
        """What kind of file it is, in words."""
        return KINDS[self.kind]

    @property
    def is_there(self) -> bool:
        """Whether the disk has it."""
        return self.path.is_file()

    @property
    def bytes(self) -> int:
        """How large it is."""
        return self.path.stat().st_size if self.is_there else 0


def incoming() -> Path:
    """Where files lie that come from elsewhere; an operator may lay some there by hand."""
    return Path(settings.EXPORT_DIR) / "incoming"


def _of_export(row: Export) -> Source:
    at = row.ended_at or row.asked_at
    return Source(row.source_key, EXPORT, row.name, files.path_of(row), at, row.sha256)


def _of_removal(row: Removal) -> Source:
    return Source(f"{REMOVAL}-{row.pk}", REMOVAL, row.name, Path(row.export), row.at, row.export_sha256)


def _of_backup(row: Backup) -> Source:
    return Source(f"{BACKUP}-{row.pk}", BACKUP, row.slug, Path(row.path), row.started_at)


def _of_brought(path: Path) -> Source:
    at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return Source(f"{BROUGHT}-{path.name}", BROUGHT, path.name, path, at)


def _kept_backups() -> "Iterator[Backup]":
    rows = Backup.objects.filter(kind=Backup.Kind.SINGLE, verified_at__isnull=False, removed_at=None, error="")
    yield from rows[:MOST]


def every() -> list[Source]:
    """All whose file is there, the newest first."""
    found = [
        *map(_of_export, Export.objects.filter(state=ExportState.DONE)[:MOST]),
        *map(_of_removal, Removal.objects.all()[:MOST]),
        *map(_of_backup, _kept_backups()),
        *map(_of_brought, _brought()),
    ]
    return sorted((each for each in found if each.is_there), key=lambda each: each.at, reverse=True)


def of_town(slug: str) -> list[Source]:
    """Those of one municipality that are known by name."""
    exports = Export.objects.filter(slug=slug, state=ExportState.DONE)[:MOST]
    backups = (each for each in _kept_backups() if each.slug == slug)
    return [each for each in (*map(_of_export, exports), *map(_of_backup, backups)) if each.is_there]


def _brought() -> list[Path]:
    return [path for path in sorted(incoming().glob("*.zip")) if _BROUGHT.fullmatch(path.name)][:MOST]


def named(key: str) -> Source | None:
    """The file of this key; None where there is none any more."""
    kind, _minus, rest = key.partition("-")
    found: Source | None = None
    if kind == BROUGHT:
        path = incoming() / rest
        found = _of_brought(path) if _BROUGHT.fullmatch(rest) and path.is_file() else None
    elif rest.isascii() and rest.isdigit() and len(rest) < 19:
        found = _of_row(kind, int(rest))
    return found if found is not None and found.is_there else None


def _of_row(kind: str, pk: int) -> Source | None:
    if kind == EXPORT and (export := Export.objects.filter(pk=pk, state=ExportState.DONE).first()):
        return _of_export(export)
    if kind == REMOVAL and (removal := Removal.objects.filter(pk=pk).first()):
        return _of_removal(removal)
    if kind == BACKUP and (backup := Backup.objects.filter(pk=pk, kind=Backup.Kind.SINGLE, removed_at=None).first()):
        return _of_backup(backup)
    return None


def bring(file: "UploadedFile[bytes] | None") -> Source:
    """Keep a file somebody uploads; RefusedError for what is no zip file. What is in it is looked at by a job."""
    if file is None or not file.size:
        raise RefusedError(_("Please choose the file of an export (.zip)."))
    first = file.read(len(_ZIP))
    file.seek(0)
    if first != _ZIP:
        raise RefusedError(_("This is no zip file, so it is no export."))
    words = re.sub(r"[^a-z0-9]+", "-", Path(file.name or "").stem.lower()).strip("-")[:50] or "export"
    incoming().mkdir(mode=0o700, parents=True, exist_ok=True)
    path = incoming() / f"{words}-{secrets.token_hex(4)}.zip"
    try:
        with path.open("xb") as out:
            for part in file.chunks():
                out.write(part)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise RefusedError(
            _("The file could not be stored: %(reason)s.") % {"reason": error.strerror or error}
        ) from error
    path.chmod(0o600)
    return _of_brought(path)


def sweep() -> None:
    """What was brought along goes after a week."""
    for path in incoming().glob("*.zip"):
        if timezone.now() - datetime.fromtimestamp(path.stat().st_mtime, UTC) > KEPT:
            path.unlink(missing_ok=True)
