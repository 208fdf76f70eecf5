"""Making municipalities and finding the one of a request."""

import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from django.db import connection, transaction
from django_tenants.clone import CloneSchema

from launch.binaries import choose
from tenants.lifecycle.making import create_municipality
from tenants.rollout.release import drop_schema, load_script, migrate_schema, replay
from tenants.running import hosts
from tenants.running.context import inside_public, outside
from tenants.running.hosts import site_of
from tests.benchmarks.table import Row, seconds

ROUNDS = 11
MANY = 300
numbers = count(1)


def _psql(script: str) -> float:
    """Seconds psql takes for the same statements in one transaction, its start not counted."""
    params = connection.settings_dict
    name = f"psql-{next(numbers)}"
    text = (
        f'\\timing off\nBEGIN;\nCREATE SCHEMA "{name}";\nSET LOCAL search_path = "{name}", public;\n{script}\nCOMMIT;\n'
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "script.sql"
        idle = Path(folder) / "idle.sql"
        path.write_text(text)
        idle.write_text("SELECT 1;")
        command = [str(choose(None).folder / "psql"), "-q", "-X", "-v", "ON_ERROR_STOP=1", "-o", "/dev/null"]
        command += ["-h", params["HOST"], "-p", params["PORT"], "-U", params["USER"], "-d", params["NAME"], "-f"]
        environment = {**os.environ, "PGPASSWORD": params["PASSWORD"], "PGOPTIONS": "-c client_min_messages=warning"}

        def run(file: Path) -> float:
            start = time.perf_counter()
            subprocess.run([*command, str(file)], env=environment, check=True)
            return time.perf_counter() - start

        taken = run(path) - min(run(idle) for _round in range(3))
    drop_schema(name)
    return taken


def _ours() -> float:
    name = f"ours-{next(numbers)}"

    def make() -> None:
        with inside_public(), transaction.atomic():
            replay(name)

    taken = seconds(make, rounds=1)
    with inside_public():
        drop_schema(name)
    return taken


def _best(measure: Callable[[], float]) -> float:
    """The best of some rounds: what the work takes when nobody else wants the disk."""
    return min(measure() for _round in range(ROUNDS))


def _migrate() -> float:
    name = f"migrated-{next(numbers)}"
    taken = seconds(lambda: migrate_schema(name), rounds=1)
    drop_schema(name)
    return taken


def _clone() -> float:
    name = f"cloned-{next(numbers)}"
    with outside():
        taken = seconds(lambda: CloneSchema().clone_schema("ahausen", name, set_connection=True), rounds=1)
        drop_schema(name)
    return taken


def _whole() -> float:
    slug = f"ort-{next(numbers)}"
    return seconds(lambda: create_municipality(slug, name=slug, host=f"{slug}.localhost"), rounds=1)


def rows() -> Iterator[Row]:
    """The figures of issue 2, with few and with many municipalities."""
    script = load_script()
    few = {"ours": _best(_ours), "psql": _best(lambda: _psql(script)), "whole": _best(_whole)}
    migrate, clone = _migrate(), _clone()
    yield Row("schema of a municipality, few there", *_pair(few["ours"], few["psql"], "psql, same statements"), 2.5)
    yield Row("schema of a municipality", *_pair(few["ours"], migrate, "library: migrate"), None)
    yield Row("schema of a municipality", *_pair(few["ours"], clone, "library: clone"), None)
    for _number in range(MANY):
        _whole()
    many = {"ours": _best(_ours), "psql": _best(lambda: _psql(script)), "whole": _best(_whole)}
    clone = _clone()
    yield Row(
        f"schema of a municipality, {MANY} there", *_pair(many["ours"], many["psql"], "psql, same statements"), 2.5
    )
    yield Row(f"schema of a municipality, {MANY} there", *_pair(many["ours"], clone, "library: clone"), None)
    yield Row(f"schema: {MANY} there against few", *_pair(many["ours"], few["ours"], "few there"), 1.5)
    yield Row("create_municipality, everything", *_pair(many["whole"], 1.0, "limit 1 s"), 1.0)
    yield from _lookups()


def _lookups() -> Iterator[Row]:
    times = 5000
    site_of("ahausen.localhost")

    def warm() -> None:
        for _time in range(times):
            site_of("ahausen.localhost")

    def cold() -> None:
        for _time in range(200):
            hosts._memory.forget()
            site_of("ahausen.localhost")

    warm_one, cold_one = seconds(warm, rounds=3) / times, seconds(cold, rounds=3) / 200
    yield Row("municipality of a request, warm", f"{warm_one * 1e6:.0f} µs", "limit 200 µs", warm_one / 0.0002, 1.0)
    yield Row(
        "municipality of a request, warm",
        f"{warm_one * 1e6:.0f} µs",
        f"query: {cold_one * 1e6:.0f} µs",
        warm_one / cold_one,
        None,
    )
    hosts.forget()


def _pair(ours: float, against: float, name: str) -> tuple[str, str, float]:
    return f"{ours * 1e3:.0f} ms", f"{name} {against * 1e3:.0f} ms", ours / against
