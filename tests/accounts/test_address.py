"""Another address: the new one proves itself, the old one is told and may object."""

import re

import pytest
from allauth.account.models import EmailAddress

from accounts.models import User
from core.access import Role
from mail.models import OutboxMessage
from tenants.running.context import inside
from tests.accounts.factors import prove, set_up_app
from tests.conftest import PASSWORD

PAGE = "/konto/sicherheit/adresse/"
OLD, NEW = "alt@beispiel.example", "neu@beispiel.example"


def link(where, to):
    """The newest link to this mailbox, as a path."""
    with inside(where):
        body = OutboxMessage.objects.filter(to=to).first().body
    return "/" + re.search(r"https?://\S+", body)[0].split("/", 3)[3]


@pytest.fixture
def client(ahausen, person, visitor):
    person(ahausen, Role.EDITOR, email=OLD)
    browser = visitor("ahausen")
    browser.post("/konto/anmelden/", {"login": OLD, "password": PASSWORD})
    return browser


def wish(client, new=NEW):
    prove(client)
    return client.post(PAGE, {"email": new})


def address(where):
    with inside(where):
        return User.objects.values_list("email", flat=True).order_by("pk").first()


def test_the_password_is_asked_again(client):
    assert client.get(PAGE).url.startswith("/konto/sicherheit/bestaetigen/")


def test_both_mailboxes_hear_of_it_and_only_the_new_ones_link_changes_anything(ahausen, client, visitor):
    assert wish(client).status_code == 302
    assert address(ahausen) == OLD
    assert NEW in client.get(PAGE).content.decode()
    assert link(ahausen, OLD).startswith("/konto/adresse/")
    visitor("ahausen").get(link(ahausen, NEW))
    assert address(ahausen) == OLD
    visitor("ahausen").post(link(ahausen, NEW))
    assert address(ahausen) == NEW
    with inside(ahausen):
        assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [(NEW, True, True)]
    told = visitor("ahausen").post("/konto/anmelden/", {"login": NEW, "password": PASSWORD})
    assert told.url == "/konto/"
    assert visitor("ahausen").post("/konto/anmelden/", {"login": OLD, "password": PASSWORD}).status_code == 200


def test_the_old_mailbox_stops_a_change_that_waits(ahausen, client, visitor):
    wish(client)
    objection, confirmation = link(ahausen, OLD), link(ahausen, NEW)
    assert "Ja, Änderung stoppen" in visitor("ahausen").get(objection).content.decode()
    assert "gestoppt" in visitor("ahausen").post(objection).content.decode()
    assert "nichts zu stoppen" in visitor("ahausen").post(objection).content.decode()
    visitor("ahausen").post(confirmation)
    assert address(ahausen) == OLD
    assert client.get("/konto/").status_code == 200


def test_the_old_mailbox_takes_a_change_back_and_whoever_did_it_is_out(ahausen, client, visitor):
    wish(client)
    visitor("ahausen").post(link(ahausen, NEW))
    assert "gestoppt" in visitor("ahausen").post(link(ahausen, OLD)).content.decode()
    assert address(ahausen) == OLD
    assert client.get("/konto/").status_code == 302
    assert visitor("ahausen").post("/konto/anmelden/", {"login": OLD, "password": PASSWORD}).status_code == 200
    visitor("ahausen").post("/konto/passwort/", {"email": OLD})
    assert link(ahausen, OLD).startswith("/konto/passwort/")


def test_an_objection_holds_in_its_municipality_only(ahausen, bedorf, client, visitor):
    wish(client)
    assert "nichts zu stoppen" in visitor("bedorf").post(link(ahausen, OLD)).content.decode()
    assert "nichts zu stoppen" in visitor("bedorf").post("/konto/adresse/x/").content.decode()


def test_taking_the_wish_back(ahausen, client, visitor):
    wish(client)
    confirmation = link(ahausen, NEW)
    client.post(PAGE, {"zuruecknehmen": "1"})
    assert "gilt nicht mehr" in visitor("ahausen").post(confirmation).content.decode()
    assert address(ahausen) == OLD


def test_somebody_elses_address_looks_the_same_and_is_never_taken(ahausen, client, person, visitor):
    person(ahausen, email="vergeben@beispiel.example")
    free, taken = wish(client), wish(client, "vergeben@beispiel.example")
    assert (free.status_code, free.url) == (taken.status_code, taken.url)
    visitor("ahausen").post(link(ahausen, "vergeben@beispiel.example"))
    assert address(ahausen) == OLD


def test_not_even_one_that_somebody_else_has_yet_to_prove(ahausen, client, person, visitor):
    wish(client, "halb@beispiel.example")
    with inside(ahausen):
        other = User.objects.create_user("halb@beispiel.example", PASSWORD)
        EmailAddress.objects.filter(user=other).update(verified=False)
    assert visitor("ahausen").post(link(ahausen, "halb@beispiel.example")).status_code == 302
    assert address(ahausen) == OLD


@pytest.mark.parametrize("wrong", ["", "kein at", OLD, "a@b"])
def test_what_is_no_other_address_is_refused_in_words(client, wrong):
    answer = wish(client, wrong)
    assert answer.status_code == 200
    assert "field--error" in answer.content.decode()


def test_a_second_factor_is_no_obstacle(ahausen, client, visitor):
    set_up_app(client)
    assert client.post(PAGE, {"email": NEW}).status_code == 302
    visitor("ahausen").post(link(ahausen, NEW))
    assert address(ahausen) == NEW
