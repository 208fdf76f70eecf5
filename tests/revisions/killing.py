"""A process that is killed in the middle of a save or an approval; started by test_killed.py."""

import sys

from accounts.models import User
from portal.offers import editing
from portal.offers.models import Offer
from portal.revisions.models import Revision
from tenants.running.context import inside
from tests.conftest import municipality
from tests.killing import dying_after


def main(what: str, after: int) -> None:
    """Do `what`, and die after so many statements that write."""
    with inside(municipality("ahausen")), dying_after(after):
        editor = User.objects.get(email="redaktion@ahausen.example")
        offer = Offer.objects.get(title="Vorher")
        if what == "approve":
            waiting = Revision.objects.get(state="submitted")
            editing.approve(waiting, by=editor, version=waiting.version)
        else:
            editing.submit(offer, by=editor)
    sys.stdout.write("done")
