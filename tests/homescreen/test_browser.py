"""In a real Chromium: noted down, without a connection, and again with one when there is a new release."""

import re

import pytest
from playwright.sync_api import Browser, expect

from portal.homescreen import views
from tests.browsing import address, barriers, browser, chromium  # noqa: F401 (fixtures)
from tests.search.test_browser import filled, paths  # noqa: F401 (fixtures)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-homescreen")]
# What the worker of this release keeps.
KEPT = """async () => {
    const found = {};
    for (const name of await caches.keys())
        found[name] = (await (await caches.open(name)).keys()).map((each) => new URL(each.url).pathname);
    return found;
}"""
KEEPS_BOOKMARKS = """async () => {
    for (const name of await caches.keys())
        if ((await (await caches.open(name)).keys()).some((each) => each.url.includes("/merkliste/"))) return true;
    return false;
}"""


def test_bookmarks_are_there_without_a_connection_and_a_new_release_is_never_old(
    address: str,  # noqa: F811
    browser: Browser,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{address}/angebote/")
    # Who only looks around has nothing stored.
    assert page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0
    title = page.locator(".card__title").first.inner_text()
    page.locator("button[data-bookmark]").first.click()
    page.wait_for_function(f"({KEEPS_BOOKMARKS})()")
    page.goto(f"{address}/angebote/?kostenfrei=1")
    page.wait_for_function(f"({KEPT})().then((all) => Object.values(all).flat().includes('/angebote/'))")
    assert context.cookies() == []

    context.set_offline(True)
    page.goto(f"{address}/anbieter/")
    expect(page.get_by_role("heading", name="Keine Verbindung")).to_be_visible()
    expect(page.locator("[data-kept-list]")).to_contain_text(title)
    expect(page.locator("[data-kept-results-link]")).to_be_visible()
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.click("[data-kept-results-link]")
    expect(page).to_have_url(re.compile("kostenfrei=1"))
    expect(page.locator(".card__title").first).to_be_visible()

    before = set(page.evaluate(KEPT))
    monkeypatch.setattr(views, "release", lambda: "neu")
    context.set_offline(False)
    page.goto(f"{address}/anbieter/")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Keine Verbindung")
    page.wait_for_function("caches.keys().then((all) => all.includes('seiten-neu') && all.length === 2)")
    assert before.isdisjoint(page.evaluate(KEPT))
    page.wait_for_function(f"({KEEPS_BOOKMARKS})()")
    # Nothing left to read offline where nothing is noted down.
    page.evaluate("localStorage.removeItem('merkliste'); document.dispatchEvent(new Event('merkliste'))")
    page.wait_for_function(f"({KEEPS_BOOKMARKS})().then((there) => !there)")
