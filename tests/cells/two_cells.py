"""Two cells on this machine: a database, files and a web process each, behind a real Caddy with our configuration."""

import json
import os
import shutil
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psycopg
from django.conf import settings
from django.db import connection
from django.test import override_settings

from tenants.running.tls_names import AskServer, Names
from tests.caddy import free_port, listens, until
from tests.databases import template, use

CADDYFILE = Path(settings.BASE_DIR) / "deploy" / "Caddyfile.cells"
QUIET: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
# Several workers of the tests make theirs side by side.
_OTHER = f"test_cell_sued_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"


def url_of(database: str, port: int | None = None) -> str:
    """The address of a database of the test's server."""
    params = connection.settings_dict
    place = f"{params['HOST']}:{port or params['PORT']}"
    return f"postgresql://{params['USER']}:{params['PASSWORD']}@{place}/{database}"


@contextmanager
def another_database(name: str) -> Iterator[str]:
    """A second one like the prepared one, for the second cell; its URL."""
    source = template()
    with psycopg.connect(url_of("postgres"), autocommit=True) as admin:
        admin.execute("SELECT pg_advisory_lock(4711)")
        admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}" STRATEGY FILE_COPY')
    try:
        yield url_of(name)
    finally:
        with psycopg.connect(url_of("postgres"), autocommit=True) as admin:
            admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@dataclass
class TwoCells:
    """`nord` has the database of the test, `sued` another one."""

    folder: Path
    urls: dict[str, str]
    ports: dict[str, int]
    asks: dict[str, int]
    proxy: int = 0

    @property
    def list_file(self) -> Path:
        return self.folder / "cells.json"

    def environment(self, cell: str, **more: str) -> dict[str, str]:
        """The settings of one of them, as a process of it gets them."""
        return {
            **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
            **self._own(cell),
            "CELL": cell,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONPATH": str(settings.BASE_DIR),
            **more,
        }

    def _own(self, cell: str) -> dict[str, str]:
        return {
            "DATABASE_URL": self.urls[cell],
            "DATA_DIR": str(self.data(cell)),
            "DEMO": "1",
            "SECRET_KEY": settings.SECRET_KEY,
            "BASE_DOMAIN": "localhost",
            "CELLS_FILE": str(self.list_file),
            "PROXY_FILE": str(self.folder / "cells.caddy"),
            "PROXY_RELOAD": self.reload,
        }

    def data(self, cell: str) -> Path:
        """The first cell's files are those of the test itself."""
        return Path(settings.MEDIA_ROOT).parent if cell == "nord" else self.folder / cell

    reload: str = ""

    def write(self) -> None:
        """The list of cells and the settings it names."""
        listed = {}
        for cell in self.urls:
            (self.data(cell) / "static").mkdir(parents=True, exist_ok=True)
            lines = [f'{name}="{value}"' for name, value in self._own(cell).items()]
            (self.folder / f"{cell}.env").write_text("\n".join(["# of a test", *lines]) + "\n")
            listed[cell] = {
                "web": [f"127.0.0.1:{self.ports[cell]}"],
                "environment": f"{cell}.env",
                "ask": f"127.0.0.1:{self.asks[cell]}",
            }
        self.list_file.write_text(json.dumps(listed))

    @contextmanager
    def at(self, cell: str) -> Iterator[None]:
        """Look at the database and the files of a cell with the tests' own eyes."""
        before = connection.settings_dict["NAME"]
        with override_settings(MEDIA_ROOT=self.data(cell) / "media"):
            use(self.urls[cell].rpartition("/")[2])
            try:
                yield
            finally:
                use(before)

    def manage(self, cell: str, *command: str) -> "subprocess.CompletedProcess[str]":
        """A command of one cell."""
        return subprocess.run(
            [sys.executable, "-m", "config.cli", *command],
            env=self.environment(cell), cwd=settings.BASE_DIR, capture_output=True, text=True, check=False,
        )  # fmt: skip

    @property
    def authority(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.folder / "caddy" / "pki/authorities/local/root.crt"))

    def visitor(self, host: str, **headers: str) -> httpx.Client:
        """A browser that finds this host behind the proxy."""
        return Visitor(self.proxy, host, self.authority, headers)


class Visitor(httpx.Client):
    """Asks for one host at the proxy's port of this machine."""

    def __init__(self, port: int, host: str, authority: ssl.SSLContext, headers: dict[str, str]) -> None:
        super().__init__(
            base_url=f"https://127.0.0.1:{port}", headers={"Host": host, **headers}, verify=authority, timeout=300,
            follow_redirects=False,
        )  # fmt: skip
        self._host = host

    def request(self, method: str, url: Any, **given: Any) -> httpx.Response:
        return super().request(method, url, **{**given, "extensions": {"sni_hostname": self._host}})


@contextmanager
def two_cells(folder: Path, name: str = _OTHER) -> Iterator[TwoCells]:
    """Their databases, settings and list; nothing runs yet."""
    with another_database(name) as url:
        names = ("nord", "sued")
        made = TwoCells(
            folder,
            {"nord": url_of(connection.settings_dict["NAME"]), "sued": url},
            {cell: free_port() for cell in names},
            {cell: free_port() for cell in names},
        )
        made.write()
        yield made


@contextmanager
def web(environment: dict[str, str], port: int, *, threads: int = 4) -> Iterator["subprocess.Popen[bytes]"]:
    """A web process of its own that answers."""
    command = [sys.executable, "-m", "gunicorn", "tests.cells.serving:application", "-b", f"127.0.0.1:{port}"]
    command += ["-k", "gthread", "--threads", str(threads), "--keep-alive", "30", "--no-control-socket"]
    with subprocess.Popen(command, env=environment, cwd=settings.BASE_DIR, **QUIET) as server:
        try:
            # It listens before it has loaded anything.
            until(lambda: _answers(port), seconds=240)
            yield server
        finally:
            server.terminate()
            server.wait(30)


def _answers(port: int) -> bool:
    with suppress(httpx.HTTPError):
        return httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=30).status_code == 200
    return False


@contextmanager
def behind_caddy(cells: TwoCells, known: dict[str, list[str]]) -> Iterator[None]:
    """Both web processes, and the proxy; `known`: for which names each cell's `answer_tls` vouches."""
    program = shutil.which("caddy")
    assert program, "apt-get install caddy"
    own = cells.folder / "caddy"
    own.mkdir()
    cells.proxy, plain, admin, ask = free_port(), free_port(), free_port(), free_port()
    file = own / "Caddyfile"
    cells.reload = f"{program} reload --config {file} --adapter caddyfile --address 127.0.0.1:{admin}"
    cells.write()
    more = [f"admin 127.0.0.1:{admin}", "local_certs", "skip_install_trust", f"https_port {cells.proxy}",
            f"http_port {plain}", f"storage file_system {json.dumps(str(own))}"]  # fmt: skip
    text = CADDYFILE.read_text(encoding="utf-8")
    file.write_text(text.replace("\n{\n", "\n{\n\t" + "\n\t".join(more) + "\n", 1), encoding="utf-8")
    proxy_file = cells.folder / "cells.caddy"
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(own), "PROXY_FILE": str(proxy_file), "ASK_PORT": str(ask),
    }  # fmt: skip
    # The command that reloads reads the same file.
    cells.reload = f"env PROXY_FILE={proxy_file} ASK_PORT={ask} {cells.reload}"
    cells.write()
    with ExitStack() as stack:
        for cell in cells.urls:
            _answering(stack, cells.asks[cell], cells.folder / f"{cell}.names", known[cell])
            stack.enter_context(web(cells.environment(cell), cells.ports[cell]))
        proxy_file.write_text('(cells) {\n\trespond "no map yet" 503\n}\n(ask) {\n\trespond 404\n}\n')
        log = stack.enter_context((own / "log").open("wb"))
        running = stack.enter_context(
            subprocess.Popen([program, "run", "--config", file, "--adapter", "caddyfile"], env=environment, stderr=log)
        )
        stack.callback(running.wait, 30)
        stack.callback(running.terminate)
        until(lambda: listens(cells.proxy) and running.poll() is None)
        yield


def _answering(stack: ExitStack, port: int, file: Path, known: list[str]) -> None:
    """The very server of `answer_tls`, in a thread."""
    names = Names(file)
    names.remember(known)
    server = AskServer(port, names)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    stack.callback(server.server_close)
    stack.callback(server.shutdown)
