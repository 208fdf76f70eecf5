"""Children that never outlive their parent, and groups of processes ended with all their members.

A pid alone proves nothing: it may be a zombie (containers without an init never reap) or belong to somebody else by
now. So whatever is remembered between two starts carries the moment its process began.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import psutil

# Ctrl-C, kill, and a terminal that is closed.
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True) if psutil.LINUX else None
# The kernel's clock is set right now and then, and with it what it says of the past.
_SAME_MOMENT = 2.0


def began(pid: int) -> float | None:
    """When the process began, in seconds since 1970; None when the pid is free or a zombie's."""
    with contextlib.suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        if process.status() not in (psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD):
            return float(process.create_time())
    return None


def working_in(folder: Path, name: str) -> list[int]:
    """The processes of this program whose working directory is the folder, as PostgreSQL's are."""
    place = os.path.realpath(folder)
    listed = psutil.process_iter(["name", "cwd"])
    return [each.pid for each in listed if each.info["name"] == name and each.info["cwd"] == place]


def die_with_parent(parent: int) -> None:
    """Ask Linux for a SIGTERM when our parent goes, even by kill -9; elsewhere the next start ends us."""
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)


@contextlib.contextmanager
def _undisturbed() -> Iterator[set[int]]:
    """Let a wish to stop wait; yields what waited before."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
    try:
        yield {int(each) for each in before}
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def _prepared() -> Iterator[Callable[[], None]]:
    """What a child does before it becomes another program. Nobody is stopped until then: between the two Python
    would swallow what our handlers raise, and the wish to stop with it."""
    parent = os.getpid()
    with _undisturbed() as before:

        def prepare() -> None:
            die_with_parent(parent)
            for number in STOPPING:
                if callable(signal.getsignal(number)):
                    signal.signal(number, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

        yield prepare


def ended(child: "subprocess.Popen[bytes]") -> bool:
    """Whether a child has ended. Nobody is stopped meanwhile: what a handler raises within `poll` may leave the child's
    lock taken, and whoever waits for the child afterwards waits for ever."""
    with _undisturbed():
        return child.poll() is not None


def spawn(
    command: Sequence[str], *, env: Mapping[str, str], cwd: Path, apart: bool = True
) -> "subprocess.Popen[bytes]":
    """Start a child; `apart`: as the leader of its own process group, so that Ctrl-C reaches the launcher alone."""
    with _prepared() as prepare:
        return subprocess.Popen(
            command,
            env=env,
            cwd=cwd,
            stdin=subprocess.DEVNULL if apart else None,
            process_group=0 if apart else None,
            preexec_fn=prepare,  # noqa: PLW1509 - the launcher has one thread
        )


def run_step(command: Sequence[str], *, env: Mapping[str, str], cwd: Path) -> int:
    """Run a child to its end in our own group (Ctrl-C reaches it) and return its exit code."""
    child = spawn(command, env=env, cwd=cwd, apart=False)
    try:
        return child.wait()
    except BaseException:
        child.kill()
        child.wait()
        raise


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    """Ask ten times a second; False when it was never so."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def _members(group: int) -> list[psutil.Process]:
    """Who is left of a process group, zombies apart."""
    found = []
    for process in psutil.process_iter(["status"]):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if os.getpgid(process.pid) == group and process.info["status"] != psutil.STATUS_ZOMBIE:
                found.append(process)
    return found


def is_left(group: int, since: float) -> bool:
    """Whether anything is left of the process group whose leader began then.

    A dead leader's members count: the kernel gives no pid away while a group of that number exists.
    """
    now = began(group)
    return abs(now - since) < _SAME_MOMENT if now is not None else bool(_members(group))


def end_groups(groups: Iterable[int], *, patience: float) -> None:
    """End every process of these groups: SIGTERM, `patience` seconds to finish their work, then SIGKILL."""
    left = set(groups)
    for number, seconds in ((signal.SIGTERM, patience), (signal.SIGKILL, 5.0)):
        for group in left:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(group, number)
        psutil.wait_procs([each for group in left for each in _members(group)], timeout=seconds)
        left = {group for group in left if _members(group)}
