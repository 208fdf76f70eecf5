"""The pages of the room in a real browser: what scripts do changes nothing, a person's click and Enter key do; no
barrier, no overflow, dark, forced colours."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from portal.preferences.models import Preferences
from portal.upkeep.models import Letter
from portal.upkeep.tokens import check_token
from tenants.running.context import inside
from tests.browsing import address, barriers, browser, chromium, sign_in
from tests.conftest import PASSWORD, municipality
from tests.upkeep.nights import a_club, old

__all__ = ["address", "browser", "chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-upkeep")]
LONG = "Rechtsschutzversicherungsgesellschaftenberatungssprechstunde am Donnerstagnachmittag"


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    """Links: of fourteen offers, of two that a script shall not confirm, of one, and one that has run out."""
    with django_db_blocker.unblock(), inside(municipality("ahausen")):
        Preferences.load()
        user = User.objects.create_user("chefin@verein.example", PASSWORD, name="Helga Brandt")
        links = {}
        for name, number in (("many", 14), ("scripts", 2), ("one", 1)):
            club = a_club(f"Verein {name}", "")
            club.memberships.create(user=user, role="administrator")
            offers = old(club, *(f"{LONG} {n}" for n in range(number)), contact_phone="0681 5550177")
            letter = Letter.objects.create(address=user.email, user=user)
            for offer in offers:
                letter.asked.create(offer_id=offer.pk)
            links[name] = f"/angebote/pruefen/{check_token(letter)}/"
            links[f"{name}_end"] = f"{links[name]}{offers[0].pk}/ende/"
        then = timezone.now() - timedelta(days=40)
        gone = Letter.objects.create(address=user.email, user=user, written_at=then)
        gone.asked.create(offer_id=offers[0].pk)
        links["run_out"] = f"/angebote/pruefen/{check_token(gone)}/"
        links["offer"] = f"/konto/angebote/{offers[0].pk}/pruefungen/"
        return links


@pytest.mark.parametrize(("width", "options"), [(1280, {}), (320, {}), (390, {"color_scheme": "dark"}),
                                                (390, {"forced_colors": "active"})])  # fmt: skip
def test_no_page_has_a_barrier_or_overflows(browser, address, filled, width, options):
    page = browser.new_page(viewport={"width": width, "height": 800}, **options)

    def look(what: str) -> None:
        expect(page.locator("h1")).to_be_visible()
        assert barriers(page, colours="forced_colors" not in options) == [], what
        assert page.evaluate("document.documentElement.scrollWidth") <= width, what

    for what in ("many", "run_out", "many_end"):
        page.goto(address + filled[what])
        look(what)
    page.check("[name=ab][value=spaeter]")
    page.click("[name=beenden]")
    expect(page.get_by_text("Bitte geben Sie den ersten Tag an").first).to_be_visible()
    look("an error")
    page.goto(f"{address}/angebote/pruefen/falsch/")
    look("unknown")
    sign_in(page, address, "chefin@verein.example")
    for path in ("/konto/angebote/aktuell/", "/konto/person/nachrichten/", filled["offer"]):
        page.goto(address + path)
        look(path)


SCRIPTS = (
    "document.forms[0].submit()",
    "document.forms[0].requestSubmit()",
    "document.querySelector('button[name=alle]').click()",
    "document.forms[0].requestSubmit(document.querySelector('button[name=alle]'))",
    "[...document.querySelectorAll('form button')].forEach(button => button.click())",
    "fetch(location.href, {method: 'POST', body: new URLSearchParams({alle: '1'})})",
)


def test_scripts_confirm_nothing_and_a_person_does(browser, address, filled):
    """The scripts run as a scanner's do: with the page, without anybody's hand."""
    for script in SCRIPTS:
        page = browser.new_page()
        page.add_init_script(
            f"if (location.hash === '#neu') addEventListener('load', () => setTimeout(() => {{ {script} }}, 0))"
        )
        with page.expect_response(lambda response: response.request.method == "POST") as answer:
            page.goto(f"{address}{filled['scripts']}#neu")
        assert answer.value.status == 400, script
        page.close()
    page = browser.new_page()
    page.goto(address + filled["scripts"])
    expect(page.get_by_role("button", name="Ja, beide stimmen noch")).to_be_visible()
    page.get_by_role("button", name="Ja, beide stimmen noch").click()
    expect(page.locator("h1")).to_have_text("Danke, Helga Brandt!")
    expect(page.get_by_text("2 Angebote sind bestätigt")).to_be_visible()
    page.goto(address + filled["one"])
    page.get_by_role("button", name="Ja, es stimmt noch").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 Angebot ist bestätigt")).to_be_visible()
    assert barriers(page) == []
