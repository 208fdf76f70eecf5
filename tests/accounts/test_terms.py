"""Terms of use by version: providers agree once to each, before they go on, and lose nothing they typed."""

import pytest

from accounts.models import User
from audit.models import Entry
from core.access import Role
from portal.preferences.models import Preferences
from tenants.running.context import inside

PAGE = "/konto/nutzungsbedingungen/"
SETTINGS = "/redaktion/einstellungen/anmeldung/"


def renew(client, seen, note="Neu ist Absatz 3."):
    return client.post(SETTINGS, {"bedingungen": "1", "version": seen, "note": note})


def counts(where, version, note=""):
    with inside(where):
        Preferences.objects.update(terms_version=version, terms_note=note)


def test_providers_are_asked_once_and_go_on_where_they_wanted(ahausen, signed_in):
    provider = signed_in(ahausen, Role.PROVIDER)
    assert provider.get("/konto/angebote/").status_code == 200
    counts(ahausen, 1, "Neu ist Absatz 3.")
    assert provider.get("/konto/angebote/?seite=1").url == f"{PAGE}?next=/konto/angebote/%3Fseite%3D1"
    page = provider.get(f"{PAGE}?next=/konto/angebote/%3Fseite%3D1").content.decode()
    assert "Neu ist Absatz 3." in page
    assert 'href="/nutzungsbedingungen/"' in page
    for _twice in range(2):
        answer = provider.post(PAGE, {"version": "1", "next": "/konto/angebote/?seite=1"})
        assert answer.url == "/konto/angebote/?seite=1"
    assert provider.get("/konto/angebote/").status_code == 200
    with inside(ahausen):
        user = User.objects.get()
        assert (user.terms_version, user.terms_accepted_at is not None) == (1, True)
        assert Entry.objects.filter(action="account.terms").count() == 1
    counts(ahausen, 2)
    assert provider.get("/konto/angebote/").status_code == 302


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADMIN, Role.PLANNER])
def test_the_town_hall_is_not_asked(ahausen, signed_in, role):
    client = signed_in(ahausen, role)
    counts(ahausen, 1)
    assert client.get("/konto/").status_code == 200


def test_own_data_signing_out_and_public_pages_stay_open(ahausen, signed_in):
    client = signed_in(ahausen, Role.PROVIDER)
    counts(ahausen, 1)
    for address in ("/konto/daten/", "/", "/angebote/", "/nutzungsbedingungen/", "/konto/sicherheit/"):
        assert client.get(address).status_code in {200, 404}, address
    assert client.post("/konto/abmelden/").status_code == 302


def test_agreeing_to_what_was_replaced_meanwhile_does_not_count(ahausen, signed_in):
    client = signed_in(ahausen, Role.PROVIDER)
    counts(ahausen, 2)
    assert client.post(PAGE, {"version": "1", "next": "/konto/"}).status_code == 302
    assert client.get("/konto/angebote/").status_code == 302


@pytest.mark.parametrize("following", ["https://boese.example/", "//boese.example", "javascript:alert(1)", ""])
def test_nobody_is_led_elsewhere(ahausen, signed_in, following):
    client = signed_in(ahausen, Role.PROVIDER)
    counts(ahausen, 1)
    assert client.post(PAGE, {"version": "1", "next": following}).url == "/konto/"


def test_an_administrator_raises_the_version_once_however_often_they_press(ahausen, signed_in):
    admin = signed_in(ahausen, Role.ADMIN)
    for _press in range(2):
        assert renew(admin, 0).status_code == 302
    with inside(ahausen):
        assert Preferences.objects.get().terms_version == 1
    assert renew(admin, 1, "").status_code == 200
    assert "Es gilt Fassung 1." in admin.get(SETTINGS).content.decode()


def test_an_administrator_says_who_needs_a_second_factor(ahausen, signed_in):
    admin = signed_in(ahausen, Role.ADMIN)
    assert admin.post(SETTINGS, {"second_factor": "town_hall", "support_consent": "nein"}).status_code == 302
    with inside(ahausen):
        assert Preferences.objects.get().second_factor == "town_hall"
        assert Entry.objects.filter(action="preferences.change").count() == 1


def test_outside_of_the_demo_nobody_can_switch_it_off(ahausen, signed_in, settings):
    admin = signed_in(ahausen, Role.ADMIN)
    settings.DEMO = False
    assert admin.post(SETTINGS, {"second_factor": "nobody"}).status_code == 200


def test_where_nothing_is_to_agree_to_nobody_is_asked(ahausen, signed_in):
    client = signed_in(ahausen, Role.PROVIDER)
    assert client.get(PAGE).url == "/konto/"
    client.post(PAGE, {"version": "0", "next": "/konto/"})
    with inside(ahausen):
        assert User.objects.get().terms_accepted_at is None
