"""The pages of the room in a real browser: no barrier, no overflow, dark, right to left, forced colours, keyboard."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from core.access import Role
from portal.offers.models import Offer
from portal.preferences.models import Preferences, SecondFactorRule
from portal.quality.models import Link, Reminder
from portal.translation.models import LanguageSettings
from tenants.running.context import inside
from tests.browsing import address, barriers, browser, chromium, sign_in
from tests.conftest import PASSWORD, municipality
from tests.factories import a_provider, an_offer
from tests.quality.test_pages import fill

__all__ = ["address", "browser", "chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-quality")]
AT = "/redaktion/qualitaet/"
PAGES = ("", "ziele/", "angebote/", "angebote/?mangel=ungeprueft", "angebote/?q=nichts", "anbieter/", "links/",
         "links/?stand=unklar", "doppelt/", "doppelt/?art=anbieter", "erinnern/ungeprueft/",
         "erinnern/links/")  # fmt: skip


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    with django_db_blocker.unblock(), inside(municipality("ahausen")):
        Preferences.load()
        Preferences.objects.update(second_factor=SecondFactorRule.NOBODY)
        LanguageSettings.load()
        LanguageSettings.objects.update(offered=["de", "ar"])
        User.objects.create_user("redaktion@ahausen.example", PASSWORD, roles=[Role.EDITOR.value], name="Miriam Weber")
        fill(6)
        name = "Arbeitsgemeinschaft Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
        an_offer(provider=a_provider(name=name), title="Rechtsschutzversicherungsgesellschaftenberatungssprechstunde")
        Offer.objects.update(reviewed_at=timezone.localdate() - timedelta(days=200))
        Link.objects.create(
            url="https://unklar.example/" + "sehr-lang-" * 30, verdict="unclear", cause="robots",
            checked_at=timezone.now(), due_at=timezone.now(),
        )  # fmt: skip
        Link.objects.filter(url__contains="weg1").update(ignored_until=timezone.now() + timedelta(days=9))
        Reminder.objects.create(provider_id=Offer.objects.first().provider_id, reason="ungeprueft")


@pytest.fixture
def entered(browser, address):
    def at(width: int, **options: object):
        page = browser.new_page(viewport={"width": width, "height": 800}, **options)
        return sign_in(page, address, "redaktion@ahausen.example")

    return at


@pytest.mark.parametrize(("width", "options"), [(1280, {}), (320, {}), (1280, {"color_scheme": "dark"}),
                                                (390, {"forced_colors": "active"})])  # fmt: skip
def test_no_page_has_a_barrier_or_overflows(entered, address, width, options):
    page = entered(width, **options)
    for path in PAGES:
        page.goto(f"{address}{AT}{path}")
        expect(page.locator("h1")).to_be_visible()
        assert barriers(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.goto(f"{address}{AT}ziele/")
    page.fill("[name=checked]", "101")
    page.click(".form__actions button")
    expect(page.locator(".alert--danger")).to_be_visible()
    assert barriers(page) == []


def test_right_to_left_nothing_overflows(entered, address):
    page = entered(320)
    for path in PAGES:
        page.goto(f"{address}/ar{AT}{path}")
        page.evaluate("document.documentElement.dir = 'rtl'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        assert barriers(page) == [], path


def test_by_keyboard_a_pair_is_told_apart_and_the_next_one_stands_there(entered, address):
    page = entered(1280)
    page.goto(f"{address}{AT}")
    page.get_by_role("link", name="Vergleichen").press("Enter")
    expect(page.get_by_role("heading", name="Paar 1 von")).to_be_visible()
    before = page.locator("#paar").inner_text()
    page.get_by_role("button", name="Sind zwei verschiedene").press("Enter")
    expect(page.get_by_text("nicht noch einmal gefragt")).to_be_visible()
    expect(page.locator("#paar")).not_to_have_text(before)


def test_reminding_is_two_steps_and_the_second_click_finds_nobody(entered, address):
    page = entered(390)
    page.goto(f"{address}{AT}")
    page.get_by_role("link", name="Mail ansehen und senden").click()
    expect(page.get_by_text("Noch ist nichts gesendet")).to_be_visible()
    page.get_by_role("button", name="Mail an").click()
    expect(page.get_by_text("in den nächsten Minuten")).to_be_visible()
    page.goto(f"{address}{AT}erinnern/ungeprueft/")
    expect(page.get_by_role("button", name="Mail an")).to_have_count(0)
