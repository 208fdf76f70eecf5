"""Profiles go the same ways as offers; only administrators edit them."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone, translation

from portal.offers.models import Offer
from portal.preferences.models import ApprovalRule
from portal.providers import editing, snapshot
from portal.providers.kind import KIND
from portal.providers.models import Membership, Provider
from portal.providers.states import State
from portal.revisions.models import Desk, Revision

pytestmark = pytest.mark.django_db
NEW_IN_SECOND = ("opening_notes", "closed_on_holidays", "closed_in_school_holidays")
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


def test_a_text_from_before_notes_and_holidays_still_applies(cast):
    """As the first format had it: nothing of a profile is lost, and the new says nothing."""
    first = {"name": "Turnverein", "summary": "Sport", "phone": "0681 1", "opening_hours": HOURS}
    old = {name: value for name, value in {**KIND.canonical({}), **first}.items() if name not in NEW_IN_SECOND}
    waiting = Revision.objects.create(
        kind="provider", subject_id=cast.club.pk, content=old, format=1, state="submitted", waits_for=Desk.EDITORS,
        submitted_at=timezone.now(), settled_at=timezone.now(), author=cast.administrator,
    )  # fmt: skip
    assert {name: editing.content_of(waiting)[name] for name in NEW_IN_SECOND} == {
        "opening_notes": [],
        "closed_on_holidays": False,
        "closed_in_school_holidays": False,
    }
    assert editing.begin(cast.club, by=cast.administrator).content["summary"] == "Sport"
    editing.approve(waiting, by=cast.editor, version=1)
    club = Provider.objects.get(pk=cast.club.pk)
    assert (club.summary, club.opening_hours.count(), club.opening_notes) == ("Sport", 2, [])


def test_notes_are_stored_for_the_whole_week_or_not_at_all(cast):
    notes = [{"weekday": 9, "text": "x"}, {"weekday": 2, "text": " nach\n Absprache "}, {"weekday": 2, "text": "y"}]
    snapshot.apply(cast.club, {**snapshot.take(cast.club), "opening_notes": notes})
    club = Provider.objects.get(pk=cast.club.pk)
    assert club.opening_notes == ["", "nach Absprache", "", "", "", "", ""]
    assert snapshot.take(club)["opening_notes"] == [{"weekday": 2, "text": "nach Absprache"}]
    with translation.override("de"):
        differences = KIND.differences(KIND.canonical({}), snapshot.take(club))
        told = {each.name: (each.label, each.new) for each in differences}
    assert told["opening_notes"] == ("Hinweise zu einzelnen Wochentagen", ("Dienstag: nach Absprache",))
    snapshot.apply(club, {**snapshot.take(club), "opening_notes": []})
    assert Provider.objects.get(pk=cast.club.pk).opening_notes == []
