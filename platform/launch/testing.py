"""`make test`, `make bench` and single commands that need a database: each on a cluster of its own kind."""

import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from launch import LaunchError, catalogues, environment
from launch.environment import ROOT
from launch.postgres import Cluster
from launch.processes import run_step

_MOST_WORKERS = 8
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def _variables(folder: Path, url: str) -> dict[str, str]:
    """A fixed environment: tests neither depend on nor write to what the person's shell and data say."""
    scratch = folder / "test-data"
    scratch.mkdir(exist_ok=True)
    return {
        **os.environ,
        "DATABASE_URL": url,
        "DATA_DIR": str(scratch),
        "DEMO": "1",
        "BASE_DOMAIN": "localhost",
        "SECRET_KEY": "for-tests-only-" + "0123456789" * 5,
    }


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One test run at a time per folder: two would share the test databases by name."""
    with (folder / "test.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Waiting for another test run to end …", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def _database(folder: Path) -> Iterator[str]:
    given = os.environ.get("DATABASE_URL")
    if given:
        yield given
    else:
        with Cluster(folder / "test-pg", fast_unsafe=True).in_use() as url:
            yield url


def _provide_browser() -> None:
    """The browser tests take an installed Chromium; where none is, Playwright's own is fetched once."""
    if not any(shutil.which(name) for name in _BROWSERS):
        command = [sys.executable, "-m", "playwright", "install", "chromium"]
        if subprocess.run(command, check=False).returncode != 0:
            print(
                "No Chromium: the browser tests will fail. Install it (Debian: apt-get install chromium).",
                flush=True,
            )


def _look_for_pooler() -> None:
    """The tests of connections run the real PgBouncer, which only the system's packages have."""
    if not shutil.which("pgbouncer", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/usr/local/sbin"):
        print(
            "No PgBouncer: the tests behind a pooler will fail. Install it (Debian: apt-get install pgbouncer).",
            flush=True,
        )


def _workers(arguments: Sequence[str]) -> list[str]:
    """As many pytest workers as processors, unless the caller has an opinion (or a debugger)."""
    opinions = ("-n", "--numprocesses", "--pdb", "--collect-only", "--co")
    if any(argument.startswith(opinions) for argument in arguments):
        return []
    return ["-n", str(min(os.cpu_count() or 1, _MOST_WORKERS))]


def test(arguments: Sequence[str]) -> int:
    """Run pytest on a fast database; pytest's summary is the last line, its code the result."""
    folder = environment.data_dir(os.environ)
    catalogues.compile_changed(ROOT)
    _provide_browser()
    _look_for_pooler()
    with _alone(folder), _database(folder) as url:
        command = [sys.executable, "-m", "pytest", *_workers(arguments), *arguments]
        return run_step(command, env=_variables(folder, url), cwd=ROOT)


def with_test_database(command: Sequence[str]) -> int:
    """Run one command with the test cluster, as the checks that look at a database but keep nothing in it."""
    folder = environment.data_dir(os.environ)
    with _database(folder) as url:
        return _run(command, _only_missing(_variables(folder, url), url))


def _only_missing(variables: Mapping[str, str], url: str) -> dict[str, str]:
    """What the caller sets stays, as DEMO=0 for the production checks."""
    return _with_programs({**variables, **os.environ, "DATABASE_URL": url})


def _with_programs(variables: Mapping[str, str]) -> dict[str, str]:
    """Let `manage` alone be found, without its folder."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{variables.get('PATH', os.defpath)}"
    return {**variables, "PATH": path}


def _run(command: Sequence[str], env: Mapping[str, str]) -> int:
    try:
        return run_step(command, env=env, cwd=ROOT)
    except OSError as error:
        raise LaunchError(f"Cannot run {command[0]}: {error.strerror}.") from error


def with_database(command: Sequence[str]) -> int:
    """Run one command with the data and the settings of the last `make run`."""
    with environment.for_command():
        return _run(command, _with_programs(os.environ))


def bench(arguments: Sequence[str]) -> int:
    """Run the benchmarks on a durable cluster, so that figures mean something for a real one."""
    folder = environment.data_dir(os.environ)
    catalogues.compile_changed(ROOT)
    given = os.environ.get("DATABASE_URL")
    with contextlib.ExitStack() as stack:
        stack.enter_context(_alone(folder))
        url = given or stack.enter_context(Cluster(folder / "bench-pg").in_use())
        command = [sys.executable, "-m", "tests.benchmarks", *arguments]
        return run_step(command, env=_variables(folder, url), cwd=ROOT)
