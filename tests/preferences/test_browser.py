"""The pages of the rules in a real Chromium: axe, narrow, dark, right to left, live and without scripts."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from accounts.models import User
from core.access import Role
from portal.preferences.models import Preferences
from portal.preferences.rulebook import OWN, SIGNING_IN
from tenants.running.context import inside
from tests.architecture.test_access import session_of
from tests.browsing import address, barriers, browser, chromium  # noqa: F401
from tests.conftest import municipality
from tests.factories import an_offer

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-preferences")]
BASE = "/redaktion/einstellungen/"
# To look at the pages with one's own eyes: PICTURES=/tmp/somewhere
PICTURES = os.environ.get("PICTURES", "")


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    with django_db_blocker.unblock(), inside(municipality("ahausen")):
        Preferences.load()
        Preferences.objects.update(latitude=49.236, longitude=7.0)
        for number in range(3):
            an_offer(title=f"Kurs {number}")
        editor = User.objects.create_user("redaktion@ahausen.example", roles=[Role.EDITOR])
        yield {"editor": session_of(editor)}


@pytest.fixture
def open_page(filled, address, browser):  # noqa: F811
    def opened(path, *, width=320, **options):
        context = browser.new_context(viewport={"width": width, "height": 844}, locale="de-DE", **options)
        context.add_cookies([{"name": "sessionid", "value": filled["editor"], "url": address}])
        page = context.new_page()
        page.goto(address + path)
        return page

    return opened


def clean(page, *, width=320, colours: bool = True) -> None:
    assert barriers(page, colours=colours) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def look(page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("slug", ["", *(each.slug for each in OWN if each is not SIGNING_IN)])
def test_each_page_is_clean_when_it_is_narrow(open_page, slug):
    page = open_page(f"{BASE}{slug + '/' if slug else ''}")
    clean(page)
    look(page, f"{slug or 'alle'}-320")


@pytest.mark.parametrize("options", [{"forced_colors": "active"}, {"color_scheme": "dark"}])
def test_other_colours(open_page, options):
    page = open_page(f"{BASE}orte/", **options)
    clean(page, colours="forced_colors" not in options)


def test_right_to_left(open_page):
    page = open_page(f"{BASE}suche/?sprache=ar")
    clean(page)


def test_the_effect_shows_while_somebody_chooses_and_nothing_is_saved(open_page, filled):
    page = open_page(f"{BASE}namen/", width=1280)
    look(page, "namen-1280")
    one = page.locator("#id_offers_name")
    one.fill("Kurse")
    one.press("Tab")
    expect(page.locator("#wirkung-offers")).to_contain_text("„12 Kurse gefunden“")
    expect(page.locator("#ungespeichert")).to_contain_text("1 Regel geändert")
    expect(page.locator("#id_offers_name")).to_have_value("Kurse")
    clean(page, width=1280)
    look(page, "namen-live-1280")
    page.reload()
    expect(page.locator("#id_offers_name")).to_have_value("Angebote")


def test_a_mistake_is_named_and_reached_by_the_keyboard(open_page):
    page = open_page(f"{BASE}orte/", width=1280)
    page.locator("#id_usual_radius").fill("0")
    page.get_by_role("button", name="Speichern", exact=True).last.click()
    expect(page).to_have_title(re.compile("^Fehler: Regeln: Orte und Umkreis · "))
    assert page.evaluate("document.activeElement.id") == "fehler"
    clean(page, width=1280)
    look(page, "orte-fehler-1280")


def test_without_scripts_the_effect_has_a_button_and_groups_move(open_page):
    page = open_page(f"{BASE}suche/", width=1280, java_script_enabled=False)
    page.locator('button[name="runter"][value="topic"]').click()
    expect(page.locator(".ranks li").first).to_contain_text("Wann")
    page.get_by_role("button", name="Wirkung zeigen").click()
    expect(page.locator("#ungespeichert")).to_contain_text("1 Regel geändert")
    look(page, "suche-1280")
