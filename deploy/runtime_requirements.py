"""`runtime_requirements.py [PACKAGE …]`: what of requirements.lock a server needs, with its hashes, on stdout.

The lock holds the tools of developers as well (browsers' drivers, type checkers): they have no business on a server.
Each entry says by whom it is wanted (“# via”); kept is whatever is wanted by pyproject.toml's dependencies, directly
or through others, and the packages named (what builds the platform itself). Python alone, no network.
"""

import re
import sys
from pathlib import Path

LOCK = Path(__file__).resolve().parents[1] / "requirements.lock"
# How uv names the project's own dependencies, and not those of a group.
OURS = "chancenportal (pyproject.toml)"
BUILD = ("hatchling", "editables")


def _entries(text: str) -> dict[str, tuple[str, set[str]]]:
    """By name: the whole entry, and by whom it is wanted."""
    found: dict[str, tuple[str, set[str]]] = {}
    for entry in re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE):
        named = re.match(r"([a-z0-9._-]+)(?:\[[^\]]*\])?==", entry)
        if named:
            comments = re.findall(r"^ {4}#(?: via)? +(.+)$", entry, re.MULTILINE)
            found[named.group(1)] = entry, {comment.strip() for comment in comments}
    return found


def chosen(text: str, also: tuple[str, ...] = BUILD) -> dict[str, str]:
    """Name and entry of everything that is needed, in the lock's order. Raises SystemExit for a name it lacks."""
    entries = _entries(text)
    if missing := set(also) - entries.keys():
        raise SystemExit(f"requirements.lock has no {', '.join(sorted(missing))}.")
    needed = {name for name, (_entry, by) in entries.items() if OURS in by} | set(also)
    while more := {name for name, (_entry, by) in entries.items() if by & needed} - needed:
        needed |= more
    return {name: entry for name, (entry, _by) in entries.items() if name in needed}


if __name__ == "__main__":
    sys.stdout.write("".join(chosen(LOCK.read_text(encoding="utf-8"), tuple(sys.argv[1:]) or BUILD).values()))
