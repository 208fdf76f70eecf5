"""A process that is killed in the middle of a decision or of taking it back; started by test_at_once.py."""

import sys

from accounts.models import User
from portal.editorial.review import deciding
from portal.editorial.review.models import Decision
from portal.revisions.models import Revision
from tenants.running.context import inside
from tests.conftest import municipality
from tests.killing import dying_after


def main(what: str, after: int) -> None:
    """Do `what`, and die after so many statements that write."""
    with inside(municipality("ahausen")), dying_after(after):
        editor = User.objects.get(email="eins@ahausen.example")
        if what == "approve":
            deciding.approve(Revision.objects.get(state="submitted"), by=editor, version=1)
        else:
            deciding.undo(Decision.objects.get(), by=editor)
    sys.stdout.write("done")
