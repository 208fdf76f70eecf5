"""The editor and every kind of block in a real browser: nothing for axe to say, nothing wider than the screen, all by
keyboard, and two editors at one page."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import override_settings
from playwright.sync_api import expect

from accounts.models import User
from core.access import Role
from portal.blocks import drafts, previews
from portal.pages.models import Page
from portal.preferences.models import Preferences
from portal.taxonomy.models import Category, District
from tenants.running.context import inside
from tests.blocks.conftest import a_document, a_media_file, every_kind
from tests.browsing import address, barriers, browser, chromium, sign_in
from tests.conftest import PASSWORD, municipality
from tests.factories import a_provider, an_offer

__all__ = ["address", "browser", "chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-blocks")]
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsfortbildungsveranstaltung"
SQUARE = {"type": "Polygon", "coordinates": [[[6.9, 49.2], [7.1, 49.2], [7.1, 49.3], [6.9, 49.3], [6.9, 49.2]]]}


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker, tmp_path_factory):
    root = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=root), inside(municipality("ahausen")):
        Preferences.load()
        Preferences.objects.update(second_factor="nobody")
        people = [
            User.objects.create_user(f"{name}@ahausen.example", PASSWORD, name=name.title(), roles=[Role.EDITOR.value])
            for name in ("mia", "tarek")
        ]
        District.objects.create(name=LONG[:60], outline=SQUARE)
        category = Category.objects.create(name="Sprache")
        provider = a_provider(name=f"Bündnis {LONG}", phone="0681 4711", street="Markt 2", city="Ahausen")
        an_offer(provider=provider, title=f"Deutsch {LONG}", categories=[category])
        page = Page(slug="neu-hier", title=f"Neu hier? {LONG}", menu="none")
        page.write(every_kind(a_media_file().pk, a_document().pk, provider.pk, category.pk))
        page.save()
        plain = Page.objects.create(slug="schlicht", title="Schlicht", body="<p>Eins</p>")
        drafts.add(page, "image", "leeres1", after="text1", by=people[0])
        drafts.hide(page, "quote1", hidden=True, by=people[0])
        link = previews.make(page, by=people[0])
        files = {str(each.relative_to(root)): each.read_bytes() for each in root.rglob("*.*") if each.is_file()}
        return SimpleNamespace(page=page.pk, plain=plain.pk, token=previews.token_of(link), files=files)


@pytest.fixture(autouse=True)
def stored(filled, settings):
    """The files of the page, in the folder that this test's server reads: each test has one of its own."""
    for place, content in filled.files.items():
        target = Path(settings.MEDIA_ROOT) / place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


@pytest.fixture
def entered(browser, address):
    def at(width: int, who: str = "mia"):
        page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
        return sign_in(page, address, f"{who}@ahausen.example")

    return at


def test_no_page_has_a_barrier_or_overflows(entered, address, filled):
    page = entered(320)
    edit = f"/redaktion/seiten/{filled.page}/"
    # The open form of every kind: each has fields that no other has.
    opened = [f"{edit}?baustein={each['id']}" for each in every_kind(1, 1, 1, 1)]
    for path in (
        "/redaktion/seiten/",
        "/redaktion/seiten/neu/",
        edit,
        *opened,
        f"{edit}angaben/",
        f"{edit}unterschiede/",
        f"/vorschau/{filled.token}/",
        "/neu-hier/",
        "/neu-hier/?sprache=ar",
        "/fachkraefte/",
        "/fachkraefte/mitmachen/netwo1/",
    ):
        page.goto(f"{address}{path}")
        assert barriers(page) == [], path
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
        if path in {edit, "/neu-hier/", "/fachkraefte/"}:
            assert barriers(page) == [], f"{path}, wide"
        page.set_viewport_size({"width": 320, "height": 900})


def test_what_is_wrong_has_no_barrier_and_is_read_first(entered, address, filled):
    page = entered(320)
    page.goto(f"{address}/redaktion/seiten/{filled.page}/?baustein=leeres1")
    page.get_by_role("button", name="Im Entwurf speichern").click()
    expect(page.get_by_text("Bitte sehen Sie sich das an")).to_be_visible()
    expect(page.locator("#fehler")).to_be_focused()
    assert barriers(page) == []
    page.goto(f"{address}/redaktion/seiten/{filled.page}/")
    page.get_by_role("button", name="Veröffentlichen").click()
    expect(page.locator("#fehler")).to_contain_text("„Bild“ ist noch leer")
    assert barriers(page) == []


def test_by_keyboard_a_block_is_added_written_moved_and_published(entered, address, filled):
    page = entered(1280)
    page.goto(f"{address}/redaktion/seiten/{filled.plain}/")
    # Where it shall stand is said before what it is; and then one writes in it.
    page.get_by_role("button", name="Baustein danach einfügen").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Baustein einfügen nach")).to_be_focused()
    page.get_by_role("button", name="Zitat Was jemand gesagt hat.").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Wörter")).to_be_focused()
    page.keyboard.type("Ein gutes Haus.")
    page.get_by_label("Wer das gesagt hat").fill("Amira")
    page.get_by_role("button", name="Nach oben: Zitat, Baustein 2").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Jetzt an Stelle 1 von 2.")).to_be_visible()
    expect(page.get_by_role("button", name="Nach unten: Zitat, Baustein 1")).to_be_focused()
    assert barriers(page) == []
    page.get_by_role("button", name="Veröffentlichen").click()
    expect(page.get_by_text("„Schlicht“ ist online.")).to_be_visible()
    page.goto(f"{address}/schlicht/")
    expect(page.get_by_text("Ein gutes Haus.")).to_be_visible()
    expect(page.get_by_text("Eins", exact=True)).to_be_visible()


def test_the_second_of_two_editors_sees_both_versions(entered, address, filled):
    mia, tarek = entered(1280), entered(1280, "tarek")
    for page in (mia, tarek):
        page.goto(f"{address}/redaktion/seiten/{filled.page}/?baustein=conta1")
    tarek.get_by_label("Aufgabe oder Amt").fill("Von Tarek")
    tarek.get_by_role("button", name="Im Entwurf speichern").click()
    # What Mia types is not saved by itself any more: the page says so, and her button shows both.
    mia.get_by_label("Aufgabe oder Amt").fill("Von Mia")
    mia.get_by_role("button", name="Im Entwurf speichern").click()
    expect(mia.get_by_text("hat diesen Baustein geändert, während Sie schrieben")).to_be_visible()
    expect(mia.get_by_role("group", name="Was jetzt gespeichert ist")).to_contain_text("Von Tarek")
    expect(mia.get_by_label("Aufgabe oder Amt")).to_have_value("Von Mia")
    assert barriers(mia) == []


def test_a_question_opens_and_a_block_is_dragged(entered, address, filled):
    page = entered(1280)
    page.goto(f"{address}/neu-hier/")
    page.get_by_text("Was kostet es?").click()
    expect(page.get_by_text("Nichts.")).to_be_visible()
    # Both ends of the way are in view: the mouse is not where it was once the page moves below it.
    page.set_viewport_size({"width": 1280, "height": 2200})
    page.goto(f"{address}/redaktion/seiten/{filled.page}/")
    page.locator("#block-video1 .block__grip").drag_to(page.locator("#block-text1"))
    expect(page.get_by_text("Jetzt an Stelle 1 von")).to_be_visible()


def test_after_signing_in_again_the_bar_of_formats_has_what_was_typed(entered, address, filled):
    page = entered(1280)
    at = f"{address}/redaktion/seiten/{filled.page}/?baustein=text1"
    page.goto(at)
    text = page.locator(".ProseMirror").first
    text.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Noch ein Satz.")
    page.context.clear_cookies(name="sessionid")
    text.locator("xpath=ancestor::form").evaluate("form => form.requestSubmit()")
    page.fill("[name=login]", "mia@ahausen.example")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    expect(page.locator(".ProseMirror").first).to_contain_text("Noch ein Satz.")
