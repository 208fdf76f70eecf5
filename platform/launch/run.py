"""`make run`: from nothing to an answering service, watched until somebody stops it."""

import contextlib
import fcntl
import hashlib
import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from launch import LaunchError, catalogues, environment, listening
from launch.environment import ROOT, Options
from launch.processes import LINUX, die_with_parent, end_group, fingerprint, is_leftover, run_step, spawn

DEMO_PASSWORD = "demo-passwort-2026"
_DEMO_PEOPLE = ("admin", "redaktion", "planung", "anbieter", "mitglied")
_HEALTH_SECONDS = 60.0
_GRACE_SECONDS = 15.0
_LONGEST_PAUSE = 30.0
_STEADY_SECONDS = 60.0


@dataclass(frozen=True)
class Plan:
    """The commands of a start, in one place so that another application can stand in for ours."""

    manage: Sequence[str] = (str(Path(sys.executable).with_name("manage")),)
    application: str = "config.wsgi:application"
    root: Path = ROOT

    def web(self, sockets: Sequence[int]) -> list[str]:
        """The web server's command for listening sockets that are open already."""
        binds = [part for number in sockets for part in ("--bind", f"fd://{number}")]
        options = ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--timeout", "60"]
        quiet = ["--graceful-timeout", "10", "--log-level", "warning", "--no-control-socket"]
        return [sys.executable, "-m", "gunicorn", *binds, *options, *quiet, self.application]


@dataclass
class Worker:
    """The job worker: started again when it dies, after a pause that doubles each time it dies at once."""

    command: Sequence[str]
    env: Mapping[str, str]
    cwd: Path
    process: "subprocess.Popen[bytes] | None" = None
    pause: float = 1.0
    started: float = 0.0
    due: float = 0.0

    def watch(self) -> bool:
        """Look after it once; True when a new process was started."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            if now - self.started > _STEADY_SECONDS:
                self.pause = 1.0
            code = self.process.returncode
            say(f"The job worker ended with code {code}; starting it again in {self.pause:.0f} s.")
            self.due, self.process = now + self.pause, None
            self.pause = min(self.pause * 2, _LONGEST_PAUSE)
        if self.process is None and now >= self.due:
            self.process, self.started = spawn(self.command, env=self.env, cwd=self.cwd), now
            return True
        return False


@dataclass
class Record:
    """DATA_DIR/run.json: what runs, for the next start to tell leftovers from strangers."""

    file: Path
    port: int
    state: str = "starting"
    processes: dict[str, tuple[int, str]] = field(default_factory=dict)

    def note(self, name: str, pid: int) -> None:
        """Remember a process; the launcher is noted like its children."""
        self.processes[name] = (pid, fingerprint(pid) or "")
        self.write()

    def write(self) -> None:
        """Put it down whole or not at all."""
        unfinished = self.file.with_suffix(".unfinished")
        unfinished.write_text(json.dumps({"state": self.state, "port": self.port, "processes": self.processes}))
        unfinished.replace(self.file)

    @classmethod
    def read(cls, file: Path) -> "Record | None":
        """The record of an earlier start, None when there is none that makes sense."""
        try:
            kept = json.loads(file.read_text())
            processes = {name: (int(pid), str(mark)) for name, (pid, mark) in kept["processes"].items()}
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
        deadline = time.monotonic() + 2 * _GRACE_SECONDS
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                other = Record.read(folder / "run.json")
                if other is None or other.state != "stopping" or time.monotonic() > deadline:
                    raise LaunchError(_already_running(folder, other)) from None
            time.sleep(0.2)
        yield


def _already_running(folder: Path, other: Record | None) -> str:
    port = f" at http://localhost:{other.port}/" if other else ""
    pid = other.processes.get("launcher", (0, ""))[0] if other else 0
    how = f"Ctrl-C there or kill {pid}" if pid else "Ctrl-C there"
    return (
        f"The platform already runs{port} with the data in {folder}. Stop it with {how},"
        " or start another with other data: DATA_DIR=.data-2 PORT=8001 make run."
    )


def end_leftovers(file: Path) -> list[str]:
    """End what a killed launcher left behind; returns the names of what was still there."""
    kept = Record.read(file)
    found = []
    for name, (pid, mark) in (kept.processes if kept else {}).items():
        if name != "launcher" and is_leftover(pid, mark):
            say(f"Ending the {name} process {pid} that an earlier start left behind.")
            end_group(pid, patience=5)
            found.append(name)
    return found


def _step(plan: Plan, env: Mapping[str, str], *arguments: str) -> None:
    code = run_step([*plan.manage, *arguments], env=env, cwd=plan.root)
    if code != 0:
        raise LaunchError(f"The step “manage {' '.join(arguments)}” failed with code {code}; its reason is above.")


def _static_fingerprint(root: Path, data: Path) -> str:
    """Changes when a static file, a dependency or the settings do; names, sizes and times are enough."""
    digest = hashlib.sha256()
    files = [root / "requirements.lock", root / "platform" / "config" / "settings.py"]
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


def collect_static(plan: Plan, data: Path, env: Mapping[str, str]) -> bool:
    """Gather the static files in DATA_DIR/static when one changed; True when it was necessary."""
    mark, now = data / "static" / ".fingerprint", _static_fingerprint(plan.root, data)
    if mark.exists() and mark.read_text() == now:
        return False
    _step(plan, env, "collectstatic", "--noinput", "--verbosity=0")
    mark.parent.mkdir(exist_ok=True)
    mark.write_text(now)
    return True


def prepare(plan: Plan, options: Options, env: Mapping[str, str]) -> None:
    """Bring catalogues, schemas, demo and static files up to date; quick when they are."""
    catalogues.compile_changed(plan.root)
    say("Preparing the database …")
    _step(plan, env, "prepare")
    if options.demo:
        _step(plan, env, "seed_demo")
    collect_static(plan, options.data_dir, env)


def _healthy(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        # A production server sends plain HTTP away: speak as its proxy would.
        connection.request("GET", "/healthz", headers={"Host": "localhost", "X-Forwarded-Proto": "https"})
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _await_health(web: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.monotonic() + _HEALTH_SECONDS
    while not _healthy(port):
        if web.poll() is not None:
            raise LaunchError(f"The web server ended with code {web.returncode} while starting; its reason is above.")
        if time.monotonic() > deadline:
            raise LaunchError(f"The web server does not answer at port {port} after {_HEALTH_SECONDS:.0f} s.")
        time.sleep(0.1)


def _municipalities(plan: Plan, env: Mapping[str, str]) -> list[dict[str, object]]:
    """What `manage list_municipalities --json` knows, at least slug, name and domains of each."""
    command = [*plan.manage, "list_municipalities", "--json"]
    done = subprocess.run(command, env=env, cwd=plan.root, stdout=subprocess.PIPE, text=True, check=False)
    try:
        listed = json.loads(done.stdout)
    except ValueError:
        raise LaunchError("“manage list_municipalities --json” gave no list; its reason is above.") from None
    return [entry for entry in listed if isinstance(entry, dict)]


def welcome(options: Options, municipalities: Sequence[Mapping[str, object]]) -> str:
    """The hosts and, in the demo, the accounts, as the last thing a start prints."""
    lines = ["", "Hosts:", f"  {options.url:<50} operator"]
    for entry in municipalities:
        domains = entry.get("domains")
        for domain in domains if isinstance(domains, list) else [domains]:
            address = f"http://{domain}:{options.port}/"
            lines.append(f"  {address:<50} {entry.get('name')}")
    if options.demo:
        lines += [
            "",
            f"Demo accounts (password of all: {DEMO_PASSWORD}):",
            f"  {'operator':<24} betrieb@platform.example",
        ]
        for entry in municipalities:
            slug = entry.get("slug")
            people = ", ".join(f"{person}@{slug}.example" for person in _DEMO_PEOPLE)
            lines.append(f"  {slug!s:<24} {people}")
    return "\n".join([*lines, "", "Stop with Ctrl-C."])


class Service:
    """The web server and the job worker of one start."""

    def __init__(self, plan: Plan, options: Options, env: Mapping[str, str], record: Record) -> None:
        self.plan, self.options, self.env, self.record = plan, options, env, record
        self.worker = Worker([*plan.manage, "work"], env, plan.root)
        self.web: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Open the port, start both processes and return when the first page answers."""
        with listening.sockets(self.options.port) as numbers:
            self.web = spawn(self.plan.web(numbers), env=self.env, cwd=self.plan.root, pass_fds=numbers)
        self.record.note("web", self.web.pid)
        self._watch_worker()
        _await_health(self.web, self.options.port)

    def _watch_worker(self) -> None:
        if self.worker.watch() and self.worker.process is not None:
            self.record.note("worker", self.worker.process.pid)

    def watch(self) -> None:
        """Look after both until the web server ends; raises LaunchError then."""
        while self.web is not None and self.web.poll() is None:
            self._watch_worker()
            time.sleep(0.3)
        raise LaunchError("The web server has ended; its reason is above.")

    def stop(self) -> None:
        """End both: requests and jobs in work may finish within seconds, new ones are not taken."""
        for process in (self.web, self.worker.process):
            if process is not None and process.poll() is None:
                process.terminate()
        for process in (self.web, self.worker.process):
            if process is not None:
                end_group(process.pid, patience=_GRACE_SECONDS, reap=process.poll)
                process.wait()


def _stop_by_signals() -> None:
    """Let Ctrl-C, kill and a closed terminal all mean: stop everything in order."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, interrupt)
    if LINUX and os.environ.get("MAKELEVEL"):
        # A killed `make` would leave us running unseen, and the next `make run` could not start.
        die_with_parent(os.getppid())


def _deaf() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def _serve(plan: Plan, options: Options, record: Record) -> None:
    with contextlib.ExitStack() as cleanup:
        cleanup.callback(say, "Stopped.")
        cleanup.callback(record.file.unlink, missing_ok=True)
        env = options.variables(cleanup.enter_context(options.database()))
        service = Service(plan, options, env, record)
        cleanup.callback(service.stop)
        cleanup.callback(_announce_stop, record)
        prepare(plan, options, env)
        service.start()
        say(f"Ready: {options.url}")
        say(welcome(options, _municipalities(plan, env)))
        record.state = "ready"
        record.write()
        service.watch()


def _announce_stop(record: Record) -> None:
    _deaf()
    say("Stopping …")
    record.state = "stopping"
    record.write()


def main(plan: Plan | None = None) -> int:
    """Run until stopped; 0 after Ctrl-C or SIGTERM. Raises LaunchError when something prevents it."""
    _stop_by_signals()
    options = environment.read(os.environ)
    with only_one(options.data_dir):
        file = options.data_dir / "run.json"
        end_leftovers(file)
        listening.check(options.port)
        record = Record(file, options.port)
        record.note("launcher", os.getpid())
        environment.remember(options)
        with contextlib.suppress(KeyboardInterrupt):
            _serve(plan or Plan(), options, record)
    return 0
