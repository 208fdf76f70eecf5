"""What the editors enter for others: the door to the forms, new entries, handing on, notes and markers."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from mail.models import OutboxMessage
from portal.authoring import doors
from portal.inventory.models import BulkRun, Note
from portal.media.models import MediaFile
from portal.offers import editing
from portal.offers.models import Offer, OfferImage
from portal.offers.transfer import transfer
from portal.preferences.models import ApprovalRule
from portal.providers.models import Membership, Provider
from portal.revisions.models import Revision
from portal.taxonomy.models import Marker
from tests.factories import a_provider, an_offer
from tests.inventory.conftest import finished, text_of


def hidden(page: str, name: str) -> str:
    return page.split(f'name="{name}"')[1].split('value="')[1].partition('"')[0]


def test_an_editor_enters_an_offer_for_a_provider_and_publishes_it(cast, desk):
    cast.rule(ApprovalRule.CHANGES)
    found = text_of(desk.get("/redaktion/angebote/neu/", {"wer": "turn"}))
    assert "Turnverein" in found
    assert "Anderer Verein" not in found
    first = desk.post("/redaktion/angebote/neu/", {"anbieter": str(cast.club.pk)}).url
    offer = Offer.objects.get()
    assert first == f"/redaktion/angebote/{offer.pk}/was/"
    page = desk.get(first).content.decode()
    assert 'class="work"' in page
    assert f'href="/redaktion/angebote/{offer.pk}/wann/"' in page
    assert "/konto/angebote/" not in page
    sent = {"base": hidden(page, "base"), "title": "Töpfern", "summary": "Für alle.", "topic": str(cast.sport.pk)}
    assert desk.post(first, {**sent, "weiter": "1"}).url.startswith(f"/redaktion/angebote/{offer.pk}/wann/")
    check = f"/redaktion/angebote/{offer.pk}/pruefen/"
    page = desk.get(check).content.decode()
    assert "Jetzt veröffentlichen" in page
    # Later: it stays a draft of the provider's.
    assert desk.post(check, {"base": hidden(page, "base"), "spaeter": "1"}).url == f"/redaktion/angebote/{offer.pk}/"
    assert Offer.objects.get().state == "draft"
    sent = {"base": hidden(page, "base"), "abschicken": "1"}
    answer = desk.post(check, sent)
    assert answer.status_code == 302, text_of(answer)
    assert answer.url == f"/redaktion/angebote/{offer.pk}/aenderung/"
    assert (Offer.objects.get().state, Offer.objects.get().provider) == ("published", cast.club)
    assert not Membership.objects.filter(user=cast.editor).exists()


def test_every_page_behind_the_editors_door_leads_through_it(cast, desk):
    offer = cast.public()
    for word in ("was", "wann", "wo", "bild", "pruefen", "aenderung"):
        page = desk.get(f"/redaktion/angebote/{offer.pk}/{word}/").content.decode()
        assert "/konto/angebote/" not in page, word
        assert 'class="work"' in page, word
    for word in ("", "wer/", "kontakt/", "zeiten/", "bilder/", "pruefen/", "aenderung/"):
        page = desk.get(f"/redaktion/anbieter/{cast.club.pk}/profil/{word}").content.decode()
        assert f"/konto/anbieter/{cast.club.pk}/" not in page, word
    assert desk.get(f"/redaktion/angebote/{offer.pk}/bearbeiten/").url == f"/redaktion/angebote/{offer.pk}/pruefen/"
    # The other door is as it was, and nothing of this one stays behind in the process.
    assert doors.here() is doors.OWN
    assert f"/konto/angebote/{offer.pk}/wann/" in desk.get(f"/konto/angebote/{offer.pk}/was/").content.decode()


def test_the_people_of_a_provider_do_not_come_through_the_editors_door(cast, visitor):
    browser = visitor("ahausen")
    browser.force_login(cast.administrator, backend="allauth.account.auth_backends.AuthenticationBackend")
    offer = cast.public()
    assert browser.get(f"/konto/angebote/{offer.pk}/was/").status_code == 200
    assert browser.get(f"/redaktion/angebote/{offer.pk}/was/").status_code == 404


def test_a_new_provider_begins_as_a_draft_and_its_double_is_shown_first(cast, desk):
    url = "/redaktion/anbieter/neu/"
    assert "Bitte schreiben Sie den Namen" in text_of(desk.post(url, {"name": "  "}))
    assert "Es gibt schon einen Eintrag dieses Namens." in text_of(desk.post(url, {"name": "TURNVEREIN"}))
    assert Provider.objects.count() == 2
    answer = desk.post(url, {"name": "Turnverein", "trotzdem": "Turnverein"})
    made = Provider.objects.latest("pk")
    assert answer.url == f"/redaktion/anbieter/{made.pk}/profil/wer/"
    assert (made.name, made.state) == ("Turnverein", "draft")
    assert desk.get(answer.url).status_code == 200


def test_an_offer_goes_to_another_provider_and_both_are_told_once(cast, desk):
    cast.rule(ApprovalRule.CHANGES)
    offer = cast.public(title="Töpfern")
    page = desk.get(f"/redaktion/angebote/{offer.pk}/uebertragen/", {"wer": "anderer"}).content.decode()
    assert "Anderer Verein" in page
    sent = {"tun": "uebertragen", "wahl": str(offer.pk), "welches": str(cast.other_club.pk), "mail": "1"}
    desk.post("/redaktion/angebote/sammeln/",
              {**sent, "ja": "1", "schluessel": "k", "gezeigt_fuer": str(cast.other_club.pk)})  # fmt: skip
    finished(BulkRun.objects.get())
    offer.refresh_from_db()
    assert offer.provider == cast.other_club
    told = {mail.to: mail.body for mail in OutboxMessage.objects.all()}
    assert sorted(told) == ["administrator@verein.example", "stranger@verein.example"]
    assert "Der neue Anbieter ist Anderer Verein." in told["administrator@verein.example"]
    # Its address is what it was.
    assert desk.get(offer.get_absolute_url()).status_code == 200
    assert editing.approval.may_edit(cast.member, offer.provider, "offer") is False


def test_what_waits_for_the_old_provider_waits_for_the_editors(cast):
    Provider.objects.filter(pk=cast.club.pk).update(members_may_publish=False)
    cast.club.refresh_from_db()
    draft = cast.draft()
    waiting = editing.submit(draft, by=cast.member).revision
    assert waiting.waits_for == "provider"
    assert transfer(draft, cast.other_club, by=cast.editor)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.waits_for) == ("submitted", "editors")
    assert not transfer(draft, cast.other_club, by=cast.editor)
    outcome = editing.approve(waiting, by=cast.editor, version=waiting.version)
    assert outcome.applied
    assert Offer.objects.get(pk=draft.pk).provider == cast.other_club


def test_pictures_only_this_offer_shows_go_along_and_others_stay(cast):
    offer, sister = cast.public(), cast.public(title="Schwester")
    own, shared = (MediaFile.objects.create(owner=cast.club, file=f"{name}.webp") for name in ("eigen", "geteilt"))
    for each, media in ((offer, own), (offer, shared), (sister, shared)):
        OfferImage.objects.create(offer=each, kind="content", media=media, image=media.file.name, copyright="x",
                                  width=9, height=9)  # fmt: skip
    transfer(offer, cast.other_club, by=cast.editor)
    own.refresh_from_db()
    shared.refresh_from_db()
    assert (own.owner, shared.owner) == (cast.other_club, cast.club)
    assert OfferImage.objects.filter(offer=offer).count() == 2


def test_only_editors_hand_on_and_nothing_goes_to_what_was_put_away(cast):
    offer = cast.public()
    with pytest.raises(PermissionDenied):
        transfer(offer, cast.other_club, by=cast.administrator)
    with pytest.raises(ValidationError):
        transfer(offer, a_provider(state="archived"), by=cast.editor)
    assert Offer.objects.get(pk=offer.pk).provider == cast.club


def test_notes_are_for_the_editors_and_markers_for_everybody(cast, desk):
    offer, marker = an_offer(provider=cast.club), Marker.objects.create(name="Familienkarte")
    desk.post(f"/redaktion/angebote/{offer.pk}/notiz/", {"notiz": "Ruft lieber an."})
    desk.post(f"/redaktion/angebote/{offer.pk}/notiz/", {"notiz": "Ruft immer an."})
    assert [each.text for each in Note.objects.all()] == ["Ruft immer an."]
    assert "Ruft immer an." in text_of(desk.get(f"/redaktion/angebote/{offer.pk}/"))
    assert "Ruft immer an." not in desk.get(offer.get_absolute_url()).content.decode()
    desk.post(f"/redaktion/angebote/{offer.pk}/notiz/", {"notiz": "x" * 2001})
    assert Note.objects.get().text == "Ruft immer an."
    desk.post(f"/redaktion/angebote/{offer.pk}/kennzeichen/", {"kennzeichen": [str(marker.pk), "999", "x"]})
    assert list(Offer.objects.get(pk=offer.pk).markers.all()) == [marker]
    assert Revision.objects.of("offer", offer.pk).filter(state="applied").count() == 2
    desk.post(f"/redaktion/anbieter/{cast.club.pk}/notiz/", {"notiz": "Neuer Vorstand."})
    assert "Neuer Vorstand." in text_of(desk.get(f"/redaktion/anbieter/{cast.club.pk}/"))
