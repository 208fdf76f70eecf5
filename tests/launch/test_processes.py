"""Children: a wish to stop is never lost, and what carries our mark is found and ended, whoever started it."""

import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from launch.postgres import Cluster
from launch.processes import end, marked, spawn, wait_until, working_in

INTERRUPTED = """
import os, signal, sys
from pathlib import Path
from launch import processes
# As from a terminal, also where the tests themselves were started by nohup.
signal.signal(signal.SIGHUP, signal.SIG_DFL)
processes.stop_when_asked()
# The worst moment: Python swallows what a handler raises while it forks.
os.register_at_fork(after_in_parent=lambda: os.kill(os.getpid(), signal.{name}))
mark = Path("/interrupted") / str(os.getpid())
child = processes.spawn(["sleep", "600"], env=dict(os.environ), cwd=Path("/"), mark=mark)
try:
    processes.wait_until(lambda: child.poll() is not None)
except KeyboardInterrupt:
    processes.end(lambda: processes.marked(mark), patience=5)
    child.wait()
    sys.exit("stopped")
"""


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_at_the_moment_a_step_begins_is_not_lost(name: str) -> None:
    command = [sys.executable, "-c", INTERRUPTED.format(name=name)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)

    assert done.stderr == "stopped\n"


def test_what_was_started_by_nohup_outlives_the_terminal() -> None:
    code = """
import os, signal
signal.signal(signal.SIGHUP, signal.SIG_IGN)
from launch import processes
processes.stop_when_asked()
os.kill(os.getpid(), signal.SIGHUP)
print(processes.wait_until(lambda: True))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)

    assert done.stdout == "True\n"


def started(script: str, mark: Path) -> "subprocess.Popen[bytes]":
    return spawn(["sh", "-c", script], env=dict(os.environ), cwd=Path("/"), mark=mark)


def test_a_child_is_ended_with_all_its_own_even_those_that_do_not_want_to(tmp_path: Path) -> None:
    # The shell says when it has become deaf.
    child = started(f"trap '' TERM; touch {tmp_path}/deaf; sleep 600 & wait; wait", tmp_path)
    other = started("exec sleep 600", tmp_path / "other")
    assert wait_until(lambda: (tmp_path / "deaf").exists() and len(marked(tmp_path)) == 2, 15)

    end(lambda: marked(tmp_path), patience=0.2)

    child.wait()
    assert marked(tmp_path) == []
    assert [each.pid for each in marked(tmp_path / "other")] == [other.pid]
    end(lambda: marked(tmp_path / "other"), patience=5)
    assert marked(tmp_path / "other") == []
    other.wait()


def test_what_an_ended_child_left_is_found_by_its_mark(tmp_path: Path) -> None:
    # The shell ends at once, its child stays, in another session even.
    child = started("setsid sleep 600 & exit 0", tmp_path)
    child.wait()

    assert wait_until(lambda: [each.name() for each in marked(tmp_path)] == ["sleep"], 15)

    end(lambda: marked(tmp_path), patience=5)
    assert marked(tmp_path) == []


def test_a_zombie_is_nobody(tmp_path: Path) -> None:
    child = started("exit 0", tmp_path)
    assert wait_until(lambda: psutil.Process(child.pid).status() == psutil.STATUS_ZOMBIE, 15)

    assert marked(tmp_path) == []
    child.wait()


def test_whoever_stands_in_the_folder_without_being_the_server_is_left_alone(cluster: Cluster) -> None:
    cluster.start()
    stranger = subprocess.Popen(["sleep", "600"], cwd=cluster.data)

    assert stranger.pid not in [each.pid for each in working_in(cluster.data, "postgres")]
    cluster.stop()

    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()
