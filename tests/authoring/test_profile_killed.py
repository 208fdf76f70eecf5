"""`kill -9` in the middle of a save or an approval of a profile leaves the old or the new, never half."""

import pytest

from accounts.models import User
from audit.models import Entry
from core.access import Role
from portal.preferences.models import ApprovalRule, Preferences
from portal.providers import editing, snapshot
from portal.providers.models import Membership, Provider
from portal.revisions.models import Revision
from tenants.running.context import inside
from tests import children
from tests.conftest import municipality
from tests.factories import a_provider

NEW = {
    "name": "Nachher",
    "summary": "Neu.",
    "phone": "0681 1",
    "closed_on_holidays": True,
    "opening_hours": [{"weekday": 1, "opens": "09:00", "closes": "12:00"}],
    "opening_notes": [{"weekday": 2, "text": "nach Absprache"}],
    "facts": [{"label": "Seit", "text": "<p>1921</p>"}],
}


def prepare(what: str) -> tuple[dict, dict]:
    Preferences.load()
    Preferences.objects.update(approval=ApprovalRule.CHANGES)
    editor = User.objects.create_user("redaktion@ahausen.example", "ein-passwort-2026", roles=[Role.EDITOR])
    leader = User.objects.create_user("m@ahausen.example", "ein-passwort-2026")
    club = a_provider(name="Vorher")
    Membership.objects.create(provider=club, user=leader, role=Membership.Role.ADMINISTRATOR)
    by = leader if what == "approve" else editor
    editing.autosave(club, NEW, by=by, base=editing.begin(club, by=by).base)
    if what == "approve":
        editing.submit(club, by=leader)
    before = snapshot.take(club)
    return before, snapshot.canonical({**before, **NEW})


@pytest.mark.parametrize("what", ["submit", "approve"])
def test_a_killed_save_leaves_the_old_and_the_next_one_the_new(own_database, what):
    with inside(municipality("ahausen")):
        old, new = prepare(what)
        entries, revisions = Entry.objects.count(), list(Revision.objects.values("pk", "state", "version"))
    killed = 0
    for after in (1, 3, 5, 50):
        with children.python(f"from tests.authoring.profile_killing import main; main({what!r}, {after})") as child:
            said, _error = child.communicate(timeout=90)
        if "done" in said:
            break
        assert child.returncode == -9, said
        killed += 1
        with inside(municipality("ahausen")):
            assert snapshot.take(Provider.objects.get()) == old
            assert list(Revision.objects.values("pk", "state", "version")) == revisions
            assert Entry.objects.count() == entries
    assert killed >= 2
    with inside(municipality("ahausen")):
        assert snapshot.take(Provider.objects.get()) == new
        assert Revision.objects.filter(state="applied").count() == 2
        assert Entry.objects.count() == entries + 1
