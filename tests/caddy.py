"""A real Caddy with our own configuration, its internal authority in place of a public one."""

import json
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from django.conf import settings

CADDYFILE = Path(settings.BASE_DIR) / "deploy" / "Caddyfile"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def until(condition, *, seconds: float = 60) -> None:
    """Wait until it holds; AssertionError when it does not come to hold."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come to hold"
        time.sleep(0.05)


def listens(port: int) -> bool:
    with socket.socket() as attempt:
        return attempt.connect_ex(("127.0.0.1", port)) == 0


@dataclass
class Proxy:
    """Where it answers, and who vouches for its certificates; it may be killed and started again."""

    port: int
    folder: Path
    environment: dict[str, str]
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def root(self) -> Path:
        return self.folder / "pki" / "authorities" / "local" / "root.crt"

    def certificate(self, host: str) -> x509.Certificate:
        """As a browser that trusts this authority sees it. Raises ssl.SSLError where none is shown."""
        context = ssl.create_default_context(cafile=str(self.root))
        with (
            socket.create_connection(("127.0.0.1", self.port), timeout=60) as plain,
            context.wrap_socket(plain, server_hostname=host) as secret,
        ):
            return x509.load_der_x509_certificate(secret.getpeercert(binary_form=True))

    def start(self) -> None:
        """Ready when it listens."""
        program = shutil.which("caddy")
        assert program, "apt-get install caddy"
        command = [program, "run", "--config", str(self.folder / "Caddyfile"), "--adapter", "caddyfile"]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, env=self.environment, stderr=log)
        until(lambda: listens(self.port) and self.process is not None and self.process.poll() is None)

    def end(self, *, at_once: bool = False) -> None:
        """Politely, or with SIGKILL."""
        if self.process is not None:
            (self.process.kill if at_once else self.process.terminate)()
            self.process.wait(30)
            self.process = None


@contextmanager
def caddy(folder: Path, *, ask: int, app: int) -> Iterator[Proxy]:
    """deploy/Caddyfile as it is, with ports of its own and without asking anybody outside."""
    ports = free_port(), free_port()
    more = ["admin off", "local_certs", "skip_install_trust", f"https_port {ports[0]}", f"http_port {ports[1]}",
            f"storage file_system {json.dumps(str(folder))}"]  # fmt: skip
    text = CADDYFILE.read_text(encoding="utf-8")
    own = folder / "Caddyfile"
    own.write_text(text.replace("\n{\n", "\n{\n\t" + "\n\t".join(more) + "\n", 1), encoding="utf-8")
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "ASK": f"127.0.0.1:{ask}", "APP": f"127.0.0.1:{app}"}
    proxy = Proxy(ports[0], folder, environment)
    try:
        proxy.start()
        yield proxy
    finally:
        proxy.end()
