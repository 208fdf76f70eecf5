"""The ten conditions a provider understands, and that a list of them takes one statement."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.offers import editing
from portal.offers.condition import Condition, condition_of, reason_of
from portal.offers.models import Offer
from portal.preferences.models import ApprovalRule
from tests.revisions.conftest import cast, change

__all__ = ["cast"]
pytestmark = pytest.mark.django_db


def in_review(cast):
    offer = cast.draft()
    editing.submit(offer, by=cast.member)
    return offer


def change_in_review(cast):
    offer = cast.public()
    change(offer, cast.member, title="Anders")
    editing.submit(offer, by=cast.member)
    return offer


def change_returned(cast):
    offer = change_in_review(cast)
    editing.send_back(editing.waiting_for(offer), by=cast.editor, version=1, reason="Darum")
    return offer


def returned(cast):
    offer = in_review(cast)
    editing.send_back(editing.waiting_for(offer), by=cast.editor, version=1, reason="Darum")
    return offer


def taken_down(cast):
    offer = cast.public()
    editing.take_down(offer, by=cast.editor, reason="Darum")
    return offer


def blocked(cast):
    offer = cast.public()
    editing.block(offer, by=cast.editor, reason="Darum")
    return offer


def paused(cast):
    offer = cast.public()
    editing.pause(offer, by=cast.member)
    return offer


def trashed(cast):
    offer = cast.public()
    editing.trash(offer, by=cast.administrator)
    return offer


def over(cast):
    return cast.public(ends_at=timezone.now() - timedelta(days=1), schedule_kind="dates")


def hidden(cast):
    offer = cast.public()
    Offer.objects.filter(pk=offer.pk).update(hidden_at=timezone.now())
    return offer


def put_aside(cast):
    offer = change_returned(cast)
    editing.put_aside(editing.returned_to(offer), by=cast.member)
    return offer


CASES = {
    lambda cast: cast.draft(): (Condition.DRAFT, ""),
    in_review: (Condition.IN_REVIEW, ""),
    lambda cast: cast.public(): (Condition.PUBLIC, ""),
    change_in_review: (Condition.CHANGE_IN_REVIEW, ""),
    change_returned: (Condition.RETURNED, "Darum"),
    returned: (Condition.RETURNED, "Darum"),
    taken_down: (Condition.RETURNED, "Darum"),
    blocked: (Condition.BLOCKED, "Darum"),
    paused: (Condition.PAUSED, ""),
    trashed: (Condition.TRASHED, ""),
    over: (Condition.OVER, ""),
    hidden: (Condition.HIDDEN, ""),
    put_aside: (Condition.PUBLIC, ""),
}


def test_every_condition_is_told_with_its_reason_in_one_statement(cast):
    cast.rule(ApprovalRule.CHANGES)
    made = {make(cast).pk: expected for make, expected in CASES.items()}
    with CaptureQueriesContext(
        connection,
    ) as captured:
        listed = list(Offer.objects.with_condition().filter(pk__in=made).order_by("pk"))
        found = {offer.pk: (condition_of(offer), reason_of(offer)) for offer in listed}
    assert found == made
    assert len(captured) == 1
    assert {condition_of(Offer.objects.get(pk=pk)) for pk in made} == set(Condition)
    assert all(condition.explanation for condition in Condition)
