"""The demo as a server of its own on the test database: gunicorn with everything collected, as visitors meet it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _environment(folder: Path, port: int) -> dict[str, str]:
    params = connection.settings_dict
    url = f"postgresql://{params['USER']}:{params['PASSWORD']}@{params['HOST']}:{params['PORT']}/{params['NAME']}"
    fixed = {"DATABASE_URL": url, "DATA_DIR": str(folder), "DEMO": "1", "PORT": str(port), "BASE_DOMAIN": "localhost"}
    return {**os.environ, **fixed, "DJANGO_SETTINGS_MODULE": "config.settings"}


def _wait(port: int) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
                assert answer.status == 200
                return
        except OSError:
            assert time.monotonic() < deadline, "the server did not start"
            time.sleep(0.2)


@contextmanager
def running_demo(folder: Path) -> Iterator[int]:
    """The port of the demo, made in the database this process uses now; its files lie in `folder`."""
    port = free_port()
    environment = _environment(folder, port)
    connection.close()
    for command in (["seed_demo"], ["collectstatic", "--noinput", "-v", "0"]):
        subprocess.run([sys.executable, "-m", "config.cli", *command], env=environment, check=True, capture_output=True)
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "-b", f"127.0.0.1:{port}", "-k", "gthread"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen([*command, "--threads", "4"], env=environment, **quiet) as server:
        try:
            _wait(port)
            yield port
        finally:
            server.terminate()
            server.wait(20)
