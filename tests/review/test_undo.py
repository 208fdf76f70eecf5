"""A decision can be taken back for five minutes, exactly, and never after its mail has left."""

from datetime import timedelta

import pytest
from django.db import Error as DatabaseError
from django.db import transaction
from django.utils import timezone

from audit.models import Entry
from mail import delivery
from mail.models import OutboxMessage
from portal.editorial.review import deciding
from portal.editorial.review.deciding import TooLateError
from portal.editorial.review.models import Decision
from portal.editorial.review.tasks import forget_decisions
from portal.media.models import MediaFile
from portal.offers import editing
from portal.offers.models import Offer
from portal.preferences.models import ApprovalRule
from portal.providers import editing as profiles
from portal.revisions.errors import AlreadyDecidedError, ChangedSinceError
from portal.revisions.models import Revision
from tests.review.conftest import changed_offer, everything, new_offer
from tests.revisions.conftest import change


def changed_profile(cast):
    cast.rule(ApprovalRule.CHANGES)
    base = profiles.begin(cast.club, by=cast.administrator).base
    changes = {"name": "Turnverein 1900", "summary": "Sport für alle.", "phone": "0681 1"}
    profiles.autosave(cast.club, changes, by=cast.administrator, base=base)
    profiles.submit(cast.club, by=cast.administrator)
    return profiles.waiting_for(cast.club)


MAKERS = {"new": new_offer, "change": changed_offer, "profile": changed_profile}
VERBS = {
    "approve": lambda each, by: deciding.approve(each, by=by, version=each.version),
    "approve changed": lambda each, by: deciding.approve(
        each, by=by, version=each.version, content={"summary": "Von der Redaktion."}
    ),
    "send back": lambda each, by: deciding.send_back(each, by=by, version=each.version, reason="Bitte kürzer."),
    "block": lambda each, by: deciding.block(each, by=by, version=each.version, reason="Werbung."),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("maker", MAKERS)
def test_taken_back_everything_is_as_it_was(cast, maker, verb):
    waiting = MAKERS[maker](cast)
    before = everything(waiting.kind, waiting.subject_id)
    _outcome, decision = VERBS[verb](waiting, cast.editor)
    after = everything(waiting.kind, waiting.subject_id)
    assert after["revisions"] != before["revisions"]
    # Whoever wrote it, and the administrator where it is somebody else.
    assert len(after["mails"]) - len(before["mails"]) == (1 if maker == "profile" else 2)

    assert deciding.undo(decision, by=cast.editor)

    assert everything(waiting.kind, waiting.subject_id) == before
    # The log only grows.
    assert Entry.objects.order_by("-pk").first().action == "revision.taken_back"
    # And it can be decided again.
    again = Revision.objects.get(pk=waiting.pk)
    assert VERBS[verb](again, cast.editor)[1] is not None


def test_two_clicks_are_one(cast):
    waiting = changed_offer(cast)
    _first, decision = deciding.approve(waiting, by=cast.editor, version=waiting.version)
    outcome, second = deciding.approve(waiting, by=cast.editor, version=waiting.version)
    assert (outcome.already, second) == (True, None)
    assert Decision.objects.count() == 1
    assert deciding.undo(decision, by=cast.editor)
    before = everything("offer", waiting.subject_id)
    assert not deciding.undo(decision, by=cast.editor)
    assert everything("offer", waiting.subject_id) == before


def test_the_mail_waits_five_minutes_and_goes_with_the_decision(cast):
    waiting = new_offer(cast)
    OutboxMessage.objects.all().delete()
    _outcome, decision = deciding.approve(waiting, by=cast.editor, version=waiting.version)
    mails = OutboxMessage.objects.all()
    assert sorted(decision.mails) == sorted(mails.values_list("pk", flat=True))
    for mail in mails:
        assert mail.next_try_at == decision.until
        assert timedelta(minutes=4, seconds=50) < mail.next_try_at - timezone.now() <= timedelta(minutes=5)
    deciding.undo(decision, by=cast.editor)
    assert not OutboxMessage.objects.exists()
    assert delivery.begin(decision.mails[0]) is None


def test_after_the_mail_has_left_nothing_is_taken_back(cast):
    waiting = changed_offer(cast)
    _outcome, decision = deciding.approve(waiting, by=cast.editor, version=waiting.version)
    assert delivery.begin(decision.mails[0]) is not None
    before = everything("offer", waiting.subject_id)
    with pytest.raises(TooLateError):
        deciding.undo(decision, by=cast.editor)
    assert everything("offer", waiting.subject_id) == before


def test_after_five_minutes_nothing_is_taken_back(cast):
    waiting = changed_offer(cast)
    _outcome, decision = deciding.approve(waiting, by=cast.editor, version=waiting.version)
    Decision.objects.update(until=timezone.now())
    with pytest.raises(TooLateError):
        deciding.undo(decision, by=cast.editor)
    assert Offer.objects.get().title == "Töpfern für Große"


def test_what_happened_since_is_not_lost(cast):
    waiting = changed_offer(cast)
    _outcome, decision = deciding.approve(waiting, by=cast.editor, version=waiting.version)
    offer = Offer.objects.get()
    change(offer, cast.editor, summary="Noch besser.")
    editing.submit(offer, by=cast.editor)
    before = everything("offer", offer.pk)
    with pytest.raises(ChangedSinceError):
        deciding.undo(decision, by=cast.editor)
    assert everything("offer", offer.pk) == before


def test_what_somebody_is_writing_meanwhile_stays(cast):
    waiting = changed_offer(cast)
    _outcome, decision = deciding.approve(waiting, by=cast.editor, version=waiting.version)
    change(Offer.objects.get(), cast.administrator, summary="Ich schreibe gerade.")
    deciding.undo(decision, by=cast.editor)
    working = Revision.objects.get(state="working")
    assert working.content["summary"] == "Ich schreibe gerade."
    assert Offer.objects.get().title == "Töpfern"


def test_history_changes_for_nobody_else(cast):
    waiting = changed_offer(cast)
    _outcome, decision = deciding.approve(waiting, by=cast.editor, version=waiting.version)
    deciding.undo(decision, by=cast.editor)
    waiting.refresh_from_db()
    editing.approve(waiting, by=cast.editor, version=waiting.version)
    with pytest.raises(DatabaseError), transaction.atomic():
        Revision.objects.filter(pk=waiting.pk).update(content={})


def test_blocked_it_is_offline_and_only_the_editors_bring_it_back(cast):
    waiting = changed_offer(cast)
    deciding.block(waiting, by=cast.editor, version=waiting.version, reason="Werbung.")
    offer = Offer.objects.get()
    assert (offer.state, offer.state_reason) == ("blocked", "Werbung.")
    mail = OutboxMessage.objects.filter(to="member@verein.example").latest("pk")
    assert mail.subject == "„Töpfern“ wurde vom Netz genommen"
    assert "Werbung." in mail.body
    editing.submit(offer, by=cast.administrator)
    assert Offer.objects.get().state == "blocked"


def test_the_second_of_two_who_want_different_things_is_told(cast, colleague):
    waiting = changed_offer(cast)
    deciding.send_back(waiting, by=colleague, version=waiting.version, reason="Bitte kürzer.")
    before = everything("offer", waiting.subject_id)
    # Also whoever wanted just the same.
    for verb in ("approve", "block", "send back"):
        with pytest.raises(AlreadyDecidedError):
            VERBS[verb](waiting, cast.editor)
    assert everything("offer", waiting.subject_id) == before


def test_a_picture_without_credit_stays_back_while_the_rest_goes(cast):
    files = [MediaFile.objects.create(file=f"{n}.webp", owner=cast.club, width=9, height=6) for n in "ab"]
    old, new = ({"media": each.pk, "kind": "hero", "alt_text": "Bild", "copyright": "Rosa"} for each in files)
    offer = cast.public()
    editing.verbs.change(offer, lambda _now: {"images": [old]}, by=cast.editor)
    cast.rule(ApprovalRule.CHANGES)
    change(offer, cast.member, title="Töpfern für Große")
    editing.submit(offer, by=cast.member)
    waiting = editing.waiting_for(offer)
    # As an import brings it: the form would have asked.
    Revision.objects.filter(pk=waiting.pk).update(content={**waiting.content, "images": [{**new, "copyright": ""}]})
    waiting.refresh_from_db()
    deciding.approve(waiting, by=cast.editor, version=waiting.version)
    said = editing.verbs.kind.take(Offer.objects.get())
    assert said["title"] == "Töpfern für Große"
    assert [each["media"] for each in said["images"]] == [old["media"]]


def test_decisions_are_forgotten_after_a_day(cast):
    waiting = changed_offer(cast)
    deciding.approve(waiting, by=cast.editor, version=waiting.version)
    Decision.objects.update(until=timezone.now() - timedelta(hours=23))
    forget_decisions()
    assert Decision.objects.count() == 1
    Decision.objects.update(until=timezone.now() - timedelta(hours=25))
    forget_decisions()
    assert Decision.objects.count() == 0
