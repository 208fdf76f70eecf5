"""The style guide in a real browser: barriers, the policy, and that the theme truly reaches the components."""

import re

import pytest
from playwright.sync_api import Browser

from tests.browsing import address, barriers, browser, chromium  # noqa: F401 (fixtures)
from theming.tokens import palette

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-theming")]


@pytest.fixture(scope="module")
def filled(module_database: None) -> None:
    """The style guide shows what is always there."""


LOOKS = [
    ("", 1280, "light"),
    ("", 390, "light"),
    ("?farbe=ffee00&zweite=ff00ff&ecken=rund&schrift=atkinson", 1280, "light"),
    ("?dunkel=1&farbe=00843d", 390, "dark"),
    ("?sprache=ar&farbe=e2001a&ecken=eckig&schrift=system", 390, "light"),
]


def test_no_barrier_no_overflow_and_no_breach_of_the_policy_in_any_look(address: str, browser: Browser) -> None:  # noqa: F811
    for look, width, scheme in LOOKS:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message, into=complaints: into.append(message.text))
        page.on("requestfailed", lambda request, into=complaints: into.append(request.url))
        page.goto(f"{address}/stil/{look}", wait_until="networkidle")
        assert complaints == [], look
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width, f"{look} at {width}"
        assert barriers(page) == [], f"{look} at {width}"
        context.close()


def test_a_button_has_the_colour_of_the_theme(address: str, browser: Browser) -> None:  # noqa: F811
    page = browser.new_page()
    page.goto(f"{address}/stil/?farbe=e2001a")
    seen = page.locator(".kern-btn--primary").first.evaluate("e => getComputedStyle(e).backgroundColor")
    wanted = palette("#e2001a", "#f2a900", dark=False).action
    assert [int(n) for n in re.findall(r"\d+", seen)] == [int(wanted[i : i + 2], 16) for i in (1, 3, 5)]
    page.close()


def test_the_phone_menu_works_without_a_script(address: str, browser: Browser) -> None:  # noqa: F811
    context = browser.new_context(viewport={"width": 390, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/stil/")
    link = page.get_by_role("navigation", name="Hauptmenü").get_by_role("link", name="Angebote")
    assert not link.is_visible()
    page.locator("summary.menu__toggle").click()
    assert link.is_visible()
    context.close()


def test_on_a_desktop_menu_and_filters_stand_open_and_nothing_jumps(address: str, browser: Browser) -> None:  # noqa: F811
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{address}/stil/", wait_until="networkidle")
    assert page.get_by_role("navigation", name="Hauptmenü").get_by_role("link", name="Angebote").is_visible()
    assert not page.locator("summary.menu__toggle").is_visible()
    assert page.get_by_label("Hausaufgabenbetreuung").is_visible()
    shift = page.evaluate(
        """() => new Promise(done => { let sum = 0;
            new PerformanceObserver(list => list.getEntries().forEach(e => sum += e.value))
                .observe({type: "layout-shift", buffered: true});
            setTimeout(() => done(sum), 300); })"""
    )
    assert shift < 0.05
    page.close()
