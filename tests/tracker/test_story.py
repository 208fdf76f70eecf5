"""The whole story in real browsers, at both widths: one town reports, another adds a voice and a pledge, the operator
plans, issues and rolls out, and both are told. Every step is done in the pages, as people do it."""

import os
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.db import connection
from PIL import Image
from playwright.sync_api import expect

from core.access import Role
from mail.models import OutboxMessage
from tenants.models import RolloutStep
from tenants.rollout.services import roll_out
from tenants.rollout.wish import Wish
from tenants.running.context import inside, inside_public
from tests.browsing import address, barriers, browser, chromium, sign_in
from tests.conftest import municipality
from tests.people.cast import an_account
from tests.rollout.conftest import Silent
from tests.rollout.releases import package

__all__ = ["address", "browser", "chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-story")]
REPORTER, NEIGHBOUR, OPERATOR = "miriam@ahausen.example", "jonas@bedorf.example", "betrieb@platform.example"
DESK = "/redaktion/"


@dataclass(frozen=True)
class Story:
    """What differs: words, how the other town finds it and how they share the costs."""

    wish: str
    version: str
    by_look_alikes: bool
    key: str


STORIES = {
    1280: Story("Wochenstunden je Stadtteil in der Auswertung", "26.12", True, "zu gleichen Teilen"),
    390: Story("Merkliste für den Aushang im Jugendzentrum drucken", "27.1", False, "jede mit eigenem Betrag"),
}


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    with django_db_blocker.unblock():
        for town, email in (("ahausen", REPORTER), ("bedorf", NEIGHBOUR)):
            with inside(municipality(town)):
                an_account(email, Role.EDITOR)
        with inside_public():
            an_account(OPERATOR, Role.OPERATOR)
        call_command("set_wave", "canary", "ahausen")
    return True


def aside(deed, *args, **options):
    """What needs the database: Django refuses it to this thread while Playwright's loop runs in it."""

    def done():
        try:
            return deed(*args, **options)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(done).result()


@pytest.fixture(scope="module")
def new_code(tmp_path_factory):
    """`new_code(settings)`: from now on the code has one migration more than before."""
    before, more = list(sys.path), {}

    def comes(settings):
        name = f"{len(more) + 1}"
        column = f'migrations.AddField("dailysearch", "story_{name}", models.CharField(max_length=9, db_default=""))'
        more[f"005{name}_story"] = column
        settings.MIGRATION_MODULES = {"usage": package(tmp_path_factory.mktemp("code"), "usage", more)}

    yield comes
    sys.path[:] = before


@pytest.fixture
def people(browser, address):
    """`people(width)`: the two editors and the operator, each signed in in a browser of their own."""

    def at(width):
        def entered(host, email):
            context = browser.new_context(viewport={"width": width, "height": 900}, locale="de-DE", base_url=host)
            return sign_in(context.new_page(), host, email)

        platform = address.replace("ahausen.", "")
        return (
            entered(address, REPORTER),
            entered(address.replace("ahausen.", "bedorf."), NEIGHBOUR),
            entered(platform, OPERATOR),
        )

    return at


def passed(page, name):
    """No barrier and no sideways scrolling on a page of the way; a picture where STORY_PICTURES names a folder."""
    width = page.viewport_size["width"]
    if folder := os.environ.get("STORY_PICTURES"):
        page.screenshot(path=Path(folder) / f"{width}-{name}.png", full_page=True)
    assert barriers(page) == [], name
    assert page.evaluate("document.documentElement.scrollWidth") <= width, name


def button(page, name, *, exact=True):
    return page.get_by_role("button", name=name, exact=exact)


def said(page, words):
    expect(page.get_by_text(words).first).to_be_visible()


def a_screenshot():
    out = BytesIO()
    Image.new("RGB", (800, 400), "white").save(out, "PNG")
    return {"name": "schirm.png", "mimeType": "image/png", "buffer": out.getvalue()}


def report(page, story):
    """From the desk, with a picture; the number of the ticket."""
    page.goto(DESK)
    page.get_by_role("link", name="Problem oder Idee melden").first.click()
    page.get_by_label("Ein Wunsch").check()
    page.get_by_label("In einem Satz").fill(story.wish)
    page.get_by_label("Was ist passiert, oder was fehlt?").fill("Wir machen das von Hand, jede Woche.")
    page.get_by_label("Was haben Sie erwartet, oder was wünschen Sie sich?").fill("Ein Knopf über der Liste.")
    page.get_by_label("Bild auswählen").set_input_files(a_screenshot())
    passed(page, "1-melden")
    button(page, "Weiter: so sehen es die anderen").click()
    passed(page, "2-pruefen")
    button(page, "Meldung senden").click()
    expect(page.get_by_role("heading", name=story.wish, level=1)).to_be_visible()
    expect(page.get_by_alt_text("Bildschirmfoto")).to_be_visible()
    return int(re.search(r"/meldungen/(\d+)/", page.url)[1])


def find_and_join(page, story):
    """“Betrifft uns auch”: instead of a second report, or from the board."""
    if story.by_look_alikes:
        page.goto("/plattform/melden/")
        page.get_by_label("In einem Satz").press_sequentially("Auswertung: Wochenstunden", delay=10)
        expect(page.get_by_role("link", name=story.wish)).to_be_visible()
        passed(page, "3-aehnlich")
        button(page, "Betrifft uns auch", exact=False).click()
    else:
        page.goto("/plattform/")
        passed(page, "3-uebersicht")
        page.get_by_role("link", name=story.wish).click()
        button(page, "Betrifft uns auch").click()
    expect(button(page, "Betrifft uns doch nicht")).to_be_visible()
    expect(page.get_by_alt_text("Bildschirmfoto")).to_have_count(0)


def vote(page, votes):
    page.get_by_label(re.compile(rf"^{votes} ·")).check()
    button(page, "Stimmen setzen").click()
    said(page, f"Ihre Kommune hat jetzt {votes} Stimmen für diesen Wunsch.")


def set_state(page, here, state):
    page.goto(here)
    page.get_by_label("Neuer Stand").select_option(label=state)
    button(page, "Stand setzen").click()
    said(page, state)


def estimate(page, here):
    page.goto(here)
    page.get_by_role("link", name="Schätzung angeben").click()
    page.get_by_label("Schätzung in Euro").fill("2.500,01")
    page.get_by_label("Was die Schätzung enthält").fill("Mit Tests und einer Seite der Hilfe")
    passed(page, "5-schaetzung")
    button(page, "Speichern").click()
    said(page, "2.500,01")


def plan(page, story, number):
    """A new version with this ticket in it."""
    page.goto("/betrieb/versionen/")
    page.get_by_role("textbox", name="Version").fill(story.version)
    button(page, "Planen").click()
    page.get_by_label("Nummern von Meldungen").fill(f"T-{number}")
    button(page, "In diese Version aufnehmen").click()
    expect(page.get_by_role("heading", name=story.wish)).to_be_visible()
    passed(page, "6-version")


def share_equally(first, second):
    """The one proposes the key and pledges, the other joins; the first agrees to nothing anew: its share fell."""
    first.get_by_label("zu gleichen Teilen").check()
    button(first, "Mitmachen").click()
    second.reload()
    button(second, "Mitmachen").click()
    for page, share in ((first, "1.250,01"), (second, "1.250,00")):
        page.reload()
        button(page, f"{share} € zusagen").click()


def share_by_amounts(first, second):
    first.get_by_label("jede mit eigenem Betrag").check()
    for page, amount in ((first, "1.000"), (second, "1.500,01")):
        page.reload() if page is second else None
        page.get_by_label("Ihr Betrag in Euro").fill(amount)
        page.get_by_role("button", name=re.compile("Mitmachen|Diesen Betrag zusagen")).click()


def share_costs(story, first, second):
    """Both pledge until the sum is complete."""
    for page in (first, second):
        page.reload()
    (share_equally if "Teilen" in story.key else share_by_amounts)(first, second)
    for page in (first, second):
        page.reload()
        said(page, re.compile("Finanziert am"))


def roll_out_to(wave):
    """What `manage rollout --wave` does; who got the new schema."""
    outcome = aside(roll_out, Wish(wave=wave), by="test", report=Silent())
    assert outcome.errors == []
    steps = RolloutStep.objects.filter(rollout=outcome.rollout, state="done")
    return aside(lambda: list(steps.values_list("schema_name", flat=True)))


def work():
    """The worker, until nothing waits: one that stops when the queue is empty does not see what its last job queues."""
    ready = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND coalesce(scheduled_at, now()) <= now()"
    for _attempt in range(5):
        call_command("work", until_empty=True)
        with inside_public(), connection.cursor() as cursor:
            cursor.execute(ready)
            if cursor.fetchone() == (0,):
                return


def told(town, email, number):
    """The mails about a ticket that really left for this person, the worker having done its jobs."""

    def mails():
        with inside(municipality(town)):
            sent = OutboxMessage.objects.filter(to=email, kind__startswith="tracker_", state="sent").order_by("pk")
            return [mail.body for mail in sent if f"/plattform/meldungen/{number}/" in mail.body]

    aside(work)
    return aside(mails)


def arrived(mails, version):
    """How often they say that it is there."""
    return sum(each.count(f"Ihre Kommune hat Version {version}.") for each in mails)


def reads_the_news_once(page, story, *, badge):
    """Above the desk, until “Gelesen”; behind it the notes, with what they have to do with the town."""
    page.goto(DESK)
    notice = page.get_by_role("region", name=re.compile(rf"Version {story.version}"))
    expect(notice).to_be_visible()
    passed(page, "9-schreibtisch")
    notice.get_by_role("link", name="Was ist neu").click()
    expect(page.get_by_role("heading", name=story.wish)).to_be_visible()
    said(page, badge)
    passed(page, "9-neuigkeiten")
    page.goto(DESK)
    button(notice, "Gelesen, nicht mehr zeigen").click()
    assert urlsplit(page.url).path == DESK
    expect(notice).to_have_count(0)
    page.goto("/konto/")
    expect(notice).to_have_count(0)


def takes_it_along(page, story):
    """The links below the board: what one's own municipality reported, and the feeds."""
    page.goto("/plattform/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Unsere Meldungen als CSV").click()
    assert story.wish in Path(download.value.path()).read_text()
    page.get_by_role("link", name="Feeds (Atom)").click()
    expect(page.get_by_role("heading", name="Feeds (Atom)")).to_be_visible()


@pytest.mark.parametrize("width", STORIES)
def test_from_the_report_to_the_release_notes(people, new_code, settings, width):
    story = STORIES[width]
    miriam, jonas, operator = people(width)
    number = report(miriam, story)
    here, version = f"/betrieb/tickets/{number}/", f"/betrieb/versionen/{story.version}/"
    find_and_join(jonas, story)
    vote(jonas, 3)
    passed(jonas, "4-stimmen")
    set_state(operator, here, "bestätigt")
    # What comes next is chosen beforehand, not the way back.
    expect(operator.get_by_label("Neuer Stand")).to_have_value("planned")
    passed(operator, "5-betrieb")
    estimate(operator, here)
    plan(operator, story, number)
    share_costs(story, miriam, jonas)
    passed(jonas, "7-zusagen")
    set_state(operator, here, "in Arbeit")
    assert "finanziert" in told("ahausen", REPORTER, number)[-1]

    new_code(settings)
    operator.goto(version)
    button(operator, "Freigeben").click()
    said(operator, "2 Kommunen warten auf den Rollout")
    assert roll_out_to("canary") == ["ahausen"]
    assert arrived(told("ahausen", REPORTER, number), story.version) == 1
    assert arrived(told("bedorf", NEIGHBOUR, number), story.version) == 0
    operator.reload()
    said(operator, "1 Kommune wartet auf den Rollout")
    passed(operator, "8-unterwegs")
    assert roll_out_to("") == ["bedorf"]
    mails = told("ahausen", REPORTER, number), told("bedorf", NEIGHBOUR, number)
    assert [arrived(each, story.version) for each in mails] == [1, 1]
    operator.reload()
    said(operator, re.compile("überall angekommen"))

    reads_the_news_once(miriam, story, badge="von uns gemeldet")
    reads_the_news_once(jonas, story, badge="betraf uns auch")
    jonas.goto("/plattform/")
    said(jonas, "9 Punkte sind zurück")
    passed(jonas, "9-uebersicht")
    takes_it_along(miriam, story)
