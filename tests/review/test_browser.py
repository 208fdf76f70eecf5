"""Every page of the review without a barrier, wide and narrow, in every state; decided, taken back, too slow."""

import pytest
from playwright.sync_api import expect

from accounts.models import User
from core.access import Role
from portal.editorial.review.models import Sentence
from portal.offers import editing
from portal.preferences.models import ApprovalRule, Preferences
from portal.providers.models import Membership
from portal.revisions.models import Revision
from portal.taxonomy.models import Category
from tenants.running.context import inside
from tests.browsing import address, barriers, browser, chromium, sign_in
from tests.conftest import PASSWORD, municipality
from tests.factories import a_provider, an_offer

__all__ = ["address", "browser", "chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-review")]
QUEUE = "/redaktion/pruefen/"


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    with django_db_blocker.unblock(), inside(municipality("ahausen")):
        Preferences.load()
        Preferences.objects.update(approval=ApprovalRule.CHANGES)
        User.objects.create_user("miriam@ahausen.example", PASSWORD, name="Miriam Weber", roles=[Role.EDITOR])
        User.objects.create_user("tarek@ahausen.example", PASSWORD, name="Tarek Klein", roles=[Role.EDITOR])
        helga = User.objects.create_user("helga@verein.example", PASSWORD, name="Helga Brandt")
        club = a_provider(name="Nachbarschaftstreff Malstatt e. V.")
        Membership.objects.create(provider=club, user=helga, role=Membership.Role.ADMINISTRATOR)
        sport = Category.objects.create(name="Sport")
        for number in range(1, 13):
            offer = an_offer(title=f"Kurs {number}", summary="Für alle.", provider=club, categories=[sport])
            changes = {"title": f"Kurs {number} für Große", "description": "<p>Ruf an: 0681 5550142.</p>"}
            editing.autosave(offer, changes, by=helga, base=editing.begin(offer, by=helga).base)
            editing.submit(offer, by=helga)
        Sentence.objects.create(text="Bitte schreiben Sie kürzere Sätze.", position=1)
        yield list(Revision.objects.waiting().order_by("submitted_at", "pk").values_list("pk", flat=True))


@pytest.fixture
def entered(browser, address):
    def at(width: int, who: str = "miriam"):
        page = browser.new_page(viewport={"width": width, "height": 800})
        return sign_in(page, address, f"{who}@ahausen.example")

    return at


@pytest.mark.parametrize("width", [1280, 320])
def test_no_page_has_a_barrier_or_overflows(entered, address, filled, width):
    page, last = entered(width), filled[-1]
    for path in (
        f"{last}/", f"{last}/zurueckgeben/", f"{last}/aendern/", f"{last}/aendern/?feld=schedules", "saetze/",
        "vertrauen/", "vertrauen/?q=treff", "kenntnis/", "",
    ):  # fmt: skip
        page.goto(f"{address}{QUEUE}{path}")
        assert barriers(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    # The states in which something is wrong.
    page.goto(f"{address}{QUEUE}{last}/zurueckgeben/")
    page.get_by_role("button", name="Entscheiden und weiter").click()
    expect(page.locator("#fehler")).to_be_focused()
    assert barriers(page) == []
    page.goto(f"{address}{QUEUE}saetze/")
    page.get_by_role("button", name="Hinzufügen").click()
    expect(page.locator("#fehler")).to_be_visible()
    assert barriers(page) == []


# What comes into a page after it was read.
_HEARD = """addEventListener("load", () => new MutationObserver(changes => changes.forEach(change =>
    change.addedNodes.forEach(node => (window.heard = window.heard || []).push(node.textContent)))
).observe(document.body, {childList: true, subtree: true}))"""


def test_decided_taken_back_and_somebody_was_faster(entered, address, filled):
    page, other = entered(1280), entered(1280, "tarek")
    first = filled[0]
    page.goto(f"{address}{QUEUE}{first}/")
    other.goto(f"{address}{QUEUE}{first}/")
    page.add_init_script(_HEARD)
    page.get_by_role("button", name="Freigeben", exact=True).click()
    line = page.get_by_role("status").filter(has_text="ist freigegeben")
    expect(line).to_contain_text("„Kurs 1 für Große“")
    # What stands on a page as it opens is not read out: it comes once more into the status.
    page.wait_for_function("(window.heard || []).some(said => said.includes('ist freigegeben'))")
    assert barriers(page) == []
    other.get_by_role("button", name="Freigeben", exact=True).click()
    expect(other.get_by_role("alert")).to_contain_text("Miriam Weber hat es freigegeben.")
    expect(other.get_by_role("link", name="Nächstes öffnen")).to_be_visible()
    assert barriers(other) == []
    line.get_by_role("button", name="Zurückholen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kurs 1 für Große")
    expect(page.get_by_role("status")).to_contain_text("zurückgeholt")
    assert barriers(page) == []


def test_the_next_difference_gets_the_focus(entered, address, filled):
    page = entered(1280)
    page.goto(f"{address}{QUEUE}{filled[-1]}/")
    button = page.get_by_role("button", name="Zum nächsten Unterschied")
    for field in ("feld-title", "feld-description", "feld-title"):
        button.evaluate("element => element.click()")
        expect(page.locator(f"#{field}")).to_be_focused()
