"""The ways to a draft in a browser: accessible on a phone, and the page that waits tells by itself when it is done."""

import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from portal.drafting import offering, services
from portal.drafting.models import Reading, State
from portal.drafting.reading.everything import read
from portal.drafting.reading.lines import sheet_of
from portal.preferences.models import Preferences
from portal.providers.models import Membership
from portal.taxonomy.models import Category, TargetGroup
from tenants.running.context import inside
from tests.architecture.test_access import session_of
from tests.browsing import address, barriers, browser, chromium  # noqa: F401
from tests.conftest import municipality
from tests.drafting.conftest import ROWS
from tests.drafting.drawing import Flyer, picture_of
from tests.factories import a_provider

FLYER = Flyer("Sommerfest", ("Samstag, 12. Juni", "14 Uhr"), ())
ASKING = "Samstag, 12. Juni 2027\nSommerfest am großen Teich\n14 Uhr\nEintritt frei\nTel. 0681 9876543"


def a_reading(club, user, text: str, **more) -> Reading:
    today = timezone.localdate()
    values = [each.as_json() for each in offering.proposals(read(sheet_of(text), today=today), club, today=today)]
    return Reading.objects.create(provider=club, by=user, source="flyer", name="Fest.pdf", digest="f" * 64,
                                  **{"state": "done", "shown": 1, "found": [values], **more})  # fmt: skip


def in_ahausen(django_db_blocker, do) -> None:
    """Do something there; in a thread of its own, because Playwright's loop runs in this one."""

    def inside_it() -> None:
        with django_db_blocker.unblock(), inside(municipality("ahausen")):
            do()
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(inside_it).result()


@pytest.fixture(autouse=True)
def pictures(filled, django_db_blocker):
    """Each test has a folder of its own."""
    out = io.BytesIO()
    picture_of(FLYER).resize((500, 707)).save(out, "WEBP")

    def write() -> None:
        for reading in Reading.objects.all():
            default_storage.save(reading.file("page-0.webp"), ContentFile(out.getvalue()))

    in_ahausen(django_db_blocker, write)


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    with django_db_blocker.unblock(), inside(municipality("ahausen")):
        Preferences.load()
        club = a_provider(name="Nachbarschaftstreff", street="Breite Straße 63", postcode="66115", city="Saarbrücken")
        user = User.objects.create_user("helga@verein.example")
        Membership.objects.create(provider=club, user=user, role=Membership.Role.ADMINISTRATOR)
        Category.objects.create(name="Bildung")
        TargetGroup.objects.create(name="Ältere")
        offer = services.take_over(a_reading(club, user, "\n".join(ROWS)), 0, by=user)
        found = a_reading(club, user, ASKING)
        waiting = a_reading(club, user, ASKING, state="running", percent=40)
        failed = a_reading(club, user, "", state="failed", trouble="nothing", found=[])
        yield {
            "offer": offer.pk,
            "found": found.pk,
            "waiting": waiting.pk,
            "failed": failed.pk,
            "key": session_of(user),
        }


@pytest.fixture
def page(filled, address, browser):  # noqa: F811
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="de-DE")
    context.add_cookies([{"name": "sessionid", "value": filled["key"], "url": address}])
    return context.new_page()


def clean(page) -> None:
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize(
    "path", ["", "webseite/", "flyer/", "gelesen/{found}/", "gelesen/{waiting}/", "gelesen/{failed}/"]
)
def test_every_page_on_the_way_is_accessible_on_a_phone(page, filled, address, path):  # noqa: F811
    assert page.goto(f"{address}/konto/angebote/neu/{path.format(**filled)}").status == 200
    clean(page)


@pytest.mark.parametrize("step", ["was", "wann", "wo", "pruefen"])
def test_proposals_are_accessible_and_the_flyer_is_at_hand(page, filled, address, step):  # noqa: F811
    page.goto(f"{address}/konto/angebote/{filled['offer']}/{step}/")
    expect(page.get_by_label("Ja, das stimmt").first).to_be_visible()
    if step != "pruefen":
        page.get_by_text("Der Flyer zum Vergleichen").first.click()
    picture = page.locator(".readfrom__page img:visible").first
    expect(picture).to_be_visible()
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("each => each.naturalWidth") == 500
    clean(page)


def test_a_mistake_is_told_on_top(page, filled, address):  # noqa: F811
    page.goto(f"{address}/konto/angebote/neu/webseite/")
    page.get_by_role("button", name="Seite lesen").click()
    expect(page.locator("#fehler")).to_be_focused()
    assert page.title().startswith("Fehler:")
    clean(page)


def test_the_page_that_waits_shows_what_was_found(page, filled, address, django_db_blocker):  # noqa: F811
    page.goto(f"{address}/konto/angebote/neu/gelesen/{filled['waiting']}/")
    expect(page.get_by_role("heading", name="Wird gelesen")).to_be_visible()
    in_ahausen(django_db_blocker, lambda: Reading.objects.filter(pk=filled["waiting"]).update(state=State.DONE))
    expect(page.get_by_role("heading", name="Das haben wir gefunden")).to_be_visible()
    page.get_by_role("button", name="Als Entwurf übernehmen").click()
    expect(page.get_by_label("Wie heißt Ihr Angebot?")).to_have_value("Sommerfest am großen Teich")
