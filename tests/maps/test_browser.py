"""The moving map in a real browser: under the content security policy, with the keyboard, after a change of filters."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from portal.maps.models import MapSettings
from portal.preferences.models import Preferences
from portal.taxonomy.models import Category, District
from tenants.running.context import inside
from tests.browsing import address, barriers, browser, chromium  # noqa: F401 (fixtures)
from tests.conftest import municipality
from tests.factories import an_offer

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-maps")]
TOWN = {"type": "Polygon", "coordinates": [[[6.9, 49.18], [7.1, 49.18], [7.1, 49.3], [6.9, 49.3], [6.9, 49.18]]]}
WEST = {"type": "Polygon", "coordinates": [[[6.9, 49.18], [7.0, 49.18], [7.0, 49.3], [6.9, 49.3], [6.9, 49.18]]]}


def spot(latitude: float, longitude: float) -> dict[str, object]:
    return {"latitude": latitude, "longitude": longitude, "precision": "exact", "postcode": "66111", "city": "S"}


@pytest.fixture(scope="module")
def filled(module_database: None) -> None:
    with inside(municipality("ahausen")):
        Preferences.load()
        Preferences.objects.update(place_mode="radius", latitude=49.24, longitude=7.0)
        MapSettings.load()
        MapSettings.objects.update(outline=TOWN)
        District.objects.create(name="West", latitude=49.24, longitude=6.95, outline=WEST)
        topic = Category.objects.create(name="Lernen", color="#00519e", icon="school")
        an_offer(title="Zaunkönige <zählen>", categories=[topic], places=[spot(49.20, 6.93)], cost_kind="free")
        for number in range(4):
            an_offer(title=f"Chor {number}", categories=[topic], places=[spot(49.28 + number / 1000, 7.08)])
        # Three places close together.
        an_offer(title="Wandern", places=[spot(49.24 + number / 2000, 7.0) for number in range(3)])
        an_offer(title="Im Netz", venue="online")


def watched(context: BrowserContext) -> tuple[Page, list[str]]:
    """A page and everything it complained about."""
    page = context.new_page()
    troubles: list[str] = []
    page.on("console", lambda said: troubles.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    return page, troubles


def test_the_map_is_used_with_the_keyboard_alone_and_keeps_the_policy(address: str, browser: Browser) -> None:  # noqa: F811
    page, troubles = watched(browser.new_context(viewport={"width": 1280, "height": 900}))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/angebote/?ansicht=karte")
    karte = page.locator("#karte")
    expect(karte).to_have_attribute("data-map-count", "8")
    expect(page.locator(".mapview__drawing")).to_be_hidden()
    expect(karte.locator("path.mapline")).to_have_count(2)
    pin = karte.get_by_role("button", name="Zaunkönige <zählen>")
    pin.focus()
    pin.press("Enter")
    link = karte.get_by_role("link", name="Zaunkönige <zählen>")
    expect(link).to_be_focused()
    expect(karte.locator(".bubble")).to_contain_text("kostenfrei")
    page.keyboard.press("Escape")
    expect(karte.locator(".leaflet-popup")).to_have_count(0)
    expect(pin).to_be_focused()
    karte.get_by_role("button", name="4 Ergebnisse").press("Enter")
    expect(karte.get_by_role("button", name="Chor 3", exact=True)).to_be_visible()
    pin_again = karte.get_by_role("button", name="Chor 3", exact=True)
    pin_again.press("Enter")
    expect(karte.get_by_role("link", name="Chor 3")).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Chor 3")
    assert [url for url in asked if not url.startswith((address, "data:"))] == []
    assert troubles == []
    assert page.context.cookies() == []


def test_a_circle_counts_offers_and_not_their_places(address: str, browser: Browser) -> None:  # noqa: F811
    page, troubles = watched(browser.new_context(viewport={"width": 1280, "height": 900}))
    page.goto(f"{address}/angebote/?ansicht=karte")
    circle = page.locator("#karte").get_by_role("button", name="Wandern", exact=True)
    expect(circle).to_have_text("1")
    circle.press("Enter")
    expect(page.locator("#karte .mappin[title='Wandern']")).to_have_count(3)
    assert troubles == []


def test_a_filter_changes_the_points_and_keeps_the_map(address: str, browser: Browser) -> None:  # noqa: F811
    page, troubles = watched(browser.new_context(viewport={"width": 1280, "height": 900}))
    page.goto(f"{address}/angebote/?ansicht=karte")
    karte = page.locator("#karte")
    expect(karte).to_have_attribute("data-map-count", "8")
    page.evaluate("() => { document.getElementById('karte').ours = true; }")
    page.locator("#suche-q").fill("zaunkönige")
    # It comes with the first sign of use; without it the browser itself sends the form.
    page.wait_for_function("() => window.htmx")
    page.locator("#suche-q").press("Enter")
    expect(karte).to_have_attribute("data-map-count", "1")
    expect(karte.get_by_role("button", name="Zaunkönige <zählen>")).to_be_visible()
    assert page.evaluate("() => document.getElementById('karte').ours") is True
    expect(page.locator(".mapview__drawing")).to_be_hidden()
    assert troubles == []


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("script", [True, False])
def test_the_map_has_no_barrier_and_never_overflows(address: str, browser: Browser, width: int, script: bool) -> None:  # noqa: F811
    context = browser.new_context(viewport={"width": width, "height": 844}, java_script_enabled=script)
    page = context.new_page()
    page.goto(f"{address}/angebote/?ansicht=karte")
    if not script:
        expect(page.locator("#karte")).to_be_hidden()
        expect(page.get_by_role("link", name="Zaunkönige <zählen>").first).to_be_visible()
        box = page.locator(".mapdrawing__cluster").first.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24
        return
    expect(page.locator("#karte")).to_have_attribute("data-map-count", "8")
    assert barriers(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    assert page.locator("#karte").bounding_box()["height"] >= 280


def test_near_me_asks_only_on_a_press_and_sends_a_rounded_position_in_the_body(address: str, browser: Browser) -> None:  # noqa: F811
    context = browser.new_context(
        permissions=["geolocation"], geolocation={"latitude": 49.23456789, "longitude": 6.99876543}
    )
    page, troubles = watched(context)
    sent: list[tuple[str, str]] = []
    page.on("request", lambda request: sent.append((request.url, request.post_data or "")))
    page.goto(f"{address}/angebote/")
    assert not [url for url, _body in sent if "umgebung" in url]
    page.get_by_role("button", name="In meiner Nähe").click()
    expect(page.locator("#suche-ort")).to_have_value("66111 Saarbrücken")
    expect(page).to_have_url(f"{address}/angebote/?ort=66111+Saarbr%C3%BCcken")
    assert [body for url, body in sent if "umgebung" in url] == ["lat=49.23&lon=7.00"]
    assert not [url for url, _body in sent if "49.2" in url]
    assert troubles == []
    assert context.cookies() == []


def test_near_me_is_friendly_when_refused_and_hidden_without_a_script(address: str, browser: Browser) -> None:  # noqa: F811
    page = browser.new_context(permissions=[]).new_page()
    page.goto(f"{address}/angebote/")
    page.get_by_role("button", name="In meiner Nähe").click()
    expect(page.locator(".near__status")).to_contain_text("Postleitzahl oder")
    silent = browser.new_context(java_script_enabled=False).new_page()
    silent.goto(f"{address}/angebote/")
    expect(silent.get_by_text("In meiner Nähe")).to_be_hidden()
