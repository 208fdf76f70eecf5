"""What docs/SECURITY.md claims and no other test looks at: cookies, policies, passwords, where a sign-in leads."""

import re

import pytest

from accounts.models import User
from core.access import Role
from tenants.running.context import inside
from tests.conftest import PASSWORD

SIGN_IN = "/konto/anmelden/"
# Scripts and styles in the page itself; blocks of data are none.
OWN = re.compile(rb"""<[^>]+\s(?:on\w+|style)=|<style|<script(?![^>]*(?:\bsrc=|type="application/))""")
FOREIGN = ["https://boese.example/", "//boese.example/", "/\\boese.example/", "https:boese.example", "javascript:x"]


@pytest.fixture
def behind_tls(settings):
    """Cookies as they are without DEMO."""
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True


def test_cookies_are_for_this_host_and_for_the_browser_alone(ahausen, behind_tls, person, visitor):
    client = visitor("ahausen")
    client.get(SIGN_IN)
    user = person(ahausen, Role.EDITOR)
    client.post(SIGN_IN, {"login": user.email, "password": PASSWORD})
    assert {"sessionid", "csrftoken"} <= client.cookies.keys()
    for name in ("sessionid", "csrftoken"):
        cookie = client.cookies[name]
        assert (cookie["httponly"], cookie["secure"], cookie["samesite"], cookie["domain"]) == (True, True, "Lax", "")


@pytest.mark.parametrize("path", ["/", "/angebote/", "/angebote/?q=turnen", "/kalender/", "/datenschutz/"])
def test_readers_get_no_cookie(ahausen, visitor, path):
    client = visitor("ahausen")
    assert client.get(path).status_code in {200, 301, 404}
    assert client.cookies == {}


def test_who_signs_in_gets_a_new_session(ahausen, person, visitor):
    """Whoever knew the old one (fixation) knows nothing afterwards."""
    client, user = visitor("ahausen"), person(ahausen, Role.EDITOR)
    client.cookies["sessionid"] = "a" * 32
    client.post(SIGN_IN, {"login": user.email, "password": PASSWORD})
    first = client.cookies["sessionid"].value
    assert first != "a" * 32
    client.post("/konto/abmelden/")
    client.post(SIGN_IN, {"login": user.email, "password": PASSWORD})
    assert client.cookies["sessionid"].value not in {"", first}


@pytest.mark.parametrize("path", ["/", "/angebote/", SIGN_IN, "/redaktion/", "/gibt-es-nicht/"])
def test_no_page_allows_a_script_or_a_style_of_its_own_or_says_what_it_runs_on(ahausen, signed_in, path):
    answer = signed_in(ahausen, Role.EDITOR).get(path)
    policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";") if part.strip())
    assert policy["default-src"] == "'none'"
    assert policy["script-src"].split() == ["'self'"]
    assert policy["style-src"].split() == ["'self'"]
    assert policy["base-uri"] == "'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert not {"server", "x-powered-by", "x-runtime"} & {name.lower() for name in answer.headers}
    assert not OWN.search(answer.content)


@pytest.mark.parametrize("next_page", FOREIGN)
def test_a_sign_in_leads_to_no_other_host(ahausen, person, visitor, next_page):
    user = person(ahausen, Role.EDITOR)
    sent = {"login": user.email, "password": PASSWORD, "next": next_page}
    answer = visitor("ahausen").post(f"{SIGN_IN}?next={next_page}", sent)
    assert answer.status_code == 302
    assert re.match(r"/(?![/\\])", answer["Location"])


@pytest.mark.parametrize("password", ["kurz-2026", "password123", "1234567890", "qwertyuiop"])
def test_a_short_or_common_password_is_refused_and_any_other_is_not(ahausen, signed_in, password):
    client = signed_in(ahausen, Role.EDITOR)
    with inside(ahausen):
        user = User.objects.get(email__startswith="editor")
    for wish, taken in ((password, False), ("nur kleine buchstaben und leerzeichen", True)):
        client.post("/konto/sicherheit/", {"oldpassword": PASSWORD, "password1": wish, "password2": wish})
        with inside(ahausen):
            user.refresh_from_db()
        assert user.check_password(wish) is taken
