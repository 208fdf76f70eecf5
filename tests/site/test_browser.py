"""Menus, legal pages, go-live check, pictures, redirects and news in a real browser: nothing for axe to say, nothing
wider than the screen, and a menu that was changed shows at the next request."""

from io import BytesIO
from types import SimpleNamespace

import httpx
import pytest
from PIL import Image
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import expect

from accounts.models import User
from core.access import Role
from portal.media.services import receive
from portal.news.models import NewsItem
from portal.pages.models import Redirect
from portal.preferences.models import Preferences
from portal.site.models import Kind, MenuItem, Place
from tenants.running.context import inside
from tests.browsing import address, barriers, browser, chromium, sign_in
from tests.conftest import PASSWORD, municipality

__all__ = ["address", "browser", "chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-site")]
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsfortbildungsverein"[:60]


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock(), inside(municipality("ahausen")):
        Preferences.load()
        Preferences.objects.update(second_factor="nobody")
        User.objects.create_user("mia@ahausen.example", PASSWORD, name="Mia Weber", roles=[Role.EDITOR.value])
        about = MenuItem.objects.get(page__slug="ueber-uns")
        MenuItem.objects.create(place=Place.HEADER, kind=Kind.LINK, label=LONG, link="https://x.example/", parent=about)
        top = MenuItem.objects.create(place=Place.FOOTER, kind=Kind.HEADING, label="Rathaus", position=9)
        MenuItem.objects.create(place=Place.FOOTER, kind=Kind.LINK, label="Ämter", link="/aemter/", parent=top)
        Redirect.objects.create(old_path=f"/{LONG}", new_path=f"/angebote/?q={LONG}")
        item = NewsItem.objects.create(title=f"Fest {LONG}", text="Kommt alle.", day="2026-01-02", released=True)
        NewsItem.objects.create(title="Alt", text=LONG, day="2024-01-02", released=True)
        content = BytesIO()
        Image.new("RGB", (300, 200), "red").save(content, "PNG")
        picture = receive(content, by="test")
        return SimpleNamespace(item=item.get_absolute_url(), news=item.pk, picture=picture.pk, about=about.pk)


@pytest.fixture
def entered(browser, address):
    def at(width: int) -> BrowserPage:
        return sign_in(browser.new_page(viewport={"width": width, "height": 800}), address, "mia@ahausen.example")

    return at


def seen(page: BrowserPage) -> tuple[list[str], bool, bool]:
    """What axe objects to, and whether the page fits a screen and a small telephone; it is loaded once."""
    fits = []
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        fits.append(page.evaluate("document.documentElement.scrollWidth") <= width)
    return barriers(page), *fits


def test_no_page_has_a_barrier_or_overflows(entered, address, filled):
    page, desk = entered(1280), f"{address}/redaktion"
    found = {}
    for path in (
        "/redaktion/menues/", f"/redaktion/menues/{filled.about}/", "/redaktion/rechtliches/",
        "/redaktion/rechtliches/datenschutz/", "/redaktion/rechtliches/impressum/text/", "/redaktion/start-check/",
        "/redaktion/medien/", f"/redaktion/medien/{filled.picture}/", "/redaktion/medien/neu/",
        "/redaktion/weiterleitungen/", "/redaktion/weiterleitungen/tabelle/", "/redaktion/aktuelles/",
        f"/redaktion/aktuelles/{filled.news}/", "/aktuelles/", filled.item, "/",
    ):  # fmt: skip
        page.goto(address + path)
        found[path] = seen(page)
    for path in ("/menues/neu/", "/medien/neu/", "/weiterleitungen/tabelle/", "/aktuelles/neu/"):
        page.goto(desk + path)
        page.locator("main form button[type=submit]").last.click()
        expect(page.get_by_role("alert")).to_be_focused()
        found[f"{path} with errors"] = seen(page)
    assert found == dict.fromkeys(found, ([], True, True))


@pytest.mark.parametrize("width", [1280, 390])
def test_the_second_level_opens_and_closes_by_keyboard(browser, address, filled, width):
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(address)
    if width == 390:
        page.locator(".menu > summary").click()
    group = page.locator(".nav__group > summary")
    expect(page.get_by_role("link", name=LONG)).to_be_hidden()
    group.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=LONG)).to_be_visible()
    assert barriers(page) == []
    page.keyboard.press("Tab")
    expect(page.locator(".nav__below a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(group).to_be_focused()
    expect(page.get_by_role("link", name=LONG)).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_entry_moves_by_its_buttons_and_the_place_is_said(entered, address, filled):
    page = entered(1280)
    host = address.partition("//")[2]
    visitor = httpx.Client(base_url=address.replace("ahausen.localhost", "127.0.0.1"), headers={"Host": host})
    first, second = 'href="/impressum/"', 'href="/kontakt/"'

    def order() -> bool:
        """Whether a visitor sees the imprint first; what stands before them was remembered by the process."""
        foot = [visitor.get("/anbieter/").text.partition("<footer")[2] for _visit in range(2)]
        assert foot[0] == foot[1]
        return foot[0].index(first) < foot[0].index(second)

    assert not order()
    page.goto(f"{address}/redaktion/menues/")
    page.get_by_role("button", name="Kontakt: nach unten").click()
    expect(page.get_by_text("„Kontakt“ steht jetzt auf der oberen Ebene, an Stelle 2 von 6.")).to_be_visible()
    assert order()
    page.get_by_role("button", name="Kontakt: unter den Eintrag darüber").click()
    expect(page.get_by_text("„Kontakt“ steht jetzt unter „Impressum“, an Stelle 1 von 1.")).to_be_visible()
    page.get_by_role("button", name="Kontakt: auf die obere Ebene").click()
    expect(page.get_by_text("„Kontakt“ steht jetzt auf der oberen Ebene, an Stelle 2 von 6.")).to_be_visible()
