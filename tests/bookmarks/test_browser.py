"""Bookmarks in a real browser: the hearts, the list, two tabs, somebody else's link, and a browser that forbids all."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browsing import address, browser, chromium  # noqa: F401 (fixtures)
from tests.search.test_browser import filled, paths  # noqa: F401 (fixtures)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-bookmarks")]
BROKEN = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"


def test_offers_are_kept_shown_removed_and_brought_back(address: str, browser: Browser) -> None:  # noqa: F811
    context = browser.new_context()
    page, other = context.new_page(), context.new_page()
    other.goto(f"{address}/merkliste/")
    expect(other.get_by_role("heading", name="Noch nichts gemerkt")).to_be_visible()
    page.goto(f"{address}/angebote/")
    hearts = page.locator("button[data-bookmark]")
    hearts.nth(0).click()
    hearts.nth(1).click()
    expect(hearts.nth(0)).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-bookmarks]")).to_have_text("Merkliste (2)")
    expect(other.locator("[data-bookmarks]")).to_have_text("Merkliste (2)")
    page.goto(f"{address}/merkliste/")
    expect(page.locator(".cards > li:visible")).to_have_count(2)
    page.locator("button[data-bookmark]").first.click()
    expect(page.locator(".cards > li:visible")).to_have_count(1)
    page.get_by_role("button", name="Rückgängig machen").click()
    expect(page.locator(".cards > li:visible")).to_have_count(2)
    page.get_by_role("button", name="Alle entfernen").click()
    expect(page).to_have_url(f"{address}/merkliste/")
    assert page.evaluate("() => localStorage.getItem('merkliste')") == "[]"
    assert context.cookies() == []


def test_somebody_elses_list_can_be_taken_over(address: str, browser: Browser) -> None:  # noqa: F811
    page = browser.new_page()
    page.goto(f"{address}/angebote/")
    ids = [each.get_attribute("data-bookmark") for each in page.locator("button[data-bookmark]").all()[:3]]
    page.goto(f"{address}/merkliste/?angebote={','.join(map(str, ids))}")
    page.get_by_role("button", name="In meine Merkliste übernehmen").click()
    expect(page.locator("[data-bookmarks]")).to_have_text("Merkliste (3)")
    expect(page.get_by_role("button", name="In meine Merkliste übernehmen")).to_be_hidden()


def test_a_browser_that_stores_nothing_says_so_and_breaks_nothing(address: str, browser: Browser) -> None:  # noqa: F811
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script(BROKEN)
    page.goto(f"{address}/angebote/")
    page.locator("button[data-bookmark]").first.click()
    expect(page.locator("button[data-bookmark]").first).to_have_attribute("aria-pressed", "true")
    expect(page.locator("p[role=status]").last).to_contain_text("erlaubt es nicht")
    assert errors == []


def test_rubbish_in_the_storage_counts_as_an_empty_list(address: str, browser: Browser) -> None:  # noqa: F811
    page = browser.new_page()
    page.goto(f"{address}/angebote/")
    for rubbish in ("{", "null", '{"a": 1}', '["x", -1, 1.5, null]'):
        page.evaluate("(value) => localStorage.setItem('merkliste', value)", rubbish)
        page.reload()
        expect(page.locator("[data-bookmarks]")).to_have_text("Merkliste")
