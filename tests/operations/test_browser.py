"""The platform's log in a real Chromium: axe at both widths, nothing scrolls sideways, filters without a script."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from accounts.models import User
from audit.services import record
from audit.verifying import Finding
from operations.models import LogCheck
from tenants.models import Municipality
from tenants.running.context import PUBLIC, inside_public
from tests.architecture.test_access import session_of
from tests.browsing import address, barriers, barriers_in_the_dark, browser, chromium  # noqa: F401
from tests.people.cast import an_account

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-operations")]
WIDTHS = (390, 1280)
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    with django_db_blocker.unblock(), inside_public():
        operator = an_account("betrieb@platform.example", "operator")
        towns = {each.slug: each for each in Municipality.objects.all()}
        for number in range(60):
            record("look", towns["ahausen"], by=operator if number % 2 else "look_at_municipality")
        record("suspend", towns["bedorf"], by=operator, changes={"state_reason": ["", f"{LONG} {LONG}"]})
        record("restore", towns["ahausen"], by="x", changes={"audit_head": ["a" * 64, "b" * 64]})
        early = timezone.now() - timedelta(days=3)
        LogCheck.objects.create(schema_name=PUBLIC, verified_at=early, finding=Finding.WHOLE.value, entries=62)
        LogCheck.objects.create(
            schema_name="ahausen", verified_at=early, finding=Finding.BROKEN.value, entries=7, first=3, wrong=2,
            found_at=early, checkpoint_at=early,
        )  # fmt: skip
        assert User.objects.filter(pk=operator.pk).exists()
        yield session_of(operator)


def opened(browser, address, session, path, width, **more):  # noqa: F811 - the fixtures of browsing
    context = browser.new_context(viewport={"width": width, "height": 900}, **more)
    host = address.replace("ahausen.", "")
    context.add_cookies([{"name": "sessionid", "value": session, "url": host}])
    page = context.new_page()
    assert page.goto(f"{host}{path}").status == 200
    return page


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", ["/betrieb/", "/betrieb/protokoll/", "/betrieb/protokoll/?sache=nirgends"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(browser, address, filled, path, width):  # noqa: F811
    page = opened(browser, address, filled, path, width)
    if folder := os.environ.get("LOG_PICTURES"):
        page.screenshot(path=Path(folder) / f"{path.strip('/').replace('/', '-')}-{width}.png", full_page=True)
    assert barriers(page) == []
    if width == 1280:
        assert barriers_in_the_dark(page) == []
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0


def test_it_is_filtered_and_paged_without_a_script(browser, address, filled):  # noqa: F811
    page = opened(browser, address, filled, "/betrieb/protokoll/", 390, java_script_enabled=False)
    assert page.locator(".deeds > li").count() == 50
    page.click("a[rel=next]")
    assert page.locator(".deeds > li").count() == 12
    page.fill("#sache", "bedorf")
    page.click(".sieve button")
    assert page.locator(".deeds > li").count() == 1
    assert "gesperrt" in page.inner_text(".deeds")
