"""A process that is killed in the middle of something done with many offers; started by test_own_killed.py."""

import sys

from accounts.models import User
from portal.authoring.own.deeds import DEEDS, Choice, cases, do
from portal.authoring.own.listing import own_rows
from portal.providers.models import Provider
from tenants.running.context import inside
from tests.conftest import municipality
from tests.killing import dying_after


def main(name: str, after: int) -> None:
    """Do a deed with all offers, and die after so many statements that write."""
    with inside(municipality("ahausen")), dying_after(after):
        person = User.objects.get(email="helga@ahausen.example")
        rows = own_rows(list(Provider.objects.kept_by(person))).with_condition().select_related("provider")
        ready = cases(list(rows.filter(title__startswith="Kurs").order_by("pk")), DEEDS[name], by=person)
        done, refused = do(DEEDS[name], ready, Choice(), by=person)
        sys.stdout.write(f"done {done} {len(refused)}")
