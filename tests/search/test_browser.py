"""The public pages in a real browser: no barrier, no overflow, no foreign request, and filters that act at once."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from portal.pages.models import Page
from portal.preferences.models import Preferences
from portal.taxonomy.models import Category
from tenants.running.context import inside
from tests.browsing import address, barriers, browser, chromium  # noqa: F401 (fixtures)
from tests.conftest import municipality
from tests.factories import an_offer
from tests.search import corpus

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-search")]


@pytest.fixture(scope="module")
def paths(module_database: None) -> list[str]:
    """A filled municipality and one page of each kind."""
    with inside(municipality("ahausen")):
        corpus.taxonomy()
        corpus.offers(60, 5)
        Category.objects.filter(parent=None).update(color="#00519e", icon="school")
        Preferences.load()
        Preferences.objects.update(place_mode="radius")
        topic = Category.objects.first()
        place = {"name": "Bücherei", "street": "Weg 1", "postcode": "66111", "city": "Saarbrücken"}
        offer = an_offer(title="Zaunkönige zählen", categories=[topic], places=[place], conditions="Einfach kommen")
        page = Page.objects.public().first()
        shown = [offer.get_absolute_url(), offer.provider.get_absolute_url(), page.get_absolute_url()]
    lists = ["/", "/angebote/", "/angebote/?q=chor&alter=7&seite=-1", "/angebote/?q=gibtesnicht", "/anbieter/"]
    first = timezone.localdate()
    lists += ["/angebote/?ansicht=kalender", f"/angebote/?ansicht=kalender&von={first}&bis={first + timedelta(days=6)}"]
    return [*lists, *shown, "/fehlt/"]


@pytest.fixture(scope="module")
def filled(paths: list[str]) -> list[str]:
    return paths


def test_no_public_page_has_a_barrier_overflows_or_asks_a_foreign_host(
    address: str,  # noqa: F811
    browser: Browser,  # noqa: F811
    paths: list[str],
) -> None:
    for width in (1280, 390):
        page = browser.new_page(viewport={"width": width, "height": 900})
        asked: list[str] = []
        breaches: list[str] = []
        page.on("request", lambda request, into=asked: into.append(request.url))
        page.on(
            "console",
            lambda message, into=breaches: into.append(message.text) if "Policy" in message.text else None,
        )
        for path in paths:
            page.goto(address + path)
            assert barriers(page) == [], (path, width)
            assert page.evaluate("() => document.documentElement.scrollWidth") <= width, (path, width)
        assert [url for url in asked if not url.startswith((address, "data:"))] == []
        assert breaches == []
        assert page.context.cookies() == []
        page.close()


def test_a_filter_acts_at_once_and_the_address_can_be_shared(address: str, browser: Browser) -> None:  # noqa: F811
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{address}/angebote/")
    page.get_by_label("kostenfrei").check()
    expect(page).to_have_url(f"{address}/angebote/?kostenfrei=1")
    expect(page.locator("#ergebnis").get_by_role("link", name="Filter entfernen: kostenfrei")).to_be_visible()
    expect(page.get_by_label("kostenfrei")).to_be_focused()
    found = page.locator("#anzahl").text_content()
    page.reload()
    expect(page.get_by_label("kostenfrei")).to_be_checked()
    assert page.locator("#anzahl").text_content() == found
    page.get_by_role("combobox", name="Was suchen Sie?").fill("zaunkönige")
    page.get_by_role("combobox", name="Was suchen Sie?").press("Enter")
    expect(page.locator("#anzahl")).to_contain_text("0 Angebote gefunden")


def test_everything_works_without_a_script(address: str, browser: Browser) -> None:  # noqa: F811
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(address)
    page.get_by_role("searchbox", name="Was suchen Sie?").fill("zaunkönige")
    page.get_by_role("button", name="Suchen").click()
    page.get_by_role("link", name="Zaunkönige zählen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Zaunkönige zählen")
