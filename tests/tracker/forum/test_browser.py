"""The exchange, feeds and exports in a real Chromium: axe, and no sideways scrolling where it is narrowest."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tenants.running.context import inside
from tests.architecture.test_access import session_of
from tests.browsing import address, barriers, browser, chromium  # noqa: F401
from tests.conftest import municipality
from tests.people.cast import an_account
from tests.tracker.forum.test_contacts import a_contact
from tests.tracker.forum.test_examples import PDF, an_example
from tests.tracker.forum.test_polls import a_poll, whole
from tests.tracker.people import OPERATOR, editor_of
from tracker.forum.services import polling, showing, talking

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-forum")]
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
HERE = "/plattform/austausch/"


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    with django_db_blocker.unblock():
        town, other = municipality("ahausen"), municipality("bedorf")
        with inside(town):
            miriam = session_of(an_account("miriam@amt.example", "editor"))
        by, next_door = editor_of(town), editor_of(other)
        topic = talking.open_topic(f"Frage {LONG}", f"{LONG}\n\nhttps://www.example.org/{LONG}", by=by)
        talking.answer(topic, LONG, by=next_door)
        talking.answer(topic, "Danke!", by=OPERATOR)
        file = SimpleUploadedFile(f"{LONG[:100]}.pdf", PDF)
        example = an_example(by, [file], blocks=[(LONG, LONG), ("Brief", "Guten Tag")], title=f"Beispiel {LONG}")
        showing.use(example, by=next_door)
        a_contact(by, name=LONG, about=LONG, phone="0681 506 1234")
        poll = a_poll(title=f"Treffen {LONG}")
        polling.propose(poll, LONG, LONG, by=by)
        polling.vote(poll, whole(poll), by=next_door)
        over = a_poll(title="Treffen vor einem Jahr", closes_on=timezone.localdate() + timedelta(days=1))
        polling.close(over, meeting=over.dates.first(), outcome=LONG, by=OPERATOR)
        yield {"miriam": miriam, "topic": topic.pk, "example": example.pk, "poll": poll.pk, "over": over.pk}


PAGES = (
    HERE,
    f"{HERE}?q=Beispiel",
    f"{HERE}?q=xyzzy",
    HERE + "themen/neu/",
    HERE + "themen/{topic}/",
    HERE + "themen/{topic}/loeschen/",
    HERE + "beispiele/",
    HERE + "beispiele/{example}/",
    HERE + "beispiele/{example}/bearbeiten/",
    HERE + "kontakte/",
    HERE + "kontakte/ich/",
    HERE + "umfragen/",
    HERE + "umfragen/{poll}/",
    HERE + "umfragen/{over}/",
    "/plattform/export/",
)


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_is_in_the_way(filled, address, browser, width):  # noqa: F811 (fixtures)
    page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
    page.context.add_cookies([{"name": "sessionid", "value": filled["miriam"], "url": address}])
    wrong = []
    for each in PAGES:
        where = each.format(**filled)
        answer = page.goto(address + where)
        assert answer.status == 200, where
        wrong += [(where, found) for found in barriers(page)]
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            wrong.append((where, f"{wide} px too wide"))
    assert "\n".join(map(str, wrong)) == ""


def test_a_poll_is_answered_without_a_script(filled, address, browser):  # noqa: F811 (fixtures)
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": "sessionid", "value": filled["miriam"], "url": address}])
    page = context.new_page()
    page.goto(f"{address}{HERE}umfragen/{filled['poll']}/")
    page.locator("section.box input[type=radio][value=yes]").first.check()
    page.get_by_role("button", name="Für unsere Kommune antworten").click()
    assert page.get_by_text("2 Kommunen haben geantwortet").count() == 1
    assert page.locator("section.box input[type=radio][value=yes]").first.is_checked()
