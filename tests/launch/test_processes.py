"""Steps and children: a wish to stop is never lost, and what is remembered tells leftovers from strangers."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from launch.processes import began, end_groups, is_left, spawn

INTERRUPTED = """
import os, signal, sys
from pathlib import Path
from launch import processes, run
# As from a terminal, also where the tests themselves were started by nohup.
signal.signal(signal.SIGHUP, signal.SIG_DFL)
run._on_stop(run._interrupt)
# The worst moment: Python swallows what a handler raises while it forks.
os.register_at_fork(after_in_parent=lambda: os.kill(os.getpid(), signal.{name}))
try:
    processes.run_step(["sleep", "600"], env=dict(os.environ), cwd=Path("/"))
except KeyboardInterrupt:
    sys.exit("stopped")
"""


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_at_the_moment_a_step_begins_is_not_lost(name: str) -> None:
    command = [sys.executable, "-c", INTERRUPTED.format(name=name)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)

    assert done.stderr == "stopped\n"


WATCHED = """
import os, signal, sys
from pathlib import Path
from launch import processes, run

class Worst:
    # The worst moment: the child's lock is taken, and nobody is there yet who would give it back.
    def __init__(self, lock):
        self.lock, self.release = lock, lock.release
    def acquire(self, *how):
        taken = self.lock.acquire(*how)
        os.kill(os.getpid(), signal.SIGINT)
        return taken
    def __enter__(self):
        return self.lock.__enter__()
    def __exit__(self, *why):
        return self.lock.__exit__(*why)

run._on_stop(run._interrupt)
child = processes.spawn(["sleep", "600"], env=dict(os.environ), cwd=Path("/"))
child._waitpid_lock = Worst(child._waitpid_lock)
try:
    while not processes.ended(child):
        pass
except KeyboardInterrupt:
    run._on_stop(signal.SIG_IGN)
    processes.end_groups([child.pid], patience=5)
    child.wait()
    sys.exit("stopped")
"""


def test_a_signal_while_a_child_is_looked_after_keeps_nobody_waiting_for_it() -> None:
    done = subprocess.run([sys.executable, "-c", WATCHED], capture_output=True, text=True, timeout=120, check=False)

    assert done.stderr == "stopped\n"


def test_a_group_is_ended_with_all_its_members_even_those_that_do_not_want_to() -> None:
    stubborn = "trap '' TERM; sleep 600 & wait; wait"
    child = spawn(["sh", "-c", stubborn], env=dict(os.environ), cwd=Path("/"))
    time_it_began = began(child.pid)
    assert time_it_began is not None
    assert is_left(child.pid, time_it_began)

    end_groups([child.pid], patience=0.2)

    child.wait()
    assert began(child.pid) is None
    assert not is_left(child.pid, time_it_began)


def test_members_of_a_dead_leader_are_left_overs_and_another_process_of_that_number_is_none() -> None:
    # The leader ends at once, its child stays in the group.
    leader = spawn(["sh", "-c", "sleep 600 & exit 0"], env=dict(os.environ), cwd=Path("/"))
    leader.wait()
    try:
        assert is_left(leader.pid, time.time())
    finally:
        end_groups([leader.pid], patience=5)
    assert not is_left(leader.pid, time.time())
    # Of this very process, an hour ago there was none.
    assert not is_left(os.getpid(), time.time() - 3600)


def test_a_zombie_has_ended() -> None:
    child = subprocess.Popen(["true"])
    while Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
        time.sleep(0.01)
    assert began(child.pid) is None
    child.wait()
