"""Tell processes apart, start children that never outlive their parent, and end them with their offspring.

A pid alone proves nothing: it may be a zombie (containers without an init never reap) or belong to somebody
else by now. So whatever is remembered between two starts carries a fingerprint of the process.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

LINUX = sys.platform == "linux"
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True) if LINUX else None


def _stat(pid: int) -> list[str] | None:
    """The fields of /proc/PID/stat after the command's name: state, parent, group, … (proc(5))."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    return text[text.rindex(")") + 2 :].split()


def _ps(pid: int, columns: str) -> str:
    """What ps says of one process, for systems without /proc; empty when there is none."""
    done = subprocess.run(["ps", "-o", columns, "-p", str(pid)], capture_output=True, text=True, check=False)
    return done.stdout.strip()


def fingerprint(pid: int) -> str | None:
    """A text that no later process with the same pid shares, or None when the pid is free or a zombie."""
    if LINUX:
        fields = _stat(pid)
        if fields is None or fields[0] in "ZX":
            return None
        boot = Path("/proc/sys/kernel/random/boot_id")
        return f"{boot.read_text().strip() if boot.exists() else ''}:{fields[19]}"
    state = _ps(pid, "stat=")
    return None if not state or state.startswith("Z") else _ps(pid, "lstart=")


def exists(pid: int) -> bool:
    """Whether the kernel still has this pid, were it only as a zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def works_in(pid: int, folder: Path) -> bool:
    """Whether the process has this folder as its working directory, as PostgreSQL's processes have."""
    try:
        if LINUX:
            return Path(f"/proc/{pid}/cwd").samefile(folder)
    except OSError:
        return False
    command = ["lsof", "-a", "-p", str(pid), "-d", "cwd", "-Fn"]
    listed = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return f"n{os.path.realpath(folder)}" in listed.splitlines()


def every_pid() -> Iterator[int]:
    """All pids of this machine where /proc shows them, otherwise none."""
    if LINUX:
        yield from (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())


def command_name(pid: int) -> str:
    """The short name of the program, empty when the process is gone."""
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip() if LINUX else _ps(pid, "comm=")
    except OSError:
        return ""


def die_with_parent(parent: int, with_signal: int = signal.SIGTERM) -> None:
    """Ask Linux to end this process when its parent goes, even by kill -9; elsewhere the next start does."""
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, int(with_signal), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)


def _preparation(with_signal: int) -> Callable[[], None]:
    parent = os.getpid()
    return lambda: die_with_parent(parent, with_signal)


def spawn(
    command: Sequence[str], *, env: Mapping[str, str], cwd: Path, pass_fds: Sequence[int] = ()
) -> subprocess.Popen[bytes]:
    """Start a child as the leader of its own process group, so that Ctrl-C reaches the launcher alone."""
    return subprocess.Popen(
        command,
        env=env,
        cwd=cwd,
        pass_fds=pass_fds,
        stdin=subprocess.DEVNULL,
        process_group=0,
        preexec_fn=_preparation(signal.SIGTERM),  # noqa: PLW1509 - the launcher has one thread
    )


def run_step(command: Sequence[str], *, env: Mapping[str, str], cwd: Path) -> int:
    """Run a child to its end in our own group (Ctrl-C reaches it) and return its exit code."""
    preparation = _preparation(signal.SIGTERM)
    done = subprocess.run(command, env=env, cwd=cwd, preexec_fn=preparation, check=False)
    return done.returncode


def _group_lives(group: int) -> bool:
    if LINUX:
        found = (_stat(pid) for pid in every_pid())
        return any(fields and fields[2] == str(group) and fields[0] not in "ZX" for fields in found)
    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def end_group(group: int, *, patience: float, reap: Callable[[], object] = lambda: None) -> None:
    """End every process of a group: SIGTERM, `patience` seconds to finish their work, then SIGKILL."""
    for with_signal, seconds in ((signal.SIGTERM, patience), (signal.SIGKILL, 5.0)):
        try:
            os.killpg(group, with_signal)
        except (ProcessLookupError, PermissionError):
            return
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            reap()
            if not _group_lives(group):
                return
            time.sleep(0.05)


def is_leftover(pid: int, remembered: str) -> bool:
    """Whether the process group `pid` is still the one of which `remembered` was the fingerprint.

    A dead leader's members count: the kernel gives no pid away while a group of that number exists.
    Another boot (the first half of a Linux fingerprint) means another machine life altogether.
    """
    now = fingerprint(pid)
    if now is not None:
        return now == remembered
    own = fingerprint(os.getpid()) or ""
    same_boot = not LINUX or remembered.partition(":")[0] == own.partition(":")[0]
    return same_boot and _group_lives(pid)
