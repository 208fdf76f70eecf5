"""An editor's hour: ten things decided with the keyboard alone; a colleague is told who was faster."""

import pytest
from playwright.sync_api import expect

from accounts.models import User
from core.access import Role
from portal.offers import editing
from portal.preferences.models import ApprovalRule, Preferences
from portal.providers.models import Membership
from portal.revisions.models import Revision
from portal.taxonomy.models import Category
from tenants.running.context import inside
from tests.architecture.test_access import session_of
from tests.browsing import address, browser, chromium  # noqa: F401
from tests.conftest import municipality
from tests.desk.conftest import a_case, ago, handed_in
from tests.factories import a_provider, an_offer

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-daily-work")]
FIRST = "Töpfern am Abend"


def changed(provider, member, category, title, *, days):
    """A public offer with a change that waits."""
    summary = "Für alle, die gern mit Ton arbeiten."
    offer = an_offer(provider=provider, title=title, summary=summary, categories=[category])
    base = editing.begin(offer, by=member).base
    editing.autosave(offer, {"summary": "Für alle, die gern mit Ton und Glasur arbeiten."}, by=member, base=base)
    editing.submit(offer, by=member)
    Revision.objects.filter(pk=editing.waiting_for(offer).pk).update(submitted_at=ago(days))


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    with django_db_blocker.unblock(), inside(municipality("ahausen")):
        Preferences.objects.filter(pk=Preferences.load().pk).update(approval=ApprovalRule.CHANGES)
        provider, craft = a_provider(name="Kulturtreff Burbach"), Category.objects.create(name="Handwerk")
        member = User.objects.create_user("ines@verein.example", name="Ines Becker")
        Membership.objects.create(user=member, provider=provider, role=Membership.Role.ADMINISTRATOR)
        changed(provider, member, craft, FIRST, days=30)
        for n in range(4):
            changed(provider, member, craft, f"Töpfern {n}", days=20 - n)
        for n in range(4):
            handed_in(f"Neuer Kurs {n}", days=10 - n)
        a_case("Die Telefonnummer stimmt nicht.", days=3, kind="wrong", topic="wrong")
        handed_in("Bleibt liegen", days=1)
        yield {
            name: session_of(
                User.objects.create_user(f"{name.lower()}@ahausen.example", name=name, roles=[Role.EDITOR])
            )
            for name in ("Miriam", "Tarek")
        }


@pytest.fixture
def at_work(filled, address, browser):  # noqa: F811
    """A signed-in editor's page, and the list of what it asks the server for (files with a hash in their name are
    asked for once in a browser's life)."""

    def opened(name):
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="de-DE")
        context.add_cookies([{"name": "sessionid", "value": filled[name], "url": address}])
        page = context.new_page()
        asked = []
        page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
        page.goto(f"{address}/redaktion/")
        return page, asked

    return opened


def go_to(page, text):
    """Tab until the focus is on the button or field with this name; nobody needs a hundred steps."""
    for _step in range(100):
        page.keyboard.press("Tab")
        if text in page.evaluate("(document.activeElement.labels?.[0] ?? document.activeElement).innerText || ''"):
            return
    pytest.fail(f"no way to “{text}” by keyboard")


def test_ten_things_by_keyboard_in_less_than_sixty_requests_and_the_second_hears_who_was_faster(at_work):
    slow, _asked = at_work("Tarek")
    # One click from the list to the difference against what is online.
    slow.get_by_role("link", name=FIRST, exact=True).click()
    expect(slow.locator("ins", has_text="Glasur")).to_be_visible()

    page, asked = at_work("Miriam")
    expect(page.locator(".pagehead")).to_contain_text("11 Aufgaben warten")
    page.keyboard.press("p")
    expect(page.locator("main h1")).to_have_text(FIRST)
    expect(page.locator("main h1")).to_be_focused()
    expect(page.locator("ins", has_text="Glasur")).to_be_visible()
    for title in ("Töpfern 0", "Töpfern 1", "Töpfern 2", "Töpfern 3", "Neuer Kurs 0", "Neuer Kurs 1", "Neuer Kurs 2"):
        page.keyboard.press("f")
        expect(page.locator("main h1")).to_have_text(title)
        expect(page.locator("main h1")).to_be_focused()
        expect(page.locator("[role=status]").first).to_contain_text("freigegeben")
    page.keyboard.press("f")
    expect(page.locator("main h1")).to_have_text("Neuer Kurs 3")
    page.keyboard.press("z")
    expect(page.locator("main h1")).to_contain_text("Neuer Kurs 3")
    go_to(page, "Ihre Worte")
    page.keyboard.type("Bitte nennen Sie noch die Kosten, z. B. je Abend.")
    go_to(page, "Entscheiden und weiter")
    page.keyboard.press("Enter")
    expect(page.locator(".letter")).to_contain_text("Die Telefonnummer stimmt nicht.")
    go_to(page, "Erledigt")
    page.keyboard.press("Enter")
    expect(page.locator("main h1")).to_have_text("Bleibt liegen")
    page.goto(page.url.split("/redaktion/")[0] + "/redaktion/")
    expect(page.locator(".pagehead")).to_contain_text("1 Aufgabe wartet")
    pages = [url for url in asked if not url.startswith(("/static/", "/theme/", "data:"))]
    assert len(pages) < 60, pages

    slow.keyboard.press("f")
    expect(slow.locator("[role=alert]")).to_contain_text("Miriam hat es freigegeben.")
