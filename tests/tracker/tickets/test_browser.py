"""The pages of tickets in a real browser: no barrier, no overflow, both widths, dark; what JavaScript adds."""

import os
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from PIL import Image
from playwright.sync_api import expect

from accounts.models import User
from core.access import Role
from portal.preferences.models import Preferences, SecondFactorRule
from tenants.running.context import inside
from tests.browsing import address, barriers, browser, chromium, sign_in
from tests.conftest import PASSWORD, municipality
from tests.tracker.people import OPERATOR, editor_of
from tracker.tickets import drafting, services
from tracker.tickets.models import Draft, State, of_municipality
from tracker.tickets.participating import participant_of
from tracker.tickets.pictures import painted
from tracker.tickets.uniting import merge

__all__ = ["address", "browser", "chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-tickets")]
REPORT, MINE = "/plattform/melden/", "/plattform/meldungen/"
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


def a_picture():
    out = BytesIO()
    Image.new("RGB", (800, 400), "white").save(out, "PNG")
    return ContentFile(out.getvalue(), name="schirm.png")


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    with django_db_blocker.unblock():
        here, there = municipality("ahausen"), municipality("bedorf")
        with inside(here):
            Preferences.load()
            Preferences.objects.update(second_factor=SecondFactorRule.NOBODY)
            user = User.objects.create_user("redaktion@ahausen.example", PASSWORD, roles=[Role.EDITOR.value])
        by = of_municipality(participant_of(here), Role.EDITOR, person=user.pk)
        context = {"page": f"/redaktion/{LONG}/", "browser": "Firefox 132", "version": "1", "role": "Redaktion"}
        with inside(here):
            ticket = services.report(
                by=by,
                kind="wish",
                title=f"Wochenstunden je Stadtteil der {LONG}"[:120],
                happened=f"Wir zählen von Hand. https://example.org/{'lang' * 40}\n\n{LONG}",
                expected="Als Tabelle.",
                context=context,
                picture=painted(a_picture(), []),
            )
            services.comment(ticket, "Bitte auch nach Tageszeit.", by=editor_of(there))
            services.comment(ticket, f"Kostenstelle {LONG}", by=by, about=by.participant)
            services.change_state(ticket, State.PLANNED, by=OPERATOR)
            merge(services.report(by=editor_of(there), kind="wish", title="Stunden"), ticket, by=OPERATOR)
            declined = services.report(by=by, kind="bug", title="Freigabe wirkt nicht in der Warteliste")
            services.change_state(declined, State.DECLINED, by=OPERATOR, reason="Lässt sich nicht nachstellen")
            done = services.report(by=by, kind="bug", title="Anbieter doppelt in der Warteliste")
            services.change_state(done, State.ROLLED_OUT, by=OPERATOR)
            draft = drafting.save(
                Draft(
                    kind="bug", title="Warteliste", happened="Frau Petra Schröder (0681 506-1234) war es.", page="/x/"
                ),
                by=by,
                upload=a_picture(),
            )
    return {"ticket": ticket.pk, "declined": declined.pk, "done": done.pk, "draft": draft.pk}


@pytest.fixture
def entered(browser, address):
    def at(width: int, **options: object):
        page = browser.new_page(viewport={"width": width, "height": 800}, **options)
        return sign_in(page, address, "redaktion@ahausen.example")

    return at


@pytest.mark.parametrize(("width", "options"), [(1280, {}), (390, {}), (1280, {"color_scheme": "dark"})])
def test_no_page_has_a_barrier_or_overflows(entered, address, filled, width, options):
    page = entered(width, **options)
    for path in (
        f"{REPORT}?seite=/redaktion/&titel=Warteliste",
        f"{REPORT}{filled['draft']}/",
        f"{REPORT}{filled['draft']}/pruefen/",
        MINE,
        f"{MINE}unsere-kommune/",
        *(f"{MINE}{filled[name]}/" for name in ("ticket", "declined", "done")),
        f"{MINE}{filled['ticket']}/text/",
    ):
        page.goto(address + path)
        assert barriers(page) == [], path
        if shots := os.environ.get("T1_SHOTS"):
            page.screenshot(path=f"{shots}/{width}{path.replace('/', '_').split('?')[0]}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_look_alikes_come_while_typing(entered, address):
    page = entered(1280)
    page.goto(f"{address}{REPORT}")
    page.locator("[name=title]").press_sequentially("Freigabe Warteliste", delay=10)
    expect(page.get_by_role("link", name="Freigabe wirkt nicht in der Warteliste")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_whole_report_with_and_without_javascript(entered, address, scripts):
    page = entered(390, java_script_enabled=scripts)
    page.goto(f"{address}{REPORT}?seite=/redaktion/")
    page.get_by_label("Ein Wunsch").check()
    page.get_by_label("In einem Satz").fill(f"Merkliste drucken {scripts}")
    page.get_by_label("Bild auswählen").set_input_files(
        {"name": "schirm.png", "mimeType": "image/png", "buffer": a_picture().read()}
    )
    page.get_by_role("button", name="Bild zeigen und schwärzen").click()
    if scripts:
        page.locator("[data-blacken] img").scroll_into_view_if_needed()
        box = page.locator("[data-blacken] img").bounding_box()
        page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.25)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.5, steps=3)
        page.mouse.up()
        expect(page.get_by_text("Bereich 1: 25 % von links")).to_be_visible()
    else:
        page.get_by_label("von links, %").fill("25")
        page.get_by_role("button", name="Schwärzen", exact=True).click()
        expect(page.get_by_text("Bereich 1: 25 % von links")).to_be_visible()
    page.get_by_role("button", name="Weiter: so sehen es die anderen").click()
    expect(page.get_by_role("heading", name="So sehen es die anderen Kommunen")).to_be_visible()
    page.get_by_role("button", name="Meldung senden").click()
    expect(page.get_by_role("heading", name=f"Merkliste drucken {scripts}")).to_be_visible()
    expect(page.get_by_text("1 Bereich ist geschwärzt.")).to_be_visible()


def test_enter_in_the_sentence_looks_for_others_and_sends_nothing(entered, address):
    page = entered(1280)
    page.goto(f"{address}{REPORT}")
    page.get_by_label("In einem Satz").fill("Freigabe in der Warteliste")
    page.get_by_label("In einem Satz").press("Enter")
    page.wait_for_url(f"**{REPORT}*/*")
    expect(page.get_by_role("link", name="Freigabe wirkt nicht in der Warteliste")).to_be_visible()
    assert "/pruefen/" not in page.url
