"""Signing in by the municipality's own service, against a real provider that runs beside the test."""

import json
import logging
import threading
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from allauth.socialaccount.models import SocialAccount
from oidc_provider_mock import User as Somebody
from oidc_provider_mock import run_server_in_thread
from werkzeug.serving import make_server

from accounts.models import IdentityProvider, User
from accounts.oidc.adapter import provider_id_of
from audit.models import Entry
from core.access import Role
from mail.models import OutboxMessage
from tenants.running.context import inside
from tests.accounts.factors import PAGE, demand
from tests.conftest import PASSWORD

# The provider's own library is ahead of it.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
EVA = "eva@rathaus.example"
SETTINGS = "/redaktion/einstellungen/anmeldedienst/"


def somebody(sub, email, *, verified=True, name="Eva Amt"):
    return Somebody(sub=sub, claims={"email": email, "email_verified": verified, "name": name})


PEOPLE = (
    somebody("1", EVA),
    somebody("2", "unbewiesen@rathaus.example", verified=False),
    somebody("3", "neu@rathaus.example", name="Nora Neu"),
    somebody("4", ""),
)


@pytest.fixture
def provider():
    """A provider's address; it keeps running until the test ends."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with run_server_in_thread(user_claims=PEOPLE, require_nonce=True) as server:
        yield f"http://localhost:{server.server_port}"


def connect(where, issuer, **fields):
    """Let the municipality use this provider."""
    with inside(where):
        named = {"enabled": True, "name": "Rathaus-Konto", "issuer": issuer, "client_id": "portal"}
        row, _made = IdentityProvider.objects.update_or_create(pk=1, defaults={**named, **fields})
        row.secret = "geheim-geheim"
        row.save()
        return f"/konto/anmelden/dienst/{provider_id_of(row)}/"


def to_service(client, start):
    """As far as the provider's own page; returns its address."""
    answer = client.get(start)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return answer.url


def back(page, sub="1"):
    """What the person does there; returns the path and query they come back with."""
    answer = httpx.post(page, data={"sub": sub})
    assert answer.status_code == 302, answer.text
    parts = urlsplit(answer.headers["location"])
    return f"{parts.path}?{parts.query}"


def sign_in(client, start, sub="1"):
    return client.get(back(to_service(client, start), sub))


def test_whoever_has_an_account_is_recognised_by_a_proved_address(ahausen, person, visitor, provider):
    person(ahausen, Role.PLANNER, email=EVA)
    start = connect(ahausen, provider)
    client = visitor("ahausen")
    assert f'href="{start}"' in client.get("/konto/anmelden/").content.decode()
    assert sign_in(client, start).url == "/konto/"
    assert client.get("/konto/").status_code == 200
    with inside(ahausen):
        assert SocialAccount.objects.get().uid == "1"
        assert User.objects.count() == 1
        assert OutboxMessage.objects.get().to == EVA
    again = visitor("ahausen")
    assert sign_in(again, start).url == "/konto/"
    assert visitor("ahausen").post("/konto/anmelden/", {"login": EVA, "password": PASSWORD}).status_code == 302


def test_an_address_the_service_has_not_proved_opens_nothing(ahausen, person, visitor, provider):
    person(ahausen, Role.ADMIN, email="unbewiesen@rathaus.example")
    client = visitor("ahausen")
    answer = sign_in(client, connect(ahausen, provider, new_accounts=True), "2")
    assert "keine bestätigte E-Mail-Adresse" in answer.content.decode()
    assert client.get("/konto/").status_code == 302


@pytest.mark.parametrize(("sub", "words"), [("3", "noch kein Konto"), ("4", "keine bestätigte E-Mail-Adresse")])
def test_nobody_gets_an_account_unless_the_municipality_says_so(ahausen, visitor, provider, sub, words):
    answer = sign_in(visitor("ahausen"), connect(ahausen, provider), sub)
    assert words in answer.content.decode()
    with inside(ahausen):
        assert not User.objects.exists()


def test_where_it_says_so_new_accounts_have_no_role(ahausen, visitor, provider):
    client = visitor("ahausen")
    assert sign_in(client, connect(ahausen, provider, new_accounts=True), "3").url == "/konto/"
    with inside(ahausen):
        user = User.objects.get()
        assert (user.email, user.name, user.roles) == ("neu@rathaus.example", "Nora Neu", [])
        assert not user.has_usable_password()
        assert Entry.objects.filter(action="create", actor="sign-in service").count() == 1
    assert client.get("/redaktion/").status_code == 404
    assert client.get("/konto/sicherheit/").status_code == 200


def test_two_municipalities_have_two_services_and_neither_opens_the_other(ahausen, bedorf, person, visitor, provider):
    with run_server_in_thread(user_claims=PEOPLE, require_nonce=True) as server:
        other = f"http://localhost:{server.server_port}"
        for where in (ahausen, bedorf):
            person(where, Role.EDITOR, email=EVA)
        starts = connect(ahausen, provider), connect(bedorf, other)
        assert starts[0] != starts[1]
        here, there = visitor("ahausen"), visitor("bedorf")
        assert urlsplit(to_service(here, starts[0])).port != urlsplit(to_service(there, starts[1])).port
        assert visitor("bedorf").get(starts[0]).status_code == 404
        answered = back(to_service(here, starts[0]))
        crossed = there.get(answered.replace(starts[0], starts[1]))
        assert crossed.status_code == 401
        assert there.get("/konto/").status_code == 302
        assert here.get(answered).url == "/konto/"


def test_an_answer_with_a_wrong_state_or_for_another_browser_is_refused(ahausen, person, visitor, provider):
    person(ahausen, Role.EDITOR, email=EVA)
    start = connect(ahausen, provider)
    mine, theirs = visitor("ahausen"), visitor("ahausen")
    answered = back(to_service(mine, start))
    to_service(theirs, start)
    assert theirs.get(answered).status_code == 401
    assert mine.get(answered.replace("state=", "state=x")).status_code == 401
    assert theirs.get("/konto/").status_code == 302


def test_an_answer_counts_once(ahausen, person, visitor, provider):
    person(ahausen, Role.EDITOR, email=EVA)
    client = visitor("ahausen")
    answered = back(to_service(client, connect(ahausen, provider)))
    assert client.get(answered).status_code == 302
    client.post("/konto/abmelden/")
    assert client.get(answered).status_code == 401


def test_a_token_for_another_question_is_refused(ahausen, person, visitor, provider):
    """Somebody swaps the nonce on the way to the service: its token then answers a question we never asked."""
    person(ahausen, Role.EDITOR, email=EVA)
    client = visitor("ahausen")
    page = to_service(client, connect(ahausen, provider))
    nonce = parse_qs(urlsplit(page).query)["nonce"][0]
    assert client.get(back(page.replace(nonce, "eine-andere"))).status_code == 401
    assert client.get("/konto/").status_code == 302


def _impostor(environ, start_response):
    """Says it is another service, whose parts it has copied."""
    start_response("200 OK", [("Content-Type", "application/json")])
    names = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")
    return [
        json.dumps({"issuer": "https://rathaus.example", **dict.fromkeys(names, "https://rathaus.example/x")}).encode()
    ]


def test_a_service_that_calls_itself_otherwise_is_refused(ahausen, signed_in, visitor):
    server = make_server("localhost", 0, _impostor)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        address = f"http://localhost:{server.server_port}"
        answer = signed_in(ahausen, Role.ADMIN).post(SETTINGS, {"enabled": "on", "issuer": address, "client_id": "x"})
        assert "nennt sich „https://rathaus.example“" in answer.content.decode()
        assert visitor("ahausen").get(connect(ahausen, address)).status_code == 401
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(
    "dead", ["http://localhost:1", "https://127.0.0.1:1", "http://10.0.0.1", "https://rathaus.invalid"]
)
def test_a_service_that_does_not_answer_is_said_in_words(ahausen, visitor, dead):
    answer = visitor("ahausen").get(connect(ahausen, dead))
    assert answer.status_code == 401
    assert "Die Anmeldung hat nicht geklappt" in answer.content.decode()


def test_who_breaks_off_comes_back_to_the_sign_in_page(ahausen, visitor, provider):
    client = visitor("ahausen")
    start = connect(ahausen, provider)
    state = parse_qs(urlsplit(to_service(client, start)).query)["state"][0]
    answer = client.get(f"{start}zurueck/?error=access_denied&state={state}", follow=True)
    assert "Sie haben sich nicht angemeldet" in answer.content.decode()


def test_an_inactive_account_stays_outside(ahausen, person, visitor, provider):
    user = person(ahausen, Role.EDITOR, email=EVA)
    with inside(ahausen):
        User.objects.filter(pk=user.pk).update(is_active=False)
    client = visitor("ahausen")
    assert sign_in(client, connect(ahausen, provider)).url == "/konto/inaktiv/"
    assert client.get("/konto/").status_code == 302


@pytest.mark.parametrize(("vouches", "page"), [(True, "/konto/"), (False, f"{PAGE}?next=/konto/")])
def test_the_second_factor_of_the_service_counts_where_the_municipality_says_so(
    ahausen, person, visitor, provider, vouches, page
):
    person(ahausen, Role.EDITOR, email=EVA)
    start = connect(ahausen, provider, second_factor=vouches)
    demand(ahausen)
    client = visitor("ahausen")
    sign_in(client, start)
    answer = client.get("/konto/")
    assert (answer.url if answer.status_code == 302 else "/konto/") == page


def test_nothing_of_the_request_decides_what_the_service_is_asked(ahausen, visitor, provider):
    start = connect(ahausen, provider)
    page = to_service(visitor("ahausen"), start + "?scope=admin&auth_params=prompt%3Dnone&process=connect")
    asked = parse_qs(urlsplit(page).query)
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}
    assert "prompt" not in asked
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"][0].endswith(".localhost:8000" + start + "zurueck/")


def test_an_administrator_sets_it_up_and_the_secret_is_encrypted(ahausen, signed_in, provider):
    client = signed_in(ahausen, Role.ADMIN)
    typed = {"enabled": "on", "issuer": provider + "/", "client_id": "portal", "new_secret": "sehr-geheim"}
    assert client.post(SETTINGS, typed).status_code == 302
    with inside(ahausen):
        row = IdentityProvider.objects.get()
        assert row.secret == "sehr-geheim"
        assert "sehr-geheim" not in row.sealed_secret
        assert Entry.objects.filter(action="account.sign_in_service").count() == 1
    page = client.get(SETTINGS).content.decode()
    assert "sehr-geheim" not in page
    assert "/zurueck/" in page
    assert client.post(SETTINGS, {**typed, "new_secret": ""}).status_code == 302
    with inside(ahausen):
        assert IdentityProvider.objects.get().secret == "sehr-geheim"


@pytest.mark.parametrize(
    ("issuer", "words"),
    [
        ("http://localhost:1", "antwortet nicht"),
        ("http://rathaus.example", "antwortet nicht"),
        ("https://169.254.169.254", "antwortet nicht"),
        ("", "geben Sie Adresse und Client-ID"),
    ],
)
def test_what_is_no_service_cannot_be_switched_on(ahausen, signed_in, issuer, words):
    client = signed_in(ahausen, Role.ADMIN)
    answer = client.post(SETTINGS, {"enabled": "on", "issuer": issuer, "client_id": "portal"})
    assert answer.status_code == 200
    assert words in answer.content.decode()
    with inside(ahausen):
        assert not IdentityProvider.objects.filter(enabled=True).exists()
