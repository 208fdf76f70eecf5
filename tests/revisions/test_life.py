"""From the first key to the public page: waiting, approving, returning, restoring, two at once, twice."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, transaction

from audit.models import Entry
from portal.offers import editing, snapshot
from portal.offers.models import Location, Offer
from portal.offers.states import State
from portal.preferences.models import ApprovalRule
from portal.providers.models import Membership
from portal.revisions.errors import (
    AlreadyDecidedError,
    ChangedMeanwhileError,
    IncompleteError,
    MovedOnError,
    ReasonMissingError,
)
from portal.revisions.models import Desk, Revision
from tests.revisions.conftest import change

pytestmark = pytest.mark.django_db


def test_a_draft_follows_every_save_and_leaves_one_working_revision(cast):
    offer = editing.start(cast.club, by=cast.member)
    for title in ("T", "Tö", "Töpfern"):
        change(offer, cast.member, title=title)
    offer.refresh_from_db()
    assert (offer.title, offer.state, offer.slug) == ("Töpfern", State.DRAFT, "toepfern")
    assert list(Revision.objects.values_list("state", "version")) == [("working", 3)]


def test_a_draft_may_be_incomplete_but_not_submitted(cast):
    offer = editing.start(cast.club, by=cast.member)
    change(offer, cast.member, cost_kind="amount", min_age=12, max_age=6)
    offer.refresh_from_db()
    assert (offer.title, offer.cost_kind, offer.min_age) == ("", "unknown", None)
    draft = editing.begin(offer, by=cast.member)
    assert (draft.content["cost_kind"], draft.content["min_age"], draft.content["max_age"]) == ("amount", 12, 6)
    with pytest.raises(IncompleteError) as caught:
        editing.submit(offer, by=cast.member)
    assert {problem.name for problem in caught.value.problems} == {
        "title",
        "summary",
        "categories",
        "cost_amount",
        "max_age",
    }


def test_what_could_not_be_understood_is_kept_and_hinders_submitting(cast):
    offer = cast.draft()
    base = editing.begin(offer, by=cast.member).base
    editing.autosave(offer, {}, by=cast.member, base=base, typed={"cost_amount": "fünf Euro"})
    draft = editing.begin(offer, by=cast.member)
    assert draft.typed == {"cost_amount": "fünf Euro"}
    with pytest.raises(IncompleteError):
        editing.submit(offer, by=cast.member)
    editing.autosave(offer, {"cost_kind": "free"}, by=cast.member, base=draft.base, typed={})
    assert editing.submit(offer, by=cast.member).waiting == Desk.EDITORS


def test_a_new_offer_waits_and_becomes_public_when_approved(cast):
    offer = cast.draft()
    outcome = editing.submit(offer, by=cast.member)
    offer.refresh_from_db()
    assert (offer.state, outcome.waiting, outcome.applied) == (State.SUBMITTED, Desk.EDITORS, False)
    done = editing.approve(outcome.revision, by=cast.editor, version=outcome.revision.version)
    offer.refresh_from_db()
    assert (offer.state, done.applied, offer.title) == (State.PUBLISHED, True, "Neu")
    assert offer.published_at is not None
    assert Revision.objects.get().state == "applied"


def test_a_public_offer_stays_as_it_is_until_its_change_is_approved(cast):
    offer = cast.public()
    before = snapshot.take(offer)
    change(offer, cast.member, title="Töpfern für Große", locations=[{"street": "Weg 1", "postcode": "66111"}])
    outcome = editing.submit(offer, by=cast.member)
    fresh = Offer.objects.get(pk=offer.pk)
    assert snapshot.take(fresh) == before
    assert fresh.state == State.PUBLISHED
    editing.approve(outcome.revision, by=cast.editor, version=1)
    fresh = Offer.objects.get(pk=offer.pk)
    assert fresh.title == "Töpfern für Große"
    assert Location.objects.get(offer=fresh).street == "Weg 1"


def test_the_text_before_the_first_change_is_history_too(cast):
    offer = cast.public()
    change(offer, cast.editor, title="Anders")
    editing.submit(offer, by=cast.editor)
    titles = [revision.content["title"] for revision in editing.history(offer)]
    assert titles == ["Anders", "Töpfern"]


@pytest.mark.parametrize(
    ("rule", "trusted", "waits_new", "waits_change"),
    [
        (ApprovalRule.PROVIDERS, False, False, False),
        (ApprovalRule.OFFERS, False, True, False),
        (ApprovalRule.CHANGES, False, True, True),
        (ApprovalRule.CHANGES, True, False, False),
    ],
)
def test_the_rule_of_the_municipality_decides_what_waits(cast, rule, trusted, waits_new, waits_change):
    cast.rule(rule)
    cast.club.trusted = trusted
    cast.club.save()
    new, public = cast.draft(), cast.public()
    change(public, cast.member, title="Geändert")
    for offer, waits in ((new, waits_new), (public, waits_change)):
        outcome = editing.submit(offer, by=cast.member)
        assert outcome.applied is not waits
        assert outcome.revision.informed is not waits
        assert Offer.objects.get(pk=offer.pk).state == (State.SUBMITTED if waits and offer is new else State.PUBLISHED)


def test_members_who_may_only_draft_hand_in_to_their_administrator_first(cast):
    cast.club.members_may_publish = False
    cast.club.save()
    offer = cast.public()
    change(offer, cast.member, title="Vom Mitglied")
    handed_in = editing.submit(offer, by=cast.member)
    assert handed_in.waiting == Desk.PROVIDER
    assert not Offer.objects.decidable_by(cast.editor).exists()
    assert list(Offer.objects.decidable_by(cast.administrator)) == [offer]
    with pytest.raises(PermissionDenied):
        editing.approve(handed_in.revision, by=cast.member, version=1)
    passed_on = editing.approve(handed_in.revision, by=cast.administrator, version=1)
    assert (passed_on.waiting, passed_on.applied) == (Desk.EDITORS, False)
    again = editing.approve(handed_in.revision, by=cast.administrator, version=1)
    assert (again.waiting, again.already) == (Desk.EDITORS, True)
    assert list(Offer.objects.decidable_by(cast.editor)) == [offer]
    editing.approve(handed_in.revision, by=cast.editor, version=2)
    assert Offer.objects.get().title == "Vom Mitglied"


def test_without_an_administrator_a_members_text_goes_to_the_editors(cast):
    cast.club.members_may_publish = False
    cast.club.save()
    Membership.objects.filter(user=cast.administrator).delete()
    assert editing.submit(cast.draft(), by=cast.member).waiting == Desk.EDITORS


def test_a_double_click_submits_and_approves_once(cast):
    offer = cast.draft()
    base = editing.begin(offer, by=cast.member).base
    first = editing.submit(offer, by=cast.member, base=base)
    second = editing.submit(offer, by=cast.member, base=base)
    assert (first.already, second.already, second.revision) == (False, True, first.revision)
    for already in (False, True):
        outcome = editing.approve(first.revision, by=cast.editor, version=1)
        assert (outcome.applied, outcome.already) == (True, already)
    third = editing.submit(offer, by=cast.member, base=base)
    assert (third.applied, third.already) == (True, True)
    assert Revision.objects.count() == 1
    assert Entry.objects.filter(action__startswith="revision.").count() == 2


def test_a_second_submission_replaces_the_first_and_approving_the_first_fails(cast):
    offer = cast.public()
    change(offer, cast.member, title="Erste")
    first = editing.submit(offer, by=cast.member).revision
    change(offer, cast.member, title="Zweite")
    second = editing.submit(offer, by=cast.member).revision
    first.refresh_from_db()
    assert (first.state, second.based_on) == ("replaced", first)
    with pytest.raises(AlreadyDecidedError):
        editing.approve(first, by=cast.editor, version=1)
    assert Offer.objects.get().title == "Töpfern"


def test_who_saw_an_older_version_may_not_decide(cast):
    offer = cast.public()
    change(offer, cast.member, title="Gesehen")
    waiting = editing.submit(offer, by=cast.member).revision
    change(offer, cast.editor, summary="Die Redaktion verbessert.")
    editing.submit(offer, by=cast.editor)
    with pytest.raises(ChangedMeanwhileError):
        editing.approve(waiting, by=cast.editor, version=1)
    waiting.refresh_from_db()
    editing.approve(waiting, by=cast.editor, version=waiting.version)
    offer.refresh_from_db()
    assert (offer.title, offer.summary) == ("Gesehen", "Die Redaktion verbessert.")


def test_a_returned_change_stays_with_the_provider_and_says_why(cast):
    offer = cast.public()
    change(offer, cast.member, title="GROSS")
    waiting = editing.submit(offer, by=cast.member).revision
    with pytest.raises(ReasonMissingError):
        editing.send_back(waiting, by=cast.editor, version=1, reason="  ")
    editing.send_back(waiting, by=cast.editor, version=1, reason="Bitte nicht schreien.")
    assert Offer.objects.get().title == "Töpfern"
    draft = editing.begin(offer, by=cast.administrator)
    assert (draft.content["title"], draft.reason) == ("GROSS", "Bitte nicht schreien.")
    change(offer, cast.administrator, title="Leise")
    editing.submit(offer, by=cast.administrator)
    assert editing.returned_to(offer) is None
    assert editing.waiting_for(offer).content["title"] == "Leise"


def test_a_returned_new_offer_is_a_draft_with_a_reason_again(cast):
    offer = cast.draft()
    waiting = editing.submit(offer, by=cast.member).revision
    editing.send_back(waiting, by=cast.editor, version=1, reason="Wo denn?")
    offer.refresh_from_db()
    assert (offer.state, offer.state_reason) == (State.RETURNED, "Wo denn?")
    change(offer, cast.member, title="Besser")
    offer.refresh_from_db()
    assert offer.title == "Besser"
    editing.submit(offer, by=cast.member)
    offer.refresh_from_db()
    assert (offer.state, editing.returned_to(offer)) == (State.SUBMITTED, None)


def test_a_withdrawn_change_goes_on_as_working_text(cast):
    offer = cast.public()
    change(offer, cast.member, title="Doch nicht")
    waiting = editing.submit(offer, by=cast.member).revision
    editing.withdraw(waiting, by=cast.member)
    assert editing.withdraw(waiting, by=cast.member).already
    draft = editing.begin(offer, by=cast.member)
    assert (draft.content["title"], draft.revision.state) == ("Doch nicht", "working")
    assert editing.waiting_for(offer) is None


def test_approving_with_own_changes_keeps_both_texts(cast):
    offer = cast.public()
    change(offer, cast.member, title="Mit Felher")
    waiting = editing.submit(offer, by=cast.member).revision
    outcome = editing.approve(waiting, by=cast.editor, version=1, content={"title": "Mit Fehler"})
    waiting.refresh_from_db()
    offer.refresh_from_db()
    assert (offer.title, waiting.state, outcome.revision.based_on) == ("Mit Fehler", "replaced", waiting)
    assert outcome.revision.author == cast.editor
    again = editing.approve(waiting, by=cast.editor, version=1, content={"title": "Mit Fehler"})
    assert (again.already, again.revision) == (True, outcome.revision)


def test_an_old_text_comes_back_by_the_same_way(cast):
    offer = cast.public()
    for title in ("Zwei", "Drei"):
        change(offer, cast.editor, title=title)
        editing.submit(offer, by=cast.editor)
    first = editing.history(offer).last()
    assert editing.restore(first, by=cast.editor).applied
    offer.refresh_from_db()
    assert offer.title == "Töpfern"
    assert editing.restore(editing.history(offer)[1], by=cast.member).waiting == Desk.EDITORS
    assert Offer.objects.get().title == "Töpfern"


def test_two_tabs_that_touch_different_fields_are_merged(cast):
    offer = cast.public()
    one = two = editing.begin(offer, by=cast.member).base
    editing.autosave(offer, {"title": "Aus Fenster 1", "summary": "Für alle."}, by=cast.member, base=one)
    saved = editing.autosave(offer, {"title": "Töpfern", "summary": "Aus Fenster 2"}, by=cast.member, base=two)
    assert (saved.content["title"], saved.content["summary"]) == ("Aus Fenster 1", "Aus Fenster 2")
    assert saved.merged == ("title",)


def test_two_tabs_that_touch_the_same_field_are_shown_both(cast):
    offer = cast.public()
    base = editing.begin(offer, by=cast.member).base
    editing.autosave(offer, {"title": "Eins"}, by=cast.member, base=base)
    with pytest.raises(MovedOnError) as caught:
        editing.autosave(offer, {"title": "Zwei", "summary": "Neu"}, by=cast.member, base=base)
    error = caught.value
    assert (error.current["title"], error.mine["title"], error.conflicts) == ("Eins", "Zwei", ("title",))
    assert (error.merged["title"], error.merged["summary"]) == ("Zwei", "Neu")
    assert Revision.objects.get().content["title"] == "Eins"
    editing.autosave(offer, {"title": "Zwei", "summary": "Neu"}, by=cast.member, base=error.base)
    assert Revision.objects.get().content["title"] == "Zwei"


def test_two_people_are_shown_both_when_the_second_submits(cast):
    cast.rule(ApprovalRule.PROVIDERS)
    offer = cast.public()
    change(offer, cast.member, title="Vom Mitglied", summary="Mitglied")
    change(offer, cast.administrator, title="Von der Leitung")
    editing.submit(offer, by=cast.administrator)
    with pytest.raises(MovedOnError) as caught:
        editing.submit(offer, by=cast.member)
    error = caught.value
    assert (error.current["title"], error.mine["title"], error.conflicts) == (
        "Von der Leitung",
        "Vom Mitglied",
        ("title",),
    )
    assert error.merged["summary"] == "Mitglied"
    editing.autosave(offer, {"title": "Beide"}, by=cast.member, base=error.base)
    editing.submit(offer, by=cast.member)
    offer.refresh_from_db()
    assert (offer.title, offer.summary) == ("Beide", "Mitglied")


def test_two_people_on_one_draft_do_not_overwrite_each_other(cast):
    offer = cast.draft()
    theirs = editing.begin(offer, by=cast.administrator).base
    change(offer, cast.member, title="Vom Mitglied")
    saved = editing.autosave(offer, {"summary": "Von der Leitung"}, by=cast.administrator, base=theirs)
    assert saved.content["title"] == "Vom Mitglied"
    with pytest.raises(MovedOnError):
        editing.autosave(offer, {"title": "Von der Leitung"}, by=cast.administrator, base=theirs)
    offer.refresh_from_db()
    assert (offer.title, offer.summary) == ("Vom Mitglied", "Von der Leitung")


def test_a_clash_stays_open_while_other_pages_are_saved(cast):
    cast.rule(ApprovalRule.PROVIDERS)
    offer = cast.public()
    change(offer, cast.member, title="Vom Mitglied")
    change(offer, cast.administrator, title="Von der Leitung")
    editing.submit(offer, by=cast.administrator)
    draft = editing.begin(offer, by=cast.member)
    assert draft.conflicts == ("title",)
    assert (draft.content["title"], draft.current["title"]) == ("Vom Mitglied", "Von der Leitung")
    saved = editing.autosave(offer, {"title": "Vom Mitglied", "summary": "Neu"}, by=cast.member, base=draft.base)
    assert saved.content["title"] == "Vom Mitglied"
    with pytest.raises(MovedOnError):
        editing.submit(offer, by=cast.member)


def test_a_broken_base_overwrites_nothing(cast):
    offer = cast.public()
    with pytest.raises(MovedOnError):
        editing.autosave(offer, {"title": "Neu"}, by=cast.member, base="kaputt")
    assert not Revision.objects.exists()


def test_submitting_what_another_window_changed_since_is_refused(cast):
    offer = cast.draft()
    base = editing.begin(offer, by=cast.member).base
    change(offer, cast.member, title="Anderes Fenster")
    with pytest.raises(ChangedMeanwhileError):
        editing.submit(offer, by=cast.member, base=base)


def test_nothing_new_leaves_nothing_behind(cast):
    offer = cast.public()
    change(offer, cast.member, title="Weg")
    change(offer, cast.member, title="Töpfern")
    outcome = editing.submit(offer, by=cast.member)
    assert (outcome.unchanged, outcome.applied, bool(outcome.waiting)) == (True, False, False)
    assert not Revision.objects.exists()


@pytest.mark.parametrize("verb", ["begin", "autosave", "submit", "withdraw", "approve", "send_back", "restore"])
def test_a_stranger_and_an_inactive_member_may_nothing(cast, verb):
    offer = cast.public()
    change(offer, cast.administrator, title="Geheim")
    waiting = editing.submit(offer, by=cast.administrator).revision
    cast.member.is_active = False
    cast.member.save()
    calls = {
        "begin": lambda by: editing.begin(offer, by=by),
        "autosave": lambda by: editing.autosave(offer, {"title": "x"}, by=by, base=""),
        "submit": lambda by: editing.submit(offer, by=by),
        "withdraw": lambda by: editing.withdraw(waiting, by=by),
        "approve": lambda by: editing.approve(waiting, by=by, version=1),
        "send_back": lambda by: editing.send_back(waiting, by=by, version=1, reason="Nein"),
        "restore": lambda by: editing.restore(waiting, by=by),
    }
    for by in (cast.stranger, cast.member):
        with pytest.raises(PermissionDenied):
            calls[verb](by)
        assert not Offer.objects.editable_by(by).filter(pk=offer.pk).exists()
    assert Revision.objects.get(pk=waiting.pk).state == "submitted"
    assert Offer.objects.get().title == "Töpfern"


def test_history_cannot_be_rewritten_but_a_deleted_account_is_taken_out(cast):
    offer = cast.draft()
    waiting = editing.submit(offer, by=cast.member).revision
    editing.approve(waiting, by=cast.editor, version=1)
    for changes in ({"content": {}}, {"state": "working"}, {"reason": "Nachträglich"}, {"author_name": "Wer anders"}):
        with pytest.raises(Error), transaction.atomic():
            Revision.objects.filter(pk=waiting.pk).update(**changes)
    cast.member.delete()
    cast.editor.delete()
    waiting.refresh_from_db()
    assert (waiting.author, waiting.author_name, waiting.decided_by, waiting.decided_by_name) == (None, "", None, "")
    assert waiting.content["title"] == "Neu"
