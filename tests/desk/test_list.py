"""The work list: everything that waits in one list, in few statements whatever waits."""

import re
from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from core.access import Role
from core.task_cards import EDITORS
from core.work import Item, Source, register, sources_for
from portal.editorial.desk import tickets
from portal.editorial.desk.worklist import Whose, WorkList
from portal.feedback.models import Case
from portal.revisions.models import Revision
from tenants.running.context import inside
from tests.desk.conftest import a_case, ago, handed_in, one_of_each

TITLES = re.compile(r'<h3 class="job__title"><a href="([^"]*)" data-keys-item>([^<]*)</a>')


def lines(page: bytes) -> list[str]:
    return [title for _url, title in TITLES.findall(page.decode())]


def test_everything_that_waits_stands_in_one_list_the_oldest_first(ahausen, editors):
    with inside(ahausen):
        one_of_each()

    page = editors.get("/redaktion/").content

    assert lines(page) == [
        "Offenes Singen",
        "Verein ohne Leute",
        "„Die Nummer stimmt nicht.“",
        "„Wann ist offen?“",
        "„Das PDF ist stumm.“",
        "weg@example.org",
        "Ohne Termine",
    ]
    text = page.decode()
    assert "7 Aufgaben warten" in text
    for said in ("Neues Angebot", "Beitrittsanfrage", "Hinweis aus dem Portal", "Barriere gemeldet", "seit 10 Tagen"):
        assert said in text
    assert lines(editors.get("/redaktion/?sort=neu").content)[0] == "Ohne Termine"


def test_what_waits_longer_than_the_goal_stands_out(ahausen, editors):
    with inside(ahausen):
        one_of_each()

    assert editors.get("/redaktion/").content.decode().count("job--due") == 2
    saved = editors.post("/redaktion/einstellungen/schreibtisch/", {"ziel": "1", "goal_days": "4"})
    assert saved.status_code == 302
    assert editors.get("/redaktion/").content.decode().count("job--due") == 5

    for junk in ("0", "366", "", "viele", "-3", "7.5"):
        refused = editors.post("/redaktion/einstellungen/schreibtisch/", {"ziel": "1", "goal_days": junk})
        assert refused.status_code == 400, junk
    assert editors.get("/redaktion/").content.decode().count("job--due") == 5


@pytest.mark.parametrize(("clock", "late"), [("00:10", 2), ("08:00", 2), ("12:30", 1), ("23:50", 1)])
def test_late_is_the_same_in_the_list_and_in_its_heading_at_any_hour(ahausen, editors, clock, late):
    """Days of the calendar count: seven and a half ago is the eighth day in the morning and the seventh at night."""
    moment = datetime.combine(timezone.localdate(), time.fromisoformat(clock), timezone.get_default_timezone())
    with time_machine.travel(moment):
        with inside(ahausen):
            handed_in("Vor einer Woche", days=7.4)
            handed_in("Seit acht Tagen", days=8)
        page = editors.get("/redaktion/")
        assert page.content.decode().count("job--due") == page.context["late"] == late


def test_each_kind_is_a_filter_with_its_number(ahausen, editors):
    with inside(ahausen):
        one_of_each()
        a_case("Noch eine Frage")

    page = editors.get("/redaktion/?art=frage").content

    assert lines(page) == ["„Wann ist offen?“", "„Noch eine Frage“"]
    assert re.search(r'href="/redaktion/\?art=frage" aria-current="true">Fragen <span class="num">2<', page.decode())
    assert len(lines(editors.get("/redaktion/?art=gibt-es-nicht").content)) == 8
    nothing = editors.get("/redaktion/?art=anmeldung").content.decode()
    assert "Hier wartet nichts: Anmeldungen" in nothing
    assert 'href="/redaktion/"' in nothing


def test_settled_things_leave_the_list(ahausen, editors):
    with inside(ahausen):
        case = a_case("Wann?")
    editors.post(f"/redaktion/meldungen/{case.pk}/stand/", {"state": "done"})
    assert "Nichts wartet. Schön." in editors.get("/redaktion/").content.decode()


def test_long_lists_are_paged_and_each_page_bounds_its_lines(ahausen, editors):
    with inside(ahausen):
        Case.objects.bulk_create(Case(kind="question", text=f"Frage {n}", received_at=ago(n)) for n in range(60))

    first, third = lines(editors.get("/redaktion/").content), lines(editors.get("/redaktion/?seite=3").content)

    assert (len(first), len(third)) == (25, 10)
    assert (first[0], third[-1]) == ("„Frage 59“", "„Frage 0“")
    assert len(lines(editors.get("/redaktion/?seite=999999").content)) == 10
    assert len(lines(editors.get("/redaktion/?seite=quatsch&sort=%00&wer=jeder").content)) == 25


@pytest.fixture
def statements(editors):
    def counted(address: str = "/redaktion/") -> int:
        editors.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert editors.get(address).status_code == 200
        return len(asked)

    return counted


def test_five_things_or_five_hundred_cost_the_same_statements(ahausen, statements, person):
    empty = statements()
    with inside(ahausen):
        things = one_of_each()
        colleague = person(ahausen, Role.ADMIN)
        tickets.assign("case", things["frage"].pk, colleague, by=colleague)
        tickets.write_note("case", things["frage"].pk, "Ich rufe an.", by=colleague)
    few = statements()
    with inside(ahausen):
        for n in range(30):
            handed_in(f"Angebot {n}", days=100 + n)
        Case.objects.bulk_create(
            Case(kind="wrong", topic="other", text=f"Falsch {n}", received_at=ago(200 + n)) for n in range(470)
        )
    assert statements() <= few
    assert few <= empty + 12
    assert statements("/redaktion/?seite=15") <= few


def test_a_room_may_register_items_instead_of_rows(ahausen, monkeypatch):
    now = timezone.now()
    items = [
        Item("link", n, f"www.{n}.example", "kaputt", now - timedelta(days=n), "", f"/redaktion/links/{n}/", "Ansehen")
        for n in (3, 1)
    ]
    own = Source("link", "Link kaputt", "web", EDITORS, items=lambda most: items[:most], number=lambda: len(items))
    with inside(ahausen):
        a_case("Wann?", days=2)
        works = WorkList([*sources_for({"editor"}), own], person=1)
        assert [line.item.title for line in works.page()] == ["www.3.example", "„Wann?“", "www.1.example"]
        assert [line.item.title for line in works.page(newest=True, size=1)] == ["www.1.example"]
        assert works.counts().kinds == {"frage": 1, "link": 2}
        assert works.counts(goal_days=2).late == 1
        assert works.counts(goal_days=1).late == 2
        assert works.one("link", 3).item is items[0]
        assert works.one("link", 99) is None


def test_a_source_is_whole_and_registered_once():
    with pytest.raises(ValueError, match="rows and tell"):
        Source("halb", "Halb", "web", EDITORS, number=lambda: 0)
    with pytest.raises(ValueError, match="already"):
        register(sources_for({"editor"})[0])
    assert sources_for({"planner", "signed_in"}) == []


def test_mine_nobodys_and_watched(ahausen, editors, admins):
    with inside(ahausen):
        mine, other, third = (a_case(f"Frage {n}", days=n) for n in (3, 2, 1))
        boss = User.objects.get(email="admin@ahausen.example")
    assert editors.post(f"/redaktion/aufgaben/case/{mine.pk}/zuweisen/", {"mir": "1"}).status_code == 302
    assert editors.post(f"/redaktion/aufgaben/case/{other.pk}/zuweisen/", {"person": boss.pk}).status_code == 302
    assert editors.post(f"/redaktion/aufgaben/case/{other.pk}/beobachten/", {"beobachten": "1"}).status_code == 302

    assert lines(editors.get("/redaktion/?wer=ich").content) == ["„Frage 3“"]
    assert lines(editors.get("/redaktion/?wer=niemand").content) == ["„Frage 1“"]
    assert lines(editors.get("/redaktion/?wer=beobachtet").content) == ["„Frage 2“"]
    assert lines(admins.get("/redaktion/?wer=ich").content) == ["„Frage 2“"]
    assert lines(admins.get("/redaktion/?wer=beobachtet").content) == []
    with inside(ahausen):
        works = WorkList(sources_for({"editor"}), User.objects.get(email="editor@ahausen.example").pk)
        assert works.counts().parts == {Whose.ALL: 3, Whose.MINE: 1, Whose.NOBODYS: 1, Whose.WATCHED: 1}
        assert third.pk


@pytest.mark.parametrize("newest", [False, True])
@pytest.mark.parametrize("kind", ["", "frage", "angebot", "gibt es nicht"])
def test_one_look_says_what_counting_and_turning_pages_say(ahausen, editors, kind, newest):
    with inside(ahausen):
        for days in range(1, 8):
            a_case(f"Frage {days}", days=days)
        handed_in("Chor")
        watched, mine = a_case("Beobachtet", days=3), a_case("Meine", days=9)
        me = User.objects.get(email="editor@ahausen.example").pk
    assert editors.post(f"/redaktion/aufgaben/case/{watched.pk}/beobachten/", {"beobachten": "1"}).status_code == 302
    assert editors.post(f"/redaktion/aufgaben/case/{mine.pk}/zuweisen/", {"mir": "1"}).status_code == 302
    with inside(ahausen):
        works = WorkList(sources_for({"editor"}), me)
        for whose in Whose:
            for start in (0, 3, 9, 99):
                counts, told = works.glance(whose, kind, start=start, size=3, newest=newest, goal_days=4)
                assert counts == works.counts(whose, goal_days=4)
                assert told == works.page(whose, kind, start=start, size=3, newest=newest)
        assert works.counts(goal_days=4).late == 4


@pytest.mark.parametrize("page", ["2", "99", "0", "-1", "x", "9" * 30, "²", "1.0"])
def test_any_page_number_leads_to_a_page(ahausen, editors, page):
    with inside(ahausen):
        for number in range(27):
            a_case(f"Frage {number:02}", days=30 - number)
    shown = lines(editors.get("/redaktion/", {"seite": page}).content)
    last = {"2", "99", "9" * 30, "0", "-1"}
    assert len(shown) == (2 if page in last else 25)


def test_the_search_finds_settings_by_synonyms_then_offers_and_providers(ahausen, editors):
    with inside(ahausen):
        handed_in("Umkreistraining für alle")
    page = editors.get("/redaktion/?q=Wochenmail").content.decode()
    assert "Schreibtisch, Tasten und Wochenmail" in page
    found = editors.get("/redaktion/", {"q": "umkreistraining ALLE"}).content.decode()
    assert "Umkreistraining für alle" in found
    assert "Nichts gefunden" in editors.get("/redaktion/?q=xyzzy%25_").content.decode()
    assert editors.get("/redaktion/", {"q": "ä" * 500}).status_code == 200


def test_what_is_online_without_approval_is_named_beside_the_list(ahausen, editors):
    assert "ohne Freigabe schon online" not in editors.get("/redaktion/").content.decode()
    with inside(ahausen):
        revision = handed_in("Singen")
        now = timezone.now()
        Revision.objects.filter(pk=revision.pk).update(
            state="applied", waits_for="", decided_at=now, settled_at=now, informed=True
        )
    page = editors.get("/redaktion/").content.decode()
    assert "<b>1 Text</b> ist ohne Freigabe schon online." in page
    assert 'href="/redaktion/pruefen/kenntnis/"' in page
