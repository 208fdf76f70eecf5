"""The process in which a stranger's file is opened: bounded before it reads a byte, and without anything of ours.

`python -m portal.drafting.flyer.child FOLDER`: reads `upload`, writes `result.json` and pictures of the pages beside it
and says on a line each how far it is. Whatever a file does to a decoder, it does it here: more memory, time or disk
than allowed ends this process and nothing else. No Django, no settings, no database.
"""

import json
import resource
import sys
from pathlib import Path

from portal.drafting.flyer.trouble import TroubleError

MEMORY = 1200 * 2**20
SECONDS = 75
LARGEST_FILE = 80 * 2**20


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


def main(folder: Path) -> int:
    """Read what lies there; 0 also where nothing could be read, which the result then says."""
    _bounded()
    # Only now: what decodes pictures is loaded within the limits.
    from portal.drafting.flyer.opening import opened  # noqa: PLC0415

    try:
        result = opened(folder)
    except TroubleError as trouble:
        result = {"trouble": str(trouble)}
    except MemoryError:
        result = {"trouble": "too_large"}
    (folder / "result.json").write_text(json.dumps(result), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
