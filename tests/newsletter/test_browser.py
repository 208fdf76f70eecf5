"""The newsletter in a real Chromium: axe on all its pages where they are narrowest, and a draft without a script."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from mail.models import OutboxMessage, Unreachable
from portal.newsletter import letters
from portal.newsletter.lists import reading, taking
from portal.newsletter.models import Issue, State
from portal.newsletter.tokens import confirm_token, manage_token
from portal.taxonomy.models import Category
from tenants.running.context import inside
from tests.architecture.test_access import session_of
from tests.browsing import address, barriers, browser, chromium  # noqa: F401
from tests.conftest import municipality
from tests.factories import an_offer
from tests.newsletter.town import a_newsletter, a_running_mailing, an_issue, readers, write_all
from tests.people.cast import an_account
from theming.mailing import dress, with_pictures_inside

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-newsletter")]
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
DESK = "/redaktion/newsletter/"


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    now = timezone.now()
    with django_db_blocker.unblock(), inside(municipality("ahausen")):
        miriam = an_account("miriam@amt.example", "editor")
        topic = Category.objects.create(name="Familie")
        for title in ("Sommerfest", LONG, "Chor"):
            an_offer(title=title, categories=[topic], published_at=now - timedelta(days=1))
        newsletter = a_newsletter(by_topic=True, description="Was neu ist und was kommt.")
        readers(newsletter, 3, since=now - timedelta(days=2))
        asks, waits = (
            readers(newsletter, 1, beginning=state, state=state, since=now - timedelta(days=2))[0]
            for state in (State.ASKING, State.PENDING)
        )
        Unreachable.objects.create(address="leserin2@leute.example", said="550 5.1.1 unknown")
        mailing = a_running_mailing(newsletter, now=now - timedelta(hours=1))
        write_all(mailing, now=now)
        OutboxMessage.objects.filter(to="leserin0@leute.example").update(state="failed", failed_at=now)
        Issue.objects.filter(pk=mailing.issue_id).update(until=now - timedelta(days=2))
        draft = an_issue(newsletter, now=now)
        lines = ["anna@verein.de", "anna@verein.de", "bernd@gmial.com", "leserin1@leute.example", "x@@"]
        written = reading.found_in(lines)
        found = taking.keep(
            newsletter, taking.judged(newsletter, written), key="liste123", name=f"{LONG}.csv", by=None, now=now
        )
        letter = letters.sample(Issue.objects.get(pk=draft.pk), "de")
        yield {
            "miriam": session_of(miriam),
            "newsletter": newsletter.pk,
            "draft": draft.pk,
            "sent": mailing.issue_id,
            "list": found.pk,
            "confirm": confirm_token(waits),
            "manage": manage_token(asks),
            "mail": with_pictures_inside(dress(letter.subject, letter.html, "de")),
        }


@pytest.fixture
def open_page(filled, address, browser):  # noqa: F811 - pytest hands over the imported fixture
    """`open_page("/redaktion/newsletter/")` at 320 px, where everything is narrowest."""

    def opened(path, width=320, **options):
        context = browser.new_context(viewport={"width": width, "height": 844}, locale="de-DE", **options)
        context.add_cookies([{"name": "sessionid", "value": filled["miriam"], "url": address}])
        page = context.new_page()
        page.goto(address + path.format(**filled))
        return page

    return opened


def clean(page, *, width: int = 320) -> None:
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


PAGES = (
    DESK,
    f"{DESK}{{newsletter}}/",
    f"{DESK}{{newsletter}}/einstellungen/",
    f"{DESK}{{newsletter}}/leser/",
    f"{DESK}listen/{{list}}/",
    f"{DESK}ausgaben/{{draft}}/",
    f"{DESK}ausgaben/{{draft}}/senden/",
    f"{DESK}ausgaben/{{draft}}/loeschen/",
    f"{DESK}ausgaben/{{sent}}/",
    "/newsletter/",
    "/newsletter/neues-fuer-familien/",
    "/newsletter/neues-fuer-familien/{sent}/",
    "/newsletter/neues-fuer-familien/{sent}/?sprache=ar",
    "/newsletter/neues-fuer-familien/abonnieren/",
    "/newsletter/gesendet/",
    "/newsletter/bestaetigen/{confirm}/",
    "/newsletter/abo/{manage}/",
    "/newsletter/abo/{manage}/abmelden/",
    "/newsletter/abo/falsch/",
)


def test_the_pages_are_clean_where_they_are_narrowest(open_page, address, filled):  # noqa: F811 - pytest hands over the imported fixture
    page = open_page(PAGES[0])
    for path in PAGES:
        page.goto(address + path.format(**filled))
        clean(page)


def test_an_issue_and_its_mail_are_clean_in_the_dark(open_page, filled, browser):  # noqa: F811 - pytest hands over the imported fixture
    clean(open_page("/newsletter/neues-fuer-familien/{sent}/", width=1280, color_scheme="dark"), width=1280)
    for scheme in ("light", "dark"):
        page = browser.new_context(viewport={"width": 320, "height": 844}, color_scheme=scheme).new_page()
        page.set_content(filled["mail"])
        clean(page)


@pytest.mark.parametrize("path", [f"{DESK}neu/", f"{DESK}{{newsletter}}/liste/"])
def test_errors_are_said_and_clean(open_page, path):
    page = open_page(path)
    page.locator("main form button[type=submit]").last.click()
    expect(page.get_by_role("alert")).to_be_visible()
    clean(page)


def test_a_draft_is_edited_ordered_and_sent_without_a_script(open_page, filled):
    page = open_page(f"{DESK}ausgaben/{{draft}}/", width=1280, java_script_enabled=False)
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("link", name="Sommerfest")).to_be_visible()
    page.get_by_label("Betreff").fill("Der Sommer kommt")
    page.get_by_role("checkbox", name=re.compile("Chor")).uncheck()
    page.locator("summary", has_text="Ein Satz von Ihnen: Sommerfest").click()
    page.get_by_label("Ein Satz von Ihnen zu: Sommerfest").fill("Mit Eis!")
    page.get_by_role("button", name="Speichern und ansehen").click()
    expect(page.get_by_text("Den Entwurf sieht draußen niemand.")).to_be_visible()
    expect(frame.get_by_text("Mit Eis!")).to_be_visible()
    expect(frame.get_by_role("link", name="Chor")).to_have_count(0)
    page.get_by_role("button", name="Nach unten: Sommerfest").or_(
        page.get_by_role("button", name="Nach oben: Sommerfest")
    ).and_(page.locator(":enabled")).first.click()
    expect(page.get_by_label("Betreff")).to_have_value("Der Sommer kommt")
    page.get_by_role("button", name="Speichern und versenden").click()
    page.get_by_label("Zu einem Zeitpunkt, den ich wähle").check()
    page.get_by_role("button", name=re.compile("versenden")).last.click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Jetzt").check()
    page.get_by_role("button", name=re.compile("An .* versenden")).click()
    expect(page.get_by_role("button", name="Zurückholen")).to_be_visible()
