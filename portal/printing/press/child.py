"""The process in which a paper is made: bounded before it reads a byte, and without settings or database.

`python -m portal.printing.press.child FOLDER`: reads `job.json` and the parts it names, writes `whole.pdf` and
`result.json` and says on a line each how far it is. Ended with 3: a library of the system is missing.
"""

import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

MISSING = 3
MEMORY = 3 * 2**30
"""Address space of each process, which is several times what it uses."""
SECONDS = 600
LARGEST_FILE = 400 * 2**20


def _bounded() -> None:
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, LARGEST_FILE),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):
            # macOS knows not all of them; the time of the whole is bounded from outside.
            continue


def _tell(done: int, total: int) -> None:
    print(done, total, flush=True)  # noqa: T201 - read by whoever started this


def make(folder: Path, job: dict[str, Any]) -> dict[str, Any]:
    """Parts first, then what needs their numbers of pages: the index behind them and the contents before them."""
    from portal.printing.press.joining import Bookmark, join  # noqa: PLC0415 - loaded within the limits
    from portal.printing.press.rendering import write_part  # noqa: PLC0415

    folders = (folder, *map(Path, job["folders"]))
    steps = len(job["parts"]) + 3
    known: dict[str, int] = {}
    made: list[Path] = []

    worker = os.getppid()

    def part(name: str, first: int) -> int:
        if os.getppid() != worker:
            # Killed: whoever takes the job up again begins anew.
            sys.exit(1)
        target = folder / f"{name}.pdf"
        found = write_part(folder / name, target, first_page=first, known=known, folders=folders)
        pages = found.pop("")
        known.update(found)
        made.append(target)
        _tell(len(made), steps)
        return pages

    front = part(job["front"], 1) if job["front"] else 0
    page = 1 + front
    for name in [*job["parts"], *([job["back"]] if job["back"] else [])]:
        page += part(name, page)
    if job["front"]:
        # Now that all numbers are known. Its own pages are as many as before: a number has room for four digits.
        part(job["front"], 1)
        made.pop()
    pages = join(made, folder / "whole.pdf", bookmarks=[Bookmark(*each) for each in job["bookmarks"]])
    _tell(steps, steps)
    return {"pages": pages, "places": known}


def main(folder: Path) -> int:
    """Make what lies there."""
    _bounded()
    job = json.loads((folder / "job.json").read_text(encoding="utf-8"))
    try:
        result = make(folder, job)
    except OSError as error:
        if "cannot load library" not in str(error):
            raise
        sys.stderr.write(f"{error}\n")
        return MISSING
    (folder / "result.json").write_text(json.dumps(result), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
