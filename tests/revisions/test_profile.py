"""Profiles go the same ways as offers; only administrators edit them."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from portal.offers.models import Offer
from portal.preferences.models import ApprovalRule
from portal.providers import editing
from portal.providers.models import Membership, Provider
from portal.providers.states import State
from portal.revisions.models import Desk

pytestmark = pytest.mark.django_db
HOURS = [{"weekday": 1, "opens": "09:00", "closes": "12:00"}, {"weekday": 1, "opens": "14:00", "closes": "16:30"}]


def change(provider, by, **content):
    return editing.autosave(provider, content, by=by, base=editing.begin(provider, by=by).base)


def test_a_new_profile_waits_whatever_the_rule_and_then_changes_may_not(cast):
    cast.rule(ApprovalRule.PROVIDERS)
    club = editing.start({"name": "Chor", "summary": "Wir singen.", "phone": "0681 1"}, by=cast.member)
    Membership.objects.create(provider=club, user=cast.member, role=Membership.Role.ADMINISTRATOR)
    change(club, cast.member, opening_hours=HOURS, facts=[{"label": "Seit", "text": "<p>1871</p>"}])
    outcome = editing.submit(club, by=cast.member)
    assert outcome.waiting == Desk.EDITORS
    assert list(Provider.objects.decidable_by(cast.editor)) == [club]
    editing.approve(outcome.revision, by=cast.editor, version=1)
    club.refresh_from_db()
    assert (club.state, club.slug, club.opening_hours.count(), club.facts.get().text) == (
        State.PUBLISHED,
        "chor",
        2,
        "<p>1871</p>",
    )
    change(club, cast.member, tagline="Neu")
    assert editing.submit(club, by=cast.member).applied
    club.refresh_from_db()
    assert club.tagline == "Neu"


def test_the_old_profile_stays_online_while_a_change_waits(cast):
    new = {"name": "Turnverein 1900", "opening_hours": HOURS, "summary": "Sport", "email": "a@b.example"}
    change(cast.club, cast.administrator, **new)
    waiting = editing.submit(cast.club, by=cast.administrator).revision
    assert Provider.objects.public().get(pk=cast.club.pk).name == "Turnverein"
    with translation.override("de"):
        told = {each.name: (each.old, each.new) for each in editing.differences(waiting, cast.club)}
    assert told["name"] == (("Turnverein",), ("Turnverein 1900",))
    assert told["opening_hours"] == ((), ("Montag 09:00–12:00", "Montag 14:00–16:30"))
    editing.send_back(waiting, by=cast.editor, version=1, reason="Welches Jahr?")
    assert editing.begin(cast.club, by=cast.administrator).content["name"] == "Turnverein 1900"


def test_a_new_name_is_found_in_all_its_offers(cast):
    cast.public(title="Turnen")
    change(cast.club, cast.editor, name="Seehundverein", summary="S", email="a@b.example")
    editing.submit(cast.club, by=cast.editor)
    assert "Seehundverein" in Offer.objects.get().document.words


def test_members_may_not_touch_the_profile(cast):
    for verb in (lambda: editing.begin(cast.club, by=cast.member), lambda: editing.submit(cast.club, by=cast.member)):
        with pytest.raises(PermissionDenied):
            verb()


def test_only_editors_trust_and_block_and_say_why(cast):
    with pytest.raises(PermissionDenied):
        editing.trust(cast.club, by=cast.administrator)
    editing.trust(cast.club, by=cast.editor)
    assert Provider.objects.get(pk=cast.club.pk).trusted
    with pytest.raises(PermissionDenied):
        editing.block(cast.club, by=cast.administrator, reason="Nein")
    editing.block(cast.club, by=cast.editor, reason="Bitte melden.")
    assert not Provider.objects.public().filter(pk=cast.club.pk).exists()
    change(cast.club, cast.administrator, summary="Besser", email="a@b.example")
    outcome = editing.submit(cast.club, by=cast.administrator)
    assert outcome.waiting == Desk.EDITORS
    editing.approve(outcome.revision, by=cast.editor, version=1)
    assert Provider.objects.get(pk=cast.club.pk).state == State.PUBLISHED
