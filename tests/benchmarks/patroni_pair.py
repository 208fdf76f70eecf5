"""Two PostgreSQL servers under Patroni with one etcd, on this machine: for a failover that is real.

Patroni comes from PyPI (`.venv/bin/pip install "patroni[etcd3]"`), etcd from Debian (`apt-get install etcd-server`);
without them `missing` says so. Configured by deploy/patroni.yml, with other addresses and folders.
"""

import contextlib
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import yaml
from django.conf import settings

from launch.accounts import Account, account_for
from launch.binaries import choose
from launch.postgres import free_port

TEMPLATE = Path(settings.BASE_DIR) / "deploy" / "patroni.yml"
PASSWORD = "only-for-the-benchmark"
NAMES = ("one", "two")


def missing() -> str:
    """What has to be installed first; empty: nothing."""
    wanted = []
    if importlib.util.find_spec("patroni") is None:
        wanted.append('.venv/bin/pip install "patroni[etcd3]>=4.1,<4.2"')
    if shutil.which("etcd") is None:
        wanted.append("apt-get install etcd-server")
    return "; ".join(wanted)


@dataclass
class Node:
    """One database machine."""

    name: str
    folder: Path
    port: int
    rest: int
    process: "subprocess.Popen[bytes] | None" = None

    def state(self) -> dict[str, Any]:
        """What Patroni says of it; nothing while it does not answer."""
        where = f"http://127.0.0.1:{self.rest}/patroni"
        with contextlib.suppress(OSError, ValueError), urllib.request.urlopen(where, timeout=2) as answer:
            found: dict[str, Any] = json.load(answer)
            return found
        return {}

    def kill(self) -> None:
        """As when the machine loses its power: Patroni and every process of its server at once."""
        assert self.process is not None
        own = psutil.Process(self.process.pid)
        server = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        everybody = [own, *own.children(recursive=True)]
        with contextlib.suppress(psutil.NoSuchProcess):
            everybody += [psutil.Process(server), *psutil.Process(server).children(recursive=True)]
        for each in everybody:
            with contextlib.suppress(psutil.NoSuchProcess):
                each.send_signal(signal.SIGKILL)
        self.process.wait(10)


class Pair:
    """Both, and where clients find whichever takes writes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.account = account_for(folder)
        self.nodes = [Node(name, folder / name, free_port(), free_port()) for name in NAMES]
        self.etcd_port = free_port()

    def url(self, database: str = "postgres") -> str:
        """As in DATABASE_URL: both hosts, and the driver looks which of them takes writes."""
        places = ",".join(f"127.0.0.1:{node.port}" for node in self.nodes)
        return f"postgresql://platform:{PASSWORD}@{places}/{database}"

    def primary(self) -> Node | None:
        """The one that is primary now, as it says itself."""
        found = [node for node in self.nodes if node.state().get("role") in {"primary", "master"}]
        return found[0] if len(found) == 1 else None

    def is_safe(self) -> bool:
        """Whether there is a primary, and a standby that has every commit before it is acknowledged."""
        states = [node.state() for node in self.nodes]
        return {state.get("role") for state in states} >= {"primary"} and any(
            state.get("sync_standby") for state in states
        )

    def start_etcd(self) -> "subprocess.Popen[bytes]":
        """One member is enough for a benchmark; three machines are meant in earnest (docs/GROWING.md)."""
        peer = free_port()
        client = f"http://127.0.0.1:{self.etcd_port}"
        command = ["etcd", "--data-dir", str(self.folder / "etcd"), "--listen-client-urls", client]
        command += ["--advertise-client-urls", client, "--listen-peer-urls", f"http://127.0.0.1:{peer}"]
        command += ["--initial-advertise-peer-urls", f"http://127.0.0.1:{peer}"]
        command += ["--initial-cluster", f"default=http://127.0.0.1:{peer}"]
        return self._spawn(command, "etcd")

    def start(self, node: Node) -> None:
        """Patroni starts the server, and makes its data where there are none: new, or a copy of the primary's."""
        node.folder.mkdir(exist_ok=True)
        self.account.own(node.folder)
        file = node.folder / "patroni.yml"
        file.write_text(yaml.safe_dump(self._configured(node)))
        node.process = self._spawn([*_python(self.account), "-m", "patroni", str(file)], node.name)

    def _configured(self, node: Node) -> dict[str, Any]:
        made: dict[str, Any] = yaml.safe_load(TEMPLATE.read_text(encoding="utf-8"))
        made["name"] = node.name
        made["restapi"] = {"listen": f"127.0.0.1:{node.rest}", "connect_address": f"127.0.0.1:{node.rest}"}
        made["etcd3"] = {"hosts": [f"127.0.0.1:{self.etcd_port}"]}
        server = made["postgresql"]
        server |= {"listen": f"127.0.0.1:{node.port}", "connect_address": f"127.0.0.1:{node.port}"}
        server |= {"data_dir": str(node.folder / "data"), "pgpass": str(node.folder / "pgpass")}
        server["bin_dir"] = str(choose(None).reachable_by(self.account).folder)
        for kind, who in server["authentication"].items():
            who["password"] = PASSWORD
            assert kind in {"superuser", "replication", "rewind"}
        server["pg_hba"] = [
            "host all all 127.0.0.1/32 scram-sha-256",
            "host replication replicator 127.0.0.1/32 scram-sha-256",
        ]
        server["parameters"] |= {"unix_socket_directories": "", "shared_buffers": "64MB"}
        return made

    def _spawn(self, command: list[str], name: str) -> "subprocess.Popen[bytes]":
        environment = {
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "LC_ALL": "C",
            "PYTHONPATH": str(Path(yaml.__file__).parents[1]),
            "HOME": str(self.folder),
        }
        lends = self.account.uid != os.geteuid()
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                command, cwd=self.folder, env=environment, stdout=log, stderr=log,
                user=self.account.uid if lends else None, group=self.account.gid if lends else None,
                extra_groups=[] if lends else None,
            )  # fmt: skip


def _python(account: Account) -> list[str]:
    """Ours, or where that lies below /root the system's of the same version, without the system's packages."""
    return [sys.executable] if account.can_run([sys.executable, "-c", ""]) else ["/usr/bin/python3", "-S"]


def wait(condition: Any, seconds: float, what: str) -> float:
    """Seconds until it held; RuntimeError when it did not."""
    begun = time.monotonic()
    while not condition():
        if time.monotonic() - begun > seconds:
            raise RuntimeError(f"{what}: not within {seconds:.0f} s")
        time.sleep(0.1)
    return time.monotonic() - begun


@contextlib.contextmanager
def pair() -> Iterator[Pair]:
    """Both running, in synchronous mode."""
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)
        made = Pair(folder)
        made.account.own(folder)
        running = [made.start_etcd()]
        try:
            made.start(made.nodes[0])
            wait(lambda: made.primary() is made.nodes[0], 300, "the first server")
            made.start(made.nodes[1])
            wait(made.is_safe, 300, "the second server")
            yield made
        finally:
            processes = [*(node.process for node in reversed(made.nodes) if node.process), *running]
            for process in processes:
                process.terminate()
            for process in processes:
                try:
                    process.wait(30)
                except subprocess.TimeoutExpired:
                    process.kill()
