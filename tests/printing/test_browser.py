"""In a real browser: the pages have no barrier in any state, fit a small screen, and a paper is made and comes."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from playwright.sync_api import expect

from accounts.models import User
from core.access import Role
from portal.printing import tasks
from portal.printing.models import Paper
from portal.providers.models import Membership
from portal.taxonomy.models import Category
from tenants.running.context import inside
from tests.browsing import address, barriers, browser, chromium, sign_in
from tests.conftest import PASSWORD, municipality
from tests.factories import a_provider, an_offer

__all__ = ["address", "browser", "chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-printing")]
AT = "/redaktion/drucksachen/"


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    with django_db_blocker.unblock(), inside(municipality("ahausen")):
        User.objects.create_user("paula@amt.example", PASSWORD, roles=[Role.EDITOR], name="Paula Press")
        helga = User.objects.create_user("helga@verein.example", PASSWORD, name="Helga Verein")
        club = a_provider(name="Turnverein")
        Membership.objects.create(provider=club, user=helga, role=Membership.Role.ADMINISTRATOR)
        an_offer(title="Bewegungsangebotsübersicht", provider=club)
        an_offer(title="Rechtsschutzversicherungsgesellschaften", categories=[Category.objects.create(name="Sport")])
        says = {"about": "portal", "headline": "Hallo"}
        for state in ("new", "making", "failed"):
            Paper.objects.create(
                key=state, kind="poster", title=f"Donaudampfschifffahrtsgesellschaft {state}", says=says, state=state,
                trouble="broken" if state == "failed" else "", done=2, total=5,
            )  # fmt: skip


@pytest.fixture
def editor(browser, address):
    def at(width: int, **options):
        page = browser.new_page(viewport={"width": width, "height": 800}, **options)
        return sign_in(page, address, "paula@amt.example")

    return at


@pytest.mark.parametrize("options", [{"width": 1280}, {"width": 320, "color_scheme": "dark"}])
def test_pages_have_no_barrier_and_fit(editor, address, options):
    page = editor(options.pop("width"), **options)
    pages = ["", "programm/", "werbung/", *(f"{pk}/" for pk in (1, 2, 3))]
    for each in pages:
        page.goto(f"{address}{AT}{each}")
        assert barriers(page) == [], each
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), each
    page.goto(f"{address}{AT}programm/")
    page.locator(".paperform button[type=submit]").click()
    summary = page.locator("#fehler")
    expect(summary).to_be_focused()
    assert barriers(page) == []
    summary.get_by_role("link").first.click()
    expect(page.locator("#id_title")).to_be_focused()


@pytest.mark.parametrize("options", [{"width": 1280}, {"width": 390, "color_scheme": "dark"}])
def test_what_providers_print_themselves_has_no_barrier_and_fits(filled, browser, address, options):
    width = options.pop("width")
    page = sign_in(
        browser.new_page(viewport={"width": width, "height": 800}, **options), address, "helga@verein.example"
    )
    page.goto(f"{address}/konto/aushang/")
    assert page.locator("main h1").count() == 1
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_programme_is_made_while_one_looks_on(editor, address, django_db_blocker):
    page = editor(1280)
    page.goto(f"{address}{AT}programm/")
    page.get_by_label("Titel auf der Titelseite").fill("Sommer")
    page.get_by_role("button", name="Speichern und weiter").click()
    expect(page.get_by_text("Angebote heute")).to_be_visible()
    page.get_by_role("button", name="PDF herstellen").click()
    expect(page.get_by_role("status").filter(has_text="Es wartet")).to_be_visible()
    page.get_by_role("button", name="Herstellen abbrechen").click()
    expect(page.get_by_text("Es ist nichts verloren")).to_be_visible()
    page.get_by_role("button", name="PDF herstellen").click()
    expect(page.get_by_role("status").filter(has_text="Es wartet")).to_be_visible()

    def work():
        try:
            with django_db_blocker.unblock(), inside(municipality("ahausen")):
                tasks.make_paper(paper=Paper.objects.get(title="Sommer").pk)
        finally:
            connections.close_all()

    # In a thread of its own, because Playwright's loop runs in this one.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(work).result()
    # No reload by hand: the page asks by itself.
    link = page.get_by_role("link", name=re.compile("PDF herunterladen"))
    expect(link).to_be_visible(timeout=15_000)
    assert barriers(page) == []
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == "sommer.pdf"
