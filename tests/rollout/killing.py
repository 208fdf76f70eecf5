"""A rollout that is killed again and again, at random moments, and then left to end.

Run as a program in a process that has Django set up but has not touched the database: `run()` forks, so that each
attempt starts at once.
"""

import os
import random
import signal
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.migrations.loader import MigrationLoader
from procrastinate.contrib.django.utils import connector_params

from launch.postgres import Cluster
from launch.processes import working_in
from tenants.models import Municipality
from tenants.rollout.fingerprint import digests
from tenants.rollout.release import replay
from tenants.running.context import inside_public
from tests.rollout.releases import package

# Each statement leaves a row, so one that ran twice, or never, is seen.
TALLY = {
    "0002_tally": 'migrations.RunSQL("CREATE TABLE usage_tally (n int, pause text, value int)")',
    "0003_some": """
        migrations.RunSQL(["INSERT INTO usage_tally SELECT 1, pg_sleep(0.05)::text",
                           "ALTER TABLE usage_tally ADD one int", "INSERT INTO usage_tally (n) VALUES (2)"])""",
    "0004_python": """
from django.db import connection, migrations
def tally(apps, schema_editor):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO usage_tally (n, pause) SELECT %s, pg_sleep(0.05)::text", [3])
        cursor.execute("INSERT INTO usage_tally (n) VALUES (4)")
class Migration(migrations.Migration):
    dependencies = [("usage", "0003_some")]
    operations = [migrations.RunPython(tally)]
""",
    "0005_outside": """atomic = False|
        migrations.RunSQL(["INSERT INTO usage_tally SELECT 5, pg_sleep(0.05)::text",
                           "CREATE INDEX CONCURRENTLY tally_n ON usage_tally (n)",
                           "ALTER TABLE usage_tally ADD two int",
                           "INSERT INTO usage_tally (n) SELECT 6 FROM pg_sleep(0.05)",
                           "CREATE UNIQUE INDEX CONCURRENTLY tally_once ON usage_tally (n)"]),
        migrations.RunPython(__import__("tests.rollout.killing").rollout.killing.seventh)""",
    "0006_last": 'migrations.RunSQL(["DROP INDEX tally_n", "INSERT INTO usage_tally (n) VALUES (8)"])',
}
ALL = [(number,) for number in range(1, 9)]


def seventh(apps: object, schema_editor: object) -> None:
    """Python inside a migration without a transaction."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO usage_tally (n, pause) SELECT 7, pg_sleep(0.05)::text")


def _attempt() -> None:
    """Go on with the last rollout, or start one; the server may need a moment to notice that the last one is dead."""
    for _round in range(100):
        for resume in (True, False):
            try:
                call_command("rollout", resume=resume, jobs=2, verbosity=0)
            except CommandError as error:
                if "--resume" not in str(error) and "rollout" not in str(error):
                    raise
            else:
                return
        time.sleep(0.1)


def run(kills: int, *, longest: float, seed: int, kill: Callable[[int], None] | None = None) -> int:
    """Kill so many rollouts after a random time each, then let one end. Returns how many were killed midway."""
    dice = random.Random(seed)
    midway = 0
    # What every child would have to import.
    MigrationLoader(None)
    for number in range(kills):
        child = os.fork()
        if child == 0:
            devnull = os.open(os.devnull, os.O_WRONLY)
            os.dup2(devnull, 1)
            os.dup2(devnull, 2)
            try:
                _attempt()
            finally:
                # Whatever happened: the rest of this function belongs to the parent.
                os._exit(0)
        if number % 2:
            # Else most die while they plan.
            _wait_for_running(child)
        time.sleep(dice.uniform(0.0, longest))
        if kill is not None:
            kill(child)
        with suppress(ProcessLookupError, ChildProcessError):
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            midway += _is_running()
    _attempt()
    return midway


def _wait_for_running(child: int) -> None:
    before = _runs()
    while _runs() == before and os.waitpid(child, os.WNOHANG)[0] == 0:
        time.sleep(0.02)


def _runs() -> list[tuple[object, ...]]:
    with psycopg.connect(**connector_params("default")) as link:
        return link.execute("SELECT id, state, ended_at FROM public.tenants_rollout ORDER BY id").fetchall()


def _is_running() -> bool:
    """Whether a rollout stands in the record that nobody works on; asked without Django, which is to fork clean."""
    with psycopg.connect(**connector_params("default")) as link:
        return bool(link.execute("SELECT 1 FROM public.tenants_rollout WHERE state = 'running'").fetchall())


# --- with a server of its own, which is killed too ----------------------------------------------------------------


def _kill_server(cluster: Cluster, *, everything: bool) -> None:
    """SIGKILL for the server's first process, or for all of them at once as when the power goes; then start again."""
    first = int((cluster.data / "postmaster.pid").read_text().splitlines()[0])
    pids = [each.pid for each in working_in(cluster.data, "postgres")] if everything else [first]
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def main(kills: int, municipalities: int = 60) -> None:
    """Kill the rollout, the server and both in turn; print how many schemas are wrong in the end."""
    with tempfile.TemporaryDirectory() as folder:
        cluster = Cluster(Path(folder) / "pg")
        Path(folder).chmod(0o755)
        cluster.start()
        try:
            # The database is made in a process of its own: this one forks and must not have touched it.
            maker = os.fork()
            if maker == 0:
                _in_child(cluster, lambda: _make(municipalities))
            os.waitpid(maker, 0)
            turns = count()

            def kill(child: int) -> None:
                turn = next(turns) % 3
                if turn == 2:
                    with suppress(ProcessLookupError):
                        os.kill(child, signal.SIGKILL)
                if turn:
                    _kill_server(cluster, everything=turn == 2)
                    time.sleep(0.2)
                    cluster.start()
                    # On another port where the old one is not free at once.
                    _point_to(cluster)

            _point_to(cluster)
            settings.MIGRATION_MODULES = {"usage": package(Path(folder) / "releases", "usage", TALLY)}
            midway = run(kills, longest=1.5, seed=20, kill=kill)
            print(f"kills={kills} midway={midway} wrong={_wrong(municipalities)}", flush=True)
        finally:
            cluster.stop()


def _point_to(cluster: Cluster) -> None:
    parts = urlsplit(cluster.url)
    values = {"HOST": parts.hostname, "PORT": str(parts.port), "USER": parts.username, "PASSWORD": parts.password}
    connection.settings_dict.update(values, NAME=parts.path.strip("/"))
    connections.settings[DEFAULT_DB_ALIAS].update(values, NAME=parts.path.strip("/"))


def _in_child(cluster: Cluster, work: Callable[[], None]) -> None:
    try:
        _point_to(cluster)
        work()
        os._exit(0)
    finally:
        # Only after an exception: nothing of the parent's is to run here.
        traceback.print_exc()
        os._exit(1)


def _make(municipalities: int) -> None:
    call_command("prepare", verbosity=0)
    with inside_public(), transaction.atomic():
        for number in range(municipalities):
            slug = f"ort-{number}"
            Municipality.objects.create(slug=slug, schema_name=slug, name=slug)
            replay(slug)


def _wrong(municipalities: int) -> int:
    """Schemas in which a statement ran twice or never, or that do not look like most."""
    slugs = [f"ort-{number}" for number in range(municipalities)]
    with inside_public(), connection.cursor() as cursor:
        found = digests(slugs)
        (usual, _number), *_others = Counter(found.values()).most_common()
        wrong = {slug for slug in slugs if found.get(slug) != usual}
        for slug in slugs:
            cursor.execute(f'SELECT n FROM "{slug}".usage_tally ORDER BY n')
            if cursor.fetchall() != ALL:
                wrong.add(slug)
    return len(wrong)
