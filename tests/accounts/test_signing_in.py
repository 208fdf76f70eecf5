"""Signing in and out, and that an account of one municipality is nobody in another."""

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from core.access import Role
from tenants.running.context import inside
from tests.conftest import PASSWORD

ROLES = (Role.ADMIN, Role.EDITOR, Role.PLANNER, Role.PROVIDER)


@pytest.mark.parametrize("role", ROLES)
def test_every_role_lands_on_its_page(ahausen, signed_in, role):
    answer = signed_in(ahausen, role).get("/konto/")
    assert answer.status_code == 200
    # Whoever writes offers finds their work first, everybody else their tools.
    sign = 'href="/konto/angebote/neu/"' if role == Role.PROVIDER else f'data-role="{role}"'
    assert sign in answer.content.decode()


def test_an_operator_lands_on_the_console_side(db, signed_in):
    client = signed_in(None, Role.OPERATOR)
    assert client.get("/konto/").status_code == 200
    assert client.get("/betrieb/").status_code == 200


def test_a_visitor_is_asked_to_sign_in(db, visitor):
    answer = visitor("ahausen").get("/konto/")
    assert answer.status_code == 302
    assert answer.url == "/konto/anmelden/?next=/konto/"


def test_signing_out_ends_the_session(ahausen, signed_in):
    client = signed_in(ahausen, Role.EDITOR)
    assert client.post("/konto/abmelden/").status_code == 302
    assert client.get("/konto/").status_code == 302


def test_the_address_may_be_typed_in_capitals(ahausen, person, visitor):
    person(ahausen, Role.EDITOR, email="frau.mueller@ahausen.example")
    answer = visitor("ahausen").post(
        "/konto/anmelden/", {"login": "Frau.Mueller@Ahausen.example", "password": PASSWORD}
    )
    assert answer.status_code == 302


@pytest.mark.parametrize("login", ["editor@ahausen.example", "niemand@ahausen.example"])
def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(ahausen, person, visitor, login):
    person(ahausen, Role.EDITOR)
    answer = visitor("ahausen").post("/konto/anmelden/", {"login": login, "password": "falsch-falsch"})
    assert answer.status_code == 200
    assert "sessionid" not in answer.cookies
    assert answer.context["form"].non_field_errors() or answer.context["form"].errors


def test_an_account_is_unknown_next_door(ahausen, person, visitor):
    user = person(ahausen, Role.EDITOR)
    answer = visitor("bedorf").post("/konto/anmelden/", {"login": user.email, "password": PASSWORD})
    assert answer.status_code == 200


def test_a_session_cookie_is_worth_nothing_next_door(ahausen, signed_in, visitor):
    cookie = signed_in(ahausen, Role.ADMIN).cookies["sessionid"].value
    for stranger in (visitor("bedorf"), visitor("")):
        stranger.cookies["sessionid"] = cookie
        assert stranger.get("/konto/").status_code == 302


def test_an_operator_role_in_a_municipality_opens_nothing(ahausen, signed_in):
    client = signed_in(ahausen, Role.OPERATOR)
    assert 'data-role="operator"' not in client.get("/konto/").content.decode()


def test_an_address_is_unique_however_it_is_written(ahausen):
    with inside(ahausen):
        User.objects.create_user("Eva@Beispiel.example", PASSWORD)
        assert User.objects.get().email == "eva@beispiel.example"
        with pytest.raises(ValidationError, match="Adresse|address"):
            User.objects.create_user("EVA@beispiel.example", PASSWORD)
