"""A process that is killed in the middle of writing reminders; started by test_killed.py."""

import sys

from portal.upkeep.planning import tonight
from portal.upkeep.sending import send_tonight
from tenants.running.context import inside
from tests.conftest import municipality
from tests.killing import dying_after


def main(after: int) -> None:
    """Write tonight's reminders, and die after so many statements that write."""
    with inside(municipality("ahausen")), dying_after(after):
        sys.stdout.write(f"done {send_tonight(sorted(tonight()))}")
