"""Residents on the three demo hosts: they search, open what they find, and meet no barrier."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import HOSTS, PICTURES, Demo
from tests.browser.weight import first_view
from tests.browsing import barriers
from tests.conftest import SHARED

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
WIDTHS = (1280, 390)
# As transferred: headers and compressed contents, fonts and pictures included.
MOST_BYTES = 100_000
MOST_SHIFT = 0.05
DUMP = SHARED / "data" / "typo3-chancenportal-filled.sql"


def _page(browser: Browser, width: int, requests: list[str], *, script: bool = True) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="de-DE", java_script_enabled=script)
    page = context.new_page()
    page.on("request", lambda request: requests.append(request.url))
    return page


def _first_link(page: Page, start: str) -> str:
    found = page.locator(f"main a[href^='{start}']").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    return next(link for link in found if re.match(rf"{start}\d+-", link))


def _public_pages(page: Page, demo: Demo, slug: str) -> dict[str, str]:
    page.goto(demo.address(slug, "/angebote/"))
    offer = _first_link(page, "/angebote/")
    page.goto(demo.address(slug, "/anbieter/"))
    provider = _first_link(page, "/anbieter/")
    return {
        "start": "/",
        "suche": "/angebote/",
        "suche-gefiltert": "/angebote/?q=kurs&kostenfrei=1&seite=-1&quatsch=1",
        "suche-leer": "/angebote/?q=qwertzuiop",
        "angebot": offer,
        "anbieterliste": "/anbieter/",
        "anbieter": provider,
        "impressum": "/impressum/",
        "datenschutz": "/datenschutz/",
        "barrierefreiheit": "/barrierefreiheit/",
        "nutzungsbedingungen": "/nutzungsbedingungen/",
        "kontakt": "/kontakt/",
        "ueber-uns": "/ueber-uns/",
        "nicht-gefunden": "/gibt-es-nicht/",
    }


@pytest.mark.parametrize("slug", HOSTS)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_public_page_is_accessible_stays_at_home_and_sets_no_cookie(demo: Demo, chromium: Browser, slug, width):
    requests: list[str] = []
    complaints: list[str] = []
    page = _page(chromium, width, requests)
    page.on(
        "console",
        lambda message: complaints.append(f"{page.url}: {message.text}") if "404" not in message.text else None,
    )
    PICTURES.mkdir(exist_ok=True)
    for name, path in _public_pages(page, demo, slug).items():
        page.goto(demo.address(slug, path), wait_until="networkidle")
        page.screenshot(path=PICTURES / f"{slug}-{name}-{width}.png", full_page=True)
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width, f"{path} is wider than the screen"
        assert barriers(page) == [], f"{path}"
    assert {urlsplit(url).hostname for url in requests} == {f"{slug}.localhost"}
    assert page.context.cookies() == []
    assert complaints == []
    page.context.close()


@pytest.mark.parametrize("slug", HOSTS)
@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_resident_searches_and_opens_an_offer(demo: Demo, chromium: Browser, slug, script):
    page = _page(chromium, 390, [], script=script)
    page.goto(demo.address(slug))
    page.locator("main input[name='q']").first.fill("kurs")
    page.locator("main input[name='q']").first.press("Enter")
    page.wait_for_url(re.compile(r"/angebote/\?.*q=kurs"))
    link = _first_link(page, "/angebote/")
    title = page.locator(f"main a[href='{link}']").first.inner_text()
    page.goto(demo.address(slug, link))
    expect(page.locator("h1")).to_have_text(title)
    page.context.close()


def test_an_offer_of_the_imported_portal_is_found_and_its_old_address_leads_there(demo: Demo, chromium: Browser):
    if not DUMP.exists():
        pytest.skip("../shared is not there")
    page = _page(chromium, 1280, [])
    page.goto(demo.address("rheda-wiedenbrueck", "/angebote/info/t%C3%B6pfern-2"))
    here = page.url
    assert "/angebote/info/" not in here
    link = page.url.removeprefix(demo.address("rheda-wiedenbrueck", ""))
    page.goto(demo.address("rheda-wiedenbrueck", "/angebote/?q=T%C3%B6pfern"))
    page.locator(f"main a[href='{link}']").first.click()
    assert page.url == here
    expect(page.locator("h1")).to_contain_text("öpfer")
    page.context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_operators_side_lists_the_municipalities(demo: Demo, chromium: Browser, width):
    requests: list[str] = []
    page = _page(chromium, width, requests)
    page.goto(demo.address(""), wait_until="networkidle")
    for name in ("Saarbrücken", "Rheda-Wiedenbrück", "Pirmasens"):
        expect(page.get_by_text(name).first).to_be_visible()
    page.screenshot(path=PICTURES / f"platform-start-{width}.png", full_page=True)
    assert barriers(page) == []
    assert {urlsplit(url).hostname for url in requests} == {"localhost"}
    page.context.close()


ACCOUNTS = ("admin", "redaktion", "planung", "anbieter", "mitglied")


@pytest.mark.parametrize("who", ACCOUNTS)
def test_every_demo_account_signs_in_and_out(demo: Demo, chromium: Browser, who):
    for slug in HOSTS:
        page = _page(chromium, 390, [])
        page.goto(demo.address(slug, "/konto/anmelden/"))
        assert barriers(page) == []
        page.fill("input[name='login']", f"{who}@{slug}.example")
        page.fill("input[name='password']", "demo-passwort-2026")
        page.locator("main form button[type='submit']").first.click()
        page.wait_for_url(re.compile(r"/konto/$"))
        if slug == HOSTS[0]:
            page.screenshot(path=PICTURES / f"konto-{who}-390.png", full_page=True)
            assert barriers(page) == []
        page.goto(demo.address(slug, "/konto/abmelden/"))
        page.locator("main form[action='/konto/abmelden/'] button").click()
        page.goto(demo.address(slug, "/konto/"))
        assert "/konto/anmelden/" in page.url
        page.context.close()


def test_the_operator_signs_in_and_reads_the_postbox(demo: Demo, chromium: Browser):
    page = _page(chromium, 1280, [])
    page.goto(demo.address("", "/betrieb/postausgang/"))
    page.fill("input[name='login']", "betrieb@platform.example")
    page.fill("input[name='password']", "demo-passwort-2026")
    page.locator("main form button[type='submit']").first.click()
    page.wait_for_url(re.compile(r"/betrieb/postausgang/$"))
    page.screenshot(path=PICTURES / "postausgang-1280.png", full_page=True)
    assert barriers(page) == []
    page.goto(demo.address("", "/betrieb/"))
    page.screenshot(path=PICTURES / "betrieb-1280.png", full_page=True)
    assert barriers(page) == []
    page.context.close()


@pytest.mark.parametrize("slug", HOSTS)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_first_view_is_light_and_stands_still(demo: Demo, whole: Browser, slug: str, width: int) -> None:
    for path in ("/", "/angebote/"):
        # A browser that was never here before.
        page = _page(whole, width, [])
        sizes, shift = first_view(page, demo.address(slug, path))
        assert any(url.endswith(".woff2") for url in sizes), "the fonts were not counted"
        assert sum(sizes.values()) < MOST_BYTES, sorted(sizes.items(), key=lambda pair: -pair[1])
        assert shift <= MOST_SHIFT, path
        page.context.close()


# What somebody did with the page so far, should it have been taken for use.
_NOTE_SIGNS = """window.signs = []; for (const sign of ["pointermove", "pointerdown", "keydown", "focusin"])
    window.addEventListener(sign, (e) => window.signs.push([sign, e.movementX, e.movementY]), true);"""


def test_the_filters_act_at_once_although_their_script_comes_on_use(demo: Demo, chromium: Browser) -> None:
    loaded: list[str] = []
    page = _page(chromium, 1280, loaded)
    page.add_init_script(_NOTE_SIGNS)
    page.goto(demo.address("saarbruecken", "/angebote/"), wait_until="networkidle")
    assert not any("htmx" in url for url in loaded), page.evaluate("window.signs")
    # Ticked by a script, as quickly as no hand could: the change is older than htmx.
    page.evaluate("""() => {
        const box = document.querySelector("input[name=kostenfrei]");
        window.dispatchEvent(new PointerEvent("pointerdown"));
        box.click();
    }""")
    page.wait_for_url("**/angebote/?kostenfrei=1")
    assert sum("htmx" in url for url in loaded) == 1
    assert page.locator(".chip", has_text="kostenfrei").first.is_visible()
