"""What was typed into the forms of offer and profile is there again when the session ended meanwhile."""

import pytest
from django.contrib.sessions.models import Session

from core.access import Role
from portal.offers import editing
from portal.revisions.models import Revision
from tenants.running.context import inside
from tests.authoring.filling import form_of
from tests.conftest import PASSWORD
from tests.newsletter.town import a_newsletter, an_issue
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


@pytest.fixture
def town_hall(ahausen, person, visitor):
    """The browser of an editor, and how they sign in once more."""
    editor = person(ahausen, Role.EDITOR)
    client = visitor("ahausen")

    def sign_in_as_editor(onwards):
        given = {"login": editor.email, "password": PASSWORD, "next": onwards}
        return client.post("/konto/anmelden/", given)

    sign_in_as_editor("/redaktion/")
    with inside(ahausen):
        yield client, sign_in_as_editor


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("/redaktion/aktuelles/neu/", "title"),
        ("/redaktion/rechtliches/impressum/", "street"),
        ("/redaktion/newsletter/ausgaben/{issue}/", "title"),
        ("/plattform/melden/", "title"),
    ],
)
def test_long_forms_of_the_town_hall_come_back_too(town_hall, page, name):
    client, sign_in_as_editor = town_hall
    newsletter = a_newsletter()
    address = page.format(issue=an_issue(newsletter).pk)
    fields = {**form_of(client, address), name: "Eine Stunde lang getippt"}
    Session.objects.all().delete()
    assert client.post(address, fields).url.startswith("/konto/anmelden/?next=")
    assert sign_in_as_editor(address).url == address
    assert form_of(client, address)[name] == ["Eine Stunde lang getippt"]


def test_somebody_else_at_the_same_browser_sees_nothing_of_it(cast: Cast, leader):
    offer = cast.draft(title="Nähen")
    address = f"/konto/angebote/{offer.pk}/was/"
    fields = {**form_of(leader, address), "title": "Nur für meine Augen"}
    Session.objects.all().delete()
    leader.post(address, {**fields, "weiter": "1"})
    leader.force_login(cast.member, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "Nur für meine Augen" not in leader.get(address).content.decode()
    assert editing.begin(offer, by=cast.member).content["title"] == "Nähen"
