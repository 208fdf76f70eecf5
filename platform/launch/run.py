"""`make run`: from nothing to an answering service, watched until somebody stops it.

Pages answer as soon as they can: the database, then what the new code cannot do without (its migrations, its static
files), then the web server; the demo's look round, the list of hosts and the worker come after.
"""

import contextlib
import errno
import fcntl
import functools
import hashlib
import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from launch import LaunchError, catalogues, environment
from launch.environment import ROOT, Options
from launch.processes import die_with_parent, end, marked, spawn, stop_when_asked, wait_until

DEMO_PASSWORD = "demo-passwort-2026"
_DEMO_PEOPLE = ("admin", "redaktion", "planung", "anbieter", "mitglied")
# A busy machine takes its time; a web server that ends is noticed at once.
_HEALTH_SECONDS = 300.0
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
        quiet = ["--graceful-timeout", "10", "--keep-alive", "30", "--log-level", "warning", "--no-control-socket"]
        return [sys.executable, "-m", "gunicorn", *binds, *options, *quiet, self.application]


def say(text: str) -> None:
    """One line for the person at the terminal, who may have closed it: stopping in order must go on then."""
    with contextlib.suppress(OSError):
        print(text, flush=True)


@contextlib.contextmanager
def only_one(options: Options) -> Iterator[Path]:
    """Let one launcher at a time use the folder; one that is just stopping, whose file is empty, is waited for.

    Yields that file, in which the pid and the port stand for whoever is refused.
    """
    file = options.data_dir / "run.lock"
    with file.open("a") as lock:

        def mine() -> bool:
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
            return False

        wait_until(lambda: mine() or bool(file.read_text()), 2 * _GRACE_SECONDS)
        if not mine():
            pid, _, port = file.read_text().partition(" ")
            way = f" at http://localhost:{port}/ with the data in {options.data_dir}. Stop it with Ctrl-C there or kill"
            other = "or start another with other data: DATA_DIR=.data-2 PORT=8001 make run."
            raise LaunchError(f"The platform already runs{way} {pid}, {other}")
        file.write_text(f"{os.getpid()} {options.port}")
        yield file


def free_addresses(port: int) -> list[str]:
    """Where the web server is to listen: browsers resolve *.localhost to ::1 first, so there too if the machine has it.

    Raises LaunchError when the port is taken or forbidden.
    """
    found = []
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "[::1]")):
        try:
            socket.create_server((host.strip("[]"), port), family=family).close()
            found.append(f"{host}:{port}")
        except OSError as error:
            if family == socket.AF_INET or error.errno not in _NO_IPV6:
                why = "is taken by another program" if error.errno == errno.EADDRINUSE else "cannot be opened"
                way = f"Port {port} {why} ({os.strerror(error.errno or 0)})"
                raise LaunchError(f"{way}: choose another: PORT=8001 make run.") from error
    return found


def _static_fingerprint(root: Path, data: Path) -> str:
    """Changes when a static file, a dependency or the settings do; names, sizes and times are enough."""
    config = root / "platform" / "config"
    files = [root / "requirements.lock", config / "settings.py", config / "rooms.py"]
    for folder, below, names in os.walk(root):
        # What is collected must not count as a source.
        below[:] = sorted(name for name in below if not name.startswith(".") and Path(folder, name) != data)
        if "static" in Path(folder).relative_to(root).parts:
            files += [Path(folder, name) for name in sorted(names)]
    facts = [(str(file), file.stat().st_size, file.stat().st_mtime_ns) for file in files if file.exists()]
    return hashlib.sha256(repr(facts).encode()).hexdigest()


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

    def __init__(self, plan: Plan, options: Options, env: Mapping[str, str]) -> None:
        self._plan, self._options, self._env = plan, options, env
        self._spawn = functools.partial(spawn, env=env, cwd=plan.root, mark=options.data_dir)

    def step(self, *arguments: str) -> None:
        """Run `manage …` to its end; LaunchError when it fails."""
        child = self._spawn([*self._plan.manage, *arguments])
        wait_until(lambda: child.poll() is not None)
        if child.returncode != 0:
            what = f"The step “manage {' '.join(arguments)}” failed with code {child.returncode}"
            raise LaunchError(f"{what}; its reason is above.")

    def collect_static(self) -> None:
        """Gather the static files in DATA_DIR/static when one changed."""
        mark = self._options.data_dir / "static" / ".fingerprint"
        now = _static_fingerprint(self._plan.root, self._options.data_dir)
        if not mark.exists() or mark.read_text() != now:
            self.step("collectstatic", "--noinput", "--verbosity=0")
            mark.parent.mkdir(exist_ok=True)
            mark.write_text(now)

    def answer(self) -> None:
        """Open the port, start the web server and return when the first page answers."""
        self._web = self._spawn(self._plan.web(free_addresses(self._options.port)))
        if not wait_until(lambda: self._is_healthy() or self._web.poll() is not None, _HEALTH_SECONDS):
            raise LaunchError(f"The web server does not answer after {_HEALTH_SECONDS:.0f} s.")
        if self._web.returncode is not None:
            raise LaunchError(f"The web server ended with code {self._web.returncode}; its reason is above.")

    def _is_healthy(self) -> bool:
        link = http.client.HTTPConnection("127.0.0.1", self._options.port, timeout=5)
        with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(link):
            # A production server sends plain HTTP away: speak as its proxy would.
            link.request("GET", "/healthz", headers={"Host": "localhost", "X-Forwarded-Proto": "https"})
            return link.getresponse().status == http.client.OK
        return False

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
        """Keep a worker at work until the web server ends; raises LaunchError then.

        A worker that died is started again, after a pause that doubles each time it dies at once.
        """
        pause = 1.0
        while self._web.poll() is None:
            worker, since = self._spawn([*self._plan.manage, "work"]), time.monotonic()
            wait_until(lambda: self._web.poll() is not None or worker.poll() is not None)  # noqa: B023 - waits here
            if worker.returncode is not None:
                pause = 1.0 if time.monotonic() - since > _STEADY_SECONDS else pause
                say(f"The job worker ended with code {worker.returncode}; starting it again in {pause:.0f} s.")
                wait_until(lambda: self._web.poll() is not None, pause)
                pause = min(pause * 2, _LONGEST_PAUSE)
        raise LaunchError("The web server has ended; its reason is above.")


def _serve(plan: Plan, options: Options, file: Path) -> None:
    with contextlib.ExitStack() as cleanup:
        cleanup.callback(say, "Stopped.")
        env = options.variables(cleanup.enter_context(options.database()))
        # Requests and jobs in work may finish within seconds, new ones are not taken.
        cleanup.callback(end, lambda: marked(options.data_dir), patience=_GRACE_SECONDS)
        cleanup.callback(file.write_text, "")
        cleanup.callback(say, "Stopping …")
        service = Service(plan, options, env)
        catalogues.compile_changed(plan.root)
        say("Preparing the database …")
        service.step("prepare")
        service.collect_static()
        service.answer()
        say(f"Pages answer at {options.url}; the rest follows …")
        if options.demo:
            service.step("seed_demo")
        listed = service.municipalities()
        say(f"Ready: {options.url}")
        say(welcome(options, listed))
        service.watch()


def _end_leftovers(mark: Path) -> None:
    """End what a killed launcher left behind."""
    if left := marked(mark):
        say(f"Ending what an earlier start left behind: {', '.join(str(each.pid) for each in left)}.")
        end(lambda: marked(mark), patience=5)


def main(plan: Plan | None = None) -> int:
    """Run until stopped; 0 after Ctrl-C or SIGTERM. Raises LaunchError when something prevents it."""
    stop_when_asked()
    if os.environ.get("MAKELEVEL"):
        # A killed `make` would leave us running unseen, and the next `make run` could not start.
        die_with_parent(os.getppid())
    options = environment.read(os.environ)
    with contextlib.suppress(KeyboardInterrupt), only_one(options) as file:
        _end_leftovers(options.data_dir)
        # A taken port is refused before minutes of preparation, not after.
        free_addresses(options.port)
        environment.remember(options)
        _serve(plan or Plan(), options, file)
    return 0
