"""All that a machine runs, each killed and started again as a test wants it: PostgreSQL, a real S3 server, our web
process and worker, and Caddy with deploy/Caddyfile before them."""

import os
import signal
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

import httpx
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection
from django.test.utils import override_settings

from config.stores import store
from launch.postgres import Cluster
from tenants.running.stores.trouble import StoreError
from tenants.running.tls_names import Names
from tests.caddy import Proxy, caddy, free_port, until
from tests.cells.two_cells import QUIET, Visitor, web
from tests.children import environment, half_a_minute_later
from tests.databases import point_to
from tests.domains.test_tls import answering
from tests.replica import copy_into
from tests.s3 import SeaweedFS, seaweed

TOWN, CONSOLE = "ahausen.localhost", "localhost"
# As a browser has it that was shown a form: what Django compares are the two.
_FORGERY = "f" * 32
_PROBE = "public/probe"
_WHERE = ("HOST", "PORT", "USER", "PASSWORD", "NAME")


@dataclass
class Machine:
    """The servers by their names: “database”, “s3”, “caddy”."""

    cluster: Cluster
    s3: SeaweedFS
    proxy: Proxy
    port: int
    variables: dict[str, str]
    # For what is written in thousands of files.
    folder: Path

    def kill(self, server: str) -> None:
        """SIGKILL, in the middle of whatever it does."""
        if server == "database":
            os.kill(int((self.cluster.data / "postmaster.pid").read_text().splitlines()[0]), signal.SIGKILL)
        elif server == "s3":
            self.s3.kill()
        else:
            self.proxy.end(at_once=True)

    def start(self, server: str) -> None:
        """As systemd does it; returns when everything is ready again."""
        {"database": self.cluster.start, "s3": self.s3.start, "caddy": self.proxy.start}[server]()
        if server == "database":
            # Connections of this process from before are dead.
            connection.close()
        until(lambda: self.ready()[0] == 200 and self._reads())

    def _reads(self) -> bool:
        """A SeaweedFS that was killed answers before it has found its files again; until then that is an outage, and
        our own store leaves it alone for some seconds more."""
        try:
            with storages["platform"].open(_PROBE) as file:
                return bool(file.read() == b"there")
        except StoreError:
            return False

    def ready(self) -> tuple[int, dict[str, Any]]:
        """What the web process says of itself, past the proxy."""
        answer = httpx.get(f"http://127.0.0.1:{self.port}/readyz", timeout=120)
        return answer.status_code, answer.json()

    def browser(self, session: str, host: str = TOWN) -> httpx.Client:
        """Somebody who is signed in, behind the proxy."""
        authority = ssl.create_default_context(cafile=str(self.proxy.root))
        cookies = f"sessionid={session}; csrftoken={_FORGERY}"
        headers = {"Cookie": cookies, "X-CSRFToken": _FORGERY, "Origin": f"https://{host}"}
        return Visitor(self.proxy.port, host, authority, headers)


@dataclass
class Worker:
    """`manage work`, started again whenever it has ended."""

    variables: dict[str, str]
    # Rows of a table in one transaction: so few that there are many moments between two of them.
    part: int = 20
    process: "subprocess.Popen[bytes] | None" = None

    def watch(self) -> bool:
        """One look at it, as systemd's; True for use in a condition."""
        if self.process is None or self.process.poll() is not None:
            if self.process is not None:
                half_a_minute_later()
            code = (
                "import django; django.setup()\n"
                "from portal.imports import taking\n"
                f"taking.PART = {self.part}\n"
                "from django.core.management import call_command\n"
                "call_command('work', concurrency=1)\n"
            )
            command = [sys.executable, "-c", code]
            self.process = subprocess.Popen(command, env=self.variables, cwd=settings.BASE_DIR, **QUIET)
        return True

    def end(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()


def _whereabouts(url: str) -> dict[str, str]:
    parts = urlsplit(url)
    values = (parts.hostname, str(parts.port), parts.username, parts.password, parts.path.strip("/"))
    return dict(zip(_WHERE, (value or "" for value in values), strict=True))


@contextmanager
def on(machine: Machine) -> Iterator[None]:
    """Inside, this process works on its database and files."""
    before = {name: connection.settings_dict[name] for name in _WHERE}
    bucket = store("STORAGE_URL", machine.variables["STORAGE_URL"], {})
    with override_settings(STORAGES={**settings.STORAGES, "platform": bucket}):
        point_to(_whereabouts(machine.cluster.url))
        try:
            yield
        finally:
            point_to(before)


@contextmanager
def a_machine(folder: Path) -> Iterator[Machine]:
    """Everything started, with the towns of the cast."""
    with ExitStack() as stack:
        # In memory where the tests' own is. Durable: the tests' own tells of a commit before it has written it.
        place = os.environ.get("TEST_CLUSTER_DIR") or str(folder)
        home = Path(stack.enter_context(TemporaryDirectory(dir=place)))
        cluster = Cluster(home / "pg")
        stack.callback(cluster.stop)
        cluster.start()
        copy_into(cluster)
        s3 = stack.enter_context(seaweed(_made(folder / "s3")))
        url = s3.url(prefix="files")
        bucket = storages.create_storage(store("STORAGE_URL", url, {}))
        bucket.prepare()
        bucket.save(_PROBE, ContentFile(b"there"))
        _made(folder / "data" / "static")
        more = {"DATA_DIR": str(folder / "data"), "STORAGE_URL": url, "PYTHONPATH": str(settings.BASE_DIR)}
        variables = environment(**more) | {"DATABASE_URL": cluster.url}
        port = free_port()
        names = Names(folder / "names.json")
        names.remember([TOWN, CONSOLE])
        stack.enter_context(web(variables, port))
        ask = stack.enter_context(answering(names))
        proxy = stack.enter_context(caddy(_made(folder / "caddy"), ask=ask, app=port))
        yield Machine(cluster, s3, proxy, port, variables, home)


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder
