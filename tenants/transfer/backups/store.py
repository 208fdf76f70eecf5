"""What lies in the folder of backups, and for how long it stays there."""

import fcntl
import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from tenants.refused import RefusedError

STAMP = "%Y%m%dT%H%M%S%f"
UNFINISHED = ".unfinished"
NOTE = "backup.json"


@dataclass(frozen=True)
class Stored:
    """A finished backup of the platform. `oldest_running`: every transaction before it is in the backup."""

    name: str
    parent: str
    at: str
    major: int
    identifier: str
    oldest_running: int
    bytes: int

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at)

    @property
    def folder(self) -> Path:
        return cluster_folder() / self.name


def cluster_folder() -> Path:
    """Where backups of the platform lie."""
    return Path(settings.BACKUP_DIR) / "cluster"


def single_folder(slug: str) -> Path:
    """Where backups of one municipality lie."""
    return Path(settings.BACKUP_DIR) / "single" / slug


@contextmanager
def alone() -> Iterator[None]:
    """One backup or drill at a time works in the folder. Raises RefusedError."""
    folder = Path(settings.BACKUP_DIR)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = (folder / "lock").open("a")
    except OSError as error:
        raise RefusedError(
            _("The folder %(path)s for backups cannot be used: %(reason)s.")
            % {"path": folder, "reason": error.strerror}
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise RefusedError(_("Another backup or drill is under way. Try again when it has ended.")) from error
        for left in folder.glob(f"*/*{UNFINISHED}"):
            shutil.rmtree(left, ignore_errors=True)
        yield


def note(stored: Stored, folder: Path) -> None:
    """Write down what the backup in this folder is."""
    (folder / NOTE).write_text(json.dumps(asdict(stored), indent=1), encoding="utf-8")


def stored() -> list[Stored]:
    """The finished backups of the platform, oldest first."""
    notes = sorted(cluster_folder().glob(f"*/{NOTE}"))
    return [_read(path) for path in notes if not path.parent.name.endswith(UNFINISHED)]


def _read(path: Path) -> Stored:
    values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return Stored(**values)


def chain(last: Stored, every: Iterable[Stored]) -> list[Stored]:
    """The whole backup an increment builds upon, the increments between, and itself. RefusedError for a gap."""
    named = {each.name: each for each in every}
    found = [last]
    while found[0].parent:
        before = named.get(found[0].parent)
        if before is None:
            raise RefusedError(
                _("The backup %(name)s cannot be used: the one it builds upon, %(parent)s, is missing.")
                % {"name": last.name, "parent": found[0].parent}
            )
        found.insert(0, before)
    return found


class Dated(Protocol):
    """Something made at a moment."""

    @property
    def moment(self) -> datetime: ...


D = TypeVar("D", bound=Dated)


def newest_of_each(items: Iterable[D], *, daily: int, weekly: int) -> list[D]:
    """The last of each of the latest `daily` days and `weekly` weeks that have any, and always the very last one."""
    ordered = sorted(items, key=lambda each: each.moment, reverse=True)
    keep = ordered[:1]
    for period, most in (("%Y-%m-%d", daily), ("%G-%V", weekly)):
        seen: dict[str, D] = {}
        for each in ordered:
            seen.setdefault(timezone.localtime(each.moment).strftime(period), each)
        keep += list(seen.values())[:most]
    return [each for each in ordered if each in keep]


def to_keep(every: list[Stored], *, daily: int, weekly: int) -> set[str]:
    """Names of the backups that stay: by age, and whatever a staying one builds upon."""
    kept: set[str] = set()
    for each in newest_of_each(every, daily=daily, weekly=weekly):
        kept |= {one.name for one in chain(each, every)}
    return kept


def remove(folder: Path) -> None:
    """Remove a backup so that a killed removal leaves none that looks whole."""
    gone = folder.with_name(f"{folder.name}{UNFINISHED}")
    folder.rename(gone)
    shutil.rmtree(gone, ignore_errors=True)
