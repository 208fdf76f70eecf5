"""The pages about people in a real Chromium: axe on pages and errors, narrow, dark, forced colours, by keyboard, and
helping a provider from the first click to the last."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import ActingSession
from audit.services import record
from portal.organisations.models import digest_of
from portal.people import inviting
from portal.people.models import RoleInvitation
from portal.preferences.models import Preferences
from tenants.running.context import inside
from tests.architecture.test_access import session_of
from tests.browsing import address, barriers, browser, chromium  # noqa: F401
from tests.conftest import municipality
from tests.factories import a_provider, an_offer
from tests.people.cast import a_providers, an_account

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-people")]
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    with django_db_blocker.unblock(), inside(municipality("ahausen")):
        Preferences.load()
        club = a_provider(name=f"Lesepaten {LONG}")
        anna, ines = an_account("anna@amt.example", "admin"), a_providers("ines@lesen.example", provider=club)
        miriam = an_account("miriam@amt.example", "editor")
        an_account(f"{'m' * 60}@sehr-lange-adresse.example", "planner", is_active=False)
        record("revision.applied", an_offer(provider=club, title=LONG), by=anna)
        inviting.invite("neu@amt.example", "editor", by=anna)
        now = timezone.now()
        RoleInvitation.objects.create(
            email="alt@amt.example",
            role="planner",
            digest=digest_of("geheim"),
            created_at=now,
            expires_at=now + timedelta(days=7),
        )
        ActingSession.objects.create(
            helper=anna,
            helper_name=str(anna),
            person=ines,
            reason="Hilfe am Telefon",
            started_at=now - timedelta(hours=3),
            ends_at=now - timedelta(hours=2),
            ended_at=now - timedelta(hours=2),
            ended_by="time",
        )
        yield {
            "pk": ines.pk,
            "anna": session_of(anna),
            "ines": session_of(ines),
            "miriam": session_of(miriam),
        }


@pytest.fixture
def open_page(filled, address, browser):  # noqa: F811
    """`open_page("/redaktion/personen/", who="anna")` at 320 px, where everything is narrowest."""

    def opened(path, who="anna", width=320, **options):
        context = browser.new_context(viewport={"width": width, "height": 844}, locale="de-DE", **options)
        if who:
            context.add_cookies([{"name": "sessionid", "value": filled[who], "url": address}])
        page = context.new_page()
        page.goto(address + path)
        return page

    return opened


def clean(page, *, colours: bool = True, width: int = 320) -> None:
    # Forced colours are the person's own: what the style sheet says of contrast counts for nothing then.
    assert barriers(page, colours=colours) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


PAGES = [
    "/redaktion/personen/",
    "/redaktion/personen/?q=niemandmitdiesemnamen",
    "/redaktion/personen/{pk}/",
    "/redaktion/personen/{pk}/anmelden-als/",
    "/redaktion/personen/einladungen/",
    "/redaktion/personen/rechte/",
    "/redaktion/protokoll/",
    "/redaktion/protokoll/?sache=gibtesnicht",
    "/konto/einladung/rolle/unbekannt/",
]


@pytest.mark.parametrize("options", [{}, {"forced_colors": "active"}, {"color_scheme": "dark"}])
def test_every_page_is_clean_at_320_pixels(open_page, filled, options):
    for path in PAGES:
        page = open_page(path.format(**filled), **options)
        expect(page.locator("h1")).to_be_visible()
        page.evaluate("document.querySelectorAll('main details').forEach(each => each.open = true)")
        clean(page, colours="forced_colors" not in options)
        page.context.close()


def test_and_wide(open_page, filled):
    for path in PAGES:
        page = open_page(path.format(**filled), width=1280)
        clean(page, width=1280)
        page.context.close()


def test_an_invitation_without_an_account(open_page):
    page = open_page("/konto/einladung/rolle/geheim/", who="")
    clean(page)
    page.get_by_role("button", name="Konto anlegen").click()
    expect(page.locator("#fehler")).to_be_focused()
    clean(page)


def test_errors_stand_above_with_the_focus_and_beside_the_field(open_page, filled):
    page = open_page("/redaktion/personen/einladungen/")
    page.get_by_role("button", name="Einladung schicken").click()
    expect(page.locator("#fehler")).to_be_focused()
    assert page.title().startswith("Fehler:")
    clean(page)
    page = open_page(f"/redaktion/personen/{filled['pk']}/anmelden-als/")
    page.get_by_role("button", name="Als Ines anmelden").click()
    expect(page.locator("#fehler")).to_be_focused()
    clean(page)


def test_helping_from_the_first_click_to_the_last_by_keyboard(open_page, filled):
    page = open_page(f"/redaktion/personen/{filled['pk']}/", who="miriam")
    page.get_by_role("link", name="Als Ines anmelden …").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Warum?").fill("Hilfe am Telefon: Bild")
    page.keyboard.press("Enter")
    banner = page.get_by_role("region", name="Sie handeln als jemand anderes")
    expect(banner).to_contain_text("Sie handeln als Ines.")
    clean(page)
    for path in ("/", "/konto/angebote/", "/konto/sicherheit/"):
        page.goto(page.url.split("/konto")[0].rstrip("/") + path)
        expect(banner).to_be_visible()
        clean(page)
    expect(page.locator("h1")).to_have_text("Das darf nur die Person selbst")
    banner.get_by_role("button", name="Beenden").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Sie sind wieder Sie selbst.")).to_be_visible()
    expect(banner).to_have_count(0)


def test_what_the_provider_sees(open_page):
    page = open_page("/konto/zugriffe/", who="ines")
    expect(page.get_by_text("Grund: Hilfe am Telefon").first).to_be_visible()
    clean(page)
