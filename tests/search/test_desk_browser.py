"""Words searched in vain and the explained search in a real browser: nothing for axe to say, nothing too wide."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from core.access import Role
from portal.preferences.models import Preferences
from portal.search.models import Unanswered
from tenants.running.context import inside
from tests.browsing import address, barriers, browser, chromium, sign_in
from tests.conftest import PASSWORD, municipality
from tests.factories import a_provider, an_offer

__all__ = ["address", "browser", "chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-search-desk")]
LONG = "donaudampfschifffahrtsgesellschaftskapitänsfortbildungsveranstaltungen"
VAIN, EXPLAINED = "/redaktion/synonyme/vorschlaege/", "/redaktion/suche/erklaeren/"


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    with django_db_blocker.unblock(), inside(municipality("ahausen")):
        Preferences.load()
        Preferences.objects.update(second_factor="nobody")
        User.objects.create_user("mia@ahausen.example", PASSWORD, name="Mia Weber", roles=[Role.EDITOR.value])
        an_offer(title=f"Töpfern {LONG}", summary="Für alle.", provider=a_provider(name=LONG))
        for number, term in enumerate((LONG, "töpferei", "xyz")):
            Unanswered.objects.create(
                term=term, asked=9 - number, last_day=timezone.localdate(), proposals=["Töpfern", LONG][:number]
            )


def test_both_pages_are_free_of_barriers_and_as_narrow_as_a_telephone(browser, address):
    page = browser.new_page(viewport={"width": 320, "height": 800})
    sign_in(page, address, "mia@ahausen.example")
    for path in (VAIN, EXPLAINED, f"{EXPLAINED}?q=die+T%C3%B6pferkurse+{LONG}", f"{EXPLAINED}?q=!!!"):
        page.goto(f"{address}{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert barriers(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
    page.goto(f"{address}{VAIN}")
    page.get_by_role("button", name="„töpferei“ bedeutet Töpfern").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2, name="2 Wörter ohne Treffer")).to_be_visible()
    for _word in range(2):
        page.get_by_role("button", name="So lassen").first.press("Enter")
        page.wait_for_load_state()
    expect(page.get_by_text("Alles, was oft gesucht wird, findet etwas")).to_be_visible()
    assert barriers(page) == []
    page.goto(f"{address}{VAIN}?stand=abgelegt")
    expect(page.get_by_role("button", name="Zurückholen")).to_have_count(2)
    assert barriers(page) == []
