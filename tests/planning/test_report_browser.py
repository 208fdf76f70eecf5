"""In a real browser: no page of supply, gaps, comparisons and reports has a barrier or overflows."""

from datetime import date

import pytest

from accounts.models import User
from core.access import Role
from portal.planning.models import AreaFigure, DistrictSheet, Source
from portal.planning.report import keeping
from portal.planning.report.settings import Chosen, Settings
from portal.taxonomy.models import District
from tenants.running.context import inside
from tests.browsing import address, barriers, browser, chromium, sign_in
from tests.conftest import PASSWORD, municipality
from tests.factories import an_offer

__all__ = ["address", "browser", "chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-reports")]


def square(lon, lat):
    return {"type": "Polygon", "coordinates": [[[lon, lat], [lon + 0.1, lat], [lon + 0.1, lat + 0.07], [lon, lat]]]}


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    with django_db_blocker.unblock(), inside(municipality("ahausen")):
        person = User.objects.create_user("petra@ahausen.example", PASSWORD, name="Petra", roles=[Role.PLANNER])
        source = Source.objects.create(name="Amt", as_of=date(2026, 1, 1), file_name="x.csv")
        for at in range(6):
            district = District.objects.create(
                name=f"Kirchbrombacherneustadt {at}", position=at, outline=square(7 + at % 3 / 10, 49 + at // 3 * 0.07)
            )
            AreaFigure.objects.create(source=source, district=district, indicator="Einwohner", unit="number",
                                      from_age=0, to_age=2, year=2025, value=90 + 40 * at)  # fmt: skip
            for _number in range(at):
                an_offer(places=[{"district": district}])
        sheet = DistrictSheet.objects.create(
            name="Kleine Kinder", text="Im Norden wird gebaut.\nMehr im Ausschuss.",
            indicators=["angebote", "stunden", "z:2025:0-2:Einwohner"],
            axes=["angebote", "z:2025:0-2:Einwohner"], names={"A": "Viele, gut versorgt"},
        )  # fmt: skip
        report = keeping.begin("Quartalsbericht", Settings([Chosen("/auswertung/")]), rhythm="quarterly",
                               readers=[person], key="k", by=person)  # fmt: skip
    return (
        "", "angebot/", "matrix/?zeile=ohne", "luecken/", "zahlen/", "wegezeiten/", "worte/", "ortsteile/",
        f"ortsteile/{sheet.pk}/", "ortsteile/neu/", "berichte/", f"berichte/{report.pk}/", "berichte/neu/",
    )  # fmt: skip


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_has_a_barrier_or_overflows(browser, address, filled, width):
    page = browser.new_page(viewport={"width": width, "height": 800})
    sign_in(page, address, "petra@ahausen.example")
    for path in filled:
        page.goto(f"{address}/auswertung/{path}")
        assert page.locator("main h1").count() == 1
        assert barriers(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
