"""The second factor: who must have one, how it is set up and used, and what of it lies in the table."""

import json
import re
from io import StringIO

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from audit.models import Entry
from core.access import Role
from mail.models import OutboxMessage
from portal.preferences.models import Preferences
from tenants.running.context import inside
from tests.accounts.factors import PAGE, code_of, demand, factors, prove, set_up_app
from tests.conftest import PASSWORD

TOWN_HALL = (Role.ADMIN, Role.EDITOR, Role.PLANNER)


@pytest.mark.parametrize(
    ("rule", "asked"),
    [
        ("editors", {Role.ADMIN, Role.EDITOR}),
        ("town_hall", {Role.ADMIN, Role.EDITOR, Role.PLANNER}),
        ("everybody", {Role.ADMIN, Role.EDITOR, Role.PLANNER, Role.PROVIDER}),
        ("nobody", set()),
    ],
)
def test_whom_the_municipality_asks_is_led_to_set_one_up_first(ahausen, signed_in, rule, asked):
    demand(ahausen, rule)
    led = set()
    for role in (*TOWN_HALL, Role.PROVIDER):
        answer = signed_in(ahausen, role).get("/konto/")
        if answer.status_code == 302:
            assert answer.url == f"{PAGE}?next=/konto/"
            led.add(role)
    assert led == asked


def test_until_then_nothing_else_behind_the_sign_in_works_but_signing_out_does(ahausen, signed_in):
    client = signed_in(ahausen, Role.EDITOR)
    demand(ahausen)
    for address in ("/konto/", "/konto/person/", "/redaktion/", "/redaktion/karte/", "/konto/daten/"):
        assert client.get(address).url == f"{PAGE}?next={address}", address
    assert client.post("/konto/person/", {"name": "Anders"}).status_code == 302
    with inside(ahausen):
        assert User.objects.get().name != "Anders"
    assert client.get("/").status_code == 200
    assert client.get(PAGE).status_code == 200
    assert client.post("/konto/abmelden/").status_code == 302


def test_after_setting_it_up_one_goes_on_where_one_wanted(ahausen, signed_in, django_capture_on_commit_callbacks):
    client = signed_in(ahausen, Role.EDITOR)
    demand(ahausen)
    page = client.get("/redaktion/karte/", follow=True).content.decode()
    assert "brauchen Sie hier einen zweiten Faktor" in page
    with django_capture_on_commit_callbacks(execute=True):
        set_up_app(client)
    assert 'href="/redaktion/karte/"' in client.get(PAGE).content.decode()
    assert client.get("/redaktion/karte/").status_code == 200
    with inside(ahausen):
        assert Entry.objects.filter(action="account.second_factor_added").count() == 2
        assert "ab jetzt fragt die Anmeldung" in OutboxMessage.objects.get().body


def test_a_new_municipality_asks_editors_and_administrators():
    assert Preferences().second_factor == "editors"


def test_what_lies_in_the_table_is_encrypted(ahausen, signed_in):
    client = signed_in(ahausen, Role.EDITOR)
    secret = set_up_app(client)
    assert factors(ahausen) == {"totp", "recovery_codes"}
    with inside(ahausen):
        written = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in written
    codes = re.findall(r"<code>(?:<[^>]+>)*(\d{8})", client.get(PAGE + "ersatzcodes/").content.decode())
    assert len(codes) == 10
    assert not any(code in written for code in codes)


def signing_in(visitor, where):
    """A browser of the only person there, past the password."""
    client = visitor(where.slug)
    with inside(where):
        email = User.objects.get().email
    answer = client.post("/konto/anmelden/", {"login": email, "password": PASSWORD})
    assert answer.url == "/konto/anmelden/zweiter-faktor/"
    return client


def test_signing_in_then_takes_the_code_and_each_code_once(ahausen, signed_in, visitor):
    secret = set_up_app(signed_in(ahausen, Role.EDITOR))
    with time_machine.travel(timezone.now() + timezone.timedelta(minutes=2), tick=False):
        client = signing_in(visitor, ahausen)
        assert client.get("/konto/").status_code == 302
        wrong = client.post("/konto/anmelden/zweiter-faktor/", {"code": "000000"})
        assert wrong.status_code == 200
        code = code_of(secret)
        assert client.post("/konto/anmelden/zweiter-faktor/", {"code": code}).url == "/konto/"
        assert client.get("/konto/").status_code == 200
        again = signing_in(visitor, ahausen)
        assert again.post("/konto/anmelden/zweiter-faktor/", {"code": code}).status_code == 200


def test_codes_cannot_be_guessed_for_ever(ahausen, signed_in, visitor):
    set_up_app(signed_in(ahausen, Role.EDITOR))
    client = signing_in(visitor, ahausen)
    with time_machine.travel(timezone.now(), tick=False):
        pages = [
            client.post("/konto/anmelden/zweiter-faktor/", {"code": "000000"}).content.decode() for _try in range(7)
        ]
    assert "Zu viele" not in pages[0]
    assert "Zu viele" in pages[-1]


def test_a_spare_code_works_once(ahausen, signed_in, visitor):
    client = signed_in(ahausen, Role.EDITOR)
    set_up_app(client)
    code = client.get(PAGE + "ersatzcodes/datei/").content.decode().split()[0]
    assert signing_in(visitor, ahausen).post("/konto/anmelden/zweiter-faktor/", {"code": code}).url == "/konto/"
    assert signing_in(visitor, ahausen).post("/konto/anmelden/zweiter-faktor/", {"code": code}).status_code == 200


def test_setting_up_and_taking_away_ask_for_the_password_again(ahausen, signed_in):
    client = signed_in(ahausen, Role.EDITOR)
    for part in ("app/", "schluessel/neu/"):
        assert client.get(PAGE + part).url.startswith("/konto/sicherheit/bestaetigen/")
    set_up_app(client)
    assert client.post(PAGE + "app/entfernen/").status_code == 302
    assert factors(ahausen) == set()


def test_whoever_takes_the_last_one_away_is_led_back(ahausen, signed_in):
    client = signed_in(ahausen, Role.EDITOR)
    demand(ahausen)
    set_up_app(client)
    assert client.get("/redaktion/").status_code == 200
    client.post(PAGE + "app/entfernen/")
    assert client.get("/redaktion/").url == f"{PAGE}?next=/redaktion/"


def test_a_passkey_belongs_to_the_host_of_the_municipality(ahausen, signed_in):
    client = signed_in(ahausen, Role.EDITOR)
    prove(client)
    page = client.get(PAGE + "schluessel/neu/").content.decode()
    data = json.loads(re.search(r'<script id="js_data" type="application/json">(.*?)</script>', page)[1])
    assert data["creation_options"]["publicKey"]["rp"] == {
        "id": "ahausen.localhost",
        "name": "Chancenportal Stadt Ahausen",
    }
    garbage = client.post(PAGE + "schluessel/neu/", {"name": "x", "credential": '{"id": 1}'})
    assert garbage.status_code == 200
    assert factors(ahausen) == set()


def test_operators_need_one_outside_of_the_demo(db, signed_in, settings):
    client = signed_in(None, Role.OPERATOR)
    assert client.get("/betrieb/").status_code == 200
    settings.SECOND_FACTOR_FOR_OPERATORS = True
    assert client.get("/betrieb/").url == f"{PAGE}?next=/betrieb/"


def test_another_key_of_the_installation_opens_nothing_and_breaks_nothing(
    ahausen, signed_in, visitor, settings, caplog
):
    secret = set_up_app(signed_in(ahausen, Role.EDITOR))
    before = settings.SECRET_KEY
    settings.SECRET_KEY = "ein-anderer-schluessel-" + "y" * 40
    with time_machine.travel(timezone.now() + timezone.timedelta(minutes=2), tick=False):
        client = signing_in(visitor, ahausen)
        assert client.post("/konto/anmelden/zweiter-faktor/", {"code": code_of(secret)}).status_code == 200
        settings.SECRET_KEY_FALLBACKS = [before]
        assert client.post("/konto/anmelden/zweiter-faktor/", {"code": code_of(secret)}).url == "/konto/"
    assert "another SECRET_KEY" in caplog.text


def test_an_operator_takes_a_lost_one_away(ahausen, signed_in, visitor):
    client = signed_in(ahausen, Role.EDITOR)
    set_up_app(client)
    with inside(ahausen):
        email = User.objects.get().email
    out = StringIO()
    call_command("reset_second_factor", "ahausen", email.upper(), stdout=out)
    assert factors(ahausen) == set()
    assert email.upper() in out.getvalue()
    assert client.get("/konto/").status_code == 302
    assert visitor("ahausen").post("/konto/anmelden/", {"login": email, "password": PASSWORD}).url == "/konto/"
    with inside(ahausen):
        assert "zurückgesetzt" in OutboxMessage.objects.get(to=email).subject
        assert Entry.objects.filter(action="account.second_factor_reset", actor="reset_second_factor").count() == 1
    with pytest.raises(CommandError, match="Es gibt kein Konto"):
        call_command("reset_second_factor", "ahausen", "niemand@beispiel.example")
