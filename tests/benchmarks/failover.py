"""The primary of two servers is killed under load: how long pages are away, and whether an acknowledged write is lost.

Needs Patroni and etcd (tests/benchmarks/patroni_pair.py); says so where they are missing.
"""

import contextlib
import os
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection

from launch.binaries import choose
from tests.benchmarks import patroni_pair
from tests.benchmarks.patroni_pair import Pair, pair, wait
from tests.benchmarks.table import Row
from tests.cells.two_cells import url_of, web
from tests.demo_server import free_port

DATABASE, HOST = "chancenportal", "ahausen.localhost"
SECONDS = 30.0
BEFORE, AFTER = 5.0, 5.0
# Writes as the platform does, by its own connections: each name is told only when its commit was acknowledged.
WRITE = """
import sys, time
from django.db import Error, connection
from portal.taxonomy.models import Marker
from tenants.models import Municipality
from tenants.running.context import inside, inside_public
with inside_public():
    town = Municipality.objects.get(slug="ahausen")
number = 0
while True:
    number += 1
    try:
        with inside(town):
            Marker.objects.create(name=f"n{number}")
        print(f"n{number}", flush=True)
    except Error:
        time.sleep(0.1)
    connection.close()
"""


def rows() -> Iterator[Row]:
    """The worst case: Patroni and PostgreSQL of the primary gone at once, so that its lease has to run out."""
    if wanted := patroni_pair.missing():
        yield Row(f"failover: not measured ({wanted})", "–", "–", 0.0, None)
        return
    with pair() as servers, tempfile.TemporaryDirectory() as folder:
        _copy_into(servers)
        with _serving(servers, Path(folder)) as (port, environment):
            away, lost, written, odd = _killed(servers, port, environment)
    yield Row("failover: pages answer again after", f"{away:.1f} s", f"limit {SECONDS:.0f} s", away / SECONDS, 1.0)
    yield Row("failover: acknowledged writes lost", f"{lost}", f"of {written}", float(lost), 0.0)
    yield Row("failover: answers other than a page or 503", f"{odd}", "0", float(odd), 0.0)


def _copy_into(servers: Pair) -> None:
    """The database of the benchmarks, as it is now."""
    with psycopg.connect(f"{servers.url()}?target_session_attrs=read-write", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {DATABASE}")
    folder = choose(None).folder
    loading = [str(folder / "psql"), "-q", "-X", "-v", "ON_ERROR_STOP=1", "-o", os.devnull]
    target = f"{servers.url(DATABASE)}?target_session_attrs=read-write"
    dumping = [str(folder / "pg_dump"), "-O", "-x", url_of(connection.settings_dict["NAME"])]
    with subprocess.Popen(dumping, stdout=subprocess.PIPE) as dump:
        subprocess.run([*loading, target], stdin=dump.stdout, check=True)
    if dump.returncode != 0:
        raise RuntimeError("pg_dump failed")


@contextlib.contextmanager
def _serving(servers: Pair, folder: Path) -> Iterator[tuple[int, dict[str, str]]]:
    port = free_port()
    (folder / "static").mkdir()
    environment = {
        **os.environ, "DATABASE_URL": servers.url(DATABASE), "DATA_DIR": str(folder), "DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": str(settings.BASE_DIR),
    }  # fmt: skip
    with web(environment, port):
        yield port, environment


def _status(port: int, path: str = "/") -> int:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Host": HOST})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def _killed(servers: Pair, port: int, environment: dict[str, str]) -> tuple[float, int, int, int]:
    """Seconds without a page, acknowledged writes that are gone, how many there were, answers nobody announced."""
    wait(lambda: _status(port) == 200, 60, "the first page")
    code = "import django; django.setup()\n" + WRITE
    writing = subprocess.Popen(
        [sys.executable, "-c", code], env=environment, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True
    )
    told: list[str] = []
    reader = threading.Thread(target=lambda: told.extend(line.strip() for line in writing.stdout or ()))
    reader.start()
    try:
        wait(lambda: len(told) >= 20, 60, "the first writes")
        time.sleep(BEFORE)
        primary = servers.primary()
        if primary is None:
            raise RuntimeError("There is no primary.")
        before = len(told)
        primary.kill()
        away, odd = _until_pages(port)
        wait(lambda: len(told) >= before + 50, 60, "writes after the failover")
        time.sleep(AFTER)
    finally:
        writing.kill()
        reader.join()
        writing.wait()
    with psycopg.connect(f"{servers.url(DATABASE)}?target_session_attrs=read-write") as link:
        there = {name for (name,) in link.execute("SELECT name FROM ahausen.taxonomy_marker").fetchall()}
    return away, len(set(told) - there), len(told), odd


def _until_pages(port: int) -> tuple[float, int]:
    """Until five pages in a row were answered, reads and the readiness with them."""
    begun, good, last, odd = time.monotonic(), 0, 0.0, 0
    while good < 5:
        now = _status(port), _status(port, "/readyz")
        odd += len([each for each in now if each not in {200, 503}])
        good = good + 1 if now == (200, 200) else 0
        last = last if good > 1 else time.monotonic() - begun
        if time.monotonic() - begun > 4 * SECONDS:
            raise RuntimeError("Pages did not come back.")
        time.sleep(0.1)
    return last, odd
