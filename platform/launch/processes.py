"""Children that never outlive their parent, found again by a mark, and one place where everything is waited for.

A pid alone proves nothing: it may be a zombie (containers without an init never reap) or belong to somebody else by
now. So ours carry a mark in their environment, their children too, and nothing is remembered between two starts.
"""

import ctypes
import functools
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import FrameType

import psutil

_MARK = "LAUNCHED_FOR"
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True) if psutil.LINUX else None
_LONGEST_LOOK = 0.3
# Ctrl-C, kill and a terminal that is closed: what was asked since `stop_when_asked`.
_STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_asked: list[int] = []


def _note(number: int, frame: FrameType | None) -> None:
    _asked.append(number)


def stop_when_asked() -> None:
    """From now on a wish to stop is noted, and heard by `wait_until`: what a handler raises itself comes anywhere, also
    while Python makes a child, where it is swallowed."""
    for number in _STOPPING:
        # A terminal that is closed ends nothing that was started by nohup.
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _note)


def wait_until(condition: Callable[[], bool], seconds: float = float("inf")) -> bool:
    """Whether it came true in time; KeyboardInterrupt as soon as somebody asked to stop."""
    deadline, pause = time.monotonic() + seconds, 0.01
    while not (_asked or condition()):
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
        pause = min(pause * 1.5, _LONGEST_LOOK)
    if _asked:
        raise KeyboardInterrupt
    return True


def die_with_parent(parent: int) -> None:
    """Ask Linux for a SIGTERM when our parent goes, even by kill -9; elsewhere the next start ends us."""
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)


def spawn(command: Sequence[str], *, env: Mapping[str, str], cwd: Path, mark: Path) -> "subprocess.Popen[bytes]":
    """Start a child that carries the mark, in a process group of its own: Ctrl-C reaches the launcher alone."""
    return subprocess.Popen(
        command,
        env={**env, _MARK: str(mark)},
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        process_group=0,
        preexec_fn=functools.partial(die_with_parent, os.getpid()),  # noqa: PLW1509 - the launcher has one thread
    )


def marked(mark: Path) -> list[psutil.Process]:
    """The living processes that carry the mark, whoever started them, but for this one."""
    listed = psutil.process_iter(["environ"])
    return [each for each in listed if (each.info["environ"] or {}).get(_MARK) == str(mark) and each.pid != os.getpid()]


def working_in(folder: Path, name: str) -> list[psutil.Process]:
    """The processes of this program whose working directory is the folder, as PostgreSQL's are."""
    place = os.path.realpath(folder)
    listed = psutil.process_iter(["name", "cwd"])
    return [each for each in listed if each.info["name"] == name and each.info["cwd"] == place]


def end(find: Callable[[], list[psutil.Process]], *, patience: float) -> None:
    """End what is found: SIGTERM, `patience` seconds to finish its work, then SIGKILL for what is found still."""
    for number, seconds in ((signal.SIGTERM, patience), (signal.SIGKILL, 5.0)):
        found = find()
        for each in found:
            try:
                each.send_signal(number)
            except psutil.NoSuchProcess:
                continue
        psutil.wait_procs(found, timeout=seconds)
