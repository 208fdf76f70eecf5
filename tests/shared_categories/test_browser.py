"""The pages in a real Chromium: axe at both widths, no sideways scrolling, and all of it without a script."""

import os
from datetime import date
from pathlib import Path

import pytest

from shared_categories import services, start, uses
from shared_categories.models import Entry
from tenants.running.context import inside_public
from tests.architecture.test_access import session_of
from tests.browsing import address, barriers, barriers_in_the_dark, browser, chromium  # noqa: F401
from tests.conftest import municipality
from tests.people.cast import an_account
from tests.shared_categories.conftest import BY

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-catalogue")]
HERE = "/betrieb/kategorien/"
PAGES = (
    HERE,
    f"{HERE}?q=kita",
    f"{HERE}art/zielgruppen/",
    f"{HERE}art/synonyme/neu/",
    f"{HERE}K-003/",
    f"{HERE}K-060/",
    f"{HERE}K-003/uebersetzungen/",
    f"{HERE}K-003/verschieben/",
    f"{HERE}K-003/zusammenfuehren/?into=K-008",
    f"{HERE}K-003/entfernen/",
    f"{HERE}ausgaben/",
    f"{HERE}vergleich/",
    f"{HERE}statistik/?kommune=ahausen&kommune=bedorf",
)


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    with django_db_blocker.unblock(), inside_public():
        session = session_of(an_account("betrieb@platform.example", "operator"))
        start.begin(by=BY)
        services.issue_release("Die erste Ausgabe: die Listen des Originals, verbessert.", by=BY)
        for slug, offers in (("ahausen", 12), ("bedorf", 40)):
            uses.note(municipality(slug), {"K-003": offers, "K-001": offers + 9}, date(2026, 11, 28))
        named = {each.code: each for each in Entry.objects.filter(code__in=["K-003", "K-060", "K-061", "K-064"])}
        services.change(named["K-003"], by=BY, name="Nachhilfe", definition="Hilfe bei Hausaufgaben und Schulstoff.")
        services.merge(named["K-060"], into=named["K-064"], by=BY)
        services.remove(named["K-061"], by=BY)
        yield session


def opened(browser, address, session, path, width, **more):  # noqa: F811 - the fixtures of browsing
    context = browser.new_context(viewport={"width": width, "height": 900}, **more)
    context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    page = context.new_page()
    assert page.goto(f"{address}{path}").status == 200
    return page


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(browser, address, filled, path, width):  # noqa: F811
    page = opened(browser, address.replace("ahausen.", ""), filled, path, width)
    if folder := os.environ.get("CATALOGUE_PICTURES"):
        name = path.strip("/").replace("/", "-").replace("?", "-").partition("&")[0]
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
    assert barriers(page) == []
    if width == 1280:
        assert barriers_in_the_dark(page) == []
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0


def test_an_entry_is_added_moved_and_removed_without_a_script(browser, address, filled):  # noqa: F811
    page = opened(browser, address.replace("ahausen.", ""), filled, HERE, 390, java_script_enabled=False)
    page.click("text=Thema hinzufügen")
    page.fill("input[name=name]", "Probe ohne Skript")
    page.click("main form button:has-text('Hinzufügen')")
    assert "Probe ohne Skript ist in der Arbeitsfassung." in page.content()
    page.click("text=Verschieben …")
    page.select_option("select[name=parent]", "K-001")
    page.click("main form button:has-text('Verschieben')")
    assert "ist verschoben" in page.content()
    page.click("text=Entfernen …")
    page.click("main form button:has-text('Entfernen')")
    assert "fällt mit der nächsten Ausgabe weg" in page.content()
