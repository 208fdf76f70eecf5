"""A municipality that moves, as tests look at it: who kills its mover, whether it takes writes, what waits for it."""

import signal
import subprocess
import sys

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from tenants.models import Municipality
from tenants.running.context import inside_public
from tests.cells.two_cells import url_of
from tests.children import wait_for_the_dead

HOST = "umzug.localhost"
# Where the mover is killed, the step that has just been done and is not yet noted.
_KILL = """
import os, signal
from tenants.cells import moving
step = {step!r}
plain = getattr(moving._Journey, step)
def die(self):
    plain(self)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(moving._Journey, step, die)
from django.test.utils import override_settings
moving.move_municipality("umzug", "sued")
"""


def killed_after(cells, step):
    """Move it, or go on, until this step of `moving._Journey` has been done and not noted; then the mover is dead."""
    done = subprocess.run(
        [sys.executable, "-c", "import django; django.setup()\n" + _KILL.format(step=step)],
        env=cells.environment("nord"), cwd=settings.BASE_DIR, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr
    wait_for_the_dead()


def refuses(schema):
    """Whether the database of the tests takes no writes to it, whoever asks."""
    url = url_of(connection.settings_dict["NAME"])
    with psycopg.connect(url, autocommit=True) as link, pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        link.execute(f"DELETE FROM {schema}.taxonomy_marker")
    return True


def hold(slug="umzug"):
    with inside_public():
        found = Municipality.objects.filter(slug=slug).first()
    return None if found is None else found.hold


def waiting(schema):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, status::text FROM public.procrastinate_jobs WHERE args ->> 'schema_name' = %s", [schema]
        )
        return cursor.fetchall()
