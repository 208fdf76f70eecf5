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
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg

from launch import LaunchError
from launch.accounts import account_for
from launch.binaries import Binaries, choose
from launch.processes import end, wait_until, working_in

USER = "app"
DATABASE = "chancenportal"
_SERVER = "postgres"
_BUILTIN_LOCALE_SINCE = 17
# After a crash, without syncfs, a hundred thousand files are written one by one.
_START_SECONDS = 600
# Somebody may take the port between our look and the server's.
_ATTEMPTS = 3
_LONG_LOG = 10_000_000
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
        return self._address(DATABASE)

    def start(self) -> str:
        """Make the database when there is none, start its server unless it runs, and return its URL.

        Raises LaunchError with what is wrong and what to do.
        """
        with self._locked():
            if not (self.data / "PG_VERSION").exists():
                self._initialise()
            self._serve()
            self._create_database()
        return self.url

    def stop(self) -> None:
        """End the server; open connections are cut, committed work is kept. Does nothing when none runs."""
        with self._locked():
            if (pid := self._pid()) is None:
                return
            for how, seconds in (("fast", "60"), ("immediate", "20")):
                if (complaint := self._pg_ctl("stop", "-w", "-m", how, "-t", seconds)) is None:
                    return
            raise LaunchError(f"PostgreSQL (process {pid}) does not stop: {complaint}")

    def running(self) -> bool:
        """Whether our server is there and takes connections."""
        return self._pid() is not None and self._accepts()

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

    def _address(self, database: str) -> str:
        try:
            password = (self.home / "password").read_text().strip()
        except FileNotFoundError:
            ways = "start the database once, restore the file, or move the folder away"
            raise LaunchError(f"The file {self.home}/password is missing: {ways}.") from None
        return f"postgresql://{USER}:{password}@127.0.0.1:{self._port()}/{database}"

    def _pid(self) -> int | None:
        """The server's process; None when the file names none, a zombie or another program."""
        with contextlib.suppress(OSError, IndexError, ValueError, psutil.Error):
            pid = int((self.data / "postmaster.pid").read_text().splitlines()[0])
            process = psutil.Process(pid)
            if process.name() == _SERVER and process.cwd() == os.path.realpath(self.data):
                return pid
        return None

    def _port(self) -> int:
        """That of the configuration, written at every start, else a new one."""
        try:
            found = re.search(r"^port = (\d+)$", (self.data / "launch.conf").read_text(), re.MULTILINE)
        except OSError:
            found = None
        return int(found.group(1)) if found else free_port()

    def _binaries(self) -> Binaries:
        version = (self.data / "PG_VERSION").read_text().strip()
        return choose(int(version.split(".")[0]))

    # --- the server ---------------------------------------------------------------------------------------

    def _connect(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(self._address("postgres"), autocommit=True, connect_timeout=5)

    def _accepts(self) -> bool:
        return psycopg.pq.PGconn.ping(self._address("postgres").encode()) == psycopg.pq.Ping.OK

    def _create_database(self) -> None:
        with self._connect() as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(f"CREATE DATABASE {DATABASE}")

    def _initialise(self) -> None:
        """Make the database under another name first, so that a killed attempt leaves nothing half-made."""
        account = account_for(self.data)
        binaries = choose(None).reachable_by(account)
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
        account_for(self.data).own(file)

    def _pg_ctl(self, verb: str, *options: str) -> str | None:
        """Run pg_ctl; None when done, otherwise what it complained of."""
        account = account_for(self.data)
        program = self._binaries().reachable_by(account).program("pg_ctl")
        done = account.run_in(self.data, [program, verb, "-D", "{}", "-s", *options])
        return None if done.returncode == 0 else (done.stderr or done.stdout).strip()

    def _serve(self) -> None:
        """Wait until a server answers: one that is there already, as it still reads what a crash left, or a new one."""
        said, answers = "it does not answer", True
        for _attempt in range(_ATTEMPTS):
            said = said if self._pid() else self._launch()
            answers = wait_until(lambda: self._accepts() or not self._pid(), _START_SECONDS)
            if not answers or self._pid():
                break
        if not answers or not self._pid():
            raise LaunchError(f"PostgreSQL does not start ({said}); see {self.data}/server.log.")

    def _launch(self) -> str:
        """Start the server, on another port when somebody has taken the last one; returns what it said at last.

        PostgreSQL itself sees through a dead pid in its file, but not through a zombie's, or one that another program
        has by now: the file goes, but never while processes of the old server still run.
        """
        end(lambda: working_in(self.data, _SERVER), patience=10)
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        log = self.data / "server.log"
        if log.exists() and log.stat().st_size > _LONG_LOG:
            log.replace(log.with_suffix(".old.log"))
        self._configure(free_port(self._port()))
        # Not to its end, which may be long after a crash: nobody could stop us meanwhile.
        said = self._pg_ctl("start", "-w", "-t", "5", "-l", "{}/server.log") or ""
        lines = log.read_text(errors="replace").strip().splitlines() if log.exists() else []
        return (lines or [said])[-1]


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
