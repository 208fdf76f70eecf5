"""`kill -9` in the middle of a save or an approval leaves the old or the new, never half."""

import pytest

from accounts.models import User
from audit.models import Entry
from core.access import Role
from portal.offers import editing, snapshot
from portal.offers.models import Offer
from portal.providers.models import Membership
from portal.revisions.models import Revision
from portal.taxonomy.models import Category
from tenants.running.context import inside
from tests import children
from tests.conftest import municipality
from tests.factories import a_provider, an_offer

NEW = {
    "title": "Nachher",
    "schedule_kind": "dates",
    "schedules": [{"first_date": "2027-01-01"}],
    "locations": [{"street": "Weg 2"}],
}


def prepare(what: str) -> tuple[dict, dict]:
    editor = User.objects.create_user("redaktion@ahausen.example", "ein-passwort-2026", roles=[Role.EDITOR])
    member = User.objects.create_user("m@ahausen.example", "ein-passwort-2026", roles=[Role.PROVIDER])
    club = a_provider()
    Membership.objects.create(provider=club, user=member)
    offer = an_offer(title="Vorher", summary="Text", provider=club, categories=[Category.objects.create(name="Sport")])
    by = member if what == "approve" else editor
    editing.autosave(offer, NEW, by=by, base=editing.begin(offer, by=by).base)
    if what == "approve":
        editing.submit(offer, by=member)
    before = snapshot.take(offer)
    return before, snapshot.canonical({**before, **NEW})


@pytest.mark.parametrize("what", ["submit", "approve"])
def test_a_killed_save_leaves_the_old_and_the_next_one_the_new(own_database, what):
    with inside(municipality("ahausen")):
        old, new = prepare(what)
        entries, revisions = Entry.objects.count(), list(Revision.objects.values("pk", "state", "version"))
    killed = 0
    for after in (1, 3, 5, 8, 12, 50):
        with children.python(f"from tests.revisions.killing import main; main({what!r}, {after})") as child:
            said, _error = child.communicate(timeout=90)
        if "done" in said:
            break
        assert child.returncode == -9, said
        killed += 1
        with inside(municipality("ahausen")):
            offer = Offer.objects.get()
            assert snapshot.take(offer) == old
            assert list(Revision.objects.values("pk", "state", "version")) == revisions
            assert Entry.objects.count() == entries
    assert killed >= 3
    with inside(municipality("ahausen")):
        assert snapshot.take(Offer.objects.get()) == new
        assert Revision.objects.filter(state="applied").count() == 2
        assert Entry.objects.count() == entries + 1
