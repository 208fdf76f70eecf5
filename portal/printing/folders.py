"""Folders in which papers are made, and those that a killed worker left behind."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

NAMES = "chancenportal-printing-"
"""How they begin, among what is temporary on this machine."""


@contextmanager
def making() -> Iterator[Path]:
    """A folder of one's own. It is held until its end, and also a killed process lets go of it: whatever a clock says,
    `tidy` takes none in which a paper is being made."""
    with tempfile.TemporaryDirectory(prefix=NAMES) as name:
        held = os.open(name, os.O_RDONLY)
        try:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield Path(name)
        finally:
            os.close(held)


def tidy(before: datetime) -> None:
    """Remove those that were left before then and that nobody holds."""
    for folder in Path(tempfile.gettempdir()).glob(f"{NAMES}*"):
        try:
            held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        except OSError:
            # Its paper was ready just now, or it is none of ours: others write to the same place.
            continue
        try:
            if os.fstat(held).st_mtime < before.timestamp():
                _remove(folder, held)
        finally:
            os.close(held)


def _remove(folder: Path, held: int) -> None:
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    shutil.rmtree(folder, ignore_errors=True)
