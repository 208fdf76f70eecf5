"""`python -m tools.testing test | bench | with-test-db`: what `make test`, `make bench` and `make check` call.

Each has a database cluster of its own kind.
"""

import contextlib
import fcntl
import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from launch import LaunchError, catalogues, environment
from launch.environment import ROOT
from launch.postgres import Cluster
from launch.processes import die_with_parent

# As many pytest workers as processors, eight at most, unless the caller says otherwise.
_WORKERS = ("-n", "auto", "--maxprocesses", "8")
_BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


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
def _database(folder: Path, name: str = "test-pg", *, fast_unsafe: bool = True) -> Iterator[str]:
    """The given database, or one of our own in a folder of this name.

    TEST_CLUSTER_DIR: another place for the tests' cluster. In memory (/dev/shm) a clone of the prepared database, 2,500
    small files, takes a tenth of the time on disk; hundreds of tests have one of their own.
    """
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    place = Path(os.environ.get("TEST_CLUSTER_DIR") or folder) if fast_unsafe else folder
    with Cluster(place / name, fast_unsafe=fast_unsafe).in_use() as url:
        yield url


def _provide_programs() -> None:
    """The browser tests take an installed Chromium; where none is, Playwright's own is fetched once.

    The tests of connections run the real PgBouncer, which only the system's packages have.
    """
    missing = "No {0}: tests that need it will fail. Install it (Debian: apt-get install {1})."
    if not any(shutil.which(name) for name in _BROWSERS):
        command = [sys.executable, "-m", "playwright", "install", "chromium"]
        if subprocess.run(command, check=False).returncode != 0:
            print(missing.format("Chromium", "chromium"), flush=True)
    if not shutil.which("pgbouncer", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/usr/local/sbin"):
        print(missing.format("PgBouncer", "pgbouncer"), flush=True)


def _run(command: Sequence[str], env: Mapping[str, str]) -> int:
    """Its exit code. Killed with us, and reached by Ctrl-C like us."""
    prepare = functools.partial(die_with_parent, os.getpid())
    return subprocess.run(command, env=env, cwd=ROOT, preexec_fn=prepare, check=False).returncode


def test(arguments: Sequence[str]) -> int:
    """Run pytest on a fast database; pytest's summary is the last line, its code the result."""
    folder = environment.data_dir(os.environ)
    catalogues.compile_changed(ROOT)
    _provide_programs()
    with _alone(folder), _database(folder) as url:
        return _run([sys.executable, "-m", "pytest", *_WORKERS, *arguments], _variables(folder, url))


def with_test_database(command: Sequence[str]) -> int:
    """Run one command with the test cluster, as the checks that look at a database but keep nothing in it.

    What the caller sets stays, as DEMO=0 for the production checks; `manage` is found without its folder.
    """
    folder = environment.data_dir(os.environ)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    with _database(folder) as url:
        env = {**_variables(folder, url), **os.environ, "DATABASE_URL": url, "PATH": path}
        try:
            return _run(command, env)
        except OSError as error:
            raise LaunchError(f"Cannot run {command[0]}: {error.strerror}.") from error


def bench(arguments: Sequence[str]) -> int:
    """Run the benchmarks on a durable cluster, so that figures mean something for a real one."""
    folder = environment.data_dir(os.environ)
    catalogues.compile_changed(ROOT)
    with _alone(folder), _database(folder, "bench-pg", fast_unsafe=False) as url:
        command = [sys.executable, "-m", "tests.benchmarks", *arguments]
        return _run(command, _variables(folder, url))


_VERBS = {"test": test, "bench": bench, "with-test-db": with_test_database}


def main(arguments: Sequence[str]) -> int:
    """Do what the first word says with all that follows; 1 with one line on stderr when refused, 2 for wrong usage."""
    verb, rest = (arguments[0] if arguments else ""), list(arguments[1:])
    if verb not in _VERBS or (verb == "with-test-db" and not rest):
        print(f"usage: python -m tools.testing {' | '.join(_VERBS)} …", file=sys.stderr)
        return 2
    try:
        return _VERBS[verb](rest)
    except LaunchError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
