"""Pages that did not change, from the same gunicorn as an answer that never does."""

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

from django.db import connection

from tests.benchmarks.table import Row
from tests.demo_server import free_port

SECONDS = 4.0
CLIENTS = 4
ROUNDS = 3
MOST = 2.0
CONSTANT = "tests.benchmarks.pages:constant"
OURS = "config.wsgi:application"


def constant(environ: dict[str, object], start_response: object) -> list[bytes]:
    """The least a WSGI application can do, with as much to send as a page has."""
    start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", "8000")])  # type: ignore[operator]
    return [b"x" * 8000]


def rows() -> Iterator[Row]:
    """Requests a second, the best of some rounds, both servers running at the same time."""
    with _Gunicorn(CONSTANT) as plain, _Gunicorn(OURS) as ours:
        ours.per_second("/angebote/", seconds=1)
        constant_rate = max(plain.per_second("/", seconds=SECONDS) for _round in range(ROUNDS))
        page_rate = max(ours.per_second("/angebote/", seconds=SECONDS) for _round in range(ROUNDS))
    yield Row(
        "unchanged search page, requests a second",
        f"{page_rate:.0f}/s",
        f"constant: {constant_rate:.0f}/s",
        constant_rate / page_rate,
        MOST,
    )


class _Gunicorn:
    """One process with four threads, as `make run` starts it but for the number of processes."""

    def __init__(self, application: str) -> None:
        self._application = application

    def __enter__(self) -> "_Gunicorn":
        self._port = free_port()
        given = connection.settings_dict
        address = f"postgres://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}/{given['NAME']}"
        command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{self._port}", "--worker-class", "gthread"]
        command += ["--threads", "4", "--no-control-socket", "--log-level", "error", self._application]
        self._process = subprocess.Popen(command, env={**os.environ, "DATABASE_URL": address})
        self._wait()
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.terminate()
        self._process.wait()

    def _wait(self) -> None:
        for _try in range(100):
            try:
                socket.create_connection(("127.0.0.1", self._port), 1).close()
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise RuntimeError("gunicorn did not start.")

    def per_second(self, path: str, *, seconds: float) -> float:
        """Answers a second to some clients that ask again and again over a kept connection."""
        counts = [0] * CLIENTS
        end = time.perf_counter() + seconds
        threads = [threading.Thread(target=self._ask, args=(path, end, counts, place)) for place in range(CLIENTS)]
        start = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sum(counts) / (time.perf_counter() - start)

    def _ask(self, path: str, end: float, counts: list[int], place: int) -> None:
        link = http.client.HTTPConnection("127.0.0.1", self._port)
        # A browser, so that what is counted of visitors costs what it costs.
        firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
        headers = {"Host": "ahausen.localhost", "Accept-Encoding": "gzip", "User-Agent": firefox}
        while time.perf_counter() < end:
            link.request("GET", path, headers=headers)
            answer = link.getresponse()
            answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{path}: {answer.status}")
            counts[place] += 1
        link.close()
