"""The process in which a paper is made: bounded before it reads a byte, and without settings or database.

`python -m press.child FOLDER`: reads `job.json` and the parts it names, writes `whole.pdf` and
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
MOST_TURNS = 8


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
    """All parts in their order, and again whichever names a page that was not known yet or begins on another one, until
    every number is right. As a rule only the contents are made twice."""
    # Not at the top: what they load is loaded within the limits that `main` has set by now.
    from press.joining import Bookmark, join  # noqa: PLC0415 - within the limits
    from press.rendering import PartError, Press, numbered, write_part  # noqa: PLC0415 - the same

    press = Press((folder, *map(Path, job["folders"])), folder / "look.css")
    order = [each for each in (job["front"], *job["parts"], job["back"]) if each]
    sources = {name: (folder / name).read_text(encoding="utf-8") for name in order}
    targets = {name: folder / f"{name}.pdf" for name in order}
    known: dict[str, int] = {}
    pages: dict[str, int] = {}
    made: dict[str, tuple[int, str]] = {}
    worker = os.getppid()
    for turn in range(MOST_TURNS):
        first, again = 1, False
        for done, name in enumerate(order):
            wanted = (first, numbered(sources[name], known))
            if made.get(name) != wanted:
                if os.getppid() != worker:
                    # Killed: whoever takes the job up again begins anew.
                    sys.exit(1)
                found = write_part(wanted[1], targets[name], first_page=first, press=press)
                pages[name], made[name], again = found.pop(""), wanted, True
                known.update(found)
                _tell(done + 1 if turn == 0 else len(order), len(order) + 1)
            first += pages[name]
        if not again:
            break
    else:
        raise PartError("The numbers of the pages do not come to rest.")
    whole = join(list(targets.values()), folder / "whole.pdf", bookmarks=[Bookmark(*each) for each in job["bookmarks"]])
    _tell(len(order) + 1, len(order) + 1)
    return {"pages": whole, "places": known}


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
