"""The desk in a real Chromium: axe, every width, dark, right to left; the keys, and that they never disturb typing."""

import pytest
from playwright.sync_api import expect

from accounts.models import User
from core.access import Role
from portal.editorial.desk import tickets
from portal.editorial.models import Habits
from portal.preferences.models import Preferences
from tenants.running.context import inside
from tests.architecture.test_access import session_of
from tests.browsing import address, barriers, browser, chromium  # noqa: F401
from tests.conftest import municipality
from tests.desk.conftest import a_case, one_of_each

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-desk")]


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    with django_db_blocker.unblock(), inside(municipality("ahausen")):
        Preferences.load()
        things = one_of_each()
        for n in range(25):
            a_case(f"Frage {n}", days=1 + n / 100)
        a_case("Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen" * 3, days=30)
        people = {}
        for name in ("an", "alt", "aus"):
            user = User.objects.create_user(f"{name}@ahausen.example", name="Miriam Weber", roles=[Role.EDITOR])
            Habits.objects.create(user=user, keys={"an": "on", "alt": "alt", "aus": "off"}[name], mail_day=0)
            people[name] = session_of(user)
        tickets.assign("case", things["frage"].pk, user, by=user)
        tickets.write_note("case", things["frage"].pk, "Rufe morgen an.", by=user)
        tickets.watch("case", things["frage"].pk, wanted=True, by=user)
        yield {"things": things, **people}


@pytest.fixture
def open_page(filled, address, browser):  # noqa: F811
    """`open_page("/redaktion/", who="alt")` with the keys of that person."""

    def opened(path, who="an", width=1280, **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, locale="de-DE", **options)
        context.add_cookies([{"name": "sessionid", "value": filled[who], "url": address}])
        page = context.new_page()
        page.goto(address + path)
        return page

    return opened


def troubles(page, *, colours=True):
    """What axe says, and whether the page is wider than its window. Forced colours are the person's own."""
    found = barriers(page, colours=colours)
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append("wider than the window")
    return found


PAGES = (
    "/redaktion/",
    "/redaktion/?wer=beobachtet&art=anmeldung",
    "/redaktion/?q=Sprache",
    "/redaktion/?q=xyzzy",
    "/redaktion/tasten/",
    "/redaktion/einstellungen/schreibtisch/",
)


def test_every_page_at_every_width(open_page, filled):
    found = {}
    item = f"/redaktion/aufgaben/case/{filled['things']['frage'].pk}/"
    for path in (*PAGES, item, "/redaktion/der-reihe-nach/"):
        page = open_page(path, who="aus")
        for width in (1280, 390, 320):
            page.set_viewport_size({"width": width, "height": 900})
            if said := troubles(page):
                found[path, width] = said
    assert found == {}


def test_the_menu_of_a_line_open_and_everything_dark_and_in_forced_colours(open_page):
    for options in ({"color_scheme": "dark"}, {"forced_colors": "active"}):
        page = open_page("/redaktion/", width=390, **options)
        page.locator(".drop summary").first.click()
        expect(page.locator(".drop__panel").first).to_be_visible()
        assert troubles(page, colours="forced_colors" not in options) == []


def test_errors_are_said_and_found_by_axe(open_page, filled):
    page = open_page(f"/redaktion/aufgaben/case/{filled['things']['frage'].pk}/")
    page.get_by_role("button", name="Notiz speichern").click()
    expect(page.get_by_text("Bitte schreiben Sie, was die anderen wissen sollen.")).to_be_visible()
    assert troubles(page) == []
    page = open_page("/redaktion/einstellungen/schreibtisch/", width=320)
    page.get_by_label("Tage bis zur Entscheidung").fill("999")
    page.get_by_role("button", name="Ziel speichern").click()
    expect(page.locator("[aria-invalid=true]")).to_have_count(1)
    assert troubles(page) == []


def test_right_to_left(open_page, django_db_blocker):
    page = open_page("/redaktion/", width=390)
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert troubles(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    assert troubles(page) == []


def test_j_and_k_go_through_the_titles_and_enter_opens(open_page):
    page = open_page("/redaktion/")
    titles = page.locator("[data-keys-item]")
    page.keyboard.press("k")
    expect(titles.last).to_be_focused()
    page.goto(page.url)
    page.keyboard.press("j")
    expect(titles.nth(0)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(titles.nth(2)).to_be_focused()
    page.keyboard.press("k")
    expect(titles.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/redaktion/pruefen/*/")


def test_p_begins_and_the_heading_of_the_next_is_where_one_goes_on(open_page):
    page = open_page("/redaktion/")
    page.keyboard.press("p")
    page.wait_for_url("**/redaktion/meldungen/*/")
    expect(page.locator("main h1")).to_be_focused()
    expect(page.get_by_role("navigation", name="Der Reihe nach")).to_be_visible()
    page.keyboard.press("j")
    page.wait_for_url("**/redaktion/pruefen/*/")


def test_the_search_and_the_help_have_a_key_on_every_page(open_page):
    for width in (1280, 390):
        page = open_page("/redaktion/mails/", width=width)
        page.keyboard.press("/")
        expect(page.locator("#werkzeug")).to_be_focused()
        expect(page.locator("#werkzeug")).to_have_value("")
    page = open_page("/redaktion/mails/")
    page.keyboard.press("?")
    page.wait_for_url("**/redaktion/tasten/")


def test_no_key_acts_while_somebody_types_or_means_something_else(open_page):
    page = open_page("/redaktion/")
    field = page.locator("#einstellung")
    field.focus()
    page.keyboard.type("jkp?/J")
    expect(field).to_have_value("jkp?/J")
    expect(field).to_be_focused()
    page.locator("main h1").click()
    for combination in ("Control+j", "Alt+j", "Shift+J", "Meta+j"):
        page.keyboard.press(combination)
    assert page.evaluate("document.activeElement.matches('[data-keys-item]')") is False
    page = open_page("/redaktion/einstellungen/schreibtisch/")
    page.get_by_label("Wochenmail mit dem, was wartet").focus()
    page.keyboard.press("?")
    expect(page).to_have_url(page.url)
    expect(page.locator("h1")).to_have_text("Schreibtisch, Tasten und Wochenmail")


def test_with_alt_only_or_off(open_page):
    page = open_page("/redaktion/", who="alt")
    first = page.locator("[data-keys-item]").first
    page.keyboard.press("j")
    expect(first).not_to_be_focused()
    page.keyboard.press("Alt+j")
    expect(first).to_be_focused()
    expect(page.locator(".pagehead kbd")).to_have_text("Alt P")

    page = open_page("/redaktion/", who="aus")
    expect(page.locator("script[src*='keys.js']")).to_have_count(0)
    for key in ("j", "Alt+j", "p", "?"):
        page.keyboard.press(key)
    expect(page).to_have_url(page.url)
    expect(page.locator("kbd:visible")).to_have_count(0)
    assert page.evaluate("document.activeElement === document.body")


def test_who_pressed_a_button_by_keyboard_goes_on_at_it(open_page):
    page = open_page("/redaktion/startseite/")
    names = page.locator(".sectionrow h2").all_inner_texts()
    assert len(names) > 2, names
    last, moved = len(names) - 1, names[-3]
    page.locator(f"button:has-text('Nach unten: {moved}')").focus()
    # At the end the button is off: then its neighbour.
    for place, wanted in ((last - 1, "Nach unten"), (last, "Nach oben")):
        page.keyboard.press("Enter")
        expect(page.locator(".sectionrow h2").nth(place)).to_have_text(moved)
        expect(page.locator(":focus")).to_contain_text(f"{wanted}: {moved}", ignore_case=True)
    # It says the opposite afterwards.
    row = page.locator(".sectionrow").last
    row.get_by_role("button", name="Verbergen").focus()
    page.keyboard.press("Enter")
    expect(row.locator(":focus")).to_contain_text(f"Anzeigen: {moved}", ignore_case=True)
    # Pressed by mouse, nothing is done to the page that follows.
    row.get_by_role("button", name="Anzeigen").click()
    expect(row.get_by_role("button", name="Verbergen")).to_be_visible()
    page.wait_for_function("document.readyState === 'complete'")
    assert page.evaluate("document.activeElement === document.body")


def test_without_scripts_everything_is_there(open_page):
    page = open_page("/redaktion/", java_script_enabled=False)
    page.locator(".drop summary").nth(1).click()
    page.locator(".drop__panel").nth(1).get_by_role("button", name="Beobachten").click()
    expect(page.locator("[role=status]").first).to_contain_text("Sie beobachten es jetzt.")
    page.get_by_role("link", name="Der Reihe nach prüfen").click()
    page.get_by_role("link", name="Überspringen").click()
    expect(page.get_by_role("navigation", name="Der Reihe nach")).to_be_visible()
    page.goto(page.url.split("/redaktion/")[0] + "/redaktion/tasten/")
    expect(page.get_by_role("row", name="P Der Reihe nach prüfen")).to_be_visible()
