"""The editors' lists in a real browser: no barrier, no overflow, and the whole of a bulk action without a script."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from playwright.sync_api import expect

from accounts.models import User
from portal.inventory.bulk.engine import do_part
from portal.inventory.models import BulkRun, SavedFilter
from portal.offers import editing
from portal.offers.models import Offer
from portal.taxonomy.models import Category, District, Marker
from tenants.running.context import inside
from tests.browsing import address, barriers, browser, chromium, sign_in
from tests.conftest import PASSWORD, municipality
from tests.factories import a_provider, an_offer

__all__ = ["address", "browser", "chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-inventory")]
OFFERS, PROVIDERS = "/redaktion/angebote/", "/redaktion/anbieter/"
MERGE = f"{PROVIDERS}zusammenfuehren/"


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    with django_db_blocker.unblock(), inside(municipality("ahausen")):
        editor = User.objects.create_user("redaktion@ahausen.example", PASSWORD, roles=["editor"], name="Mia Weber")
        sport, mitte = Category.objects.create(name="Sport", color="#1f6f43"), District.objects.create(name="Mitte")
        Marker.objects.create(name="Familienkarte")
        club = a_provider(name="Nachbarschaftstreff Malstatt e. V.", city="Ahausen", summary="Wir sind da.")
        double = a_provider(name="Nachbarschaftstreff Malstatt", city="Ahausen", summary="Der Treff.", trusted=True)
        for title in ("Nähcafé", "Fahrrad-Werkstatt-Selbsthilfegruppentreffen", "Chor", "Yoga"):
            an_offer(title=title, provider=club, categories=[sport], places=[{"district": mitte}])
        lost = an_offer(title="Verloren", provider=double)
        editing.trash(lost, by=editor)
        SavedFilter.objects.create(owner=editor, subject="angebote", name="Ferien", query="q=ferien", shared=True)
        BulkRun.objects.create(key="alt", subject="angebote", deed="stimmt", started_by=editor, total=9, done=4)
        found = {each.title: each.pk for each in Offer.objects.all()}
        return found | {each.name: each.pk for each in (club, double)}


@pytest.fixture
def entered(browser, address):
    def at(width: int, **more):
        page = browser.new_page(viewport={"width": width, "height": 800}, **more)
        return sign_in(page, address, "redaktion@ahausen.example")

    return at


def fine(page, where: str) -> list[str]:
    """What is wrong with a page: barriers, and anything wider than the window."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{where}: {each}" for each in barriers(page)] + ([f"{where}: {wide} px too wide"] if wide > 0 else [])


@pytest.mark.parametrize("width", [1280, 320])
def test_no_page_has_a_barrier_or_overflows(filled, entered, address, width):
    page = entered(width)
    club, double = filled["Nachbarschaftstreff Malstatt e. V."], filled["Nachbarschaftstreff Malstatt"]
    wrong = []
    for where in (
        OFFERS,
        f"{OFFERS}?q=gibtesnicht",
        f"{OFFERS}?zustand=public&fehlt=bild&alle=1",
        f"{OFFERS}neu/?wer=malstatt",
        f"{OFFERS}{filled['Chor']}/",
        f"{OFFERS}{filled['Chor']}/was/",
        f"{OFFERS}{filled['Chor']}/uebertragen/?wer=malstatt",
        PROVIDERS,
        f"{PROVIDERS}neu/",
        f"{PROVIDERS}{club}/",
        f"{PROVIDERS}{club}/profil/",
        MERGE,
        f"{MERGE}?a={club}&wer=malstatt",
        f"{MERGE}?a={club}&b={double}",
        f"{MERGE}?a={club}&b={club}",
        "/redaktion/filter/angebote/?q=x",
        "/redaktion/sammelaktionen/",
    ):
        page.goto(f"{address}{where}")
        wrong += fine(page, where)
    page.goto(f"{address}{OFFERS}")
    # One lies over the next: nobody can click them all.
    page.evaluate("document.querySelectorAll('.drop').forEach((menu) => { menu.open = true })")
    wrong += fine(page, "every menu open")
    page.goto(f"{address}{PROVIDERS}neu/")
    page.get_by_role("button", name=re.compile("Weiter")).click()
    wrong += fine(page, "a provider without a name")
    page.goto(f"{address}/redaktion/filter/angebote/?q=x")
    page.get_by_role("button", name="Speichern", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    wrong += fine(page, "a filter without a name")
    assert wrong == []


def test_a_bulk_action_from_filter_to_taking_back_without_a_script(filled, entered, address, django_db_blocker):
    page = entered(1280, java_script_enabled=False)
    page.goto(f"{address}{OFFERS}")
    page.get_by_label("Titel, Anbieter oder Nummer").fill("Malstatt")
    page.get_by_role("button", name="Filtern").click()
    page.get_by_role("link", name=re.compile("Alle 4 ankreuzen")).click()
    page.get_by_label("Mit den angekreuzten Zeilen").select_option("pausieren")
    page.get_by_role("button", name="Weiter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("4 Angebote offline nehmen?")
    page.get_by_label(re.compile("Grund")).fill("Termine fehlen")
    page.get_by_role("button", name="4 Angebote offline nehmen").click()
    expect(page.get_by_text("0 von 4")).to_be_visible()
    work(django_db_blocker)
    page.get_by_role("link", name="Wie weit ist es?").click()
    expect(page.get_by_text("4 von 4 erledigt")).to_be_visible()
    page.get_by_role("button", name=re.compile("Zurücknehmen")).click()
    work(django_db_blocker)
    page.reload()
    expect(page.get_by_text("4 zurückgenommen")).to_be_visible()


def work(django_db_blocker) -> None:
    """What the worker does; in a thread of its own, for Playwright's event loop runs in this one."""

    def run_to_its_end() -> None:
        with inside(municipality("ahausen")):
            run = BulkRun.objects.exclude(key="alt").latest("pk")
            while run.is_running:
                with transaction.atomic():
                    do_part(run=run.pk)
                run.refresh_from_db()
        connection.close()

    with django_db_blocker.unblock(), ThreadPoolExecutor(1) as pool:
        pool.submit(run_to_its_end).result(60)


def test_the_row_menu_and_the_choice_work_by_keyboard(filled, entered, address):
    page = entered(1280)
    page.goto(f"{address}{OFFERS}")
    menu = page.locator(".drop > summary").first
    menu.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".drop__panel").first).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator(".drop__panel a").first).to_be_focused()
    # Each link says of which offer, and the panel does not stay open over what has the focus next.
    links = page.locator(".drop__panel").first.get_by_role("link")
    names = [link.text_content().strip() for link in links.all()]
    title = page.locator("th .rows__main").first.text_content()
    assert names == [
        f"{deed} – {title}" for deed in ("Übersicht", "Bearbeiten", "Einem anderen Anbieter geben", "Öffentliche Seite")
    ]
    for _link in names:
        page.keyboard.press("Tab")
    expect(page.locator(".own__pick").nth(1)).to_be_focused()
    expect(page.locator(".drop[open]")).to_have_count(0)
    box = page.locator(".own__pick").first
    box.focus()
    page.keyboard.press("Space")
    expect(box).to_be_checked()
