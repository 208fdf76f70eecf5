"""`make run` starts everything, watches it, stops it, and finds its way after being killed."""

import contextlib
import http.client
import json
import os
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from launch.postgres import Cluster, free_port

STAND_IN = Path(__file__).with_name("stand_in.py")


class Started:
    """One launcher over the stand-in application, in a folder of its own."""

    def __init__(self, folder: Path, port: int, **environ: str) -> None:
        self.folder, self.port = folder, port
        self.data = folder / "data"
        self.program = folder / "stand_in.py"
        if not self.program.exists():
            shutil.copy(STAND_IN, self.program)
        foreign = {"DATABASE_URL", "MAKELEVEL", "SECRET_KEY", "FAILING", "WAITING", "LAUNCHED_FOR"}
        without = {name: value for name, value in os.environ.items() if name not in foreign}
        ours = {"DATA_DIR": str(self.data), "PORT": str(port), "DEMO": "1", "BASE_DOMAIN": "localhost"}
        self.process = subprocess.Popen(
            [sys.executable, str(self.program), "launch"],
            env={**without, **ours, **environ},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.said = ""

    def until(self, text: str) -> str:
        """Read what it says up to a line with this text; fails when it ends without."""
        assert self.process.stdout
        for line in self.process.stdout:
            self.said += line
            if text in line:
                return self.said
        raise AssertionError(f"It ended without saying {text!r}: {self.said}")

    def rest(self) -> str:
        """Everything to its end."""
        self.said += self.process.communicate(timeout=60)[0]
        return self.said

    def end(self) -> None:
        """Stop it as a person would; nothing of it stays."""
        if self.process.poll() is None:
            self.process.terminate()
            self.process.communicate(timeout=60)
        if self.process.stdout:
            self.process.stdout.close()

    def children(self) -> dict[str, int]:
        """The processes it has started itself, by name: the web server and the worker lead groups of their own."""
        found = {"launcher": self.process.pid}
        for child in psutil.Process(self.process.pid).children():
            found["web" if "gunicorn" in child.cmdline() else child.cmdline()[-1]] = child.pid
        return found

    def worker(self) -> int:
        """The worker, as soon as there is one."""
        assert eventually(lambda: "work" in self.children())
        return self.children()["work"]

    def commands(self) -> list[str]:
        log = self.data / "commands.log"
        return [line.split()[0] for line in log.read_text().splitlines()] if log.exists() else []

    def get(self, path: str, address: str = "127.0.0.1") -> dict[str, str]:
        with contextlib.closing(http.client.HTTPConnection(address, self.port, timeout=10)) as connection:
            connection.request("GET", path, headers={"Host": "saarbruecken.localhost"})
            answer = connection.getresponse()
            assert answer.status == 200
            body: dict[str, str] = json.loads(answer.read())
        return body


Starter = Callable[..., Started]


@pytest.fixture
def start(tmp_path: Path, copied: Callable[[Path], Cluster]) -> Iterator[Starter]:
    """Starts over a database that is there already, but for the tests that begin with nothing (`first_start`)."""
    copied(tmp_path / "data" / "pg")
    yield from _starter(tmp_path)


@pytest.fixture
def first_start(tmp_path: Path) -> Iterator[Starter]:
    yield from _starter(tmp_path)


def _starter(tmp_path: Path) -> Iterator[Starter]:
    started: list[Started] = []
    port = free_port()

    def starter(**environ: str) -> Started:
        started.append(Started(tmp_path, int(environ.pop("port", port)), **environ))
        return started[-1]

    yield starter
    for one in started:
        one.end()
    Cluster(tmp_path / "data" / "pg").stop()


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def eventually(condition: Callable[[], bool], seconds: float = 15) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def members(group: int) -> list[int]:
    """The living processes of a group."""
    found = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if entry.name.isdigit():
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                if fields[2] == str(group) and fields[0] != "Z":
                    found.append(int(entry.name))
    return found


def test_a_start_prepares_answers_and_lists_hosts_and_accounts(first_start: Starter) -> None:
    service = first_start()
    said = service.until("Stop with Ctrl-C.")

    assert f"Ready: http://localhost:{service.port}/\n" in said
    assert f"http://saarbruecken.localhost:{service.port}/" in said
    assert "betrieb@platform.example" in said
    assert "redaktion@saarbruecken.example" in said
    assert service.commands()[:3] == ["prepare", "collectstatic", "seed_demo"]
    assert eventually(lambda: "work" in service.commands())
    assert service.get("/angebote/")["host"] == "saarbruecken.localhost"
    if socket.has_ipv6:
        assert service.get("/angebote/", "::1")["path"] == "/angebote/"


def test_pages_answer_while_the_demo_is_still_looked_at(start: Starter) -> None:
    service = start(WAITING="seed_demo")
    service.until("Pages answer")

    assert eventually(lambda: "seed_demo" in service.commands())
    assert service.get("/angebote/")["host"] == "saarbruecken.localhost"
    assert "Ready:" not in service.said
    assert "work" not in service.commands()

    (service.data / "go-on").touch()
    service.until("Ready:")


def test_no_page_answers_before_the_database_is_prepared(start: Starter) -> None:
    service = start(WAITING="prepare")
    service.until("Preparing the database")

    assert eventually(lambda: "prepare" in service.commands())
    with pytest.raises(ConnectionRefusedError):
        service.get("/")
    (service.data / "go-on").touch()
    service.until("Ready:")


def test_a_start_that_is_stopped_half_way_leaves_nothing_running(start: Starter) -> None:
    service = start(WAITING="seed_demo")
    service.until("Pages answer")
    assert eventually(lambda: "seed_demo" in service.children())
    processes = service.children()

    service.process.send_signal(signal.SIGTERM)
    said = service.rest()

    assert service.process.returncode == 0
    assert said.endswith("Stopping …\nStopped.\n")
    assert not any(alive(pid) for pid in processes.values())
    assert not Cluster(service.data / "pg").running()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_web_worker_and_database(start: Starter, number: signal.Signals) -> None:
    service = start()
    service.until("Stop with Ctrl-C.")
    service.worker()
    processes = service.children()

    service.process.send_signal(number)
    said = service.rest()

    assert service.process.returncode == 0
    assert said.endswith("Stopping …\nStopped.\n")
    assert not any(alive(pid) for pid in processes.values())
    assert not Cluster(service.data / "pg").running()
    assert (service.data / "run.lock").read_text() == ""


def test_a_second_start_is_quick_and_collects_no_files_again(first_start: Starter) -> None:
    taken = []
    for _time in range(2):
        # Of the processor, not of the clock: others may be at work on this machine.
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        second = first_start()
        second.until("Ready:")
        second.process.terminate()
        second.rest()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)

    assert taken[1] < taken[0]
    assert taken[1] < 10
    assert second.commands().count("collectstatic") == 1
    assert second.commands().count("prepare") == 2


def test_a_second_start_beside_the_first_is_refused(start: Starter) -> None:
    first = start()
    first.until("Stop with Ctrl-C.")
    second = start()

    said = second.rest()

    assert second.process.returncode == 1
    assert f"already runs at http://localhost:{first.port}/" in said
    assert f"kill {first.process.pid}" in said
    assert first.get("/")["path"] == "/"


def test_a_taken_port_is_named_with_a_way_out_before_anything_is_done(start: Starter) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        service = start(port=str(port))
        said = service.rest()

    assert service.process.returncode == 1
    assert f"Port {port} is taken by another program" in said
    assert "PORT=8001 make run" in said
    assert "Traceback" not in said
    assert not (service.data / "commands.log").exists()


def test_a_worker_that_dies_is_started_again(start: Starter) -> None:
    service = start()
    service.until("Stop with Ctrl-C.")
    first = service.worker()

    os.kill(first, signal.SIGKILL)

    assert "The job worker ended with code -9" in service.until("The job worker ended")
    second = service.worker()
    assert second != first
    assert alive(second)


def test_a_killed_launcher_takes_its_children_along_and_the_next_start_works(start: Starter) -> None:
    service = start()
    service.until("Stop with Ctrl-C.")
    service.worker()
    processes = service.children()

    service.process.kill()
    service.process.wait()

    assert eventually(lambda: not any(alive(pid) for pid in processes.values()))
    start().until("Ready:")


def test_after_killing_every_single_process_the_next_start_works(start: Starter) -> None:
    service = start()
    service.until("Stop with Ctrl-C.")
    service.worker()
    processes = service.children()
    postmaster = int((service.data / "pg" / "data" / "postmaster.pid").read_text().splitlines()[0])

    for pid in [service.process.pid, postmaster, *members(processes["web"]), processes["work"]]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    service.process.wait()

    start().until("Ready:")


def test_web_workers_that_outlive_their_launcher_are_ended_by_the_next_start(start: Starter) -> None:
    service = start()
    service.until("Stop with Ctrl-C.")
    service.worker()
    web = service.children()["web"]
    # A stopped process cannot obey the SIGTERM it gets when its parent dies: it stays and holds the port.
    os.killpg(web, signal.SIGSTOP)
    service.process.kill()
    service.process.wait()

    said = start().until("Ready:")

    named = re.search(r"^Ending what an earlier start left behind: ([0-9, ]+)\.$", said, re.MULTILINE)
    assert named
    assert str(web) in named.group(1).split(", ")
    assert not members(web)


@pytest.mark.parametrize("step", ["prepare", "collectstatic", "seed_demo"])
def test_a_step_that_fails_ends_the_start_and_leaves_nothing_running(start: Starter, step: str) -> None:
    service = start(FAILING=step)
    said = service.rest()

    assert service.process.returncode == 1
    assert f"{step} refuses" in said
    assert f"The step “manage {step}" in said
    assert "Ready:" not in said
    assert not Cluster(service.data / "pg").running()


def test_a_web_server_that_cannot_start_ends_the_start(start: Starter) -> None:
    service = start(FAILING="import")
    said = service.rest()

    assert service.process.returncode == 1
    assert "The web server ended with code" in said
    assert "Ready:" not in said
    assert not Cluster(service.data / "pg").running()


def test_a_given_database_is_used_and_none_is_started(first_start: Starter, cluster: Cluster) -> None:
    service = first_start(DATABASE_URL=cluster.start())
    service.until("Ready:")

    assert not (service.data / "pg").exists()


def test_a_given_database_that_does_not_answer_is_one_sentence_without_the_password(start: Starter) -> None:
    service = start(DATABASE_URL=f"postgresql://app:hidden-word@127.0.0.1:{free_port()}/nothing")
    said = service.rest()

    assert service.process.returncode == 1
    assert "The database of DATABASE_URL cannot be used" in said
    assert "hidden-word" not in said
    assert "Traceback" not in said


@pytest.mark.parametrize("missing", ["SECRET_KEY", "BASE_DOMAIN"])
def test_without_the_demo_a_missing_variable_is_one_sentence(start: Starter, missing: str) -> None:
    given = {"DEMO": "0", "SECRET_KEY": "abcdef" * 10, "BASE_DOMAIN": "portal.example", missing: ""}
    service = start(**given)
    said = service.rest()

    assert service.process.returncode == 1
    assert f"{missing} is not set" in said


def test_the_demos_secret_is_made_once_and_closed(first_start: Starter) -> None:
    first = first_start()
    first.until("Ready:")
    key = (first.data / "secret_key").read_text()
    first.process.terminate()
    first.rest()
    first_start().until("Ready:")

    assert (first.data / "secret_key").read_text() == key
    assert (first.data / "secret_key").stat().st_mode & 0o777 == 0o600
    assert len(key) > 60


@pytest.mark.parametrize("port", ["http", "0", "70000", "-1"])
def test_a_port_that_is_no_port_is_one_sentence(tmp_path: Path, port: str) -> None:
    command = [sys.executable, "-m", "launch", "run"]
    environ = {**os.environ, "PORT": port, "DATA_DIR": str(tmp_path), "DEMO": "1"}
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert done.stderr == f"PORT must be a number from 1 to 65535, not {port!r}.\n"
