"""A worker that is killed while it takes over a table; started by test_killed.py."""

import os
import signal
import sys

from django.conf import settings
from django.db import connection

from portal.imports import tasks
from portal.imports.models import Upload
from tenants.running.context import inside
from tests.conftest import municipality


def main(table: str, times: int, media: str) -> None:
    """Take over the table there is, and die after so many statements that write into `table`. `media`: where its file
    lies."""
    settings.MEDIA_ROOT = media
    written = 0

    def count(execute, sql, params, many, context):
        nonlocal written
        found = execute(sql, params, many, context)
        written += sql.startswith((f'INSERT INTO "{table}"', f'UPDATE "{table}"'))
        if written == times:
            os.kill(os.getpid(), signal.SIGKILL)
        return found

    with inside(municipality("ahausen")), connection.execute_wrapper(count):
        tasks.take_table(upload=Upload.objects.get().pk)
        sys.stdout.write("done")
