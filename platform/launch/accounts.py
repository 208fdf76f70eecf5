"""Under whose account PostgreSQL runs: it refuses root, so root lends it another one."""

import contextlib
import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from launch import LaunchError

# Nothing of ours may leak in: PGDATA, PGPORT, a locale that is not installed, a foreign library path.
_ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL": "C", "LANG": "C", "TZ": "UTC"}


@dataclass(frozen=True)
class Account:
    """The owner of a database folder and of its server's processes."""

    name: str
    uid: int
    gid: int

    def run(self, command: Sequence[str], *, pass_fds: Sequence[int] = ()) -> subprocess.CompletedProcess[str]:
        """Run a program as this account, away from folders that may be closed to it."""
        user, group, more = (None, None, None) if self.uid == os.geteuid() else (self.uid, self.gid, ())
        who: dict[str, Any] = {"user": user, "group": group, "extra_groups": more}
        how: dict[str, Any] = {"capture_output": True, "text": True, "errors": "replace", "stdin": subprocess.DEVNULL}
        return subprocess.run(command, cwd="/", env=_ENVIRONMENT, pass_fds=pass_fds, check=False, **who, **how)

    def run_in(self, folder: Path, command: Sequence[str]) -> subprocess.CompletedProcess[str]:
        """Run a program with `{}` in its arguments standing for a folder of this account.

        That is its path, or where folders above it (as /root) are closed to the account, an open descriptor:
        Linux leads through that link without looking at the folders above.
        """
        if not psutil.LINUX or self.can_run(["test", "-x", str(folder)]):
            return self.run([part.replace("{}", str(folder)) for part in command])
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            return self.run([part.replace("{}", f"/proc/self/fd/{opened}") for part in command], pass_fds=[opened])
        finally:
            os.close(opened)

    def can_run(self, command: Sequence[str]) -> bool:
        """Whether the program starts under this account: its libraries and the folders above are readable."""
        try:
            return self.run(command).returncode == 0
        except OSError:
            return False

    def own(self, path: Path) -> None:
        """Make the path this account's."""
        if path.stat().st_uid != self.uid:
            os.chown(path, self.uid, self.gid)


def _of(uid: int) -> Account:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        return Account(str(uid), uid, os.getegid() if uid == os.geteuid() else uid)
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def account_for(data: Path) -> Account:
    """The account for a database folder: its owner where it exists, else ourselves, or as root a lesser one.

    Raises LaunchError when the folder belongs to somebody else and we are not root, or when root has nobody.
    """
    owner = data.stat().st_uid if data.exists() else None
    if owner is not None and os.geteuid() not in (0, owner):
        who, ways = _of(owner).name, "set another DATA_DIR, or remove the folder"
        raise LaunchError(f"The database folder {data} belongs to {who}: start as root or as {who}, {ways}.")
    if owner or os.geteuid() != 0:
        return _of(owner or os.geteuid())
    for name in ("postgres", "_postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return _of(pwd.getpwnam(name).pw_uid)
    raise LaunchError("PostgreSQL refuses to run as root and there is no account postgres or nobody: start as a user.")
