"""The pages of registration and of an organisation's people in a real Chromium: axe, narrow, dark, right to left."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from core.access import Role
from portal.organisations import inviting
from portal.organisations.models import Invitation, JoinRequest, digest_of
from portal.preferences.models import Preferences
from portal.providers.models import Membership
from tenants.running.context import inside
from tests.architecture.test_access import session_of
from tests.browsing import address, barriers, browser, chromium  # noqa: F401
from tests.conftest import municipality
from tests.factories import a_provider

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-organisations")]


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    with django_db_blocker.unblock(), inside(municipality("ahausen")):
        Preferences.load()
        club = a_provider(name="Nachbarschaftstreff")
        a_provider(name="Volkshochschule Völklingen"), a_provider(name="Volkshochschule an der Saar")
        lonely = a_provider(name="Ohne Leute")
        helga = User.objects.create_user("helga@verein.example", name="Helga Brandt")
        Membership.objects.create(provider=club, user=helga, role=Membership.Role.ADMINISTRATOR)
        for number in range(3):
            user = User.objects.create_user(f"m{number}@verein.example", name=f"Mitglied {number}")
            Membership.objects.create(provider=club, user=user, role=Membership.Role.MEMBER)
        new = User.objects.create_user("neu@verein.example", name="Neue Person")
        JoinRequest.objects.create(provider=club, user=new)
        JoinRequest.objects.create(provider=lonely, user=new)
        inviting.invite(club, "eingeladen@verein.example", role="member", by=helga)
        now = timezone.now()
        Invitation.objects.create(
            provider=lonely,
            email="wer@verein.example",
            digest=digest_of("geheim"),
            created_at=now,
            expires_at=now + timedelta(days=7),
        )
        editor = User.objects.create_user("redaktion@ahausen.example", roles=[Role.EDITOR])
        yield {"club": club.pk, "helga": session_of(helga), "new": session_of(new), "editor": session_of(editor)}


@pytest.fixture
def open_page(filled, address, browser):  # noqa: F811
    """`open_page("/konto/anbieter/", who="helga")` at 320 px, where everything is narrowest."""

    def opened(path, who="", **options):
        context = browser.new_context(viewport={"width": 320, "height": 844}, locale="de-DE", **options)
        if who:
            context.add_cookies([{"name": "sessionid", "value": filled[who], "url": address}])
        page = context.new_page()
        page.goto(address + path)
        return page

    return opened


def clean(page, *, colours: bool = True) -> None:
    # Forced colours are the person's own: what the style sheet says of contrast counts for nothing then.
    assert barriers(page, colours=colours) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("options", [{}, {"forced_colors": "active"}, {"color_scheme": "dark"}])
def test_registering_and_its_questions(open_page, options):
    page = open_page("/konto/registrieren/", **options)
    own = "forced_colors" not in options
    clean(page, colours=own)
    page.get_by_label("Ihre E-Mail-Adresse").fill("helga@gmial.com")
    page.get_by_label("Ein Passwort").fill("kaffee-bruecke-montag-regen")
    page.get_by_role("button", name="Konto anlegen").last.click()
    assert page.title().startswith("Fehler:")
    assert page.evaluate("document.activeElement.id") == "fehler"
    page.get_by_role("link", name="Ihr Name: Bitte füllen Sie dieses Feld aus.").click()
    assert page.evaluate("document.activeElement.id") == "id_person"
    assert page.get_by_text("Meinten Sie helga@gmail.com?").is_visible()
    clean(page, colours=own)


def test_finding_ones_organisation(open_page):
    page = open_page("/konto/registrieren/")
    assert not page.get_by_label("Welche ist es?").is_visible()
    page.get_by_label("Ja, und ich möchte dazukommen").check()
    page.get_by_label("Welche ist es?").fill("volkshochschule")
    page.get_by_role("button", name="Nach diesem Namen suchen").click()
    assert page.get_by_label("Volkshochschule Völklingen").is_visible()
    # What nobody was asked yet is no mistake.
    assert page.get_by_text("Bitte füllen Sie dieses Feld aus.").count() == 0
    clean(page)


@pytest.mark.parametrize(
    ("path", "who"),
    [
        ("/konto/anbieter/", "helga"),
        ("/konto/anbieter/", "new"),
        ("/konto/anbieter/neu/", "helga"),
        ("/konto/einladung/geheim/", ""),
        ("/konto/einladung/geheim/", "helga"),
        ("/konto/einladung/falsch/", ""),
        ("/redaktion/beitritte/", "editor"),
        ("/redaktion/einstellungen/registrierung/", "editor"),
        ("/konto/bestaetigen/falsch/", ""),
    ],
)
def test_every_page_is_accessible(open_page, path, who):
    clean(open_page(path, who))


@pytest.mark.parametrize("options", [{}, {"java_script_enabled": False}])
def test_the_people_with_everything_open(filled, open_page, options):
    page = open_page(f"/konto/anbieter/{filled['club']}/personen/", "helga", **options)
    for summary in page.locator("main details > summary").all():
        summary.click()
    if not options:
        clean(page)
    page.get_by_label("E-Mail-Adresse").fill("a@b")
    page.get_by_role("button", name="Einladung schicken").click()
    assert page.title().startswith("Fehler:")
    page.locator("main summary", has_text="Ablehnen").click()
    page.get_by_role("button", name="Ablehnen").last.click()
    assert page.get_by_text("Bitte schreiben Sie, warum.").first.is_visible()
    if not options:
        clean(page)


def test_by_keyboard_alone_somebody_is_made_responsible(filled, open_page):
    page = open_page(f"/konto/anbieter/{filled['club']}/personen/", "helga")
    page.get_by_role("button", name="Verantwortlich machen – Mitglied 2").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Gespeichert.").wait_for()
    assert page.get_by_role("button", name="Nicht mehr verantwortlich – Mitglied 2").is_visible()
