"""Versions: planned, issued, arriving with rollouts, told once, and read about."""

import pytest
import time_machine
from django.core.exceptions import ValidationError

from core.access import Role
from tenants.models import Municipality
from tenants.running.context import inside_public
from tenants.signals import reached
from tests.conftest import municipality
from tests.tracker.people import OPERATOR, editor_of
from tracker.releases import arriving, planning, reading
from tracker.releases.models import Arrival, Group, Item, Read, Release
from tracker.releases.receivers import begin
from tracker.tickets import happenings
from tracker.tickets.happenings import Happening
from tracker.tickets.models import Concern, Participant, State, Ticket
from tracker.tickets.participating import participant_of
from tracker.tickets.services import change_state, concern, report
from tracker.tickets.uniting import merge

NEWS, DESK = "/plattform/neuigkeiten/", "/betrieb/versionen/"


@pytest.fixture(autouse=True)
def _public(db):
    with time_machine.travel("2026-11-24 10:00+01:00", tick=False), inside_public():
        yield


@pytest.fixture
def told(monkeypatch) -> list[Happening]:
    """What was told to whoever listens."""
    heard: list[Happening] = []
    monkeypatch.setattr(happenings, "_listeners", [*happenings._listeners, heard.append])
    return heard


def a_release(version: str = "26.11", *tickets: Ticket) -> Release:
    release = planning.save(Release(version=version), by=OPERATOR)
    planning.plan(release, tickets, by=OPERATOR)
    return release


def a_wish(town: Municipality, title: str = "Merkliste als PDF") -> Ticket:
    return report(by=editor_of(town), kind="wish", title=title, expected="Zum Ausdrucken.\n\nMit QR-Code.")


def towns() -> list[Participant]:
    """All of them, as a rollout would know them."""
    return [participant_of(each) for each in Municipality.objects.order_by("pk")]


def test_a_planned_ticket_is_in_one_version_to_come(ahausen):
    ticket = a_wish(ahausen)
    a_release("26.11", ticket)
    later = a_release("26.12", ticket)
    assert [item.release for item in Item.objects.all()] == [later]
    ticket.refresh_from_db()
    assert ticket.state == State.PLANNED
    assert planning.version_of(ticket) == later


def test_notes_are_drawn_from_the_ticket(ahausen):
    ticket = a_wish(ahausen)
    bug = report(by=editor_of(ahausen), kind="bug", title="Doppelt", happened="Sie standen doppelt da.")
    a_release("26.11", ticket, bug)
    wish, error = Item.objects.order_by("pk")
    assert (wish.group, wish.title, wish.text) == (Group.NEW, "Merkliste als PDF", "Zum Ausdrucken.")
    assert (error.group, error.text) == (Group.FIXED, "Sie standen doppelt da.")


def test_what_has_ended_or_arrived_is_not_planned_any_more(ahausen):
    ticket = a_wish(ahausen)
    change_state(ticket, State.DECLINED, by=OPERATOR, reason="Zu teuer")
    release = a_release()
    with pytest.raises(ValidationError):
        planning.plan(release, [Ticket.objects.get(pk=ticket.pk)], by=OPERATOR)
    planning.issue(release, by=OPERATOR)
    arriving.arrive(towns())
    with pytest.raises(ValidationError):
        planning.plan(release, [a_wish(ahausen)], by=OPERATOR)


def test_before_it_is_issued_a_version_arrives_nowhere(ahausen):
    a_release("26.11", a_wish(ahausen))
    assert arriving.arrive(towns()) == 0
    assert not Arrival.objects.exists()


def test_a_version_arrives_with_each_wave_and_ends_its_tickets_with_the_last(ahausen, bedorf, told):
    ticket = a_wish(ahausen)
    release = planning.issue(a_release("26.11", ticket), by=OPERATOR)
    told.clear()
    first, *rest = towns()
    assert arriving.arrive([first]) == 1
    ticket.refresh_from_db()
    assert ticket.state == State.PLANNED
    assert [(each.name, each.only) for each in told] == [(happenings.ROLLED_OUT, first)]
    arriving.arrive(rest)
    ticket.refresh_from_db()
    release.refresh_from_db()
    assert (ticket.state, release.finished_at is not None) == (State.ROLLED_OUT, True)
    assert [each.name for each in told].count(happenings.ROLLED_OUT) == len(towns())


def test_arriving_twice_tells_nobody_twice(ahausen, told):
    planning.issue(a_release("26.11", a_wish(ahausen)), by=OPERATOR)
    arriving.arrive(towns())
    told.clear()
    assert arriving.arrive(towns()) == 0
    assert told == []


def test_a_rollout_tells_which_municipalities_it_has_reached(ahausen, bedorf):
    planning.issue(a_release("26.11", a_wish(ahausen)), by=OPERATOR)
    reached.send_robust(None, schema_names=["ahausen", "nirgends"])
    assert [each.participant for each in Arrival.objects.all()] == [participant_of(ahausen)]


def test_a_new_municipality_has_what_was_issued_before_and_nobody_is_told(ahausen, bedorf, told):
    planning.issue(a_release("26.11", a_wish(ahausen)), by=OPERATOR)
    told.clear()
    begin(None, municipality=bedorf)
    assert Arrival.objects.filter(participant=participant_of(bedorf)).count() == 1
    assert told == []


def test_a_former_municipality_is_not_waited_for(ahausen, bedorf):
    release = planning.issue(a_release("26.11", a_wish(ahausen)), by=OPERATOR)
    participant_of(bedorf)
    Participant.objects.filter(slug="bedorf").update(
        left_at="2026-11-01T00:00Z", slug=None, name="", shown_name="", municipality=None
    )
    arriving.arrive([participant_of(ahausen)])
    release.refresh_from_db()
    assert (release.finished_at is not None) == (not arriving.waiting_for(release).exists())


def test_merging_puts_the_ticket_that_stays_into_the_version(ahausen, bedorf):
    one, other = a_wish(ahausen), a_wish(bedorf, "Liste drucken")
    release = a_release("26.11", one, other)
    merge(one, other, by=OPERATOR)
    assert [item.ticket for item in release.items.all()] == [other]
    third = a_wish(ahausen, "Noch eine")
    planning.plan(release, [third], by=OPERATOR)
    fourth = a_wish(ahausen, "Und noch eine")
    moved = merge(third, fourth, by=OPERATOR)
    assert "1 Version" in [str(each) for each in moved]


def test_a_version_that_was_issued_stays(ahausen):
    release = planning.issue(a_release(), by=OPERATOR)
    with pytest.raises(ValidationError):
        planning.delete(release, by=OPERATOR)
    planned = a_release("26.12")
    planning.delete(planned, by=OPERATOR)
    assert [each.version for each in Release.objects.all()] == ["26.11"]


def test_news_are_unread_until_somebody_has_read_them(ahausen):
    planning.issue(a_release("26.11", a_wish(ahausen)), by=OPERATOR)
    arriving.arrive(towns())
    viewer = editor_of(ahausen)
    found = reading.unread(ahausen.pk, viewer.person)
    assert found.release.version == "26.11"
    reading.mark_read(reading.arrivals_of(viewer.participant), viewer)
    reading.mark_read(reading.arrivals_of(viewer.participant), viewer)
    assert reading.unread(ahausen.pk, viewer.person) is None
    assert reading.unread(ahausen.pk, 99) is not None
    with time_machine.travel("2027-03-01 10:00+01:00", tick=False):
        assert reading.unread(ahausen.pk, 99) is None


def test_notes_say_what_was_ours(ahausen, bedorf):
    ours, theirs = a_wish(ahausen), a_wish(bedorf, "Anderes")
    concern(theirs, by=editor_of(ahausen))
    strange = a_wish(bedorf, "Ganz anderes")
    release = a_release("26.11", ours, theirs, strange)
    (chapter,) = reading.chapters(release, participant_of(ahausen))
    assert [(note.ours, note.concerns_us) for note in chapter.notes] == [(True, True), (False, True), (False, False)]


def test_editors_read_the_notes_and_put_them_away(ahausen, bedorf, signed_in):
    a_release("26.12")
    release = a_release("26.11", a_wish(ahausen), a_wish(bedorf, "Suche findet Rhythmik"))
    release.to_do = "- Datenschutzerklärung ergänzen\n\n<b>Prüfen</b>"
    planning.issue(planning.save(release, by=OPERATOR), by=OPERATOR)
    arriving.arrive(towns())
    editor = signed_in(ahausen, Role.EDITOR)
    page = editor.get(NEWS).content.decode()
    assert "Seit 24. November 2026 läuft bei Ihnen Version 26.11" in page
    assert "1 Meldung Ihrer Kommune ist erledigt." in page
    assert "von uns gemeldet" in page
    assert "Datenschutzerklärung ergänzen" in page
    assert "&lt;b&gt;Prüfen&lt;/b&gt;" in page
    assert "Als Nächstes: 26.12" in page
    assert editor.post(f"{NEWS}26.11/gelesen/").url == NEWS
    assert "läuft bei Ihnen" not in editor.get(NEWS).content.decode()
    assert editor.get(f"{NEWS}26.11/").status_code == 200
    assert editor.get(f"{NEWS}26.12/").status_code == 404
    assert editor.post(f"{NEWS}26.12/gelesen/").status_code == 404


def test_without_a_version_the_page_says_so(ahausen, signed_in):
    assert "Noch keine Version" in signed_in(ahausen, Role.PLANNER).get(NEWS).content.decode()


def test_the_operator_plans_words_issues_and_reports_arrival(ahausen, signed_in):
    ticket = a_wish(ahausen)
    client = signed_in(None, Role.OPERATOR)
    assert client.post(DESK, {"version": "26.11", "planned_on": "2026-11-24"}).url == f"{DESK}26.11/"
    here = f"{DESK}26.11/"
    assert client.post(f"{here}tickets/", {"tickets": f"T-{ticket.pk}, {ticket.pk}"}).url == here
    item = Item.objects.get()
    sent = {"group": "better", "title": "Merkliste <druckt>", "text": "Knopf über der Liste."}
    assert client.post(f"{here}tickets/{item.pk}/", sent).url == here
    page = client.get(here).content.decode()
    assert "Merkliste &lt;druckt&gt;" in page
    assert client.post(f"{here}angekommen/").url == here
    assert not Arrival.objects.exists()
    assert client.post(f"{here}freigeben/").url == here
    assert client.post(f"{here}angekommen/").url == here
    ticket.refresh_from_db()
    assert ticket.state == State.ROLLED_OUT
    assert "Seit 24. November 2026 überall angekommen." in client.get(here).content.decode()
    assert "Merkliste &lt;druckt&gt;" in signed_in(ahausen, Role.EDITOR).get(NEWS).content.decode()


@pytest.mark.parametrize("written", ["", "abc", "T-999999999", "T-", "9" * 400, "T-1; DROP"])
def test_numbers_of_tickets_that_are_none_are_named(ahausen, signed_in, written):
    client = signed_in(None, Role.OPERATOR)
    a_release()
    answer = client.post(f"{DESK}26.11/tickets/", {"tickets": written})
    assert answer.status_code == 400
    assert not Item.objects.exists()


@pytest.mark.parametrize("version", ["", "26/11", "../x", "<b>", "2 6", "x" * 21, "26.11"])
def test_a_version_has_a_name_that_can_be_an_address(ahausen, signed_in, version):
    a_release()
    answer = signed_in(None, Role.OPERATOR).post(DESK, {"version": version})
    assert answer.status_code == 400
    assert Release.objects.count() == 1


def test_a_ticket_is_taken_out_and_an_empty_version_deleted(ahausen, signed_in):
    client = signed_in(None, Role.OPERATOR)
    a_release("26.11", a_wish(ahausen))
    item = Item.objects.get()
    client.post(f"{DESK}26.11/tickets/{item.pk}/entfernen/")
    assert not Item.objects.exists()
    assert client.post(f"{DESK}26.11/loeschen/").url == DESK
    assert not Release.objects.exists()


def test_the_ticket_says_with_which_version_it_comes(ahausen, signed_in):
    ticket = a_wish(ahausen)
    release = a_release("26.11", ticket)
    release.planned_on = "2026-12-02"
    planning.save(release, by=OPERATOR)
    editor = signed_in(ahausen, Role.EDITOR)
    assert "26.11, geplant für 2. Dezember 2026" in editor.get(f"/plattform/meldungen/{ticket.pk}/").content.decode()
    planning.issue(release, by=OPERATOR)
    arriving.arrive(towns())
    page = editor.get(f"/plattform/meldungen/{ticket.pk}/").content.decode()
    assert "26.11, bei uns seit 24. November 2026" in page


def test_a_deleted_municipality_leaves_no_reader(ahausen):
    planning.issue(a_release("26.11", a_wish(ahausen)), by=OPERATOR)
    arriving.arrive(towns())
    viewer = editor_of(ahausen)
    reading.mark_read(reading.arrivals_of(viewer.participant), viewer)
    from tracker.tickets.leaving import farewell

    farewell("ahausen")
    assert not Read.objects.exists()
    assert Arrival.objects.filter(participant=viewer.participant).exists()
    assert Concern.objects.filter(participant=viewer.participant).exists()


def test_all_municipalities_of_the_cast_take_part():
    assert {each.slug for each in towns()} >= {"ahausen", "bedorf"}
    assert municipality("ahausen").slug == "ahausen"


def test_after_an_update_the_desk_says_so_once(ahausen, signed_in):
    planning.issue(a_release("26.11", a_wish(ahausen)), by=OPERATOR)
    arriving.arrive(towns())
    editor, provider = signed_in(ahausen, Role.EDITOR), signed_in(ahausen, Role.PROVIDER)
    words = "läuft bei Ihnen Version 26.11"
    for address in ("/redaktion/", "/konto/"):
        assert words in editor.get(address).content.decode()
    assert words not in editor.get("/redaktion/aktuelles/").content.decode()
    assert words not in provider.get("/konto/").content.decode()
    assert editor.post(f"{NEWS}26.11/gelesen/", {"zurueck": "/redaktion/"}).url == "/redaktion/"
    assert editor.post(f"{NEWS}26.11/gelesen/", {"zurueck": "//boese.example/"}).url == NEWS
    assert words not in editor.get("/redaktion/").content.decode()
