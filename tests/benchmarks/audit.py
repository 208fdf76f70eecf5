"""Writers of the audit log side by side: nobody waits for another's whole transaction."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from django.db import connection, connections, transaction

from audit.services import broken_links, record
from portal.providers.models import Provider
from tenants.running.context import inside
from tests.benchmarks.table import Row
from tests.conftest import municipality
from tests.factories import a_provider

TURNS = 20
# What a transaction does besides noting it: long against the note, as an import or a slow query is.
WORK_SECONDS = 0.1
# Two writers at once may take this much longer than one alone; one after the other it would be 2.
LIMIT = 1.3


def _write(pk: int) -> None:
    """Transactions that note something and then go on working."""
    with inside(municipality("ahausen")):
        provider = Provider.objects.get(pk=pk)
        for _turn in range(TURNS):
            with transaction.atomic(), connection.cursor() as cursor:
                record("change", provider, by="bench")
                cursor.execute("SELECT pg_sleep(%s)", [WORK_SECONDS])
    connections.close_all()


def _seconds(writers: int, pk: int) -> float:
    start = time.perf_counter()
    with ThreadPoolExecutor(writers) as pool:
        list(pool.map(_write, [pk] * writers))
    return time.perf_counter() - start


def rows() -> Iterator[Row]:
    """Two writers at once against one alone."""
    with inside(municipality("ahausen")):
        pk = a_provider().pk
    alone, together = _seconds(1, pk), _seconds(2, pk)
    with inside(municipality("ahausen")):
        if broken_links():
            raise RuntimeError("The chain broke under two writers.")
    name = f"audit log, two writers at once, {TURNS} transactions each"
    yield Row(name, f"{together:.2f} s", f"one writer {alone:.2f} s", together / alone, LIMIT)
