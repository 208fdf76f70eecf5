"""Support access in a real Chromium, both sides: axe at both widths, nothing scrolls sideways, the way in and out."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from support.entering import link_to
from support.services import ask
from tenants.running.context import inside, inside_public
from tests.architecture.test_access import session_of
from tests.browsing import address, barriers, browser, chromium  # noqa: F401
from tests.conftest import municipality
from tests.people.cast import an_account

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-support")]
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TOWN, HERE = "/betrieb/kommunen/ahausen/zugang/", "/redaktion/zugang/"


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    with django_db_blocker.unblock():
        with inside_public():
            operator = an_account("betrieb@platform.example", "operator")
            session = session_of(operator)
        with inside(municipality("ahausen")):
            admin = session_of(an_account("anna@amt.example", "admin"))
        visit = ask("ahausen", by=operator, reason="T-1527: Stadtteile doppelt importiert", minutes=60)
        # Each is used up by its use; while the browser runs, nobody asks the database.
        doors = []
        for entries in (0, 1):
            visit.entries = entries
            doors.append(urlsplit(link_to(visit)).path)
        yield {"operator": session, "admin": admin, "doors": doors}


def looked_at(page, name):
    if folder := os.environ.get("SUPPORT_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}-{page.viewport_size['width']}.png", full_page=True)
    assert barriers(page) == [], name
    assert page.evaluate(WIDE) == 0, name


@pytest.mark.parametrize("width", [390, 1280])
def test_both_sides_see_it_and_the_operator_goes_in_and_looks(browser, address, filled, width):  # noqa: F811
    platform, admin = address.replace("ahausen.", ""), browser.new_context(viewport={"width": width, "height": 900})
    admin.add_cookies([{"name": "sessionid", "value": filled["admin"], "url": address}])
    context = browser.new_context(viewport={"width": width, "height": 900})
    context.add_cookies([{"name": "sessionid", "value": filled["operator"], "url": platform}])
    page, theirs = context.new_page(), admin.new_page()
    page.goto(f"{platform}{TOWN}")
    looked_at(page, "betrieb")
    theirs.goto(f"{address}{HERE}")
    looked_at(theirs, "kommune")
    assert page.get_by_role("link", name="Die Kommune betreten").is_visible()
    # What the link leads on to names the port of the settings, not that of this server.
    page.goto(f"{address}{filled['doors'].pop(0)}")
    looked_at(page, "eingang")
    page.get_by_role("button", name="Betreten").click()
    page.wait_for_url(f"{address}/redaktion/")
    looked_at(page, "drin")
    page.goto(f"{address}/redaktion/personen/")
    looked_at(page, "zu")
    assert page.get_by_text("Sie dürfen nur ansehen.").is_visible()
