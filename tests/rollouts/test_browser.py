"""The pages of rollouts, exports and backups in a real Chromium: axe at both widths, no sideways
scrolling."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from operations.rollouts import services
from operations.rollouts.models import Plan
from operations.safekeeping.models import Export, Work
from operations.safekeeping.sources import incoming
from tenants.models import Backup, DriftCheck, Drill, Rollout, RolloutStep, ServerErrors
from tenants.running.context import inside_public
from tests.architecture.test_access import session_of
from tests.browsing import address, barriers, barriers_in_the_dark, browser, chromium  # noqa: F401
from tests.people.cast import an_account
from tests.tracker.board.test_browser import opened
from tracker.releases.models import Release

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-rollouts")]
WIDTHS = (390, 1280)
SQL = 'BEGIN;\nALTER TABLE "offers_offer" ADD COLUMN "reminder_at" timestamp with time zone NULL;\nCOMMIT;\n' * 12
HOME = "/betrieb/rollouts/"
PAGES = (
    *(f"{HOME}{each}" for each in ("", "{running}/", "{stopped}/", "plan/{plan}/", "plan/{waiting}/", "abweichungen/")),
    "/betrieb/sicherungen/",
    "/betrieb/sicherungen/exporte/{export}/",
    "/betrieb/sicherungen/dateien/mitgebracht-probe.zip/",
    "/betrieb/sicherungen/arbeiten/{trial}/",
    "/betrieb/sicherungen/arbeiten/{drill}/",
    "/betrieb/kommunen/ahausen/zustand/",
)


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    with django_db_blocker.unblock(), inside_public():
        yield {"operator": session_of(an_account("betrieb@platform.example", "operator")), **furnished()}


def furnished():
    """A rollout under way, one that stopped by itself, a plan, one that is being made, and drift."""
    now = timezone.now()
    stopped = Rollout.objects.create(
        by="j.weber@betrieb.example", jobs=2, code="x", state="stopped", reason="errors", ended_at=now,
        remark="In den letzten zehn Minuten endeten 9 Seiten von 2 aktualisierten Kommunen mit einem Fehler.",
    )  # fmt: skip
    running = Rollout.objects.create(by="j.weber@betrieb.example", jobs=2, code="x", state="running")
    for rollout in (stopped, running):
        for number, state in enumerate(["done"] * 60 + ["failed"] * 2 + ["waiting"] * 8 + ["gone"]):
            RolloutStep.objects.create(
                rollout=rollout, schema_name=f"ort-{number}", wave=("canary", "rest")[number > 4], state=state,
                from_version="offers.0011_reminded", to_version="offers.0012_calendar_address", seconds=1.2,
                started_at=now, ended_at=now - timedelta(minutes=5),
                error=f"ort-{number}: offers.0012_calendar_address: “{SQL[:90]}”." if state == "failed" else "",
            )  # fmt: skip
    ServerErrors.objects.create(schema_name="ort-1", minute=now - timedelta(minutes=2), number=9)
    group = {"waves": {"canary": 5, "rest": 66}, "names": ["ort-1", "ort-2"], "fit": 70, "sql": SQL,
             "migrations": ["offers.0012_calendar_address"], "unfit": {"ort-9": "Von Hand geändert."}}  # fmt: skip
    done = {"asked_by": "j.weber@betrieb.example", "state": "done", "ended_at": now}
    plan = Plan.objects.create(**done, code="x", total=71, groups=[group], shared=["tenants.0012_rollout_orders"])
    waiting = services.ask_for_plan(by="j.weber@betrieb.example")
    found = {f"ort-{number}": ["- trigger offers_offer offers_offer_changed", "+ column x"] for number in range(3)}
    DriftCheck.objects.create(compared=71, found=found)
    Release.objects.create(version="26.12")
    places = {"running": running, "stopped": stopped, "plan": plan, "waiting": waiting, "export": kept(), **worked()}
    return {name: each.pk for name, each in places.items()}


def kept() -> Export:
    """Backups of every kind and state, a drill that failed, and an export to fetch."""
    now = timezone.now()
    whole = Backup.objects.create(
        kind="full", path="a", bytes=48 * 10**9, finished_at=now, verified_at=now, removed_at=now
    )
    Backup.objects.create(kind="increment", path="b", parent=whole, error="Auf dem Laufwerk ist kein Platz mehr.")
    Backup.objects.create(kind="single", path="c", slug="ahausen", bytes=10**7, finished_at=now)
    Backup.objects.create(kind="full", path="d")
    Drill.objects.create(backup=whole, slug="ahausen", passed=False, seconds=3)
    return Export.objects.create(
        slug="ahausen", name="Ahausen", asked_by="j.weber@betrieb.example", state="done", ended_at=now, bytes=10**8,
        rows=123_456, files=789, sha256="0123456789abcdef" * 4,
    )  # fmt: skip


def worked() -> dict[str, Work]:
    """A file that was looked into, a trial that is there, a drill that failed, a deletion that waits for a rollout."""
    now = timezone.now()
    given = {"asked_by": "j.weber@betrieb.example", "ended_at": now, "state": "done", "name": "Stadt Ahausen"}
    inside = {"slug": "ahausen", "name": "Stadt Ahausen", "hosts": ["ahausen.localhost", "www.ahausen.example"],
              "state": "live", "exported_at": "2026-11-30T04:12:00+00:00", "rows": 123_456, "files": 789,
              "file_bytes": 10**8, "is_older": True}  # fmt: skip
    file = {"source": "mitgebracht-probe.zip"}
    Work.objects.create(kind="look", result=inside, **file, **given)
    trial = Work.objects.create(kind="trial", result={"slug": "ahausen", "host": "probe-1.vorschau.localhost"},
                                goes_at=now + timedelta(days=3), **file, **given)  # fmt: skip
    figures = {"tables": 190, "rows equal": 48_210, "rows wrong": 3}
    drill = Work.objects.create(kind="drill", slug="ahausen", **given,
                                result={"passed": False, "figures": figures, "slug": "ahausen"})  # fmt: skip
    Work.objects.create(kind="restore", state="failed", slug="ahausen", asked_by="x", name="Stadt Ahausen",
                        error="Der Export ist beschädigt: „tables/offers_offer.jsonl“ ist anders.")  # fmt: skip
    return {"trial": trial, "drill": drill}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(browser, address, filled, path, width):  # noqa: F811
    where = address.replace("ahausen.", "")
    incoming().mkdir(parents=True, exist_ok=True)
    (incoming() / "probe.zip").write_bytes(b"PK")
    page = opened(browser, where, filled["operator"], path.format(**filled), width)
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=Path(folder) / f"rollouts-{PAGES.index(path)}-{width}.png", full_page=True)
    assert barriers(page) == []
    if width == 1280:
        assert barriers_in_the_dark(page) == []
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0


def test_the_keyboard_stays_where_it_was_when_a_part_renews_itself(browser, address, filled):  # noqa: F811
    where = address.replace("ahausen.", "")
    page = opened(browser, where, filled["operator"], f"{HOME}plan/{filled['waiting']}/", 1280)
    renew = """query => htmx.ajax("GET", location.pathname + query,
        {target: "#stand", select: "#stand", swap: "outerHTML"})"""
    link = page.locator("#stand a:has-text('Wie weit ist es?')")
    link.focus()
    before = link.element_handle()
    page.evaluate(renew, "")
    assert not before.evaluate("e => e.isConnected"), "nothing was renewed"
    assert link.evaluate("e => e === document.activeElement")
    page.locator("#stand a:has-text('Nicht mehr von selbst laden')").focus()
    page.evaluate(renew, "?ruhig=1")
    assert page.evaluate("document.activeElement.id") == "stand", "what is gone leaves the keyboard at its part"


def test_after_a_mistake_the_keyboard_is_at_what_is_wrong(browser, address, filled):  # noqa: F811
    where = address.replace("ahausen.", "")
    page = opened(browser, where, filled["operator"], "/betrieb/kommunen/ahausen/zustand/", 1280)
    page.locator("#grund").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".field__error")
    assert page.evaluate("document.activeElement.className") == "alert alert--danger"
    assert page.title().startswith("Fehler:")
    page.keyboard.press("Tab")
    page.goto(f"{where}/betrieb/sicherungen/")
    page.fill("#kommune", "gibt-es-nicht")
    page.keyboard.press("Enter")
    page.wait_for_selector(".field__error")
    assert page.evaluate("document.activeElement.id") == "kommune"
