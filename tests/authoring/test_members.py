"""Members who may only draft hand in to those who lead their organisation, who let it go on or give it back."""

import pytest

from mail.models import OutboxMessage
from portal.offers import editing
from portal.offers.models import Offer
from portal.preferences.models import ApprovalRule
from portal.revisions.models import Revision
from tests.revisions.conftest import Cast, cast

__all__ = ["cast"]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def browsers(cast: Cast, visitor):
    """The browsers of a member and of an administrator, where members may only draft."""
    cast.club.members_may_publish = False
    cast.club.save()

    def signed_in(user):
        client = visitor("ahausen")
        client.force_login(user, backend=BACKEND)
        return client

    return signed_in(cast.member), signed_in(cast.administrator)


def handed_in(cast: Cast) -> tuple[Offer, Revision]:
    offer = cast.draft(title="Nähcafé")
    return offer, editing.submit(offer, by=cast.member).revision


def page_of(offer: Offer) -> str:
    return f"/konto/angebote/{offer.pk}/aenderung/"


def test_an_administrator_is_told_and_publishes_what_a_member_wrote(cast: Cast, browsers):
    cast.rule(ApprovalRule.PROVIDERS)
    _member, administrator = browsers
    offer, waiting = handed_in(cast)
    (mail,) = OutboxMessage.objects.filter(to=cast.administrator.email)
    assert mail.subject == "„Nähcafé“ wartet auf Sie"
    assert page_of(offer) in mail.body
    assert "Nähcafé" in administrator.get("/konto/").content.decode()
    page = administrator.get(page_of(offer)).content.decode()
    assert "Ihre Entscheidung" in page
    assert "Veröffentlichen" in page
    address = f"/konto/angebote/{offer.pk}/freigeben/"
    assert administrator.post(address, {"version": waiting.version}).url == page_of(offer)
    assert Offer.objects.published().filter(pk=offer.pk).exists()
    again = administrator.post(address, {"version": waiting.version}, follow=True)
    assert "Ihre Entscheidung" not in again.content.decode()


def test_it_goes_on_to_the_editors_where_they_must_agree_too(cast: Cast, browsers):
    cast.rule(ApprovalRule.CHANGES)
    _member, administrator = browsers
    offer, waiting = handed_in(cast)
    assert "An die Redaktion schicken" in administrator.get(page_of(offer)).content.decode()
    administrator.post(f"/konto/angebote/{offer.pk}/freigeben/", {"version": waiting.version})
    assert editing.waiting_for(offer).waits_for == "editors"
    assert not Offer.objects.published().filter(pk=offer.pk).exists()


def test_it_is_given_back_with_a_reason_and_never_without(cast: Cast, browsers):
    cast.rule(ApprovalRule.PROVIDERS)
    member, administrator = browsers
    offer, waiting = handed_in(cast)
    address = f"/konto/angebote/{offer.pk}/zurueckgeben/"
    without = administrator.post(address, {"version": waiting.version, "grund": " "})
    assert without.status_code == 200
    long = administrator.post(address, {"version": waiting.version, "grund": "zu lang " * 300})
    assert "zu lang zu lang" in long.content.decode()
    waiting.refresh_from_db()
    assert waiting.state == "submitted"
    administrator.post(address, {"version": waiting.version, "grund": "Bitte den Ort nennen."})
    waiting.refresh_from_db()
    assert (waiting.state, waiting.reason) == ("returned", "Bitte den Ort nennen.")
    assert "Bitte den Ort nennen." in member.get(page_of(offer)).content.decode()


def test_what_changed_meanwhile_is_looked_at_again(cast: Cast, browsers):
    cast.rule(ApprovalRule.PROVIDERS)
    _member, administrator = browsers
    offer, waiting = handed_in(cast)
    administrator.post(f"/konto/angebote/{offer.pk}/freigeben/", {"version": waiting.version + 1})
    assert editing.waiting_for(offer) is not None
    assert not Offer.objects.published().filter(pk=offer.pk).exists()


def test_a_member_decides_nothing(cast: Cast, browsers):
    cast.rule(ApprovalRule.PROVIDERS)
    member, _administrator = browsers
    offer, waiting = handed_in(cast)
    assert "Ihre Entscheidung" not in member.get(page_of(offer)).content.decode()
    for verb in ("freigeben", "zurueckgeben"):
        answer = member.post(f"/konto/angebote/{offer.pk}/{verb}/", {"version": waiting.version, "grund": "Nein."})
        assert answer.status_code == 403
    waiting.refresh_from_db()
    assert waiting.state == "submitted"
