"""The pages in a real Chromium: axe at both widths, no sideways scrolling, and all of it without a script."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from courier.signing import new_secret
from health.alerts import measure
from health.models import AlertHook
from jobs.models import Failure
from mail.models import OutboxMessage
from operations.models import GivenUpMail
from tenants.models import DriftCheck, Municipality, Rollout, RolloutStep, State
from tenants.running.context import inside_public
from tests.architecture.test_access import session_of
from tests.browsing import address, barriers, barriers_in_the_dark, browser, chromium  # noqa: F401
from tests.conftest import municipality
from tests.health.places import many, measured, queued, saved
from tests.health.test_answers import answered
from tests.people.cast import an_account

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-health")]
HERE = "/betrieb/kommunen/"
PAGES = (
    HERE,
    f"{HERE}?q=nirgends",
    f"{HERE}?ursache=auftraege&sort=redaktion",
    f"{HERE}ahausen/",
    f"{HERE}bedorf/",
    f"{HERE}ort-0007/",
    "/betrieb/auftraege/",
    "/betrieb/auftraege/?kommune=bedorf",
    "/betrieb/auftraege/verwerfen/",
    "/betrieb/alarme/",
    "/betrieb/alarme/webhooks/1/",
)


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    now = timezone.now()
    with django_db_blocker.unblock(), inside_public():
        session = session_of(an_account("betrieb@platform.example", "operator"))
        many(60)
        measured(municipality("ahausen"), now - timedelta(hours=3), offers=1412, published_offers=1300, mails_sent=400,
                 mails_bounced=29, file_bytes=9_400_000_000)  # fmt: skip
        failed = queued("failed", "ahausen", number=38)
        queued("failed", None, task="jobs.tidy")
        queued("failed", "ort-0007", task="operations.tasks.measure_municipality")
        queued("todo", "ort-0011", number=112)
        Failure.objects.create(job_id=failed[-1], at=now, error="ConnectionRefusedError (platform/mail/handing.py:45)")
        GivenUpMail.objects.create(schema_name="ahausen", number=2, since=now, counted_at=now)
        DriftCheck.objects.create(compared=62, found={"ahausen": ["- index offers_offer_state", "+ column x"]})
        rollout = Rollout.objects.create(by="test", jobs=1, code="x")
        step = {"schema_name": "ahausen", "state": "failed", "to_version": "offers.0099_more", "ended_at": now}
        RolloutStep.objects.create(rollout=rollout, error="column “x” exists already", **step)
        Municipality.objects.filter(slug="bedorf").update(state=State.SUSPENDED, state_reason="Umbau bis Mai")
        Municipality.objects.filter(slug="ort-0003").update(state=State.DRAFT)
        Municipality.objects.filter(slug="ort-0004").update(
            name="Verwaltungsgemeinschaft Großkleinaltdorf-Niederoberwaldhausen an der Würm"
        )
        saved(now - timedelta(hours=31), "ort-0005")
        for minutes, within in ((2, 200), (70, 500), (200, 100), (800, 1000)):
            answered("ahausen", number=300, errors=minutes % 7, within=within, minutes=minutes)
        answered("ort-0009", number=80, errors=9, within=5000)
        hook = AlertHook(
            pk=1,
            url="https://bereitschaft.example.org/haken/ein-langer-schluessel-ohne-umbruch-4711",
            first_failure=now,
        )
        hook.secret = new_secret()
        hook.save()
        measure()
        measure()
        OutboxMessage.objects.filter(kind="health_alert").update(
            state="sent", sent_at=now, bounced_at=now, bounce="550 5.1.1 no such user here"
        )
        yield session


def opened(browser, address, session, path, width, **more):  # noqa: F811 - the fixtures of browsing
    context = browser.new_context(viewport={"width": width, "height": 900}, **more)
    context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    page = context.new_page()
    assert page.goto(f"{address}{path}").status == 200
    return page


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(browser, address, filled, path, width):  # noqa: F811
    page = opened(browser, address.replace("ahausen.", ""), filled, path, width)
    if folder := os.environ.get("HEALTH_PICTURES"):
        name = path.strip("/").replace("/", "-").replace("?", "-").partition("&")[0]
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
    assert barriers(page) == []
    if width == 1280:
        assert barriers_in_the_dark(page) == []
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0


def test_what_fails_is_found_and_tried_again_without_a_script(browser, address, filled):  # noqa: F811
    page = opened(browser, address.replace("ahausen.", ""), filled, HERE, 1280, java_script_enabled=False)
    assert page.inner_text("tbody tr:first-child th a") == "Stadt Ahausen"
    page.fill("input[name=q]", "ort 7 ort-0007")
    page.select_option("select[name=ursache]", "auftraege")
    page.click("main form button:has-text('Anwenden')")
    assert page.locator("tbody tr").count() == 1
    page.click("tbody th a")
    page.click("button:has-text('Noch einmal versuchen')")
    assert "1 Auftrag wird noch einmal versucht." in page.content()
    assert page.url.endswith("/betrieb/kommunen/ort-0007/")
    page.goto(f"{page.url.partition('/betrieb/')[0]}/betrieb/auftraege/?auftrag=jobs.tidy")
    page.click("a:has-text('Alle verwerfen')")
    page.click("main form button:has-text('Verwerfen')")
    assert "1 Auftrag wurde verworfen." in page.content()


def test_on_light_paper_the_list_is_a_table_with_all_its_figures(browser, address, filled):  # noqa: F811
    page = opened(browser, address.replace("ahausen.", ""), filled, HERE, 700, color_scheme="dark")
    cell = page.locator("tbody td:last-child").first
    assert not cell.is_visible(), "a phone shows what stands out"
    page.emulate_media(media="print")
    assert cell.is_visible()
    assert cell.evaluate("e => getComputedStyle(e).display") == "table-cell"
    assert not page.locator("main button").first.is_visible()
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
