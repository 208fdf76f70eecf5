"""In a real browser: the pages of demand have no barrier and do not overflow."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from core.access import Role
from portal.taxonomy.models import Category, District
from portal.usage.few import sum_sought
from portal.usage.models import DailyCategorySearch, DailyFilter, DailySearch
from tenants.running.context import inside
from tests.browsing import address, barriers, browser, chromium, sign_in
from tests.conftest import PASSWORD, municipality

__all__ = ["address", "browser", "chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-demand")]


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    with django_db_blocker.unblock(), inside(municipality("ahausen")):
        User.objects.create_user("petra@ahausen.example", PASSWORD, name="Petra", roles=[Role.PLANNER])
        topic = Category.objects.create(name="Kindertageseinrichtungsberatungsangebote")
        district = District.objects.create(name="Mitte")
        today = timezone.localdate()
        for number in range(24):
            day = today - timedelta(days=30 * number + 15)
            for word in ("schwimmkurs", "schwimmkurse", "deutschkurs", "rechtsschutzversicherungsgesellschaften"):
                DailySearch.objects.create(day=day, term=word, count=20 + number, nothing=9)
            DailyCategorySearch.objects.create(day=day, category_id=topic.pk, count=15, nothing=7)
            both = f"{topic.pk}:{district.pk}"
            for name, value in (("", ""), ("ortsteil", ""), ("ortsteil", f"{district.pk}"), ("alter", "6"),
                                ("kategorie+ortsteil", both), ("alter", "")):  # fmt: skip
                DailyFilter.objects.create(day=day, name=name, value=value, count=12, nothing=6)
        sum_sought()


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_of_demand_has_a_barrier_or_overflows(browser, address, filled, width):
    page = browser.new_page(viewport={"width": width, "height": 800})
    sign_in(page, address, "petra@ahausen.example")
    for path in ("", "woerter/", "nicht-gefunden/?zeitraum=eigener&von=quatsch", "themen/", "filter/"):
        page.goto(f"{address}/auswertung/nachfrage/{path}")
        assert page.locator("main h1").count() == 1
        assert barriers(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_who_presses_search_twice_searches_once(browser, address, filled):
    page = browser.new_page()
    page.goto(f"{address}/")
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/angebote/?" in request.url else None)
    form = page.locator("form.search[role=search]").first
    form.locator("input[name=q]").fill("Chor")
    form.locator("button[type=submit]").dblclick()
    page.wait_for_url("**/angebote/?*")
    assert len(asked) == 1, asked
    assert "q=Chor" in asked[0]
