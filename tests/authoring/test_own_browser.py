"""One's own list, the summary and the landing page in a real browser: no barrier, no overflow, keyboard and no trap."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from portal.offers import editing
from portal.providers.models import Membership
from portal.taxonomy.models import Category
from tenants.running.context import inside
from tests.authoring.test_own_list import old, weekly
from tests.browsing import address, barriers, browser, chromium, sign_in
from tests.conftest import PASSWORD, municipality
from tests.factories import a_provider, an_offer

__all__ = ["address", "browser", "chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-own")]
LIST = "/konto/angebote/"


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    with django_db_blocker.unblock(), inside(municipality("ahausen")):
        club, sport = a_provider(name="Nachbarschaftstreff Malstatt e. V."), Category.objects.create(name="Sport")
        helga = User.objects.create_user("helga@verein.example", PASSWORD, name="Helga Brandt")
        Membership.objects.create(provider=club, user=helga, role=Membership.Role.ADMINISTRATOR)
        weekly(an_offer(title="Nähcafé", provider=club), until=timezone.now() + timedelta(days=9))
        old(an_offer(title="Fahrrad-Werkstatt-Selbsthilfegruppentreffen", provider=club))
        blocked = an_offer(title="Gesperrtes", provider=club, categories=[sport], summary="x")
        editing.block(blocked, by="test", reason="Das ist nicht erlaubt.")
        editing.start(club, by=helga)
        lost = an_offer(title="Verloren", provider=club)
        editing.trash(lost, by=helga)


@pytest.fixture
def entered(browser, address):
    def at(width: int):
        page = browser.new_page(viewport={"width": width, "height": 800})
        return sign_in(page, address, "helga@verein.example")

    return at


@pytest.mark.parametrize("width", [1280, 320])
def test_no_page_has_a_barrier_or_overflows(entered, address, width):
    page = entered(width)
    for path in ("/konto/", LIST, f"{LIST}?alle=1", f"{LIST}?q=nichts", f"{LIST}papierkorb/"):
        page.goto(f"{address}{path}")
        assert barriers(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.goto(f"{address}{LIST}?alle=1")
    for deed in ("", "verlaengern", "papierkorb"):
        page.select_option("#tun", deed)
        page.click(".bulk button")
        assert barriers(page) == [], deed
        assert page.evaluate("document.documentElement.scrollWidth") <= width, deed
        page.goto(f"{address}{LIST}?alle=1")


def test_by_keyboard_an_offer_is_ticked_and_paused(entered, address):
    page = entered(1280)
    page.goto(f"{address}{LIST}?q=Werkstatt")
    page.focus("[name=wahl]")
    page.keyboard.press("Space")
    # The bar stays in sight, and Enter on a box sends nothing by accident.
    assert page.evaluate("getComputedStyle(document.querySelector('.bulk')).position") == "sticky"
    page.focus("#tun")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.focus(".bulk button")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Noch ist nichts geschehen")
    page.focus("button[name=ja]")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Pausiert: 1.")
    assert page.url == f"{address}{LIST}?q=Werkstatt"
