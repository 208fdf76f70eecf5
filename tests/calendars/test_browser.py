"""The pages of calendars in a real browser: no barrier, no overflow, dark, right to left."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from portal.calendars.models import Calendar, CalendarEvent, CalendarRun
from portal.preferences.models import Preferences, SecondFactorRule
from portal.providers.models import Membership
from portal.taxonomy.models import Category
from portal.translation.models import LanguageSettings
from tenants.running.context import inside
from tests.browsing import address, barriers, browser, chromium, sign_in
from tests.conftest import PASSWORD, municipality
from tests.factories import a_provider, an_offer

__all__ = ["address", "browser", "chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-calendars")]
AT = "/konto/import/kalender/"
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsausbildungsveranstaltungskalender"
PAGES = ("", "neu/", "91/", "91/angaben/", "91/termine/", "91/termine/911/", "91/beenden/", "92/", "93/", "94/")


def _event(calendar: Calendar, pk: int, **more: object) -> None:
    rule = {"first_date": "2030-01-07", "last_date": None, "start_time": "19:30", "end_time": "21:30",
            "rrule": "FREQ=WEEKLY", "exdates": []}  # fmt: skip
    content = {"title": "Chor", "summary": "Wir singen.", "schedule_kind": "weekly", "schedules": [rule],
               "venue": "on_site", "locations": [{"name": LONG, "street": "Kirchweg 3", "city": "Saarbrücken"}],
               "registration_url": "https://verein.example/" + "lang-" * 30}  # fmt: skip
    CalendarEvent.objects.create(
        pk=pk, calendar=calendar, uid=str(pk), title=f"Chor {pk}", start_key="x", first=timezone.localdate(),
        content=content, settled=True, **more,
    )  # fmt: skip


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    with django_db_blocker.unblock(), inside(municipality("ahausen")):
        Preferences.load()
        Preferences.objects.update(second_factor=SecondFactorRule.NOBODY)
        LanguageSettings.load()
        LanguageSettings.objects.update(offered=["de", "ar"])
        club, now = a_provider(name="Verein Mitte"), timezone.now()
        person = User.objects.create_user("verein@ahausen.example", PASSWORD, name="Miriam Weber")
        Membership.objects.create(user=person, provider=club, role=Membership.Role.ADMINISTRATOR)
        topic = Category.objects.create(name="Musik")
        usual = {"provider": club, "read_at": now, "asked_at": now, "details": {"categories": [topic.pk]}}
        held = Calendar.objects.create(
            pk=91, name=LONG, url="https://a.example/", state="active", held_at=now, due_at=now + timedelta(hours=9),
            failing_since=now, failure="fault", failure_status=503, failure_words="Wartung " + "x" * 150, **usual,
        )  # fmt: skip
        Calendar.objects.create(pk=92, name="Neu", url="https://b.example/", **{**usual, "read_at": None})
        fresh = Calendar.objects.create(pk=93, name="Gefunden", url="https://c.example/", **usual)
        Calendar.objects.create(pk=94, name="Ruht", url="https://d.example/", state="paused", pause="failing",
                                failing_since=now, failure="is_a_page", **usual)  # fmt: skip
        offer = an_offer(provider=club, title="Chor", categories=[topic])
        _event(held, 911, offer=offer, by_hand=["title", "schedule_kind"], kept={"title": "x"})
        _event(held, 912, problem="Bitte geben Sie dem Angebot einen Namen.")
        _event(held, 913, missing=True, offer=offer)
        _event(fresh, 931)
        CalendarRun.objects.create(
            calendar=held, at=now, outcome="failed", failure="fault", status=503, words="x" * 150
        )
        CalendarRun.objects.create(calendar=held, at=now, outcome="read", found=3, made=2, ended=1)


@pytest.fixture
def entered(browser, address):
    def at(width: int, **options: object):
        page = browser.new_page(viewport={"width": width, "height": 800}, **options)
        return sign_in(page, address, "verein@ahausen.example")

    return at


@pytest.mark.parametrize(("width", "options"), [(1280, {"color_scheme": "dark"}), (320, {})])
def test_no_page_has_a_barrier_or_overflows(entered, address, width, options):
    page = entered(width, **options)
    for path in PAGES:
        page.goto(f"{address}{AT}{path}")
        expect(page.locator("h1")).to_be_visible()
        assert barriers(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_a_mistake_takes_the_focus_and_leads_to_its_field(entered, address):
    page = entered(390)
    page.goto(f"{address}{AT}neu/")
    page.fill("[name=url]", "Mein Kalender")
    page.get_by_role("button", name="Im Kalender nachsehen").click()
    expect(page.locator("#fehler")).to_be_focused()
    assert barriers(page) == []
    page.locator("#fehler a").click()
    expect(page.locator("#id_url")).to_be_focused()
    page.goto(f"{address}{AT}91/angaben/")
    page.get_by_label("Einen festen Betrag").check()
    page.get_by_role("button", name="Speichern").click()
    expect(page.locator("#fehler")).to_be_focused()
    assert barriers(page) == []


def test_right_to_left_nothing_overflows(entered, address):
    page = entered(320)
    for path in PAGES:
        page.goto(f"{address}/ar{AT}{path}")
        page.evaluate("document.documentElement.dir = 'rtl'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_a_question_is_answered_by_keyboard(entered, address):
    page = entered(1280)
    page.goto(f"{address}{AT}91/")
    page.get_by_role("button", name="Nein, sie bleiben, wie sie sind").press("Enter")
    expect(page.get_by_text("1 Angebot bleibt, wie es ist.")).to_be_visible()
    expect(page.get_by_role("button", name="Ja, diese Angebote beenden")).to_have_count(0)
