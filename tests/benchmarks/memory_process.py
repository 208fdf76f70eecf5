"""The process that `memory` measures: `python -m tests.benchmarks.memory_process COUNT SLUG …`."""

import gc
import itertools
import json
import os
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import RequestFactory

from tenants.running import changes, hosts
from tenants.running.listening import listener
from tenants.running.page_cache import PageCache

THREADS = 4
PAGES = ("/", "/angebote/?q=kurs", "/angebote/?ansicht=karte", "/anbieter/", "/angebote/vorschlaege/?q=ku")


def resident() -> float:
    """MiB of this process in memory."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


class Process:
    """What gunicorn would have: an application, and what it remembers."""

    def __init__(self) -> None:
        self.application = PageCache(get_wsgi_application())
        self.memory, self.hosts, self.lock = changes._memory, hosts._memory, listener.lock
        self.weights: list[int] = []
        self.peak = 0.0
        self._names = itertools.count()

    def visit(self, slug: str) -> None:
        """All pages of a municipality nobody has visited yet."""
        for path in PAGES:
            environ = RequestFactory().get(path, HTTP_HOST=f"{slug}.localhost", HTTP_ACCEPT_ENCODING="gzip").environ
            statuses: list[str] = []
            b"".join(self.application(environ, lambda status, _headers, to=statuses: to.append(status)))
            if not statuses[0].startswith("200"):
                raise RuntimeError(f"{slug}{path}: {statuses[0]}")
        self._rename(slug, f"{slug}-{next(self._names):04}")
        self.peak = max(self.peak, resident())

    def _rename(self, slug: str, other: str) -> None:
        with self.lock, self.application._lock:
            held = self.memory.kept
            mine = [key for key in held if key[0] == slug]
            self.weights.append(sum(held[key].weight for key in mine))
            for key in mine:
                held[other, key[1]] = held.pop(key)
            pages = self.application._pages
            for page in [key for key in pages if key[0] == f"{slug}.localhost"]:
                pages[f"{other}.localhost", *page[1:]] = pages.pop(page)
            site = self.hosts.sites.get(f"{slug}.localhost")
            if site is not None:
                self.hosts.sites[f"{other}.localhost"] = replace(site, slug=other, schema_name=other)

    def forget(self) -> None:
        """As if nothing had been visited; what a first request loads and compiles stays."""
        with self.lock:
            self.memory.kept.clear()
            self.application._pages.clear()
            self.weights, self.peak = [], 0.0
        gc.collect()


def _serve(count: int, slugs: Sequence[str]) -> dict[str, float]:
    """Visit so many municipalities from four threads, each with towns of its own."""
    process = Process()
    process.visit(slugs[0])
    process.forget()
    before, together = resident(), threading.Barrier(THREADS)

    def work(number: int) -> None:
        own = slugs[number::THREADS]
        together.wait()
        for turn in range(count // THREADS):
            process.visit(own[turn % len(own)])
        connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(work, range(THREADS)))
    pages, held = process.application._pages, process.memory.kept
    return {
        "growth": process.peak - before,
        "bound": (held.maxsize + pages.maxsize) / 2**20,
        "kept": (held.currsize + pages.currsize) / 2**20,
        "each": sum(process.weights) / len(process.weights) / 1024,
    }


if __name__ == "__main__":
    print(json.dumps(_serve(int(sys.argv[1]), sys.argv[2:])))
