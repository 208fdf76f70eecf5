"""Under whose account PostgreSQL runs: it refuses root, so root lends it another one."""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from launch import LaunchError

# Nothing of ours may leak in: PGDATA, PGPORT, a locale that is not installed, a foreign library path.
_ENVIRONMENT = {
    "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
    "LC_ALL": "C",
    "LANG": "C",
    "TZ": "UTC",
}


@dataclass(frozen=True)
class Account:
    """The owner of a database folder and of its server's processes."""

    name: str
    uid: int
    gid: int

    def run(self, command: Sequence[str], *, pass_fds: Sequence[int] = ()) -> subprocess.CompletedProcess[str]:
        """Run a program as this account, away from folders that may be closed to it."""
        other = self.uid != os.geteuid()
        return subprocess.run(
            command,
            cwd="/",
            env=_ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            pass_fds=pass_fds,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            user=self.uid if other else None,
            group=self.gid if other else None,
            extra_groups=[] if other else None,
        )

    def run_in(self, folder: Path, command: Sequence[str]) -> subprocess.CompletedProcess[str]:
        """Run a program with `{}` in its arguments standing for a folder of this account.

        That is its path, or where folders above it (as /root) are closed to the account, an open descriptor:
        Linux leads through that link without looking at the folders above.
        """
        if self.can_run(["test", "-x", str(folder)]):
            return self.run([part.replace("{}", str(folder)) for part in command])
        if not psutil.LINUX:
            raise LaunchError(f"The account {self.name} cannot reach {folder}: set DATA_DIR to a folder it can.")
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            link = f"/proc/self/fd/{opened}"
            return self.run([part.replace("{}", link) for part in command], pass_fds=[opened])
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
    if os.geteuid() != 0:
        if owner not in (None, os.geteuid()):
            raise LaunchError(
                f"The database folder {data} belongs to {_of(owner or 0).name}: start as root or as"
                f" {_of(owner or 0).name}, set another DATA_DIR, or remove the folder."
            )
        return _of(os.geteuid())
    if owner:
        return _of(owner)
    for name in ("postgres", "_postgres", "nobody"):
        try:
            return _of(pwd.getpwnam(name).pw_uid)
        except KeyError:
            continue
    raise LaunchError("PostgreSQL refuses to run as root and there is no account postgres or nobody: start as a user.")
