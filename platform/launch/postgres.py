"""A PostgreSQL of our own in a folder: made, started on a free port, stopped, mended after a crash.

Facts and figures: shared/design/tenancy.md, "Embedded PostgreSQL".
"""

import contextlib
import fcntl
import locale
import os
import re
import secrets
import shutil
import signal
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg

from launch import LaunchError
from launch.accounts import Account, account_for
from launch.binaries import Binaries, choose
from launch.processes import began, wait_until, working_in

USER = "app"
DATABASE = "chancenportal"
_SERVER = "postgres"
_BUILTIN_LOCALE_SINCE = 17
# After a crash, without syncfs, a hundred thousand files are written one by one.
_START_SECONDS = 600
_ANSWER_SECONDS = 120
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    # A dump of 1,000 schemas locks every table of each; the default 64 fails.
    "max_locks_per_transaction": "1024",
    # With PostgreSQL's own 128 MB each search for a common word among 100,000 offers pushes the last one's pages out.
    # Taken only as far as it is used.
    "shared_buffers": "512MB",
    "log_timezone": "UTC",
    "timezone": "UTC",
    # After a crash everything must be on disk before the server begins: by one call for the whole file system, where
    # the system has it, instead of file by file (a thousand municipalities have 320,000).
    "recovery_init_sync_method": "syncfs" if psutil.LINUX else "fsync",
}
# The server notes what changes, so that backups need not read everything (pg_basebackup --incremental).
_SUMMARIZES_SINCE = 17
_UNSAFE = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


def free_port(wish: int = 0) -> int:
    """A port of 127.0.0.1 that nobody listens on at this moment: the wished for, if possible."""
    with socket.socket() as probe:
        # A port whose last connections the kernel has not forgotten yet is free all the same.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wish))
        except OSError:
            return free_port()
        port: int = probe.getsockname()[1]
        return port


class Cluster:
    """One PostgreSQL in `data_dir`, with `data/` (owned by the server's account), `password` and two locks.

    `fast_unsafe` gives up durability for speed: for tests only, a power cut loses everything.
    """

    def __init__(self, data_dir: Path, *, fast_unsafe: bool = False) -> None:
        self.home = Path(data_dir).absolute()
        self.data = self.home / "data"
        self.fast_unsafe = fast_unsafe

    @property
    def url(self) -> str:
        """The address for DATABASE_URL, with the port of the running server or of its last run.

        Raises LaunchError when there is no database yet.
        """
        return f"postgresql://{USER}:{self._password()}@127.0.0.1:{self._port()}/{DATABASE}"

    def start(self) -> str:
        """Make the database when there is none, start its server unless it runs, and return its URL.

        Raises LaunchError with what is wrong and what to do.
        """
        with self._locked():
            if not self.running():
                if not (self.data / "PG_VERSION").exists():
                    self._initialise()
                if not self._survivor_answers():
                    self._launch()
            self._create_database()
        return self.url

    def stop(self) -> None:
        """End the server; open connections are cut, committed work is kept. Does nothing when none runs."""
        with self._locked():
            pid = self._pid()
            if pid not in working_in(self.data, _SERVER):
                return
            done = self._pg_ctl("stop", "-m", "fast", "-t", "60")
            if done is not None:
                done = self._pg_ctl("stop", "-m", "immediate", "-t", "20")
            if done is not None:
                raise LaunchError(f"PostgreSQL (process {pid}) does not stop: {done}")

    def running(self) -> bool:
        """Whether our server answers: only ours knows the password that is in our folder."""
        pid = self._pid()
        return pid is not None and began(pid) is not None and self._answers()

    @contextlib.contextmanager
    def in_use(self) -> Iterator[str]:
        """The URL of a running server, shared by several processes: the last one out stops it.

        The kernel counts the users (shared lock), so that one who is killed is forgotten.
        """
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / "users.lock").open("a") as users:
            fcntl.flock(users, fcntl.LOCK_SH)
            try:
                yield self.start()
            finally:
                with contextlib.suppress(BlockingIOError):
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    self.stop()

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """One start or stop at a time, whichever process asks."""
        try:
            self.home.mkdir(parents=True, exist_ok=True)
            lock = (self.home / "lock").open("a")
        except OSError as error:
            raise LaunchError(f"Cannot write to {self.home} ({error.strerror}): set another DATA_DIR.") from error
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    # --- what the files say -------------------------------------------------------------------------------

    def _password(self) -> str:
        try:
            return (self.home / "password").read_text().strip()
        except FileNotFoundError:
            if self.data.exists():
                message = f"The file {self.home}/password is missing: restore it, or move {self.home} away."
            else:
                message = f"There is no database in {self.home} yet: start it once."
            raise LaunchError(message) from None

    def _postmaster(self, line: int) -> int | None:
        """A number from postmaster.pid: 0 the process, 3 the port; None where there is none."""
        try:
            return int((self.data / "postmaster.pid").read_text().splitlines()[line])
        except (OSError, IndexError, ValueError):
            return None

    def _pid(self) -> int | None:
        return self._postmaster(0)

    def _port(self) -> int:
        """The port of the running server or of its last run."""
        return self._postmaster(3) or self._last_port()

    def _last_port(self) -> int:
        """That of the configuration, written at every start, else a new one."""
        try:
            found = re.search(r"^port = (\d+)$", (self.data / "launch.conf").read_text(), re.MULTILINE)
        except OSError:
            found = None
        return int(found.group(1)) if found else free_port()

    def _account(self) -> Account:
        return account_for(self.data)

    def _binaries(self) -> Binaries:
        version = (self.data / "PG_VERSION").read_text().strip()
        return choose(int(version.split(".")[0]))

    # --- the server ---------------------------------------------------------------------------------------

    def _connect(self, database: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(
            host="127.0.0.1",
            port=self._port(),
            user=USER,
            password=self._password(),
            dbname=database,
            autocommit=True,
            connect_timeout=5,
        )

    def _answers(self) -> bool:
        try:
            self._connect().close()
        except (psycopg.OperationalError, LaunchError):
            return False
        return True

    def _create_database(self) -> None:
        with self._connect() as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(f"CREATE DATABASE {DATABASE}")

    def _initialise(self) -> None:
        """Make the database under another name first, so that a killed attempt leaves nothing half-made."""
        binaries, account = choose(None), account_for(self.data)
        binaries = binaries.reachable_by(account)
        unfinished = self.home / "data.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        account.own(unfinished)
        password = secrets.token_hex(24)
        # In /tmp the account can read it, in our folder perhaps not.
        with tempfile.NamedTemporaryFile("w", dir="/tmp") as file:
            file.write(password)
            file.flush()
            account.own(Path(file.name))
            options = [f"--username={USER}", "--encoding=UTF8", *_locale(binaries), "--auth=scram-sha-256"]
            options += ["--no-sync"] if self.fast_unsafe else []
            command = [binaries.program("initdb"), "-D", "{}", *options, f"--pwfile={file.name}"]
            done = account.run_in(unfinished, command)
        if done.returncode != 0:
            raise LaunchError(f"PostgreSQL could not make its database in {self.home}: {done.stderr.strip()}")
        with (unfinished / "postgresql.conf").open("a") as configuration:
            configuration.write("\ninclude 'launch.conf'\n")
        secret = os.open(self.home / "password", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(secret, "w") as file:
            file.write(password)
        if self.data.exists():
            self.data.rmdir()
        unfinished.rename(self.data)

    def _configure(self, port: int) -> None:
        values = {"port": str(port), **_SETTINGS, **(_UNSAFE if self.fast_unsafe else {})}
        if self._binaries().major >= _SUMMARIZES_SINCE:
            values["summarize_wal"] = "on"
        lines = [f"{name} = {value if value.isdigit() else repr(value)}\n" for name, value in values.items()]
        file = self.data / "launch.conf"
        file.write_text("# Written at every start.\n" + "".join(lines))
        self._account().own(file)

    def _pg_ctl(self, verb: str, *options: str) -> str | None:
        """Run pg_ctl and wait; None when done, otherwise what it complained of."""
        account = self._account()
        program = self._binaries().reachable_by(account).program("pg_ctl")
        done = account.run_in(self.data, [program, verb, "-D", "{}", "-w", "-s", *options])
        return None if done.returncode == 0 else (done.stderr or done.stdout).strip()

    def _launch(self) -> None:
        """Start the server, on another port when somebody has taken the last one."""
        log = self.data / "server.log"
        if log.exists() and log.stat().st_size > 10_000_000:
            log.replace(log.with_suffix(".old.log"))
        wish = self._last_port()
        for _ in range(5):
            port = free_port(wish)
            self._configure(port)
            before = log.stat().st_size if log.exists() else 0
            failure = self._pg_ctl("start", "-t", str(_START_SECONDS), "-l", "{}/server.log")
            if failure is None:
                return
            if free_port(port) == port:
                # Nobody was faster: something else is wrong.
                break
        said = log.read_text(errors="replace")[before:].strip() if log.exists() else ""
        raise LaunchError(
            f"PostgreSQL does not start ({(said or failure or 'it says no reason').splitlines()[-1]}); see {log}."
        )

    # --- after a crash ------------------------------------------------------------------------------------

    def _survivor_answers(self) -> bool:
        """Tidy up after a killed server; True when one is alive after all and answers.

        PostgreSQL itself sees through a dead pid. It cannot see through a zombie's, or one that another
        program has by now: then the file goes, but never while processes of the old server still run.
        """
        pid = self._pid()
        if pid is None:
            return False
        if pid in working_in(self.data, _SERVER):
            if wait_until(self._answers, _ANSWER_SECONDS):
                return True
            raise LaunchError(
                f"PostgreSQL (process {pid}) has {self.data} but does not answer: end it with kill {pid}."
            )
        self._end_orphans()
        if psutil.pid_exists(pid):
            (self.data / "postmaster.pid").unlink(missing_ok=True)
        return False

    def _end_orphans(self) -> None:
        """Backends end by themselves when their postmaster is gone, unless they compute: then SIGTERM."""
        if wait_until(lambda: not working_in(self.data, _SERVER), 3):
            return
        for pid in working_in(self.data, _SERVER):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
        if not wait_until(lambda: not working_in(self.data, _SERVER), 10):
            left = working_in(self.data, _SERVER)
            raise LaunchError(f"Processes of a killed PostgreSQL are still in {self.data}: {left}.")


def _locale(binaries: Binaries) -> list[str]:
    """Options for initdb: the same order of letters everywhere, whatever the machine has installed."""
    if binaries.major >= _BUILTIN_LOCALE_SINCE:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    except locale.Error:
        return ["--locale=C"]
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    return ["--locale=C.UTF-8"]
