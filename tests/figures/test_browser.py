"""In a real browser: clicks are counted and leave no cookie, and the pages of figures and help have no barrier."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from portal.providers.models import Membership
from portal.usage.models import Act, DailyOfferAct, DailyOfferView
from portal.usage.served import tally
from tenants.running.context import inside
from tests.browsing import address, barriers, browser, chromium, sign_in
from tests.conftest import PASSWORD, municipality
from tests.factories import a_provider, an_offer

__all__ = ["address", "browser", "chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-figures")]

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    with django_db_blocker.unblock(), inside(municipality("ahausen")):
        club = a_provider(name="Treff", website="https://treff.example/")
        helga = User.objects.create_user("helga@verein.example", PASSWORD, name="Helga Brandt")
        Membership.objects.create(provider=club, user=helga, role=Membership.Role.ADMINISTRATOR)
        since = timezone.now() - timedelta(days=100)
        ways = {"contact_name": "Helga", "contact_phone": "0681 55501", "registration_url": "https://rad.example/"}
        place = {"street": "Markt 1", "city": "Ahausen", "latitude": 49.2, "longitude": 7.0, "precision": "exact"}
        title = "Fahrradwerkstattselbsthilfegruppe"
        own = an_offer(title=title, provider=club, published_at=since, places=[place], **ways)
        others = [an_offer(published_at=since) for _n in range(6)]
        today = timezone.localdate()
        for number, each in enumerate([own, *others]):
            for days in range(0, 60, 3):
                DailyOfferView.objects.create(offer_id=each.pk, day=today - timedelta(days=days), count=5 + number)
    return own.pk, own.get_absolute_url()


@pytest.fixture
def entered(browser, address):
    def at(width: int, **options):
        page = browser.new_page(viewport={"width": width, "height": 800}, **options)
        return sign_in(page, address, "helga@verein.example")

    return at


@pytest.fixture(autouse=True)
def nothing_counted():
    tally._counts.clear()
    yield
    tally._counts.clear()


def acts() -> dict[str, int]:
    return {entry.which[1]: number for entry, number in tally._counts.items() if entry.kind is DailyOfferAct}


def test_pressing_is_counted_without_a_cookie(browser, address, filled):
    pk, path = filled
    # A headless browser says so, and would count as a program.
    page = browser.new_page(user_agent=FIREFOX)
    page.goto(f"{address}{path}")
    # Nothing shall really be dialled or opened; the browser tells us before it would.
    page.evaluate("() => document.addEventListener('click', event => event.preventDefault())")
    for selector, act in (("a[href^='tel:']", Act.PHONE), ("[data-counts] a[href^='https:']", Act.WEBSITE),
                          ("button[data-bookmark]", Act.BOOKMARK), ("[data-act='share'][href]", Act.SHARE),
                          ("[data-act='route']", Act.ROUTE)):  # fmt: skip
        with page.expect_response("**/angebote/zaehlen/") as told:
            page.locator(selector).first.click()
        assert told.value.status == 204
        assert acts()[act.value] == 1, act
    # Taking the heart off again, and links that reach nobody, tell nothing.
    page.locator("button[data-bookmark]").first.click()
    expect(page.locator("button[data-bookmark]").first).to_have_attribute("aria-pressed", "false")
    assert sum(acts().values()) == 5
    assert page.context.cookies() == []
    assert {entry.which[0] for entry in tally._counts if entry.kind is DailyOfferAct} == {pk}


@pytest.mark.parametrize("width", [1280, 320])
def test_no_page_has_a_barrier_or_overflows(entered, address, filled, width):
    page = entered(width)
    pk, _path = filled
    for path in ("/konto/", "/konto/statistik/", f"/konto/statistik/{pk}/?zeitraum=eigener&von=quatsch&was=kontakte",
                 f"/konto/statistik/{pk}/?sprache=ar", "/konto/rundgang/", "/hilfe/?q=termin",
                 "/hilfe/anbieter/abschicken/", "/hilfe/anbieter/zahlen/?sprache=ar"):  # fmt: skip
        page.goto(f"{address}{path}")
        assert barriers(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_the_picture_is_told_apart_in_forced_colours_and_in_print(entered, address, filled):
    page = entered(1280, forced_colors="active")
    page.goto(f"{address}/konto/statistik/{filled[0]}/")
    colours = page.evaluate(
        """() => [".chart__bar", ".chart__usual"].map(each => {
            const style = getComputedStyle(document.querySelector(each));
            return each === ".chart__bar" ? style.fill : style.stroke;
        })"""
    )
    assert len(set(colours)) == 2, colours
    page.emulate_media(media="print")
    expect(page.locator(".period")).to_be_hidden()
    expect(page.locator(".chart__bars")).to_be_visible()


def test_the_tour_is_gone_through_by_keyboard_and_closed(entered, address):
    page = entered(1280)
    page.goto(f"{address}/konto/")
    for number in range(2, 6):
        page.get_by_role("link", name="Nächste Karte").press("Enter")
        expect(page.get_by_text(f"Rundgang, Karte {number} von 5")).to_be_visible()
    page.get_by_role("button", name="Fertig").press("Enter")
    expect(page.get_by_text("Rundgang, Karte")).to_have_count(0)
    page.get_by_role("link", name="Der Rundgang in fünf Karten").press("Enter")
    expect(page.get_by_role("heading", name="Rundgang in fünf Karten")).to_be_visible()
