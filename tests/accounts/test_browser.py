"""The pages of one's own account in a real Chromium: axe at both widths, and a passkey of a made-up device."""

import re

import pytest

from accounts.models import User
from core.access import Role
from portal.preferences.models import Preferences
from portal.providers.models import Membership
from tenants.running.context import inside
from tests.accounts.factors import PAGE
from tests.browsing import address, barriers, browser, chromium  # noqa: F401
from tests.conftest import PASSWORD, municipality
from tests.factories import a_provider

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-accounts")]
EDITOR, PROVIDER = "miriam@ahausen.example", "helga@verein.example"


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    with django_db_blocker.unblock(), inside(municipality("ahausen")):
        User.objects.create_user(EDITOR, PASSWORD, roles=[Role.EDITOR, Role.ADMIN])
        helga = User.objects.create_user(PROVIDER, PASSWORD)
        Membership.objects.create(user=helga, provider=a_provider(), role=Membership.Role.ADMINISTRATOR)
        Preferences.objects.update(terms_version=1, terms_note="Neu ist Absatz 3.")
    return True


@pytest.fixture(params=[390, 1280])
def page(request, address, browser):  # noqa: F811
    context = browser.new_context(viewport={"width": request.param, "height": 844}, locale="de-DE")
    return context.new_page()


def sign_in(page, address, email):  # noqa: F811
    page.goto(address + "/konto/anmelden/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    page.click("main form button[type=submit]")


def clean(page):
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_every_page_is_accessible_also_with_errors(page, address):  # noqa: F811
    page.goto(address + "/konto/anmelden/")
    clean(page)
    sign_in(page, address, EDITOR)
    page.goto(address + PAGE + "app/")
    page.fill("[name=password]", "falsch")
    page.click("main form button[type=submit]")
    clean(page)
    page.fill("[name=password]", PASSWORD)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/app/")
    page.fill("[name=code]", "000000")
    page.click("main form button[type=submit]")
    assert "field--error" in page.content()
    clean(page)
    for path in (
        "/konto/sicherheit/",
        PAGE,
        PAGE + "schluessel/neu/",
        "/konto/sicherheit/sitzungen/",
        "/konto/sicherheit/adresse/",
        "/konto/daten/",
        "/konto/daten/loeschen/",
        "/redaktion/einstellungen/anmeldung/",
        "/redaktion/einstellungen/anmeldedienst/",
    ):
        assert page.goto(address + path).status == 200
        clean(page)


def test_the_terms_are_accessible_and_lead_on(page, address):  # noqa: F811
    sign_in(page, address, PROVIDER)
    if "/nutzungsbedingungen/" in page.url:
        clean(page)
        page.click("text=Gelesen, ich stimme zu")
    assert page.url == address + "/konto/"


def test_a_passkey_is_set_up_and_signs_in_alone(address, browser):  # noqa: F811
    context = browser.new_context(locale="de-DE")
    page = context.new_page()
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {**options, "isUserVerified": True, "automaticPresenceSimulation": True}},
    )
    sign_in(page, address, EDITOR)
    page.goto(address + PAGE + "schluessel/neu/")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/schluessel/neu/")
    page.fill("[name=name]", "Mein Laptop")
    page.check("[name=passwordless]")
    page.click("text=Passkey einrichten >> nth=-1")
    page.wait_for_url("**/ersatzcodes/")
    assert len(re.findall(r"<li><code>", page.content())) == 10
    clean(page)
    page.goto(address + PAGE + "schluessel/")
    assert "Mein Laptop" in page.content()
    clean(page)
    context.clear_cookies()
    page.goto(address + "/konto/anmelden/")
    page.click("text=Mit Passkey anmelden")
    page.wait_for_url(address + "/konto/")
    context.clear_cookies()
    sign_in(page, address, EDITOR)
    assert page.url == address + "/konto/anmelden/zweiter-faktor/"
    clean(page)
    page.click("text=Passkey benutzen")
    page.wait_for_url(address + "/konto/")
