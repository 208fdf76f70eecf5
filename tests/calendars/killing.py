"""A worker that is killed while it settles a calendar; started by test_killed.py."""

import sys

from portal.calendars import tasks
from portal.calendars.models import Calendar
from tenants.running.context import inside
from tests.conftest import municipality
from tests.killing import dying_after


def main(after: int) -> None:
    """Settle the calendar there is, and die after so many statements that write."""
    with inside(municipality("ahausen")), dying_after(after):
        tasks.settle_here(calendar=Calendar.objects.get().pk)
    sys.stdout.write("done")
