"""A real S3 server on this machine: SeaweedFS, which comes as a package."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import httpx

from launch.postgres import free_port

KEY, SECRET, BUCKET = "portal", "f3a9c1e75b2d40861797f3a9c1e75b2d", "chancenportal"
WEED = str(Path(sys.executable).with_name("weed"))
_PARTS = ("master", "volume", "filer", "s3")
_numbers = count(1)


@dataclass
class SeaweedFS:
    """The server; its files lie in a folder, so that it may be killed and started again."""

    folder: Path
    ports: dict[str, int] = field(default_factory=dict)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def port(self) -> int:
        return self.ports["s3"]

    def start(self) -> None:
        """Ready when it answers a question of S3."""
        if not self.ports:
            self.ports = {f"{part}{kind}": free_port() for part in _PARTS for kind in ("", ".grpc")}
            said = {"identities": [{"name": KEY, "credentials": [{"accessKey": KEY, "secretKey": SECRET}],
                                    "actions": ["Admin", "Read", "Write", "List", "Tagging"]}]}  # fmt: skip
            (self.folder / "s3.json").write_text(json.dumps(said))
        ports = [f"-{part}.port{'.grpc' if grpc else ''}={number}" for name, number in self.ports.items()
                 for part, _dot, grpc in [name.partition(".")]]  # fmt: skip
        small = ["-master.volumeSizeLimitMB=64", "-volume.max=64"]
        # What else it would offer, at ports of everybody.
        less = ["-s3.port.iceberg=0", "-s3.port.lance=0", "-s3.iam=false"]
        quick = ["-master.electionTimeout=1s", "-master.heartbeatInterval=100ms"]
        here = ["-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-dir={self.folder}", f"-s3.config={self.folder / 's3.json'}"]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [WEED, "-logtostderr", "server", "-filer", "-s3", *here, *ports, *small, *less, *quick],
                stdout=log,
                stderr=log,
            )
        self._await()

    def _await(self) -> None:
        deadline = time.monotonic() + 40
        while time.monotonic() < deadline:
            assert self.process is not None
            assert self.process.poll() is None, (self.folder / "log").read_text()[-3000:]
            with suppress(httpx.HTTPError):
                if httpx.get(f"http://127.0.0.1:{self.port}/{BUCKET}/", timeout=2).status_code == 403:
                    return
            time.sleep(0.1)
        raise AssertionError((self.folder / "log").read_text()[-3000:])

    def kill(self) -> None:
        """At once, in the middle of whatever it does: it takes its time with a polite request."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def url(self, *, port: int = 0, secret: str = SECRET, prefix: str = "", more: str = "") -> str:
        """A STORAGE_URL."""
        where = f"127.0.0.1:{port or self.port}/{BUCKET}/{prefix or f't{next(_numbers)}'}"
        return f"s3://{KEY}:{secret}@{where}?secure=0{more}"


def _started(server: SeaweedFS, tries: int = 3) -> None:
    """Its ports were free a moment ago; where somebody else was quicker, it gets others."""
    for left in reversed(range(tries)):
        try:
            server.start()
        except AssertionError:
            if not left:
                raise
            server.kill()
            server.ports = {}
        else:
            return


@contextmanager
def seaweed(folder: Path) -> Iterator[SeaweedFS]:
    server = SeaweedFS(folder)
    try:
        _started(server)
        yield server
    finally:
        server.kill()
