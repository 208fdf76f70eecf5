"""A process that is killed in the middle of a save or an approval of a profile; started by test_profile_killed.py."""

import sys

from accounts.models import User
from portal.providers import editing
from portal.providers.models import Provider
from portal.revisions.models import Revision
from tenants.running.context import inside
from tests.conftest import municipality
from tests.killing import dying_after


def main(what: str, after: int) -> None:
    """Do `what`, and die after so many statements that write."""
    with inside(municipality("ahausen")), dying_after(after):
        editor = User.objects.get(email="redaktion@ahausen.example")
        if what == "approve":
            waiting = Revision.objects.get(state="submitted")
            editing.approve(waiting, by=editor, version=waiting.version)
        else:
            editing.submit(Provider.objects.get(), by=editor)
    sys.stdout.write("done")
