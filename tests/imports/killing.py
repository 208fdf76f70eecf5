"""A worker that is killed while it takes over a table; started by test_killed.py."""

import sys

from portal.imports import tasks
from portal.imports.models import Upload
from tenants.running.context import inside
from tests.conftest import municipality
from tests.killing import dying_after


def main(after: int) -> None:
    """Take over the table there is, and die after so many statements that write."""
    with inside(municipality("ahausen")), dying_after(after):
        tasks.take_table(upload=Upload.objects.get().pk)
        sys.stdout.write("done")
