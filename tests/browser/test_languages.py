"""People who read another language: the menu without and with a script, right to left, and no barrier."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import HOSTS, Demo
from tests.browsing import barriers

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def _paths(page, demo, slug):
    page.goto(demo.address(slug, "/angebote/"))
    links = page.locator("main a[href^='/angebote/']").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    offer = next(link for link in links if re.match(r"/angebote/\d+-", link))
    page.goto(demo.address(slug, "/anbieter/"))
    links = page.locator("main a[href^='/anbieter/']").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    provider = next(link for link in links if re.match(r"/anbieter/\d+-", link))
    return ["/", "/angebote/?q=kurs", offer, "/anbieter/", provider, "/impressum/", "/leichte-sprache/", "/x-y/"]


@pytest.mark.parametrize(("code", "width"), [("ar", 1280), ("ar", 390), ("fa", 390), ("uk", 320)])
def test_every_public_page_is_accessible_in_another_language_and_keeps_it(demo: Demo, chromium: Browser, code, width):
    page = chromium.new_context(viewport={"width": width, "height": 900}).new_page()
    for path in _paths(page, demo, HOSTS[0]):
        page.goto(demo.address(HOSTS[0], path) + ("&" if "?" in path else "?") + f"sprache={code}")
        assert page.locator("html").get_attribute("lang") == code
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width, f"{path} is wider than the screen"
        assert barriers(page) == [], f"{path}"
        lost = page.locator("a[href]:not([hreflang]):visible").evaluate_all(
            "all => all.filter(a => a.host === location.host && !a.getAttribute('href').startsWith('#'))"
            ".map(a => a.href).filter(href => !/sprache=/.test(href) && !/\\.[a-z]+([?#]|$)/.test(href))"
        )
        assert lost == [], path
    assert page.context.cookies() == []
    page.context.close()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_person_chooses_a_language_with_the_keyboard_and_searches_in_it(demo: Demo, chromium: Browser, script):
    page = chromium.new_context(viewport={"width": 390, "height": 900}, java_script_enabled=script).new_page()
    page.goto(demo.address(HOSTS[0]))
    page.locator(".tongues > summary").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="العربية").press("Enter")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.locator("main input[name='q']").first.fill("kurs")
    page.locator("main input[name='q']").first.press("Enter")
    page.wait_for_url(re.compile(r"/angebote/\?.*q=kurs"))
    assert "sprache=ar" in urlsplit(page.url).query
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.context.close()


def test_a_browser_in_another_language_is_told_once(demo: Demo, chromium: Browser):
    context = chromium.new_context(viewport={"width": 390, "height": 900}, locale="tr-TR")
    page = context.new_page()
    page.goto(demo.address(HOSTS[0]))
    note = page.locator(".tongues__hint")
    expect(note).to_have_attribute("lang", "tr")
    assert barriers(page) == []
    note.get_by_role("button").click()
    expect(note).to_have_count(0)
    page.reload()
    expect(page.locator(".tongues__hint")).to_have_count(0)
    assert page.context.cookies() == []
    page.goto(demo.address(HOSTS[1]))
    page.locator(".tongues__hint a").click()
    expect(page.locator("html")).to_have_attribute("lang", "tr")
    expect(page.locator(".tongues__hint")).to_have_count(0)
    context.close()
