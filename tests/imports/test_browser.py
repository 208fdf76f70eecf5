"""Sending, looking, choosing and watching a table in a real Chromium: no barrier, no overflow, counted ticks."""

import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import expect

from portal.imports import looking, marking
from portal.imports.models import Upload
from tenants.running.context import inside
from tests.browsing import address, barriers, browser, chromium, sign_in
from tests.conftest import municipality
from tests.exchange.excel.workbooks import row, save
from tests.factories import an_offer
from tests.imports.conftest import teach

__all__ = ["address", "browser", "chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-imports")]
START = "/konto/import/"
LONG = "Selbsthilfegruppentreffen-für-Angehörige-von-Menschen"


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("imports")
    with django_db_blocker.unblock(), inside(municipality("ahausen")):
        club, helga = teach()
        an_offer(provider=club, title="Nähcafé")
        rows = [row(id=number, title=f"Kurs {number}") for number in range(1, 104)]
        rows += [row(id=200, title=LONG, categories="Spport"), row(id=201, title="Malen", kind="Manchmal")]
        for key, state, content in (
            ("gelesen", Upload.State.READING, save(folder / "a.xlsx", *rows).read_bytes()),
            ("kaputt", Upload.State.READING, b"<html>"),
            ("laeuft", Upload.State.TAKING, b"x"),
        ):
            upload = Upload(provider=club, by=helga, key=key, name=f"{key}.xlsx", language="de", state=state)
            upload.file.save("a", ContentFile(content, name="a"))
            upload.done, upload.total = 20, 120
            upload.save()
            looking.look(upload)
            upload.refresh_from_db()
            if upload.state == Upload.State.READY:
                marking.mark(upload)
        yield {upload.key: upload.pk for upload in Upload.objects.all()}


@pytest.fixture
def entered(browser, address):
    def at(width: int):
        page = browser.new_page(viewport={"width": width, "height": 800})
        return sign_in(page, address, "helga@ahausen.example")

    return at


@pytest.mark.parametrize("width", [1280, 320])
def test_no_page_has_a_barrier_or_overflows(entered, address, filled, width):
    page = entered(width)
    for path in (START, *(f"{START}{pk}/" for pk in filled.values()), f"{START}{filled['gelesen']}/?zeigen=fehler"):
        page.goto(f"{address}{path}")
        assert barriers(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.goto(f"{address}{START}")
    page.click("main form button[type=submit]")
    expect(page.get_by_text("Bitte wählen Sie zuerst eine Datei aus.")).to_be_visible()
    assert barriers(page) == []


def test_ticks_are_counted_and_kept_from_page_to_page(entered, address, filled):
    page = entered(1280)
    page.goto(f"{address}{START}{filled['gelesen']}/")
    button = page.locator("[name=uebernehmen]")
    expect(button).to_have_text("103 Zeilen übernehmen")
    # By keyboard: the row with a suggestion gets its tick, the one below loses it.
    box = page.get_by_label("Zeile 106 mit Vorschlag")
    box.focus()
    page.keyboard.press("Space")
    page.get_by_label("Zeile 3 übernehmen").uncheck()
    page.get_by_label("Zeile 4 übernehmen").uncheck()
    expect(button).to_have_text("102 Zeilen übernehmen")
    page.get_by_role("button", name="Weiter").click()
    expect(page.get_by_text("Seite 2 von 2")).to_be_visible()
    expect(button).to_have_text("102 Zeilen übernehmen")
    page.get_by_role("button", name="Zurück").click()
    expect(page.get_by_label("Zeile 106 mit Vorschlag")).to_be_checked()
    expect(page.get_by_label("Zeile 3 übernehmen")).not_to_be_checked()
