"""Board, roadmap, votes and paying in a real Chromium: axe at both widths, no sideways scrolling, without a script."""

import os
from pathlib import Path

import pytest

from core.access import Role
from tenants.running.context import inside, inside_public
from tests.architecture.test_access import session_of
from tests.browsing import address, barriers, barriers_in_the_dark, browser, chromium  # noqa: F401
from tests.conftest import municipality
from tests.people.cast import an_account
from tests.tracker.people import OPERATOR, editor_of
from tracker.board.models import BoardSettings
from tracker.cofunding.models import Key
from tracker.cofunding.services import estimate, join, pledge
from tracker.releases.models import Item, Release
from tracker.tickets import services
from tracker.tickets.models import Participant, State, of_municipality
from tracker.tickets.participating import participant_of
from tracker.voting.services import cast

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-board")]
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
WIDTHS = (390, 1280)


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    with django_db_blocker.unblock():
        with inside(municipality("ahausen")):
            editor = session_of(an_account("miriam@amt.example", "editor"))
        with inside_public():
            operator = session_of(an_account("betrieb@platform.example", "operator"))
            yield {"editor": editor, "operator": operator, "wish": furnished()}


def furnished():
    """A board with something of everything; the number of the wish that is paid together."""
    us, them = editor_of(municipality("ahausen")), editor_of(municipality("bedorf"))
    Participant.objects.filter(pk=us.participant.pk).update(inhabitants=326_638)
    Participant.objects.filter(pk=them.participant.pk).update(inhabitants=40_231)
    third = Participant.objects.create(
        slug="cestadt", name=f"{LONG} an der Blies", shown_name="Redaktion Cestadt", inhabitants=35_113
    )
    text = (
        "Die Auswertung zählt Angebote. Ein Sprachcafé mit einer Stunde im Monat zählt so viel wie ein täglicher Kurs."
    )
    hours = services.report(by=them, kind="wish", title="Wochenstunden je Stadtteil in der Auswertung", happened=text)
    long = services.report(by=us, kind="wish", title=f"{LONG} suchen", happened=f"{LONG} " * 4)
    done = services.report(by=us, kind="wish", title="Merkliste als PDF")
    services.report(by=us, kind="bug", title="Karte bleibt leer", happened=text)
    cast(hours, 4, by=us)
    cast(long, 5, by=them)
    cast(done, 2, by=us)
    services.change_state(hours, State.PLANNED, by=OPERATOR)
    services.change_state(long, State.CONFIRMED, by=OPERATOR)
    services.change_state(done, State.ROLLED_OUT, by=OPERATOR)
    release = Release.objects.create(version="26.12", planned_on="2026-12-01")
    Item.objects.create(release=release, ticket=hours, group="new", title="Wochenstunden")
    estimate(hours, 480_000, by=OPERATOR, note="Mit Tests und einer Seite im Handbuch")
    join(hours, by=us, key=Key.INHABITANTS)
    join(hours, by=them)
    join(hours, by=of_municipality(third, Role.EDITOR, person=1))
    pledge(hours, 480_000, by=them)
    BoardSettings.objects.update_or_create(pk=1, defaults={"public_roadmap": True})
    assert participant_of(municipality("ahausen")) == us.participant
    return hours.pk


def opened(browser, address, session, path, width, **more):  # noqa: F811 - the fixtures of browsing
    context = browser.new_context(viewport={"width": width, "height": 900}, **more)
    if session:
        context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    page = context.new_page()
    assert page.goto(f"{address}{path}").status == 200
    return page


def looked_at(page, name):
    """Kept as a picture where BOARD_PICTURES names a folder."""
    if folder := os.environ.get("BOARD_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


TOWN = (
    "/plattform/",
    "/plattform/fehler/",
    "/plattform/fahrplan/",
    "/plattform/kosten/",
    "/plattform/meldungen/{wish}/",
)
OPERATORS = ("/betrieb/tickets/", "/betrieb/tickets/fahrplan/", "/betrieb/kosten/", "/betrieb/kosten/{wish}/",
             "/betrieb/tickets/{wish}/", "/betrieb/tickets/viele/?tun=abgelehnt&ticket={wish}")  # fmt: skip


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", [*TOWN, *OPERATORS, "/fahrplan/"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(browser, address, filled, path, width):  # noqa: F811
    side = "town" if path in TOWN else "platform"
    where = address if side == "town" else address.replace("ahausen.", "")
    session = "" if path == "/fahrplan/" else filled["editor" if side == "town" else "operator"]
    page = opened(browser, where, session, path.format(**filled), width)
    looked_at(page, f"{side}-{path.strip('/').replace('/', '-').partition('?')[0]}-{width}")
    assert barriers(page) == []
    if width == 1280 and side == "platform":
        assert barriers_in_the_dark(page) == []
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0


def test_votes_are_set_and_a_share_is_pledged_without_a_script(browser, address, filled):  # noqa: F811
    page = opened(
        browser, address, filled["editor"], f"/plattform/meldungen/{filled['wish']}/", 390, java_script_enabled=False
    )
    page.check("input[name=stimmen][value='5']")
    page.click("text=Stimmen setzen")
    assert "Ihre Kommune hat jetzt 5 Stimmen für diesen Wunsch. Es bleiben 75 Punkte." in page.content()
    page.click("button:has-text('zusagen')")
    assert "Ihre Kommune sagt" in page.content()
    assert page.is_visible("text=Zusage zurücknehmen")
