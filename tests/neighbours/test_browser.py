"""Neighbours in a real Chromium: axe at both widths and right to left, no sideways scrolling, the way with htmx."""

import os
from pathlib import Path

import pytest

from core.access import Role
from neighbours import services
from neighbours.models import Kind
from tenants.running.context import inside, inside_public
from tests.architecture.test_access import session_of
from tests.browsing import address, barriers, browser, chromium  # noqa: F401
from tests.conftest import municipality
from tests.factories import a_provider, an_offer
from tests.neighbours.people import agree, propose, span
from tests.people.cast import an_account

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-neighbours")]
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
WIDTHS = (390, 1280)
# Where pictures of the pages go, for whoever wants to look at them.
SHOTS = os.environ.get("SHOTS", "")


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    with django_db_blocker.unblock():
        ahausen, bedorf = municipality("ahausen"), municipality("bedorf")
        with inside(ahausen):
            editor = session_of(an_account("miriam@amt.example", "editor"))
            an_offer(title="Töpfern am Abend")
        with inside(bedorf):
            provider = a_provider(name=f"Verein {LONG}")
            spot = {"latitude": 49.2, "longitude": 7.1, "precision": "exact", "postcode": "66999", "city": "Bedorf"}
            for number in range(5):
                an_offer(title=f"Töpfern {number} {LONG}", summary=f"{LONG} " * 3, provider=provider, places=[spot],
                         cost_kind="free", accessibility="yes", min_age=6, max_age=12)  # fmt: skip
        agree(ahausen, bedorf, days=span(0, 60))
        services.end(agree(ahausen, bedorf, days=span(70, 80)), by=services.Speaker(bedorf.pk, "admin", "test"))
        propose(bedorf, ahausen, days=span(100))
        with inside_public():
            services.mark_roof(bedorf, by="test")
            services.propose(
                Kind.ROOF, first=bedorf, second=ahausen, span=span(), by=services.Speaker(None, "operator", "x")
            )
            operator = session_of(an_account("betrieb@platform.example", Role.OPERATOR))
        yield {"editor": editor, "operator": operator, "roof": bedorf.pk}


def opened(browser, width, session="", where=""):  # noqa: F811
    context = browser.new_context(viewport={"width": width, "height": 900})
    if session:
        context.add_cookies([{"name": "sessionid", "value": session, "url": where}])
    return context.new_page()


def fits(page, width, name):
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}-{width}.png", full_page=True)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width, name
    assert barriers(page) == [], name


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["de", "ar"])
def test_residents_find_no_barrier(filled, address, browser, width, language):  # noqa: F811
    page = opened(browser, width)
    for name, path in (
        ("suche", "/angebote/?q=töpfern&"),
        ("umgebung", "/angebote/nachbarn/?"),
        ("umgebung-karte", "/angebote/nachbarn/?ansicht=karte&"),
        ("umgebung-leer", "/angebote/nachbarn/?q=xyz&"),
    ):
        page.goto(f"{address}{path}sprache={language}")
        fits(page, width, f"{name}-{language}")
    page.goto(f"{address}/angebote/?q=töpfern&sprache={language}")
    assert page.locator(".beside .card").count() == 3
    assert page.locator(".beside .card h3 a").first.get_attribute("href").startswith("http://bedorf.localhost")


def test_the_section_follows_a_filter_that_htmx_brings(filled, address, browser):  # noqa: F811
    page = opened(browser, 1280)
    page.goto(f"{address}/angebote/?q=töpfern")
    assert page.locator(".beside").count() == 1
    page.fill("#f-alter", "40")
    page.locator("#f-alter").dispatch_event("change")
    page.wait_for_selector(".beside", state="detached")
    page.goto(f"{address}/angebote/nachbarn/?q=töpfern")
    page.get_by_label("kostenfrei").first.check()
    page.wait_for_url("**/angebote/nachbarn/**kostenfrei=1**")
    assert page.locator("#ergebnis .card").count() == 5


@pytest.mark.parametrize("width", WIDTHS)
def test_editors_find_no_barrier(filled, address, browser, width):  # noqa: F811
    page = opened(browser, width, filled["editor"], address)
    page.goto(f"{address}/redaktion/nachbarn/")
    fits(page, width, "nachbarn")
    page.get_by_role("link", name="Ablehnen").first.click()
    fits(page, width, "nachbarn-beenden")
    page.goto(f"{address}/redaktion/nachbarn/")
    page.get_by_role("button", name="Vorschlagen").click()
    fits(page, width, "nachbarn-fehler")


@pytest.mark.parametrize("width", WIDTHS)
def test_operators_find_no_barrier(filled, address, browser, width):  # noqa: F811
    base = address.replace("ahausen.", "")
    page = opened(browser, width, filled["operator"], base)
    page.goto(f"{base}/betrieb/nachbarn/")
    fits(page, width, "betrieb-nachbarn")
    page.goto(f"{base}/betrieb/nachbarn/dachportale/{filled['roof']}/")
    fits(page, width, "betrieb-dachportal")
