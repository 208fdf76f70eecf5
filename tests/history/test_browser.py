"""History, comparison, restoring and bin in a real browser: nothing for axe to say, nothing wider than the screen."""

from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from accounts.models import User
from core.access import Role
from portal.offers import editing
from portal.preferences.models import Preferences
from portal.revisions.models import Revision
from portal.search.models import Synonyms
from portal.search.services import delete_synonyms
from portal.taxonomy.models import Category
from tenants.running.context import inside
from tests.browsing import address, barriers, browser, chromium, sign_in
from tests.conftest import PASSWORD, municipality
from tests.factories import a_provider, an_offer
from tests.revisions.conftest import change

__all__ = ["address", "browser", "chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-history")]
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsfortbildungsveranstaltung"


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    with django_db_blocker.unblock(), inside(municipality("ahausen")):
        Preferences.load()
        Preferences.objects.update(second_factor="nobody")
        editor = User.objects.create_user("mia@ahausen.example", PASSWORD, name="Mia Weber", roles=[Role.EDITOR.value])
        sport, art = (Category.objects.create(name=name) for name in ("Sport", "Kunst"))
        offer = an_offer(title="Töpfern", summary="Für alle.", provider=a_provider(name=LONG), categories=[sport])
        place = {"street": "Weg 1", "postcode": "66111", "city": "Ahausen", "latitude": 49.2, "longitude": 7.0}
        for content in (
            {"title": f"Töpfern {LONG}", "locations": [{**place, "precision": "exact"}]},
            {"title": "Töpfern für Kinder", "summary": "Für Kinder ab sechs Jahren.", "categories": [art.pk]},
        ):
            change(offer, editor, **content)
            editing.submit(offer, by=editor)
        lost = an_offer(title=f"Verloren {LONG}", provider=offer.provider)
        editing.trash(lost, by=editor)
        delete_synonyms(Synonyms.objects.create(words=["Kita", LONG[:60]]), by=editor)
        first = Revision.objects.of("offer", offer.pk).order_by("settled_at", "pk")[0]
        sport.delete()
        return SimpleNamespace(offer=offer.pk, first=first.pk)


@pytest.fixture
def entered(browser, address):
    def at(width: int):
        page = browser.new_page(viewport={"width": width, "height": 800})
        return sign_in(page, address, "mia@ahausen.example")

    return at


@pytest.mark.parametrize("width", [1280, 320])
def test_no_page_has_a_barrier_or_overflows(entered, address, filled, width):
    page = entered(width)
    of = f"/redaktion/verlauf/angebot/{filled.offer}/"
    for path in (
        "/redaktion/verlauf/",
        "/redaktion/verlauf/?q=nichts",
        of,
        f"{of}?q=nichts",
        f"{of}vergleich/",
        f"{of}{filled.first}/",
        "/redaktion/verlauf/karte/1/",
        "/redaktion/verlauf/papierkorb/",
        "/redaktion/verlauf/papierkorb/?q=nichts",
    ):
        page.goto(f"{address}{path}")
        assert barriers(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_by_keyboard_two_states_are_chosen_compared_and_one_restored(entered, address, filled):
    page = entered(1280)
    page.goto(f"{address}/redaktion/verlauf/angebot/{filled.offer}/")
    page.get_by_label("Stand 1 als älteren wählen").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Gewählte vergleichen").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Stand 1 und Stand 3")
    page.get_by_role("link", name="Stand 1 wiederherstellen …").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Was inzwischen fehlt")).to_be_visible()
    # Somebody else's word in between: the page says so, and has no barrier then either.
    page.evaluate("document.querySelector('[name=stand]').value = 'alt'")
    page.get_by_role("button", name="Stand 1 wiederherstellen").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Es wurde nichts wiederhergestellt")).to_be_visible()
    assert barriers(page) == []
    page.get_by_role("button", name="Stand 1 wiederherstellen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Verlauf: Töpfern")
    expect(page.get_by_text("Stand 1 wiederhergestellt")).to_be_visible()


def test_what_was_deleted_comes_back_by_one_button(entered, address):
    page = entered(320)
    page.goto(f"{address}/redaktion/verlauf/papierkorb/?art=synonyms")
    page.get_by_role("button", name="Zurückholen").click()
    expect(page.get_by_text("ist wieder da")).to_be_visible()
    assert barriers(page) == []
