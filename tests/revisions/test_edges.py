"""Rows from before the engine, and what a save costs."""

import pytest

from portal.offers import editing
from portal.offers.kind import KIND
from portal.offers.models import Offer
from portal.offers.states import State
from portal.preferences.models import ApprovalRule
from portal.revisions.bulk import complete_waiting
from tests.revisions.conftest import change

pytestmark = pytest.mark.django_db


def test_a_row_that_waits_without_a_revision_gets_one(cast):
    """From the release before, or by a change of the state past the engine."""
    old, other = cast.public(title="Alt"), cast.public(title="Auch alt")
    Offer.objects.update(state=State.SUBMITTED, published_at=None)
    assert Offer.objects.decidable_by(cast.editor).count() == 2
    waiting = editing.waiting_for(Offer.objects.get(pk=old.pk))
    assert editing.approve(waiting, by=cast.editor, version=1).applied
    assert complete_waiting(KIND) == 1
    assert editing.waiting_for(other).content["title"] == "Auch alt"
    assert complete_waiting(KIND) == 0


def test_a_save_and_a_submission_are_quick_and_take_few_statements(cast, django_assert_max_num_queries):
    offer = cast.draft()
    base = editing.begin(offer, by=cast.member).base
    with django_assert_max_num_queries(28):
        editing.autosave(offer, {"title": "Neu geschrieben"}, by=cast.member, base=base)
    public = cast.public()
    base = editing.begin(public, by=cast.member).base
    with django_assert_max_num_queries(18):
        editing.autosave(public, {"title": "Neu geschrieben"}, by=cast.member, base=base)


def test_what_waited_inside_of_a_text_that_becomes_public_waits_no_longer(cast):
    """A member hands in a new offer, the administrator changes it further and publishes both at once."""
    cast.rule(ApprovalRule.PROVIDERS)
    cast.club.members_may_publish = False
    cast.club.save()
    offer = cast.draft(summary="Vom Mitglied")
    waiting = editing.submit(offer, by=cast.member).revision
    assert waiting.waits_for == "provider"
    change(offer, cast.administrator, title="Von der Leitung")
    assert editing.submit(offer, by=cast.administrator).applied
    assert editing.waiting_for(offer) is None
    waiting.refresh_from_db()
    assert waiting.state == "replaced"
    found = Offer.objects.published().get(pk=offer.pk)
    assert (found.title, found.summary) == ("Von der Leitung", "Vom Mitglied")
