"""Python processes of the tests' own that work on the test database, to be killed or watched."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
from django.conf import settings
from django.db import connection

_SETUP = "import django; django.setup()\n"


def environment(**more: str) -> dict[str, str]:
    """The variables that lead another process to the database this test uses now."""
    params = connection.settings_dict
    url = f"postgresql://{params['USER']}:{params['PASSWORD']}@{params['HOST']}:{params['PORT']}/{params['NAME']}"
    files = {"DATA_DIR": str(settings.DATA_DIR), "DJANGO_SETTINGS_MODULE": "config.settings"}
    return {**os.environ, "DATABASE_URL": url, **files, **more}


@contextmanager
def python(code: str, **more: str) -> "Iterator[subprocess.Popen[str]]":
    """Start Python with Django set up; what still runs at the end of the block is killed."""
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with subprocess.Popen(
        [sys.executable, "-c", _SETUP + code],
        env=environment(**more),
        cwd=Path(settings.BASE_DIR),
        text=True,
        start_new_session=True,
        **pipes,
    ) as child:
        try:
            yield child
        finally:
            child.kill()


def wait_for_the_dead(seconds: float = 60) -> None:
    """Until PostgreSQL has noticed who was killed: their backends go on, and hold their locks, for a moment."""
    deadline = time.monotonic() + seconds
    while others := _other_lock_holders():
        assert time.monotonic() < deadline, f"still there: {others}"
        time.sleep(0.05)


def half_a_minute_later() -> None:
    """After a worker was killed: as long since its last word as it takes to count it as dead and begin its jobs again.

    That the wait itself ends is the matter of tests/jobs; all others need not sit it out.
    """
    wait_for_the_dead()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE public.procrastinate_workers SET last_heartbeat = now() - interval '31 seconds'")


def _other_lock_holders() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        return [pid for (pid,) in cursor.fetchall()]


def presses_of(worker: psutil.Process) -> list[psutil.Process]:
    """The processes that make papers for it now. What else it has started may be over while one looks."""
    found = []
    for each in worker.children():
        with suppress(psutil.NoSuchProcess):
            if "press.child" in each.cmdline():
                found.append(each)
    return found
