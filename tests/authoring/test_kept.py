"""What was typed into the forms of offer and profile is there again when the session ended meanwhile."""

import pytest
from django.contrib.sessions.models import Session

from portal.offers import editing
from portal.revisions.models import Revision
from tests.authoring.filling import form_of
from tests.conftest import PASSWORD
from tests.revisions.conftest import Cast, cast

__all__ = ["cast"]


@pytest.fixture
def leader(cast: Cast, visitor):
    """The browser of an administrator of the organisation, signed in through the form."""
    cast.administrator.set_password(PASSWORD)
    cast.administrator.save()
    client = visitor("ahausen")
    sign_in(client, cast)
    return client


def sign_in(client, cast: Cast, onwards: str = "/konto/"):
    given = {"login": cast.administrator.email, "password": PASSWORD, "next": onwards}
    return client.post("/konto/anmelden/", given)


@pytest.mark.parametrize(
    ("page", "name", "typed"),
    [
        ("/konto/angebote/{offer}/was/", "title", "Nähen für Anfängerinnen"),
        ("/konto/angebote/{offer}/wo/", "contact_name", "Helga Brandt"),
        ("/konto/anbieter/{club}/profil/wer/", "summary", "Wir nähen und reden."),
    ],
)
def test_it_stands_there_again_and_nothing_was_done(cast: Cast, leader, page, name, typed):
    offer = cast.draft(title="Nähen")
    address = page.format(offer=offer.pk, club=cast.club.pk)
    fields = {**form_of(leader, address), name: typed}
    before = list(Revision.objects.order_by("pk").values())
    Session.objects.all().delete()

    answer = leader.post(address, {**fields, "weiter": "1"})

    assert answer.status_code == 302
    assert answer.url.startswith("/konto/anmelden/?next=")
    assert sign_in(leader, cast, address).url == address
    assert list(Revision.objects.order_by("pk").values()) == before
    again = form_of(leader, address)
    assert again[name] == [typed]
    # Sent once more, it is saved.
    assert leader.post(address, {**again, "weiter": "1"}).status_code == 302
    assert form_of(leader, address)[name] == [typed]


@pytest.mark.parametrize(
    ("page", "name"),
    [("/konto/angebote/{offer}/was/", "title"), ("/konto/anbieter/{club}/profil/wer/", "summary")],
)
def test_a_sign_that_no_database_keeps_is_no_reason_to_lose_the_rest(cast: Cast, leader, page, name):
    address = page.format(offer=cast.draft(title="Nähen").pk, club=cast.club.pk)
    fields = {**form_of(leader, address), name: "Nähen\x00 für alle"}
    assert leader.post(address, {**fields, "weiter": "1"}).status_code < 400
    assert form_of(leader, address)[name] == ["Nähen für alle"]


def test_somebody_else_at_the_same_browser_sees_nothing_of_it(cast: Cast, leader):
    offer = cast.draft(title="Nähen")
    address = f"/konto/angebote/{offer.pk}/was/"
    fields = {**form_of(leader, address), "title": "Nur für meine Augen"}
    Session.objects.all().delete()
    leader.post(address, {**fields, "weiter": "1"})
    leader.force_login(cast.member, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "Nur für meine Augen" not in leader.get(address).content.decode()
    assert editing.begin(offer, by=cast.member).content["title"] == "Nähen"
