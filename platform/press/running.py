"""Starting the process that makes a paper, telling how far it is, and taking what it made."""

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from press.child import MISSING

SECONDS = 900.0
_KEPT = ("PATH", "HOME", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "VIRTUAL_ENV", "PYTHONPATH", "FONTCONFIG_FILE")
Tell = Callable[[int, int], None]


class PressError(Exception):
    """Why a paper could not be made: `missing` (a library), `too_long`, or `broken`."""


@dataclass(frozen=True, slots=True)
class Sheets:
    """What is to be printed, as names of HTML files in its folder; `front` and `back` may be none.

    Bookmarks are (level, title, anchor). Links to an anchor of another part begin with `ELSEWHERE`; the number of its
    page stands where `<?seite anchor?>` is written.
    """

    parts: Sequence[str]
    front: str = ""
    back: str = ""
    bookmarks: Sequence[tuple[int, str, str]] = ()
    folders: Sequence[Path] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Printed:
    """The file, how many pages it has, and on which page each anchor is."""

    path: Path
    pages: int
    places: dict[str, int]


def print_sheets(folder: Path, sheets: Sheets, *, tell: Tell, seconds: float = SECONDS) -> Printed:
    """Make one PDF. PressError says why not. The same sheets give the same bytes."""
    job: dict[str, Any] = {
        "parts": list(sheets.parts),
        "front": sheets.front,
        "back": sheets.back,
        "bookmarks": [list(each) for each in sheets.bookmarks],
        "folders": [str(each) for each in sheets.folders],
    }
    (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
    ended = _run(folder, tell, time.monotonic() + seconds)
    if ended is None:
        raise PressError("too_long")
    if ended == MISSING:
        raise PressError("missing")
    if ended != 0 or not (folder / "result.json").exists():
        raise PressError("broken")
    result = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    return Printed(folder / "whole.pdf", int(result["pages"]), result["places"])


def _run(folder: Path, tell: Tell, end: float) -> int | None:
    """How it ended; None where it took too long. What it complained of stands in `complaints`."""
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    environment |= {"TMPDIR": str(folder), "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0", "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "press.child", str(folder)]
    with (
        (folder / "complaints").open("wb") as complaints,
        subprocess.Popen(  # noqa: S603 - a fixed command; what is in the folder is only read
            command, stdout=subprocess.PIPE, stderr=complaints, env=environment, start_new_session=True
        ) as process,
    ):
        try:
            return _followed(process, tell, end)
        finally:
            _end(process)


def _followed(process: "subprocess.Popen[bytes]", tell: Tell, end: float) -> int | None:
    if process.stdout is None:
        return None
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while (left := end - time.monotonic()) > 0:
            if not selector.select(timeout=left):
                return None
            rows = os.read(process.stdout.fileno(), 4096).split(b"\n")
            if rows == [b""]:
                return process.wait(timeout=max(left, 1.0))
            numbers = next((row.split() for row in reversed(rows) if row), [])
            if len(numbers) == 2:
                tell(int(numbers[0]), int(numbers[1]))
    return None


def _end(process: "subprocess.Popen[bytes]") -> None:
    """The process and its forks."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        # All of them are gone already.
        return
