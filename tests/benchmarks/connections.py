"""A thousand municipalities by turns on eight threads: no foreign row, no large backend, hardly slower than one.

Whole requests go through Django as gunicorn calls it, without the cache of pages, which would answer most of them
without asking the database. The pages are an offer (some ten statements) and the search (words: PostgreSQL finds them).
"""

import os
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import RequestFactory

from tenants.running.connections import backends
from tests.benchmarks import many
from tests.benchmarks.table import Row

MUNICIPALITIES = int(os.environ.get("BENCH_MUNICIPALITIES", "1000"))
THREADS = 8
# Issue 4 asks for ten minutes' worth, which is what BENCH_MINUTES=10 does; each half of the load runs this long.
SECONDS = 60 * float(os.environ.get("BENCH_MINUTES", "1"))
PATHS = ("/angebote/1-kurs-1/", "/angebote/?q=Kurs", "/angebote/2-kurs-2/", "/anbieter/")
MOST_MIB = 300
LEAST_THROUGHPUT = 0.8
MARKED = re.compile(r"«([a-z0-9-]+)»")
# Both loads by turns in short pieces, so that a noisy machine disturbs both alike.
PIECES = 6


@dataclass
class Load:
    """What came back under one kind of load."""

    requests: int = 0
    seconds: float = 0.0
    foreign: int = 0
    failures: Counter[str] = field(default_factory=Counter)

    @property
    def rate(self) -> float:
        return self.requests / self.seconds


class Gauge:
    """Sends requests through Django and looks at whose rows come back."""

    def __init__(self, slugs: Sequence[str]) -> None:
        self._django, self._slugs = get_wsgi_application(), slugs
        self._lock = threading.Lock()
        self._turn = 0

    def next(self) -> tuple[str, str]:
        """The next municipality and page, all in turn over all threads."""
        with self._lock:
            turn, self._turn = self._turn, self._turn + 1
        rounds = turn // len(self._slugs)
        # Both loads get the same mix of pages at any time, and each municipality another page each round.
        return self._slugs[turn % len(self._slugs)], PATHS[(turn + rounds) % len(PATHS)]

    def ask(self, slug: str, path: str) -> tuple[str, set[str]]:
        """The answer's status and the municipalities whose marks are on the page."""
        environ = RequestFactory().get(path, HTTP_HOST=f"{slug}.localhost", HTTP_ACCEPT_ENCODING="identity").environ
        statuses: list[str] = []
        answer = self._django(environ, lambda status, _headers: statuses.append(status))
        body = b"".join(answer).decode()
        answer.close()
        return statuses[0], set(MARKED.findall(body))

    def run(self, load: Load, *, seconds: float = 0.0, requests: int = 0) -> None:
        """All threads at once, for some seconds or for some requests."""
        begin = time.perf_counter()
        last = requests and self._turn + requests

        def thread(_number: int) -> Load:
            own = Load()
            while self._turn < last if requests else time.perf_counter() - begin < seconds:
                slug, path = self.next()
                status, marks = self.ask(slug, path)
                own.requests += 1
                own.failures[status] += not status.startswith("200") or slug not in marks
                own.foreign += bool(marks - {slug})
            connection.close()
            return own

        with ThreadPoolExecutor(THREADS) as pool:
            for own in pool.map(thread, range(THREADS)):
                load.requests += own.requests
                load.foreign += own.foreign
                load.failures += own.failures
        load.seconds += time.perf_counter() - begin


def _resident(pid: int) -> float:
    """MiB of a process with everything it shares: the strictest way to count."""
    with open(f"/proc/{pid}/status", encoding="ascii") as status:  # noqa: PTH123
        found = next((line for line in status if line.startswith("VmRSS")), "VmRSS: 0")
    return int(found.split()[1]) / 1024


def _largest() -> tuple[float, float]:
    """The largest backend now: MiB of its own, and with what it shares."""
    found = list(backends())
    return max(each.mib or 0.0 for each in found), max(_resident(each.pid) for each in found)


def rows() -> Iterator[Row]:
    """The figures of issue 4, "Round-robin requests over 1,000 municipalities"."""
    begin = time.perf_counter()
    made = many.make(MUNICIPALITIES)
    making = time.perf_counter() - begin
    slugs = [each.slug for each in made]
    everybody, one = Gauge(slugs), Gauge(slugs[:1])
    first, by_turns, alone = Load(), Load(), Load()
    everybody.run(first, requests=len(slugs))
    one.run(Load(), requests=len(PATHS) * THREADS)
    own = shared = 0.0
    for _piece in range(PIECES):
        everybody.run(by_turns, seconds=SECONDS / PIECES)
        own, shared = max(own, _largest()[0]), max(shared, _largest()[1])
        one.run(alone, seconds=SECONDS / PIECES)
    failed = +(first.failures + by_turns.failures + alone.failures)
    if failed:
        raise RuntimeError(f"Requests failed: {dict(failed)}")
    total = first.requests + by_turns.requests + alone.requests
    name = f"{len(slugs)} municipalities by turns"
    yield Row(f"{len(slugs)} municipalities made", f"{making:.0f} s", "-", making / len(slugs), None)
    yield Row(f"{name}: foreign rows", str(first.foreign + by_turns.foreign), f"of {total} requests: 0",
              float(first.foreign + by_turns.foreign), 0.0)  # fmt: skip
    yield Row(f"{name}: largest backend", f"{shared:.0f} MiB ({own:.0f} its own)", f"limit {MOST_MIB} MiB",
              shared / MOST_MIB, 1.0)  # fmt: skip
    yield Row(f"{name}: requests a second", f"{by_turns.rate:.1f}/s", f"one municipality: {alone.rate:.1f}/s",
              alone.rate / by_turns.rate, 1 / LEAST_THROUGHPUT)  # fmt: skip
    yield Row("first visit to each of them", f"{first.rate:.1f}/s", f"later: {by_turns.rate:.1f}/s",
              by_turns.rate / first.rate, None)  # fmt: skip
