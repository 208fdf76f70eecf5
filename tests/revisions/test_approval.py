"""Who may what and what needs approval, written down by hand: rule × provider × person × subject."""

from importlib import import_module

import pytest
from django.db import connection

from core.access import Role
from portal.offers.models import Offer
from portal.preferences.models import ApprovalRule, Preferences
from portal.providers import approval
from portal.providers.approval import Subject
from portal.providers.models import Membership, Provider
from portal.revisions.models import Desk

pytestmark = pytest.mark.django_db
RULES = {
    # what residents have never seen: (profile, offer); what they know already: (profile, offer)
    ApprovalRule.PROVIDERS: ((True, False), (False, False)),
    ApprovalRule.OFFERS: ((True, True), (False, False)),
    ApprovalRule.CHANGES: ((True, True), (True, True)),
}


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("trusted", [False, True])
@pytest.mark.parametrize("who", ["administrator", "member", "editor", "a command"])
def test_the_rule_the_provider_and_the_person_decide(cast, rule, trusted, who):
    cast.rule(rule)
    cast.club.trusted = trusted
    by = "import" if who == "a command" else getattr(cast, who)
    exempt = who in {"editor", "a command"}
    for first, answers in zip((True, False), RULES[rule], strict=True):
        for what, waits in zip((Subject.PROFILE, Subject.OFFER), answers, strict=True):
            expected = waits and not trusted and not exempt
            asked = {"by": by, "what": what, "first": first}
            assert approval.needs_approval(cast.club, **asked) is expected
            assert approval.desk_for(cast.club, **asked) == (Desk.EDITORS if expected else Desk.NOBODY)
            assert approval.needs_approval(cast.club, **asked, blocked=True) is not exempt


def test_members_who_may_only_draft_hand_in_whatever_the_rule(cast):
    cast.club.members_may_publish = False
    for rule in RULES:
        cast.rule(rule)
        asked = {"what": Subject.OFFER, "first": False}
        assert approval.desk_for(cast.club, by=cast.member, **asked) == Desk.PROVIDER
        assert approval.desk_for(cast.club, by=cast.administrator, **asked) != Desk.PROVIDER


MAY = {
    #                 offer, profile
    "administrator": (True, True),
    "member": (True, False),
    "stranger": (False, False),
    "editor": (True, True),
    "planner": (False, False),
    "nobody": (False, False),
}


@pytest.mark.parametrize("who", MAY)
def test_who_may_edit_and_which_rows_say_the_same(cast, ahausen, person, who):
    by = {"planner": lambda: person(ahausen, Role.PLANNER), "nobody": lambda: person(ahausen)}.get(
        who, lambda: getattr(cast, who)
    )()
    offer = cast.public()
    for what, may, rows in (
        (Subject.OFFER, MAY[who][0], Offer.objects.filter(pk=offer.pk)),
        (Subject.PROFILE, MAY[who][1], Provider.objects.filter(pk=cast.club.pk)),
    ):
        assert approval.may_edit(by, cast.club, what) is may
        assert approval.may_submit(by, cast.club, what) is may
        assert rows.editable_by(by).exists() is may
        by.is_active = False
        by.save()
        assert not approval.may_edit(by, cast.club, what)
        assert not rows.editable_by(by).exists()
        by.is_active = True
        by.save()
    assert Provider.objects.filter(pk=cast.club.pk).visible_to(by).exists() is (MAY[who][0])


def test_somebody_of_two_organisations_sees_each_offer_once(cast):
    Membership.objects.create(provider=cast.other_club, user=cast.member)
    offers = [cast.public(), cast.public(provider=cast.other_club)]
    assert list(Offer.objects.editable_by(cast.member).order_by("pk")) == offers


@pytest.mark.parametrize(("before", "after"), [(True, ApprovalRule.CHANGES), (False, ApprovalRule.PROVIDERS)])
def test_the_migration_keeps_what_a_municipality_has(cast, before, after):
    """By the older column until the migration has run, by the new one afterwards."""
    Preferences.objects.update(offer_approval=before, approval="")
    assert Preferences.load().approval_rule == after
    sql = import_module("portal.preferences.migrations.0005_approval_carried_over").CARRY_OVER
    with connection.cursor() as cursor:
        cursor.execute(sql)
    assert Preferences.load().approval == after
    Preferences.objects.update(approval=ApprovalRule.OFFERS)
    with connection.cursor() as cursor:
        cursor.execute(sql)
    assert Preferences.load().approval_rule == ApprovalRule.OFFERS
