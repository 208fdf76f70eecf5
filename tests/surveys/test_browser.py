"""In a real browser: a survey is answered with the keyboard alone, and no page of the room has a barrier."""

import pytest

from accounts.models import User
from core.access import Role
from portal.surveys.models import Access, Kind
from portal.taxonomy.models import District
from tenants.running.context import inside
from tests.browsing import address, barriers, browser, chromium, sign_in
from tests.conftest import PASSWORD, municipality
from tests.surveys.town import a_survey, answered, over
from theming.models import Theme

__all__ = ["address", "browser", "chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-surveys")]
KINDS = (Kind.ONE, Kind.MANY, Kind.SCALE, Kind.YES_NO, Kind.NUMBER, Kind.TEXT, Kind.DISTRICT, Kind.AGE)
AT = "/auswertung/umfragen/"


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    with django_db_blocker.unblock(), inside(municipality("ahausen")):
        Theme.objects.update(dark_mode_allowed=True)
        User.objects.create_user("petra@ahausen.example", PASSWORD, name="Petra", roles=[Role.PLANNER])
        pk = District.objects.create(name="Rechtsschutzversicherungsgesellschaftsviertel").pk
        other = District.objects.create(name="Mitte").pk
        running = a_survey("Was fehlt in Ihrem Ortsteil?", kinds=KINDS, on_start=True)
        running.questions.update(required=True, low="gar nicht", high="sehr")
        past = a_survey("Wie war es?", kinds=KINDS)
        rows = [(0, [0, 1], 5, 1, 3, "Mehr Bänke im Park", pk, 27), (1, [2], 2, 0, 8, "Bänke", other, 65)]
        over(answered(past, rows * 8))
        link = a_survey("Nur für Sie", access=Access.LINK)
        draft = a_survey("Entwurf", released=False)
        return {"running": running.pk, "slug": running.slug, "past": past.pk, "link": link.pk, "draft": draft.pk,
                "question": draft.questions.get().pk}  # fmt: skip


def looked_at(page, width, path):
    assert page.locator("main h1").count() == 1, path
    assert barriers(page) == [], path
    assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_a_survey_is_answered_by_keyboard_in_any_language(browser, address, filled):
    page = browser.new_page(viewport={"width": 390, "height": 800})
    url = f"{address}/umfrage/{filled['slug']}/"
    page.goto(url)
    looked_at(page, 390, url)
    page.locator("main form.form button[type=submit]").focus()
    page.wait_for_timeout(3100)
    page.keyboard.press("Enter")
    page.locator(".field__error").first.wait_for()
    looked_at(page, 390, "with mistakes")
    for field in page.locator("main fieldset").all():
        field.locator("input").first.focus()
        page.keyboard.press("Space")
    page.fill("input[type=number]", "4")
    page.fill("main textarea", "Bänke")
    page.locator("main select, main fieldset:last-of-type input").first.focus()
    page.locator("main form.form button[type=submit]").press("Enter")
    page.wait_for_url("**/danke/")
    looked_at(page, 390, "thanks")
    page.goto(f"{url}?sprache=ar")
    assert page.locator("html").get_attribute("dir") == "rtl"
    looked_at(page, 390, "in Arabic")


def test_no_page_of_the_planners_has_a_barrier_or_overflows(browser, address, filled):
    page = browser.new_page(viewport={"width": 390, "height": 800})
    sign_in(page, address, "petra@ahausen.example")
    paths = ("", "neu/", "{running}/", "{past}/", "{draft}/bearbeiten/", "{running}/aushang/", "{link}/links/",
             "{running}/vorschau/", "{running}/beenden/", "fragen/{question}/")  # fmt: skip
    for path in paths:
        page.goto(f"{address}{AT}{path.format(**filled)}")
        looked_at(page, 390, path)
    page.goto(f"{address}{AT}{filled['link']}/links/")
    page.fill("#id_number", "3")
    page.locator("main form.form button[type=submit]").press("Enter")
    assert page.locator(".surveycards li").count() == 3
    looked_at(page, 390, "links")
    wide = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme="dark")
    sign_in(wide, address, "petra@ahausen.example")
    for path in ("{past}/", "{draft}/bearbeiten/"):
        wide.goto(f"{address}{AT}{path.format(**filled)}")
        looked_at(wide, 1280, path)
