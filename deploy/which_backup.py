"""`which_backup.py FOLDER [NAME]`: of what a restore is made, on one line, for restore.sh.

FOLDER is BACKUP_DIR/cluster. When it was begun, PostgreSQL's major version, then the names: the whole backup and the
increments upon it, up to NAME or to the newest. 1 with one line where a part is missing. Python alone, no release.
"""

import json
import sys
from pathlib import Path
from typing import Any

UNFINISHED = ".unfinished"


def plan(home: Path, wanted: str = "") -> tuple[str, int, list[str]]:
    """Moment, major version and names. Raises SystemExit with the reason."""
    notes: dict[str, dict[str, Any]] = {
        path.parent.name: json.loads(path.read_text(encoding="utf-8"))
        for path in home.glob("*/backup.json")
        if not path.parent.name.endswith(UNFINISHED)
    }
    if not notes:
        raise SystemExit(f"There is no finished backup in {home}.")
    last = wanted or max(notes)
    names, name = [], last
    while name:
        if name not in notes:
            raise SystemExit(f"The backup {name} is missing in {home}; there are {', '.join(sorted(notes))}.")
        names.insert(0, name)
        name = notes[name]["parent"]
    return notes[last]["at"], notes[last]["major"], names


if __name__ == "__main__":
    at, major, names = plan(Path(sys.argv[1]), *sys.argv[2:3])
    print(at, major, *names)
