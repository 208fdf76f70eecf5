"""`kill -9` in the middle of something done with many offers: each is as it was or as it was to become, never half."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from audit.models import Entry
from portal.offers import snapshot
from portal.offers.models import Offer
from portal.offers.states import State
from portal.preferences.models import ApprovalRule, Preferences
from portal.providers.models import Membership
from portal.revisions.models import Revision
from portal.taxonomy.models import Category
from tenants.running.context import inside
from tests import children
from tests.authoring.test_own_list import weekly
from tests.conftest import municipality
from tests.factories import a_provider, an_offer


def prepare() -> list[int]:
    Preferences.load()
    Preferences.objects.update(approval=ApprovalRule.PROVIDERS)
    helga = User.objects.create_user("helga@ahausen.example", "ein-passwort-2026")
    club, sport = a_provider(), Category.objects.create(name="Sport")
    Membership.objects.create(provider=club, user=helga, role=Membership.Role.ADMINISTRATOR)
    return [
        weekly(
            an_offer(title=f"Kurs {number}", summary="x", provider=club, categories=[sport]),
            until=timezone.now() + timedelta(days=9),
        ).pk
        for number in range(4)
    ]


def whole(pk: int, old: dict) -> str:
    """Which of the two an offer is: its text, state, history and audit entry go together."""
    offer = Offer.objects.get(pk=pk)
    entries = Entry.objects.filter(target_type="offers.offer", target_id=str(pk)).count()
    history = Revision.objects.of("offer", pk).filter(informed=True).count()
    is_old = snapshot.take(offer) == old and offer.state == State.PUBLISHED
    assert (entries == 0) == is_old
    if offer.state == State.PUBLISHED:
        assert (history == 0) == is_old
        assert (offer.schedules.get().rrule == old["schedules"][0]["rrule"]) == is_old
    return "old" if is_old else "new"


@pytest.mark.parametrize(("deed", "most"), [("verlaengern", 9), ("pausieren", 3), ("papierkorb", 5)])
def test_a_killed_deed_leaves_each_offer_old_or_new(own_database, deed, most):
    with inside(municipality("ahausen")):
        offers = prepare()
        old = {pk: snapshot.take(Offer.objects.get(pk=pk)) for pk in offers}
    seen = set()
    for after in (1, most // 2 + 1, most + 1, most * 2):
        with children.python(f"from tests.authoring.killing_own import main; main({deed!r}, {after})") as child:
            said, error = child.communicate(timeout=90)
        if "done" in said:
            break
        assert child.returncode == -9, error
        with inside(municipality("ahausen")):
            found = [whole(pk, old[pk]) for pk in offers]
        # One after the other: what is done stays done.
        assert found == sorted(found, reverse=True) or found == sorted(found)
        seen.update(found)
    assert "old" in seen
    with children.python(f"from tests.authoring.killing_own import main; main({deed!r}, 10000)") as child:
        said, error = child.communicate(timeout=90)
    assert "done" in said, error
    with inside(municipality("ahausen")):
        assert [whole(pk, old[pk]) for pk in offers] == ["new"] * 4
