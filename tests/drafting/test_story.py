"""From a flyer or a page to a draft whose values are proposals, and to the editors only when each is confirmed."""

import re
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from accounts.models import User
from portal.drafting import offering, proposals, tidying
from portal.drafting.models import PATIENCE, Proposal, Reading
from portal.drafting.reading.everything import read
from portal.drafting.reading.lines import sheet_of
from portal.drafting.tasks import read_now
from portal.offers import editing
from portal.offers.models import Offer
from portal.offers.states import State as OfferState
from portal.preferences.models import ApprovalRule
from portal.providers.models import Membership, Provider
from portal.revisions.errors import IncompleteError
from portal.taxonomy.models import TargetGroup
from tests.authoring.filling import form_of, send
from tests.drafting.conftest import ROWS, a_cat, a_pdf, signed_in
from tests.revisions.conftest import Cast

NEW = "/konto/angebote/neu/"


def sent(client, content: bytes, name: str = "fest.pdf", **more):
    return client.post(f"{NEW}flyer/", {"file": SimpleUploadedFile(name, content), **more})


def a_reading(client, content: bytes | None = None) -> Reading:
    """A flyer that was sent and read."""
    answer = sent(client, content or a_pdf(ROWS))
    assert answer.status_code == 302, answer.content.decode()
    reading = Reading.objects.get(pk=int(answer.url.rstrip("/").rsplit("/", 1)[1]))
    read_now(pk=reading.pk)
    reading.refresh_from_db()
    return reading


def a_draft(client) -> Offer:
    """A draft of the same flyer, its text read here and now instead of in a process of its own."""
    provider, person = Provider.objects.get(name="Turnverein"), User.objects.get(email="member@verein.example")
    found = read(sheet_of("\n".join(ROWS)), today=timezone.localdate())
    values = [each.as_json() for each in offering.proposals(found, provider, today=timezone.localdate())]
    reading = Reading.objects.create(provider=provider, by=person, source="flyer", name="fest.pdf", digest="f" * 64,
                                     state="done", shown=1, found=[values])  # fmt: skip
    default_storage.save(reading.file("page-0.webp"), ContentFile(b"x"))
    answer = client.post(f"{NEW}gelesen/{reading.pk}/", {"wahl": "0"})
    assert re.fullmatch(r"/konto/angebote/\d+/was/", answer.url)
    reading.refresh_from_db()
    return reading.offer


def open_keys(offer: Offer) -> list[str]:
    return [each.key for each in proposals.open_of(offer)]


def test_the_page_of_a_new_offer_names_three_ways(cast: Cast, member):
    page = member.get(NEW).content.decode()
    for words in ("Selbst schreiben", "Von einer Webseite", "Von einem Flyer"):
        assert words in page
    assert f'href="{NEW}webseite/"' in page
    assert f'href="{NEW}flyer/"' in page


def test_a_flyer_is_put_on_the_queue_and_not_read_in_the_request(cast: Cast, member):
    answer = sent(member, a_pdf(ROWS))
    reading = Reading.objects.get()
    assert answer.url == f"{NEW}gelesen/{reading.pk}/"
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'portal.drafting.tasks.read_now' "
                       "AND (args -> 'arguments' ->> 'pk')::int = %s", [reading.pk])  # fmt: skip
        assert cursor.fetchone() == (1,)
    waiting = member.get(answer.url).content.decode()
    assert "fest.pdf" in waiting
    assert "Sie können diese Seite verlassen" in waiting
    # What was left is found again.
    assert f'href="{answer.url}"' in member.get(NEW).content.decode()


def test_from_a_flyer_to_the_editors_only_with_every_value_confirmed(cast: Cast, member):
    cast.rule(ApprovalRule.CHANGES)
    group = TargetGroup.objects.create(name="Alle")
    reading = a_reading(member)
    member.post(f"{NEW}gelesen/{reading.pk}/", {"wahl": "0"})
    offer = Offer.objects.get(provider=cast.club)
    assert open_keys(offer) == ["title", "dates", "place", "cost", "contact_name", "contact_phone", "contact_email"]
    said = editing.begin(offer, by=cast.member).content
    assert (said["title"], said["schedules"][0]["first_date"], said["cost_amount"]) == (
        "Sommerfest am Teich", "2027-06-12", "5.00")  # fmt: skip
    assert (said["locations"][0]["street"], said["contact_name"]) == ("Schulstraße 5", "Maria Schmidt")
    way = f"/konto/angebote/{offer.pk}/"
    page = member.get(f"{way}was/").content.decode()
    assert "Vorschlag aus dem Flyer – stimmt das?" in page
    assert f"{NEW}gelesen/{Reading.objects.get().pk}/seite/0/" in page
    # The title is ticked; the rest of the page is written.
    send(
        member,
        f"{way}was/",
        stimmt="title",
        summary="Für alle.",
        topic=str(cast.sport.pk),
        target_groups=[str(group.pk)],
    )
    assert open_keys(offer)[0] == "dates"
    # Going on without an answer confirms nothing.
    send(member, f"{way}wann/")
    assert open_keys(offer)[0] == "dates"
    # Whoever writes something else has answered.
    send(member, f"{way}wo/", cost_kind="free", contact_phone="0681 1111", stimmt=["contact_name"])
    assert open_keys(offer) == ["dates", "place", "contact_email"]

    page = member.get(f"{way}pruefen/").content.decode()
    assert page.count('name="stimmt"') == 3
    answer = send(member, f"{way}pruefen/", "abschicken")
    assert answer.status_code == 200
    assert Offer.objects.get(pk=offer.pk).state == OfferState.DRAFT
    with pytest.raises(IncompleteError):
        editing.submit(offer, by=cast.member)
    # No other door either: an administrator, an editor.
    for person in (cast.administrator, cast.editor):
        with pytest.raises(IncompleteError):
            editing.submit(offer, by=person)
    answer = send(member, f"{way}pruefen/", "abschicken", stimmt=["dates", "place", "contact_email"])
    assert answer.url == f"{way}aenderung/"
    assert Offer.objects.get(pk=offer.pk).state == OfferState.SUBMITTED
    assert {each.settled_by for each in Proposal.objects.filter(offer=offer)} == {cast.member}


def test_a_second_click_makes_one_reading_and_one_draft(cast: Cast, member):
    first, second = sent(member, a_pdf(ROWS)), sent(member, a_pdf(ROWS))
    assert first.url == second.url
    read_now(pk=Reading.objects.get().pk)
    drafts = {member.post(first.url, {"wahl": "0"}).url for _click in range(2)}
    assert len(drafts) == 1
    assert Offer.objects.filter(provider=cast.club).count() == 1
    # Read a second time by a worker that was killed: nothing is doubled.
    read_now(pk=Reading.objects.get().pk)
    assert Proposal.objects.count() == 7


def test_a_worker_killed_in_the_middle_reads_again(cast: Cast, member):
    sent(member, a_pdf(ROWS))
    Reading.objects.update(state="running", percent=40)
    read_now(pk=Reading.objects.get().pk)
    assert Reading.objects.get().state == "done"
    assert not default_storage.exists(Reading.objects.get().file("upload"))


def test_a_copy_of_an_unconfirmed_draft_is_not_confirmed(cast: Cast, member):
    offer = a_draft(member)
    made = editing.copy(offer, by=cast.member)
    assert open_keys(made) == open_keys(offer)


def test_looking_for_the_pin_confirms_no_place(cast: Cast, member, monkeypatch):
    offer = a_draft(member)
    draft = editing.begin(offer, by=cast.member)
    place = {**draft.content["locations"][0], "latitude": "49.1", "longitude": "7.1", "precision": "exact"}
    proposals.settle(offer, ticked=(), before=draft.content, changes={"locations": [place]}, by=cast.member)
    assert "place" in open_keys(offer)
    place["street"] = "Schulstraße 6"
    proposals.settle(offer, ticked=(), before=draft.content, changes={"locations": [place]}, by=cast.member)
    assert "place" not in open_keys(offer)


def test_saving_while_somebody_types_settles_what_was_changed(cast: Cast, member):
    offer = a_draft(member)
    address = f"/konto/angebote/{offer.pk}/was/"
    fields = {**form_of(member, address), "title": ["Sommerfest am See"], "sichern": "1"}
    answer = member.post(address, fields, headers={"HX-Request": "true"})
    assert answer["HX-Trigger"] == "gespeichert"
    assert "title" not in open_keys(offer)


def test_others_see_nothing_of_it(cast: Cast, member, visitor):
    reading = a_reading(member)
    stranger = signed_in(visitor, cast.stranger)
    for path in ("", "seite/0/"):
        assert stranger.get(f"{NEW}gelesen/{reading.pk}/{path}").status_code == 404
    assert stranger.post(f"{NEW}gelesen/{reading.pk}/", {"wahl": "0"}).status_code == 404
    # Colleagues do; the file has no public address; and there is no second page.
    colleague = signed_in(visitor, cast.administrator)
    assert colleague.get(f"{NEW}gelesen/{reading.pk}/seite/0/")["Content-Type"] == "image/webp"
    assert colleague.get(f"{NEW}gelesen/{reading.pk}/seite/1/").status_code == 404
    assert default_storage.exists(reading.file("page-0.webp"))
    assert visitor("ahausen").get(f"/media/{reading.file('page-0.webp')}").status_code == 404


def test_an_editor_who_writes_the_offer_sees_the_flyer(cast: Cast, member, visitor):
    offer = a_draft(member)
    editor = signed_in(visitor, cast.editor)
    assert "Vorschlag aus dem Flyer" in editor.get(f"/redaktion/angebote/{offer.pk}/was/").content.decode()
    assert editor.get(f"{NEW}gelesen/{Reading.objects.get().pk}/seite/0/").status_code == 200


def test_a_cat_and_a_broken_file_end_in_a_sentence_and_a_way_on(cast: Cast, member):
    reading = a_reading(member, a_cat())
    assert (reading.state, reading.trouble) == ("failed", "nothing")
    page = member.get(f"{NEW}gelesen/{reading.pk}/").content.decode()
    assert "nichts gefunden" in page
    assert f'href="{NEW}flyer/"' in page
    assert f'href="{NEW}"' in page
    assert member.post(f"{NEW}gelesen/{reading.pk}/", {"wahl": "0"}).url == f"{NEW}gelesen/{reading.pk}/"
    assert Offer.objects.filter(provider=cast.club).count() == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Diese Datei ist leer"),
        (b"MZ" + b"x" * 50, "kein Foto und kein PDF"),
        (b"<svg/>", "kein Foto und kein PDF"),
    ],
)
def test_what_is_no_flyer_is_told_at_once(cast: Cast, member, content, sentence):
    answer = sent(member, content)
    page = answer.content.decode()
    assert (answer.status_code, page.count(sentence)) == (200, 2)
    assert 'href="#id_file"' in page
    assert not Reading.objects.exists()


def test_without_recognition_only_pdfs_are_taken_and_said_so(cast: Cast, member, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    from portal.drafting.flyer.running import can_recognise

    can_recognise.cache_clear()
    try:
        assert "Laden Sie ein PDF hoch" in member.get(NEW).content.decode()
        page = member.get(f"{NEW}flyer/").content.decode()
        assert 'accept="application/pdf"' in page
        assert "Fotos" in sent(member, a_cat()).content.decode()
    finally:
        monkeypatch.undo()
        can_recognise.cache_clear()
    assert can_recognise()


def test_somebody_of_two_organisations_says_for_which(cast: Cast, member):
    Membership.objects.create(provider=cast.other_club, user=cast.member, role=Membership.Role.MEMBER)
    assert "Für welche Organisation?" in member.get(f"{NEW}flyer/").content.decode()
    assert "Bitte wählen Sie eine" in sent(member, a_pdf(ROWS)).content.decode()
    sent(member, a_pdf(ROWS), provider=str(cast.other_club.pk))
    assert Reading.objects.get().provider == cast.other_club


def test_somebody_who_sends_very_many_is_asked_to_wait(cast: Cast, member):
    for number in range(30):
        Reading.objects.create(provider=cast.club, by=cast.member, source="flyer", digest=str(number), name="x")
    assert "etwas später" in sent(member, a_pdf(ROWS)).content.decode()
    Reading.objects.update(created_at=timezone.now() - timedelta(hours=2))
    assert sent(member, a_pdf(ROWS)).status_code == 302


def test_what_takes_too_long_is_not_waited_for_for_ever(cast: Cast, member):
    reading = Reading.objects.create(provider=cast.club, by=cast.member, source="flyer", digest="x", name="x.pdf")
    Reading.objects.update(created_at=timezone.now() - PATIENCE - timedelta(seconds=1))
    page = member.get(f"{NEW}gelesen/{reading.pk}/").content.decode()
    assert "Bitte versuchen Sie es noch einmal" in page
    assert "data-hx-get" not in page


@pytest.mark.both_stores
def test_old_readings_go_with_their_files_and_proposals_stay(cast: Cast, member):
    offer = a_draft(member)
    reading = Reading.objects.get()
    name = reading.file("page-0.webp")
    assert tidying.tidy() == 0
    assert tidying.tidy(timezone.now() + tidying.KEPT + timedelta(days=1)) == 1
    assert not default_storage.exists(name)
    assert len(open_keys(offer)) == 7
    assert member.get(f"/konto/angebote/{offer.pk}/was/").status_code == 200


def test_an_offer_written_by_hand_has_no_proposals_and_costs_one_statement_more(
    cast: Cast, member, django_assert_num_queries
):
    offer = cast.draft()
    assert open_keys(offer) == []
    assert "stimmt" not in member.get(f"/konto/angebote/{offer.pk}/was/").content.decode()
    proposals.marks_of(offer, {})
    with django_assert_num_queries(1):
        proposals.marks_of(offer, {})
