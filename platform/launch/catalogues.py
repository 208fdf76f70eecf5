"""Compile the message catalogues where gettext's own tools are missing: .po to .mo, only what changed."""

import os
from collections.abc import Iterator
from pathlib import Path

import polib

from launch import LaunchError

_CLOSED = {"node_modules", "staticfiles", "__pycache__", "build"}


def sources(root: Path) -> Iterator[Path]:
    """Every `locale/*/LC_MESSAGES/*.po` below a folder, but none of hidden or generated folders."""
    for folder, below, files in os.walk(root):
        below[:] = sorted(name for name in below if not name.startswith(".") and name not in _CLOSED)
        if Path(folder).name == "LC_MESSAGES":
            yield from (Path(folder, name) for name in sorted(files) if name.endswith(".po"))


def compile_changed(root: Path) -> int:
    """Compile the catalogues that are newer than their compiled form; returns how many.

    Raises LaunchError naming the file that is not a catalogue; it and its compiled form stay as they were.
    """
    done = 0
    for source in sources(root):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        try:
            compiled = polib.pofile(str(source)).to_binary()
        except (OSError, UnicodeDecodeError) as error:
            raise LaunchError(f"{source} is not a message catalogue: {error}") from error
        unfinished = source.with_name(f".{target.name}.{os.getpid()}")
        unfinished.write_bytes(compiled)
        unfinished.replace(target)
        done += 1
    return done
