"""The files of a municipality: all but what can be made again."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

# The folder of copies that are made when somebody asks for them (theming.images.DERIVED; a test compares).
DERIVED = "abgeleitet"


def walk(folder: Path) -> Iterator[tuple[str, Path]]:
    """(name below the folder, path) of every ordinary file, in order, without derived ones.

    Links are not followed, and names beginning with a dot are marks and unfinished uploads.
    """
    if not folder.is_dir():
        return
    for place, below, names in os.walk(folder):
        here = Path(place)
        below[:] = sorted(name for name in below if not name.startswith(".") and (here != folder or name != DERIVED))
        for name in sorted(names):
            path = here / name
            if not name.startswith(".") and _is_file(path):
                yield path.relative_to(folder).as_posix(), path


def _is_file(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except FileNotFoundError:
        return False
