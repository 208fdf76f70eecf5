"""In a real Chromium: the pages for people who write programs have no barrier, narrow or wide."""

import pytest

from portal.preferences.models import Preferences
from tenants.running.context import inside
from tests.browsing import address, barriers, browser, chromium
from tests.conftest import municipality
from tests.factories import an_offer

__all__ = ["address", "browser", "chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-interfaces")]


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    with django_db_blocker.unblock(), inside(municipality("ahausen")):
        an_offer()
        rules = Preferences.load()
        rules.data_licence = "dl-by-de/2.0"
        rules.save()


@pytest.mark.parametrize("options", [{}, {"color_scheme": "dark"}])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", ["/daten/", "/api/", "/daten/?sprache=ar"])
def test_no_barriers(browser, address, path, width, options):
    page = browser.new_context(viewport={"width": width, "height": 800}, locale="de-DE", **options).new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + path)
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert all(url.startswith((address, "data:")) for url in asked)
