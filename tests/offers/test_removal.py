"""Deleting: thirty days to come back, then for good, with everything that hangs on it and nothing else."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from audit.models import Entry
from portal.feedback.models import Case
from portal.media.models import MediaFile
from portal.offers import editing, removal
from portal.offers.choices import ScheduleKind
from portal.offers.models import Occurrence, Offer, OfferImage, Schedule, SearchDocument
from portal.offers.removal import remove_for_good, trash_provider, undelete_provider
from portal.offers.services import set_schedules
from portal.offers.states import State
from portal.providers.models import Provider, ProviderImage
from portal.providers.services import change_state as move_provider
from portal.providers.states import State as ProviderState
from portal.revisions.models import Revision
from tests.revisions.conftest import cast, change

__all__ = ["cast"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("before", ["published", "paused", "blocked", "archived", "draft"])
def test_an_offer_comes_back_to_where_it_was(cast, before):
    offer = cast.draft() if before == "draft" else cast.public()
    if before == "blocked":
        editing.block(offer, by=cast.editor, reason="Darum")
    elif before in {"paused", "archived"}:
        getattr(editing, {"paused": "pause", "archived": "archive"}[before])(offer, by=cast.editor)
    reason = Offer.objects.get(pk=offer.pk).state_reason
    # What is blocked is the editors' alone.
    by = cast.editor if before == "blocked" else cast.administrator
    for _twice in range(2):
        editing.trash(offer, by=by)
    found = Offer.objects.get(pk=offer.pk)
    assert (found.state, found.state_before) == (State.TRASHED, before)
    assert not Offer.objects.published().exists()
    for _twice in range(2):
        editing.undelete(offer, by=by)
    found = Offer.objects.get(pk=offer.pk)
    assert (found.state, found.state_reason, found.trashed_at) == (before, reason, None)


@pytest.mark.parametrize("before", ["published", "paused", "archived", "draft"])
def test_what_the_editors_put_into_the_bin_its_owner_does_not_take_out(cast, before):
    offer = cast.draft() if before == "draft" else cast.public()
    if before in {"paused", "archived"}:
        getattr(editing, {"paused": "pause", "archived": "archive"}[before])(offer, by=cast.administrator)
    editing.trash(offer, by=cast.editor)
    with pytest.raises(PermissionDenied):
        editing.undelete(offer, by=cast.administrator)
    assert Offer.objects.get(pk=offer.pk).state == State.TRASHED
    editing.undelete(offer, by=cast.editor)
    found = Offer.objects.get(pk=offer.pk)
    assert (found.state, found.taken_down_at, found.trashed_at) == (before, None, None)
    # Its own people put it there and take it out as before.
    editing.trash(offer, by=cast.administrator)
    editing.undelete(offer, by=cast.administrator)
    assert Offer.objects.get(pk=offer.pk).state == before


def test_a_provider_the_editors_put_into_the_bin_stays_there_for_its_people(cast):
    trash_provider(cast.club, by=cast.editor)
    with pytest.raises(PermissionDenied):
        undelete_provider(cast.club, by=cast.administrator)
    undelete_provider(cast.club, by=cast.editor)
    cast.club.refresh_from_db()
    assert (cast.club.state, cast.club.taken_down_at) == (ProviderState.PUBLISHED, None)


def test_what_the_editors_blocked_nobody_else_deletes_or_takes_back(cast):
    offer = cast.public()
    editing.block(offer, by=cast.editor, reason="Werbung")
    with pytest.raises(PermissionDenied):
        editing.trash(offer, by=cast.administrator)
    editing.trash(offer, by=cast.editor)
    with pytest.raises(PermissionDenied):
        editing.undelete(offer, by=cast.administrator)
    assert Offer.objects.get(pk=offer.pk).state == State.TRASHED

    move_provider(cast.club, ProviderState.BLOCKED, by=cast.editor, reason="Werbung")
    with pytest.raises(PermissionDenied):
        trash_provider(cast.club, by=cast.administrator)
    trash_provider(cast.club, by=cast.editor)
    with pytest.raises(PermissionDenied):
        undelete_provider(cast.club, by=cast.administrator)
    undelete_provider(cast.club, by=cast.editor)
    assert Provider.objects.get(pk=cast.club.pk).state == ProviderState.BLOCKED


def test_what_the_editors_blocked_and_put_away_does_not_come_back_past_them(cast):
    cast.club.trusted = True
    cast.club.save()
    offer = cast.public()
    editing.block(offer, by=cast.editor, reason="Werbung")
    editing.archive(offer, by=cast.editor)
    editing.reopen(offer, by=cast.administrator)
    outcome = editing.submit(offer, by=cast.administrator)
    assert outcome.waiting == "editors"
    assert Offer.objects.get(pk=offer.pk).state == State.SUBMITTED
    assert not Offer.objects.published().exists()


def test_what_lies_in_the_bin_is_not_edited_nor_published(cast):
    offer = cast.public()
    change(offer, cast.member, title="Wartet")
    waiting = editing.submit(offer, by=cast.member).revision
    editing.trash(offer, by=cast.administrator)
    for act in (
        lambda: editing.begin(offer, by=cast.member),
        lambda: editing.approve(waiting, by=cast.editor, version=1),
        lambda: editing.resume(offer, by=cast.administrator),
        lambda: editing.unblock(offer, by=cast.editor),
        lambda: editing.undelete(offer, by=cast.stranger),
        lambda: editing.undelete(offer, by=cast.member),
    ):
        with pytest.raises((PermissionDenied, ValidationError)):
            act()
    assert not Offer.objects.decidable_by(cast.editor).exists()
    editing.undelete(offer, by=cast.administrator)
    assert list(Offer.objects.decidable_by(cast.editor)) == [offer]


def test_after_thirty_days_the_night_removes_everything_of_it_and_nothing_else(cast):
    picture = MediaFile.objects.create(file="mediafile/a.webp", owner=cast.club)
    gone, stays = cast.public(title="Geht"), cast.public(title="Bleibt")
    for offer in (gone, stays):
        set_schedules(offer, ScheduleKind.DATES, [Schedule(first_date=timezone.localdate())])
        OfferImage.objects.create(
            offer=offer, kind="hero", copyright="M", media=picture, image="mediafile/a.webp", width=1, height=1
        )
        change(offer, cast.editor, summary="Geändert")
        editing.submit(offer, by=cast.editor)
    case = Case.objects.create(kind="wrong", topic="not_held", offer=gone, text="Stimmt nicht")
    editing.trash(gone, by=cast.administrator)
    now = timezone.now()
    assert remove_for_good(now + timedelta(days=29)) == 0
    assert remove_for_good(now + timedelta(days=31)) == 1
    assert list(Offer.objects.values_list("title", flat=True)) == ["Bleibt"]
    for model in (Schedule, Occurrence, OfferImage, SearchDocument):
        assert set(model.objects.values_list("offer", flat=True)) == {stays.pk}
    assert set(Revision.objects.values_list("subject_id", flat=True)) == {stays.pk}
    assert Entry.objects.filter(action="removed", target="Geht").exists()
    case.refresh_from_db()
    assert case.offer is None
    assert MediaFile.objects.exists()


def test_a_provider_goes_with_its_offers(cast):
    cast.public()
    other = cast.public(provider=cast.other_club)
    with pytest.raises(PermissionDenied):
        trash_provider(cast.club, by=cast.member)
    trash_provider(cast.club, by=cast.administrator)
    assert list(Offer.objects.published()) == [other]
    undelete_provider(cast.club, by=cast.administrator)
    assert Offer.objects.published().count() == 2
    trash_provider(cast.club, by=cast.administrator)
    assert remove_for_good(timezone.now() + timedelta(days=31)) == 2
    assert list(Provider.objects.all()) == [cast.other_club]
    assert list(Offer.objects.all()) == [other]


def test_every_table_with_a_key_to_an_offer_or_a_provider_is_thought_of(cast):
    """A new one in another room is let go of by what its key declares; one of ours stands in the lists."""
    named = {name for name, _column in (*removal._OF_OFFER, *removal._OF_PROVIDER)}
    told = " ".join([*removal._letting_go("offers_offer"), *removal._letting_go("providers_provider")])
    for model in (Offer, Provider):
        for relation in model._meta.related_objects:
            table = relation.related_model._meta.db_table
            assert table in named or table in told or table == "offers_offer", table


@pytest.mark.parametrize("which", ["offer", "provider"])
def test_the_database_lets_no_file_go_that_an_image_names(cast, which):
    picture = MediaFile.objects.create(file="mediafile/a.webp", owner=cast.club)
    given = {"copyright": "M", "media": picture, "image": "mediafile/a.webp", "width": 1, "height": 1}
    if which == "offer":
        OfferImage.objects.create(offer=cast.public(), kind="hero", **given)
    else:
        ProviderImage.objects.create(provider=cast.club, kind="content", **given)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM media_mediafile WHERE id = %s", [picture.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert MediaFile.objects.filter(pk=picture.pk).exists()
