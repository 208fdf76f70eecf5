"""The operator's side with 1,000 municipalities: its pages, the answer to the proxy, and what measuring costs.

The municipalities have rows and no schemas, so a page that asked one of them would fail. Times of pages are those of
the processor (as in `konto`), so that what else runs on the machine does not count; with BENCH_CLOCK=1 of the clock.
"""

import csv
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.db import connection
from django.test import Client
from django.utils import timezone

from core.garbage import set_aside
from operations.safekeeping.models import Export, Work
from tenants.models import AnswerTimes, Rollout, RolloutStep
from tenants.running import answers
from tenants.running.answers import BOUNDS, Measured, MeasuringApplication
from tenants.running.context import inside_public
from tests.architecture.test_access import session_of
from tests.benchmarks.konto import database_seconds
from tests.benchmarks.table import Row
from tests.caddy import free_port
from tests.conftest import municipality
from tests.health.places import many, queued
from tests.people.cast import an_account

TOWNS, ROUNDS = 1000, 21
PAGE, ASK, RECORD = 0.200, 0.005, 0.001
CLOCK = os.environ.get("BENCH_CLOCK") == "1"
ACCESS = Path(__file__).parents[1] / "architecture" / "access.csv"
# Pages about one thing; those without a parameter are found in the table of access.
SOME = (
    "/betrieb/kommunen/?ursache=auftraege&sort=antwortzeit",
    "/betrieb/kommunen/?q=ort+77",
    "/betrieb/kommunen.csv",
    "/betrieb/kommunen/ort-0500/",
    "/betrieb/kommunen/ort-0500/zustand/",
    "/betrieb/kommunen/ort-0500/adressen/",
    "/betrieb/auftraege/?kommune=ort-0007",
)


_BOUNDS = ", ".join(f"to_{bound}" for bound in BOUNDS)
_TIMES = f"""
    INSERT INTO {AnswerTimes._meta.db_table} (schema_name, slot, answers, errors, milliseconds, {_BOUNDS})
    SELECT schema_name, to_timestamp(floor(extract(epoch FROM now()) / 300) * 300 - 300 * back), 75, id % 3, 9000,
           10, 10, 10, 10, 10, 10, 10
    FROM tenants_municipality CROSS JOIN generate_series(0, 287) AS back
"""


def rows() -> Iterator[Row]:
    """Each page, then asking, then recording."""
    with inside_public():
        client, rollout = _filled()
    for address in (*_plain_pages(), *SOME, f"/betrieb/rollouts/{rollout}/"):
        taken = _percentile(lambda address=address: client.get(address))
        yield Row(f"{address}, p95", f"{taken * 1000:.1f} ms", f"limit {PAGE * 1000:.0f} ms", taken / PAGE, 1.0)
    yield from _asking()
    yield _recording()


def _plain_pages() -> list[str]:
    """Every page of the operator's host below /betrieb/ that needs no number in its address."""
    with ACCESS.open(encoding="utf-8") as file:
        found = [row for row in csv.reader(file) if row[:2] == ["platform", "GET"] and row[2] == row[3]]
    return [row[3] for row in found if row[3].startswith("/betrieb/") and row[-1] == "200" and row[4] == "login"]


def _filled() -> tuple[Client, int]:
    now = timezone.now()
    towns = many(TOWNS)
    session = session_of(an_account("betrieb@platform.example", "operator"))
    client = Client(HTTP_HOST="localhost")
    client.cookies["sessionid"] = session
    for each in towns[::4]:
        queued("failed", each.slug, number=3)
    rollout = Rollout.objects.create(by="bench", jobs=1, code="x", state="done", ended_at=now)
    RolloutStep.objects.bulk_create(
        RolloutStep(
            rollout=rollout, schema_name=each.slug, wave="rest", state="done", ended_at=now - timedelta(hours=1)
        )
        for each in towns
    )
    Export.objects.bulk_create(Export(slug=each.slug, name=each.name, asked_by="x", state="failed") for each in towns)
    Work.objects.bulk_create(
        Work(kind="backup", slug=each.slug, name=each.name, asked_by="x", state="done") for each in towns
    )
    with connection.cursor() as cursor:
        # A day of every municipality: as many rows as the table has.
        cursor.execute(_TIMES)
        cursor.execute("ANALYZE")
    return client, rollout.pk


def _percentile(page: Callable[[], object]) -> float:
    page()
    set_aside()
    town, times = municipality("ahausen"), []
    before = database_seconds(town)
    for _round in range(ROUNDS):
        start = _now()
        answer = page()
        b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        times.append(_now() - start)
        if answer.status_code != 200:  # type: ignore[attr-defined]
            raise RuntimeError("A page did not answer: it may have asked a schema.")
    return statistics.quantiles(times, n=20)[-1] + (0 if CLOCK else (database_seconds(town) - before) / ROUNDS)


def _now() -> float:
    return time.perf_counter() if CLOCK else time.process_time()


@contextmanager
def _answering(folder: Path) -> Iterator[int]:
    """`manage answer_tls` as a process of its own."""
    port = free_port()
    params = connection.settings_dict
    url = f"postgresql://{params['USER']}:{params['PASSWORD']}@{params['HOST']}:{params['PORT']}/{params['NAME']}"
    environment = {**os.environ, "DATABASE_URL": url, "DATA_DIR": str(folder)}
    command = [sys.executable, "-m", "config.cli", "answer_tls", "--port", str(port)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as server:
        try:
            until = time.monotonic() + 60
            while not _is_there(port):
                if time.monotonic() > until:
                    raise RuntimeError("The answer to the proxy did not start.")
                time.sleep(0.1)
            yield port
        finally:
            server.terminate()
            server.wait(20)


def _is_there(port: int) -> bool:
    try:
        return _ask(port, "ort-0500.localhost") == 200
    except OSError:
        return False


def _ask(port: int, name: str) -> int:
    """One question over a connection of its own, as the proxy asks."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as link:
        link.sendall(f"GET /tls/ask?domain={name} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        said = b""
        while part := link.recv(4096):
            said += part
    return int(said.split(b" ", 2)[1])


def _asking() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder, _answering(Path(folder)) as port:
        for label, names, status in (
            ("1,000 known names", [f"ort-{n:04}.localhost" for n in range(TOWNS)], 200),
            ("10,000 unknown names", [f"n{n}.example" for n in range(10_000)], 404),
        ):
            times = []
            for name in names:
                start = time.perf_counter()
                if _ask(port, name) != status:
                    raise RuntimeError(f"{name} got a wrong answer.")
                times.append(time.perf_counter() - start)
            taken = statistics.quantiles(times, n=20)[-1]
            yield Row(f"may {label} get certificates, p95", f"{taken * 1000:.2f} ms", "limit 5 ms", taken / ASK, 1.0)


def _recording() -> Row:
    """What the clock around each answer costs, against an application that does nothing."""

    def application(environ: dict[str, str], start_response: Callable[..., object]) -> list[bytes]:
        answers.note(environ, "ort-0500")
        start_response("200 OK", [])
        return []

    def each(wsgi: Callable[..., object]) -> float:
        number, start = 20_000, time.perf_counter()
        for _round in range(number):
            wsgi({}, lambda *said: None)
        return (time.perf_counter() - start) / number

    kept, answers.measured = answers.measured, Measured()
    try:
        taken = each(MeasuringApplication(application)) - each(application)
    finally:
        # Nothing is left to be written when the process ends: the benchmark's database is gone by then.
        answers.measured._counts.clear()
        answers.measured = kept
    return Row("recording a response time", f"{taken * 1e6:.1f} µs", "limit 1,000 µs", taken / RECORD, 1.0)
