"""Where the logs ended, written down outside of the database: whoever can change every table there cannot change this.

A log's hashes say only that what is there fits together; who may change triggers can make a whole log anew, its head in
the shared schema too. So now and then a log that was found whole leaves a checkpoint, one signed line in a file of its
own (storage `checkpoints`: a folder today, or whatever speaks Django's storage interface), and from then on it must
hold that entry at that place. A log that does not fit gets no new one: what is known of it is not forgotten.

Signed with SECRET_KEY (its earlier ones hold too): this is no proof against somebody who has the server itself.
"""

import json
import re
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, storages
from django.core.signing import BadSignature, Signer
from django.utils import timezone

STORAGE = "checkpoints"
# So many are kept of a log: one would do, the others are for people who want to know since when it does not fit.
KEPT = 30
_NAME = re.compile(r"\d{8}T\d{12}Z[\w-]*\.txt")
_signer = Signer(salt="audit.checkpoints")


class CheckpointStorage(FileSystemStorage):
    """A folder of its own, which nothing serves."""

    def __init__(self) -> None:
        super().__init__(location=settings.CHECKPOINT_DIR)


@dataclass(frozen=True, slots=True)
class Log:
    """Which log is meant: a schema's, and the number of the municipality that has it (0: the platform).

    One that is deleted and made or restored again under the same name has another number, and another log.
    """

    schema: str
    number: int


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The newest entry of a log at a moment (ISO 8601, UTC)."""

    position: int
    entry_hash: str
    at: str

    @property
    def moment(self) -> datetime:
        """When it was written down."""
        return datetime.fromisoformat(self.at)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a log: its newest checkpoint that is ours, and the names of files somebody changed."""

    newest: Checkpoint | None
    changed: list[str]


def known_of(log: Log) -> Known:
    """Read them, the newest first, down to the first one that holds."""
    changed = []
    for name in _names(log):
        said = _read(name)
        if said is None:
            changed.append(name)
        elif said.get("schema") == log.schema and said.get("number") == log.number:
            return Known(Checkpoint(said["position"], said["entry_hash"], said["at"]), changed)
    return Known(None, changed)


def keep(log: Log, *, position: int, entry_hash: str) -> None:
    """Write down where the log ends now; older files than the last thirty go."""
    now = timezone.now()
    said = {**asdict(log), **asdict(Checkpoint(position, entry_hash, now.isoformat()))}
    line = _signer.sign(json.dumps(said, ensure_ascii=True, sort_keys=True))
    storage = storages[STORAGE]
    storage.save(f"{log.schema}/{now:%Y%m%dT%H%M%S%f}Z.txt", ContentFile(f"{line}\n".encode()))
    for name in _names(log)[KEPT:]:
        storage.delete(name)


def _names(log: Log) -> list[str]:
    """The newest first."""
    try:
        _folders, names = storages[STORAGE].listdir(log.schema)
    except (FileNotFoundError, NotADirectoryError):
        # Nothing was written down yet.
        return []
    return [f"{log.schema}/{name}" for name in sorted(names, reverse=True) if _NAME.fullmatch(name)]


def _read(name: str) -> dict[str, Any] | None:
    """What a file says; None where it is not as we wrote it."""
    with storages[STORAGE].open(name) as file:
        line = file.read().decode(errors="replace").rstrip("\n")
    try:
        said: dict[str, Any] = json.loads(_signer.unsign(line))
    except BadSignature:
        return None
    return said
