"""One machine for all states: which may follow which, and who may bring it about."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import TextChoices

from core.access import Role
from core.states import APPROVERS, EDITORS, PEOPLE, Actor, Machine, way
from portal.feedback.models import Case
from portal.feedback.models.case import MACHINE as CASES
from portal.offers.services import change_state
from portal.offers.states import MACHINE as OFFERS
from portal.offers.states import State
from portal.providers.models import Membership
from portal.providers.services import actors_of
from portal.providers.states import MACHINE as PROVIDERS
from tenants.running.context import inside
from tests.factories import a_provider, an_offer


class Text(TextChoices):
    """The states of a revision as the design has them."""

    WORKING = "working", "working"
    SUBMITTED = "submitted", "submitted"
    APPLIED = "applied", "applied"
    RETURNED = "returned", "returned"
    WITHDRAWN = "withdrawn", "withdrawn"


REVISIONS = Machine(
    Text,
    way(Text.WORKING, to=Text.SUBMITTED, by=PEOPLE),
    way(Text.WORKING, Text.SUBMITTED, to=Text.APPLIED, by=APPROVERS),
    way(Text.SUBMITTED, to=Text.RETURNED, by=EDITORS),
    way(Text.WORKING, Text.SUBMITTED, to=Text.WITHDRAWN, by=PEOPLE),
    refused=lambda: "From %(old)s to %(new)s there is no way.",
)


def test_a_step_that_does_not_exist_and_one_that_is_somebody_elses_are_told_apart():
    REVISIONS.check("working", "submitted", {Actor.MEMBER})
    with pytest.raises(ValidationError, match="From applied to working there is no way."):
        REVISIONS.check("applied", "working", {Actor.EDITOR})
    with pytest.raises(PermissionDenied):
        REVISIONS.check("submitted", "returned", {Actor.OWNER, Actor.MEMBER})
    with pytest.raises(PermissionDenied):
        REVISIONS.check("submitted", "returned", ())


def test_pages_ask_which_steps_there_are():
    assert REVISIONS.next_for("submitted", {Actor.EDITOR}) == [Text.APPLIED, Text.RETURNED, Text.WITHDRAWN]
    assert REVISIONS.next_for("working", {Actor.MEMBER}) == [Text.SUBMITTED, Text.WITHDRAWN]
    assert REVISIONS.next_for("working", {Actor.MEMBER, Actor.TRUSTED}) == [
        Text.SUBMITTED,
        Text.APPLIED,
        Text.WITHDRAWN,
    ]
    assert REVISIONS.next_for("applied", set(Actor)) == []


def test_a_step_given_twice_is_a_mistake_of_the_programmer():
    with pytest.raises(ValueError, match="twice"):
        Machine(
            Text,
            way(Text.WORKING, to=Text.APPLIED, by=EDITORS),
            way(Text.WORKING, to=Text.APPLIED, by=PEOPLE),
            refused=str,
        )


# Who may do what, written down by hand: e(ditor), o(wner), m(ember), t(rusted), s(ystem).
# Reviewed row by row against editing.md, REVISIONS.md and approval.py: a draft is everybody's of the organisation to
# delete, what stands in the world or before the editors is its administrators'; blocking, and whatever becomes of the
# blocked, is the editors' alone. Out of the bin there is no row: that way leads back (tests/offers/test_removal.py).
OFFER_STEPS = """
draft submitted emos · draft published ets · draft archived eos · draft trashed emos
submitted draft emos · submitted published ets · submitted returned es · submitted blocked es
submitted archived eos · submitted trashed eos
returned draft emos · returned submitted emos · returned blocked es · returned archived eos · returned trashed emos
published paused emos · published returned es · published blocked es · published archived eos · published trashed eos
paused published emos · paused submitted emos · paused blocked es · paused archived eos · paused trashed eos
archived draft eos · archived blocked es · archived trashed eos
blocked published es · blocked archived es · blocked trashed es
"""
PROVIDER_STEPS = """
draft submitted emos · draft published ets · draft archived eos · draft trashed eos
submitted draft emos · submitted published ets · submitted blocked es · submitted archived eos · submitted trashed eos
published paused eos · published blocked es · published archived eos · published trashed eos
paused published eos · paused blocked es · paused archived eos · paused trashed eos
blocked draft es · blocked published es · blocked archived es · blocked trashed es
archived draft eos · archived trashed eos
"""
CASE_STEPS = """
new in_progress es · new done es · new spam es
in_progress done es · in_progress spam es
done in_progress es · spam in_progress es
"""


@pytest.mark.parametrize(
    ("machine", "steps"), [(OFFERS, OFFER_STEPS), (PROVIDERS, PROVIDER_STEPS), (CASES, CASE_STEPS)]
)
def test_every_step_has_the_people_it_is_meant_for(machine, steps):
    known = [step.split() for line in steps.strip().splitlines() for step in line.split(" · ")]
    expected = {(old, new): "".join(sorted(who)) for old, new, who in known}
    found = {
        (old.value, new.value): "".join(sorted(actor[0] for actor in machine.who(old, new)))
        for old in machine.states
        for new in machine.states
        if machine.who(old, new)
    }
    assert found == expected


def test_people_act_as_what_they_are_at_this_provider(ahausen, person):
    with inside(ahausen):
        own, other = a_provider(), a_provider()
        editor, owner = person(ahausen, Role.EDITOR), person(ahausen, Role.PROVIDER)
        member = person(ahausen, Role.PROVIDER, email="mitglied@ahausen.example")
        Membership.objects.create(provider=own, user=owner, role="administrator")
        Membership.objects.create(provider=own, user=member, role="member")
        assert actors_of(editor, own) == {Actor.EDITOR}
        assert actors_of(owner, own) == {Actor.OWNER}
        assert actors_of(member, own, trusted=True) == {Actor.MEMBER, Actor.TRUSTED}
        assert actors_of(owner, other, trusted=True) == set()
        assert actors_of("import_offers", own) == actors_of(None, own) == {Actor.SYSTEM}


def test_a_provider_cannot_publish_past_the_editors(ahausen, person):
    with inside(ahausen):
        offer = an_offer(state="draft", published_at=None)
        owner = person(ahausen, Role.PROVIDER)
        Membership.objects.create(provider=offer.provider, user=owner, role="administrator")
        change_state(offer, State.SUBMITTED, by=owner)
        with pytest.raises(PermissionDenied):
            change_state(offer, State.PUBLISHED, by=owner)
        assert Case.objects.count() == 0
        offer.refresh_from_db()
        assert offer.state == State.SUBMITTED
        change_state(offer, State.PUBLISHED, by=owner, trusted=True)
        assert offer.state == State.PUBLISHED
