"""How soon pages answer again after everything was killed, against a start after everything was stopped in order."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from launch.postgres import Cluster
from tests.benchmarks.table import Row
from tests.demo_server import free_port

MANY = int(os.environ.get("RESTART_MUNICIPALITIES", "150"))
ROUNDS = 3
MOST = 2.0
MOST_SECONDS = 20.0
ANSWERS, READY = "Pages answer", "Ready:"
MAKE = """
import sys
import django
django.setup()
from tenants.lifecycle.making import create_municipality
for number in range(int(sys.argv[1])):
    create_municipality(f"ort-{number:04}", name=f"Ort {number}", host=f"ort-{number:04}.portal.example")
"""


class _Service:
    """`make run` in a folder of its own, as in production: nothing of the demo."""

    def __init__(self, folder: Path) -> None:
        given = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "MAKELEVEL"}}
        ours = {"DATA_DIR": str(folder), "PORT": str(free_port()), "DEMO": "0", "BASE_DOMAIN": "portal.example"}
        self.environ = {**given, **ours, "SECRET_KEY": "for-the-benchmark-only-" + "0123456789" * 5}
        self.cluster = Cluster(folder / "pg")

    def start(self) -> dict[str, float]:
        """Seconds until pages answered and until everything was ready."""
        command, begun = [sys.executable, "-m", "launch", "run"], time.perf_counter()
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        self.launcher = subprocess.Popen(command, env=self.environ, **pipes)  # type: ignore[call-overload]
        said, taken = [], {}
        for line in self.launcher.stdout:
            said.append(line)
            taken |= {word: time.perf_counter() - begun for word in (ANSWERS, READY) if word in line}
            if "Stop with Ctrl-C." in line:
                return taken
        raise AssertionError("".join(said))

    def make(self, number: int) -> None:
        environ = {**self.environ, "DATABASE_URL": self.cluster.url, "DJANGO_SETTINGS_MODULE": "config.settings"}
        subprocess.run([sys.executable, "-c", MAKE, str(number)], env=environ, check=True)

    def stop(self) -> None:
        self.launcher.terminate()
        self.launcher.communicate(timeout=120)

    def kill(self) -> None:
        """As when the power goes, but for what the kernel still writes."""
        server = psutil.Process(int((self.cluster.data / "postmaster.pid").read_text().split()[0]))
        launcher = psutil.Process(self.launcher.pid)
        for each in [*launcher.children(recursive=True), launcher, *server.children(recursive=True), server]:
            with contextlib.suppress(psutil.NoSuchProcess):
                each.send_signal(signal.SIGKILL)
        self.launcher.communicate(timeout=120)


def rows() -> Iterator[Row]:
    """By turns, the best of each."""
    with tempfile.TemporaryDirectory() as folder:
        service = _Service(Path(folder))
        service.start()
        service.make(MANY)
        stopped, killed = [], []
        for _round in range(ROUNDS):
            service.stop()
            stopped.append(service.start())
            service.kill()
            killed.append(service.start())
        service.stop()
    for word in (ANSWERS, READY):
        after_kill, after_stop = (min(each[word] for each in taken) for taken in (killed, stopped))
        name = f"after kill -9, {MANY} municipalities: {word.lower().rstrip(':')}"
        yield Row(name, f"{after_kill:.1f} s", f"after a stop: {after_stop:.1f} s", after_kill / after_stop, MOST)
        if word == ANSWERS:
            yield Row(name, f"{after_kill:.1f} s", f"limit {MOST_SECONDS:.0f} s", after_kill / MOST_SECONDS, 1.0)
