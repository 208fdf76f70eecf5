"""The pages of the profile in a real Chromium, at both widths: axe, width, errors, and the preview that follows."""

import pytest

from accounts.models import User
from portal.preferences.models import ApprovalRule, Preferences
from portal.providers import editing
from portal.providers.models import Membership
from portal.taxonomy.models import Category, District
from tenants.running.context import inside
from tests.architecture.test_access import session_of
from tests.authoring.test_story import photo
from tests.browsing import address, barriers, browser, chromium  # noqa: F401
from tests.conftest import municipality
from tests.factories import a_provider

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-profile")]
STEPS = ("wer", "kontakt", "zeiten", "bilder", "pruefen")
WIDTHS = (390, 1280)


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    with django_db_blocker.unblock(), inside(municipality("ahausen")):
        Preferences.load()
        Preferences.objects.update(approval=ApprovalRule.CHANGES)
        club = a_provider(name="Nachbarschaftstreff", street="Breite Straße 63", postcode="66115", city="Saarbrücken")
        leader, member = (User.objects.create_user(f"{name}@verein.example") for name in ("helga", "otto"))
        Membership.objects.create(provider=club, user=leader, role=Membership.Role.ADMINISTRATOR)
        Membership.objects.create(provider=club, user=member, role=Membership.Role.MEMBER)
        topic = Category.objects.create(name="Bildung")
        Category.objects.create(name="Digitales", parent=topic)
        District.objects.create(name="Mitte")
        draft = editing.start({"name": "Chor"}, by=leader)
        Membership.objects.create(provider=draft, user=leader, role=Membership.Role.ADMINISTRATOR)
        base = editing.begin(club, by=leader).base
        said = {"summary": "Für alle.", "phone": "0681 1", "facts": [{"label": "Seit", "text": "<p>1921</p>"}]}
        hours = [{"weekday": 1, "opens": "09:00", "closes": "12:00"}]
        editing.autosave(club, {**said, "opening_hours": hours}, by=leader, base=base)
        editing.submit(club, by=leader)
        yield {"club": club.pk, "draft": draft.pk, "leader": session_of(leader), "member": session_of(member)}


@pytest.fixture
def open_page(filled, address, browser):  # noqa: F811
    def opened(width: int, who: str = "leader"):
        context = browser.new_context(viewport={"width": width, "height": 844}, locale="de-DE")
        context.add_cookies([{"name": "sessionid", "value": filled[who], "url": address}])
        return context.new_page()

    return opened


def clean(page, width: int) -> None:
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_is_accessible(open_page, filled, address, width):  # noqa: F811
    page = open_page(width)
    paths = ["", "profil/vorschau/", "profil/vorschau/?rahmen=1", "profil/aenderung/"]
    for path in [*paths, *(f"profil/{step}/" for step in STEPS)]:
        for which in ("club", "draft"):
            assert page.goto(f"{address}/konto/anbieter/{filled[which]}/{path}").status == 200
            clean(page, width)
    member = open_page(width, "member")
    assert member.goto(f"{address}/konto/anbieter/{filled['club']}/").status == 200
    clean(member, width)


@pytest.mark.parametrize("width", [320, 1280])
def test_errors_are_told_on_top_and_beside_the_field(open_page, filled, address, width):  # noqa: F811
    page = open_page(width)
    wrong = {
        "kontakt": ("#id_postcode", "6611"),
        "zeiten": ("#id_n_1", "x" * 201),
        "bilder": ("#id_employees", "viele"),
        "wer": ("#id_name", "x" * 256),
    }
    for step, (field, value) in wrong.items():
        page.goto(f"{address}/konto/anbieter/{filled['draft']}/profil/{step}/")
        page.locator(field).evaluate("each => each.removeAttribute('maxlength')")
        # The note on a day is folded until somebody opens it.
        page.locator(field).evaluate("each => { const fold = each.closest('details'); if (fold) fold.open = true; }")
        page.locator(field).fill(value)
        page.locator("button[name=weiter]").last.click()
        page.locator("#fehler").wait_for()
        assert page.title().startswith("Fehler:")
        assert page.evaluate("document.activeElement.id") == "fehler"
        assert page.locator(field).get_attribute("aria-invalid") == "true"
        clean(page, width)
        page.locator(field).fill("")
        page.locator("button[name=spaeter]").last.click()
        page.wait_for_url(f"**/konto/anbieter/{filled['draft']}/")
    page.goto(f"{address}/konto/anbieter/{filled['draft']}/profil/pruefen/")
    page.get_by_role("button", name="An die Redaktion schicken").click()
    page.get_by_role("alert").wait_for()
    assert page.title().startswith("Fehler:")
    assert page.get_by_role("alert").is_visible()
    clean(page, width)


def test_what_is_typed_is_saved_and_shown_beside(open_page, filled, address):  # noqa: F811
    page = open_page(1280)
    page.goto(f"{address}/konto/anbieter/{filled['draft']}/profil/wer/")
    frame = page.frame_locator("#vorschau")
    frame.locator("h1").wait_for()
    page.locator("#id_tagline").press_sequentially("Wir singen dienstags")
    page.locator("#gespeichert").get_by_text("Gespeichert um").wait_for()
    frame.get_by_text("Wir singen dienstags").wait_for()
    # The page goes on from what was saved: no clash with oneself.
    page.locator("#id_tagline").press_sequentially(" und mittwochs")
    page.locator("button[name=weiter]").last.click()
    page.wait_for_url("**/profil/kontakt/")
    page.goto(f"{address}/konto/anbieter/{filled['draft']}/profil/wer/")
    assert page.locator("#id_tagline").input_value() == "Wir singen dienstags und mittwochs"


def test_a_row_that_was_added_has_the_focus(open_page, filled, address):  # noqa: F811
    page = open_page(390)
    page.goto(f"{address}/konto/anbieter/{filled['draft']}/profil/bilder/")
    page.get_by_role("button", name="Noch eine Angabe").click()
    page.locator("#id_f_0_label").wait_for()
    assert page.evaluate("document.activeElement.id") == "id_f_0_label"
    page.goto(f"{address}/konto/anbieter/{filled['draft']}/profil/zeiten/")
    page.locator("button[value=h_2]").click()
    page.locator("#id_h_2_1_from").wait_for()
    assert page.evaluate("document.activeElement.id") == "id_h_2_1_from"
    clean(page, 390)


def test_a_picture_is_uploaded_as_soon_as_it_is_chosen(open_page, filled, address):  # noqa: F811
    page = open_page(390)
    page.goto(f"{address}/konto/anbieter/{filled['draft']}/profil/bilder/")
    picture = photo()
    page.set_input_files("#id_bild", {"name": "handy.jpg", "mimeType": "image/jpeg", "buffer": picture.read()})
    page.locator("#id_p_0_alt").wait_for()
    assert page.evaluate("document.activeElement.id") == "id_p_0_alt"
    clean(page, 390)
