"""The operator's pages of switches, announcements and statistics, and what town halls see of them, in a real Chromium:
axe at both widths, no sideways scrolling."""

import os
from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone

from announcements import services as announcing
from announcements.models import Announcement
from comparison import services as comparing
from comparison.models import Cohort, Consent, Group, Median, MonthFigures
from operations.statistics.costs import Key, Wish, keep, share_out, those_who_pay
from shared_categories.models import Entry, Kind, Use
from switches import services as switching
from switches.models import Setting
from switches.services import OFF, Whom
from tenants.models import Municipality, MunicipalityFigures
from tenants.running.context import inside, inside_public
from tests.architecture.test_access import session_of
from tests.browsing import address, barriers, barriers_in_the_dark, browser, chromium  # noqa: F401
from tests.conftest import municipality
from tests.people.cast import an_account
from tests.tracker.board.test_browser import opened

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-statistics")]
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
WIDTHS = (390, 1280)
HOME = "/betrieb/statistik/"
PAGES = (
    ("operator", "/betrieb/zellen/"),
    ("operator", "/betrieb/schalter/"),
    ("operator", "/betrieb/schalter/embedding/"),
    ("operator", "/betrieb/mitteilungen/"),
    ("operator", "/betrieb/mitteilungen/neu/"),
    ("operator", "/betrieb/mitteilungen/{told}/"),
    ("operator", HOME),
    ("operator", f"{HOME}gruppen/{{group}}/"),
    ("operator", f"{HOME}kosten/"),
    ("operator", f"{HOME}kosten/{{costs}}/"),
    ("editor", "/redaktion/"),
    ("editor", "/redaktion/mitteilungen/{told}/"),
    ("editor", "/redaktion/vergleich/"),
    ("editor", "/auswertung/vergleich/"),
)


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    with django_db_blocker.unblock():
        with inside(municipality("ahausen")):
            editor = session_of(an_account("miriam@amt.example", "editor"))
        with inside_public():
            operator = session_of(an_account("betrieb@platform.example", "operator"))
            yield {"editor": editor, "operator": operator, **furnished()}


def furnished():
    """Some of everything, with names that have no room on a telephone."""
    us, today = municipality("ahausen"), timezone.localdate()
    switching.turn("embedding", Whom(wave=us.wave), OFF, by="j.weber@betrieb.example")
    Setting.objects.create(name="frueher", is_on=True, turned_by="j.weber@betrieb.example")
    text = f"<h2>Wann</h2><p>Am Sonntag von 6 bis 7 Uhr. {LONG}</p><ul><li>Nichts geht verloren.</li></ul>"
    told = announcing.save(Announcement(title=f"Wartung: {LONG}", text=text, roles=["editor"]), towns=[], by="j.weber")
    announcing.publish(told, by="j.weber@betrieb.example")
    Municipality.objects.create(slug="cestadt", schema_name="cestadt", name=f"{LONG} an der Blies")
    group = comparing.save_group(Group(name=LONG, sentence="Städte im Land."), by="j.weber")
    comparing.add(group, [us], by="j.weber")
    comparing.set_inhabitants({"ahausen": 33_000, "bedorf": 9_000, "cestadt": 120_000}, by="j.weber")
    Consent.objects.create(municipality=us)
    for month in range(1, 10):
        figures(us, date(2026, month, 1), 100 + 7 * month)
    cohort = Cohort.objects.create(group=group, month=date(2026, 9, 1), towns=[us.pk, 2, 3, 4, 5, 6])
    Median.objects.bulk_create(Median(cohort=cohort, figure=each, value=120) for each in ("offers", "providers"))
    MunicipalityFigures.objects.create(municipality=us, night=today, published_offers=170, measured_at=timezone.now())
    for number in range(3):
        Entry.objects.create(kind=Kind.CATEGORY, code=f"K-90{number}", name=f"Thema {number} {LONG}")
        Use.objects.create(municipality=us, code=f"K-90{number}", offers=7, night=today)
    wish = Wish("Betrieb 2027", date(2027, 1, 1), date(2027, 12, 31), 1_250_001, {Key.EQUAL: 40, Key.INHABITANTS: 60})
    costs = keep(share_out(wish, those_who_pay()), by="j.weber@betrieb.example")
    return {"told": told.pk, "group": group.pk, "costs": costs.pk}


def figures(town, month, offers):
    MonthFigures.objects.create(
        municipality=town, month=month, night=month.replace(day=28), published_offers=offers, free_offers=offers // 3,
        accessible_offers=offers // 4, providers=40, users=60, mails_sent=900, inhabitants=33_000,
    )  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(browser, address, filled, path):  # noqa: F811
    who, where = path
    host = address.replace("ahausen.", "") if who == "operator" else address
    page = opened(browser, host, filled[who], where.format(**filled), WIDTHS[0])
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if folder := os.environ.get("PICTURES"):
            page.screenshot(path=Path(folder) / f"statistik-{PAGES.index(path):02}-{width}.png", full_page=True)
        assert barriers(page) == []
        if width == 1280 and who == "operator":
            assert barriers_in_the_dark(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
