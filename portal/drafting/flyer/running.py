"""Starting the bounded process, waiting for it no longer than it may take, and taking what it found."""

import functools
import json
import os
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from portal.drafting.reading.lines import Line, Sheet, Word

SECONDS = 120.0
LARGEST_BYTES = 30 * 2**20
MOST_LINES = 1500
_KEPT = ("PATH", "HOME", "TESSDATA_PREFIX", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "PYTHONPATH")


@dataclass(slots=True)
class Seen:
    """What a flyer says. `trouble`: why nothing could be read; `shown` are pictures of its pages, `picture` the photo
    on it."""

    trouble: str = ""
    sheet: Sheet = field(default_factory=Sheet)
    pages: int = 0
    read: int = 0
    shown: list[bytes] = field(default_factory=list)
    picture: bytes = b""


@functools.cache
def can_recognise() -> bool:
    """Whether Tesseract and its German are there; without it PDFs with a text layer can be read all the same."""
    if shutil.which("tesseract") is None:
        return False
    try:
        said = subprocess.run(["tesseract", "--list-langs"], capture_output=True, timeout=10, check=False)  # noqa: S607 - a fixed command
    except (OSError, subprocess.TimeoutExpired):
        return False
    return "deu" in said.stdout.decode("utf-8", "replace").split()


def read_flyer(
    content: bytes, *, tell: Callable[[int], None] = lambda _percent: None, seconds: float = SECONDS
) -> Seen:
    """Everything of a file, or the trouble there is with it. Never raises for what a file does."""
    with tempfile.TemporaryDirectory(prefix="flyer-") as name:
        folder = Path(name)
        (folder / "upload").write_bytes(content)
        if can_recognise():
            (folder / "recognise").touch()
        if not _run(folder, tell, seconds):
            return Seen("too_long")
        return _taken(folder)


def _run(folder: Path, tell: Callable[[int], None], seconds: float) -> bool:
    """False where it took too long."""
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    environment |= {"TMPDIR": str(folder), "LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "portal.drafting.flyer.child", str(folder)]
    end = time.monotonic() + seconds
    with subprocess.Popen(  # noqa: S603 - a fixed command; what is in the folder is only read
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, start_new_session=True
    ) as process:
        try:
            return _followed(process, tell, end)
        finally:
            _end(process)


def _followed(process: "subprocess.Popen[bytes]", tell: Callable[[int], None], end: float) -> bool:
    if process.stdout is None:
        return False
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while (left := end - time.monotonic()) > 0:
            if not selector.select(timeout=left):
                return False
            row = os.read(process.stdout.fileno(), 4096)
            if not row:
                process.wait(timeout=max(left, 1.0))
                return True
            numbers = [int(each) for each in row.split() if each.isdigit()]
            if numbers:
                tell(min(99, numbers[-1]))
    return False


def _end(process: "subprocess.Popen[bytes]") -> None:
    """The process and what it started, such as Tesseract."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        # All of them are gone already.
        return


def _taken(folder: Path) -> Seen:
    path = folder / "result.json"
    if not path.exists():
        # The process was ended by its limits.
        return Seen("too_large")
    result: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    shown = [page.read_bytes() for page in sorted(folder.glob("page-*.webp"))]
    if result.get("trouble"):
        return Seen(result["trouble"], shown=shown)
    picture = folder / "picture.png"
    return Seen(
        sheet=Sheet([_line(row) for row in result["lines"][:MOST_LINES]], seen=bool(result["seen"])),
        pages=int(result["pages"]),
        read=int(result["read"]),
        shown=shown,
        picture=picture.read_bytes() if picture.exists() else b"",
    )


def _line(row: list[Any]) -> Line:
    words, top, height, left, right, page = row
    return Line(tuple(Word(text, sure) for text, sure in words), top, height, left, right, page)
