"""`make run`: from nothing to an answering service, watched until somebody stops it.

Pages answer as soon as they can: the database, then what the new code cannot do without (its migrations, its static
files), then the web server; the demo's look round, the worker and the list of hosts come after.
"""

import contextlib
import errno
import fcntl
import hashlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from launch import LaunchError, catalogues, environment
from launch.environment import ROOT, Options
from launch.processes import STOPPING, began, die_with_parent, end_groups, ended, is_left, run_step, spawn, wait_until

DEMO_PASSWORD = "demo-passwort-2026"
_DEMO_PEOPLE = ("admin", "redaktion", "planung", "anbieter", "mitglied")
_HEALTH_SECONDS = 60.0
_GRACE_SECONDS = 15.0
_LONGEST_PAUSE = 30.0
_STEADY_SECONDS = 60.0
# How machines without IPv6 say so; a taken port is as bad there as in IPv4.
_NO_IPV6 = (errno.EAFNOSUPPORT, errno.EADDRNOTAVAIL, errno.ENOPROTOOPT)


@dataclass(frozen=True)
class Plan:
    """The commands of a start, in one place so that another application can stand in for ours."""

    manage: Sequence[str] = (str(Path(sys.executable).with_name("manage")),)
    application: str = "config.wsgi:application"
    root: Path = ROOT

    def web(self, addresses: Sequence[str]) -> list[str]:
        """The web server's command."""
        binds = [part for address in addresses for part in ("--bind", address)]
        options = ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--timeout", "60"]
        quiet = ["--graceful-timeout", "10", "--log-level", "warning", "--no-control-socket"]
        return [sys.executable, "-m", "gunicorn", *binds, *options, *quiet, self.application]


@dataclass
class Record:
    """DATA_DIR/run.json: what runs, for the next start to tell leftovers from strangers."""

    file: Path
    port: int
    state: str = "starting"
    processes: dict[str, tuple[int, float]] = field(default_factory=dict)

    def note(self, name: str, pid: int) -> None:
        """Remember a process; the launcher is noted like its children."""
        self.processes[name] = (pid, began(pid) or 0.0)
        self.become(self.state)

    def become(self, state: str) -> None:
        """Put it down whole or not at all."""
        self.state = state
        unfinished = self.file.with_suffix(".unfinished")
        unfinished.write_text(json.dumps({"state": state, "port": self.port, "processes": self.processes}))
        unfinished.replace(self.file)

    @classmethod
    def read(cls, file: Path) -> "Record | None":
        """The record of an earlier start, None when there is none that makes sense."""
        try:
            kept = json.loads(file.read_text())
            processes = {name: (int(pid), float(moment)) for name, (pid, moment) in kept["processes"].items()}
            return cls(file, int(kept["port"]), str(kept["state"]), processes)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None


def say(text: str) -> None:
    """One line for the person at the terminal, who may have closed it: stopping in order must go on then."""
    with contextlib.suppress(OSError):
        print(text, flush=True)


@contextlib.contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Let one launcher at a time use the folder; one that is just stopping is waited for."""
    with (folder / "run.lock").open("a") as lock:

        def mine() -> bool:
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
            return False

        def decided() -> bool:
            return mine() or (other := Record.read(folder / "run.json")) is None or other.state != "stopping"

        wait_until(decided, 2 * _GRACE_SECONDS)
        if not mine():
            raise LaunchError(_already_running(folder, Record.read(folder / "run.json")))
        yield


def free_addresses(port: int) -> list[str]:
    """Where the web server is to listen: browsers resolve *.localhost to ::1 first, so there too if the machine has it.

    Raises LaunchError when the port is taken or forbidden.
    """
    found = []
    for family, host, address in ((socket.AF_INET, "127.0.0.1", "127.0.0.1"), (socket.AF_INET6, "::1", "[::1]")):
        try:
            with socket.socket(family) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((host, port))
            found.append(f"{address}:{port}")
        except OSError as error:
            if family == socket.AF_INET or error.errno not in _NO_IPV6:
                why = "is taken by another program" if error.errno == errno.EADDRINUSE else "cannot be opened"
                way = f"Port {port} {why} ({os.strerror(error.errno or 0)})"
                raise LaunchError(f"{way}: choose another: PORT=8001 make run.") from error
    return found


def _already_running(folder: Path, other: Record | None) -> str:
    port = f" at http://localhost:{other.port}/" if other else ""
    pid = other.processes.get("launcher", (0, 0.0))[0] if other else 0
    how = f"Ctrl-C there or kill {pid}" if pid else "Ctrl-C there"
    return (
        f"The platform already runs{port} with the data in {folder}. Stop it with {how},"
        " or start another with other data: DATA_DIR=.data-2 PORT=8001 make run."
    )


def end_leftovers(file: Path) -> None:
    """End what a killed launcher left behind."""
    kept = Record.read(file)
    for name, (pid, moment) in (kept.processes if kept else {}).items():
        if name != "launcher" and is_left(pid, moment):
            say(f"Ending the {name} process {pid} that an earlier start left behind.")
            end_groups([pid], patience=5)


def _static_fingerprint(root: Path, data: Path) -> str:
    """Changes when a static file, a dependency or the settings do; names, sizes and times are enough."""
    digest = hashlib.sha256()
    config = root / "platform" / "config"
    files = [root / "requirements.lock", config / "settings.py", config / "rooms.py"]
    for folder, below, names in os.walk(root):
        # What is collected must not count as a source.
        below[:] = sorted(name for name in below if not name.startswith(".") and Path(folder, name) != data)
        if "static" in Path(folder).relative_to(root).parts:
            files += [Path(folder, name) for name in sorted(names)]
    for file in files:
        if file.exists():
            facts = file.stat()
            digest.update(f"{file}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def welcome(options: Options, municipalities: Sequence[Mapping[str, object]]) -> str:
    """The hosts and, in the demo, the accounts, as the last thing a start prints."""
    lines = ["", "Hosts:", f"  {options.url:<50} operator"]
    for entry in municipalities:
        domains = entry.get("domains")
        for domain in domains if isinstance(domains, list) else [domains]:
            address = f"http://{domain}:{options.port}/"
            lines.append(f"  {address:<50} {entry.get('name')}")
    if options.demo:
        lines += ["", f"Demo accounts (password of all: {DEMO_PASSWORD}):"]
        lines.append(f"  {'operator':<24} betrieb@platform.example")
        for entry in municipalities:
            slug = entry.get("slug")
            people = ", ".join(f"{person}@{slug}.example" for person in _DEMO_PEOPLE)
            lines.append(f"  {slug!s:<24} {people}")
    return "\n".join([*lines, "", "Stop with Ctrl-C."])


class Service:
    """The web server and the job worker of one start, and the steps before and between."""

    def __init__(self, plan: Plan, options: Options, env: Mapping[str, str], record: Record) -> None:
        self._plan, self._options, self._env, self._record = plan, options, env, record
        self._web: subprocess.Popen[bytes] | None = None
        self._worker: subprocess.Popen[bytes] | None = None
        # When the worker was started last, when it is due again, and how long it must wait if it dies at once.
        self._worked, self._due, self._pause = 0.0, 0.0, 1.0

    def step(self, *arguments: str) -> None:
        """Run `manage …` to its end; LaunchError when it fails."""
        code = run_step([*self._plan.manage, *arguments], env=self._env, cwd=self._plan.root)
        if code != 0:
            raise LaunchError(f"The step “manage {' '.join(arguments)}” failed with code {code}; its reason is above.")

    def collect_static(self) -> None:
        """Gather the static files in DATA_DIR/static when one changed."""
        data = self._options.data_dir
        mark, now = data / "static" / ".fingerprint", _static_fingerprint(self._plan.root, data)
        if not mark.exists() or mark.read_text() != now:
            self.step("collectstatic", "--noinput", "--verbosity=0")
            mark.parent.mkdir(exist_ok=True)
            mark.write_text(now)

    def answer(self) -> None:
        """Open the port, start the web server and return when the first page answers."""
        web = self._web = self._spawn("web", self._plan.web(free_addresses(self._options.port)))
        if not wait_until(lambda: self._is_healthy() or ended(web), _HEALTH_SECONDS):
            raise LaunchError(f"The web server does not answer after {_HEALTH_SECONDS:.0f} s.")
        if ended(web):
            raise LaunchError(f"The web server ended with code {web.returncode}; its reason is above.")

    def _is_healthy(self) -> bool:
        link = http.client.HTTPConnection("127.0.0.1", self._options.port, timeout=5)
        with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(link):
            # A production server sends plain HTTP away: speak as its proxy would.
            link.request("GET", "/healthz", headers={"Host": "localhost", "X-Forwarded-Proto": "https"})
            return link.getresponse().status == http.client.OK
        return False

    def _spawn(self, name: str, command: Sequence[str]) -> "subprocess.Popen[bytes]":
        process = spawn(command, env=self._env, cwd=self._plan.root)
        self._record.note(name, process.pid)
        return process

    def work(self) -> None:
        """Start the worker, again when it died: after a pause that doubles each time it dies at once."""
        now = time.monotonic()
        if self._worker is not None and ended(self._worker):
            if now - self._worked > _STEADY_SECONDS:
                self._pause = 1.0
            say(f"The job worker ended with code {self._worker.returncode}; starting it again in {self._pause:.0f} s.")
            self._worker, self._due = None, now + self._pause
            self._pause = min(self._pause * 2, _LONGEST_PAUSE)
        if self._worker is None and now >= self._due:
            self._worker, self._worked = self._spawn("worker", [*self._plan.manage, "work"]), now

    def municipalities(self) -> list[dict[str, object]]:
        """Slug, name and domains of each."""
        command = [*self._plan.manage, "list_municipalities", "--json", "--addresses"]
        done = subprocess.run(command, env=self._env, cwd=self._plan.root, stdout=subprocess.PIPE, check=False)
        try:
            listed = json.loads(done.stdout)
        except ValueError:
            raise LaunchError("“manage list_municipalities --json” gave no list; its reason is above.") from None
        return [entry for entry in listed if isinstance(entry, dict)]

    def watch(self) -> None:
        """Look after both until the web server ends; raises LaunchError then."""
        while self._web is not None and not ended(self._web):
            self.work()
            time.sleep(0.3)
        raise LaunchError("The web server has ended; its reason is above.")

    def stop(self) -> None:
        """End both: requests and jobs in work may finish within seconds, new ones are not taken."""
        processes = [each for each in (self._web, self._worker) if each is not None]
        end_groups([each.pid for each in processes], patience=_GRACE_SECONDS)
        for each in processes:
            each.wait()


def _on_stop(handler: "Callable[[int, FrameType | None], None] | signal.Handlers") -> None:
    for number in STOPPING:
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, handler)


def _interrupt(number: int, frame: FrameType | None) -> None:
    """Ctrl-C, kill and a closed terminal all mean: stop everything in order."""
    raise KeyboardInterrupt


def _announce_stop(record: Record) -> None:
    _on_stop(signal.SIG_IGN)
    say("Stopping …")
    record.become("stopping")


def _serve(plan: Plan, options: Options, record: Record) -> None:
    with contextlib.ExitStack() as cleanup:
        cleanup.callback(say, "Stopped.")
        cleanup.callback(record.file.unlink, missing_ok=True)
        env = options.variables(cleanup.enter_context(options.database()))
        service = Service(plan, options, env, record)
        cleanup.callback(service.stop)
        cleanup.callback(_announce_stop, record)
        catalogues.compile_changed(plan.root)
        say("Preparing the database …")
        service.step("prepare")
        service.collect_static()
        service.answer()
        say(f"Pages answer at {options.url}; the rest follows …")
        if options.demo:
            service.step("seed_demo")
        service.work()
        listed = service.municipalities()
        say(f"Ready: {options.url}")
        say(welcome(options, listed))
        record.become("ready")
        service.watch()


def main(plan: Plan | None = None) -> int:
    """Run until stopped; 0 after Ctrl-C or SIGTERM. Raises LaunchError when something prevents it."""
    _on_stop(_interrupt)
    if os.environ.get("MAKELEVEL"):
        # A killed `make` would leave us running unseen, and the next `make run` could not start.
        die_with_parent(os.getppid())
    options = environment.read(os.environ)
    with only_one(options.data_dir):
        file = options.data_dir / "run.json"
        end_leftovers(file)
        # A taken port is refused before minutes of preparation, not after.
        free_addresses(options.port)
        record = Record(file, options.port)
        record.note("launcher", os.getpid())
        environment.remember(options)
        with contextlib.suppress(KeyboardInterrupt):
            _serve(plan or Plan(), options, record)
    return 0
