"""Due times of errors as tickets go on, warnings, the record."""

from datetime import date

import pytest
import time_machine

from core.access import Role
from tenants.running.context import inside_public
from tests.tracker.people import OPERATOR, editor_of
from tracker.releases import deadlines
from tracker.releases.models import Deadline
from tracker.tickets.models import Severity, State, Ticket
from tracker.tickets.services import change_state, reopen, report, sort_in
from tracker.tickets.uniting import merge

MONDAY = "2026-11-23 10:00+01:00"
PAGE = "/betrieb/fristen/"


@pytest.fixture(autouse=True)
def _public(db):
    with inside_public():
        yield


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


def an_error(town, severity: str = Severity.SERIOUS, title: str = "Doppelte Anbieter") -> Ticket:
    ticket = report(by=editor_of(town), kind="bug", title=title)
    return sort_in(ticket, by=OPERATOR, severity=severity)


def running(ticket: Ticket) -> Deadline | None:
    return Deadline.objects.filter(ticket=ticket, met_on=None).first()


def test_the_time_begins_with_the_report_and_follows_the_severity(ahausen, clock):
    ticket = report(by=editor_of(ahausen), kind="bug", title="Doppelte Anbieter")
    assert running(ticket) is None
    clock.move_to("2026-11-25 10:00+01:00")
    sort_in(ticket, by=OPERATOR, severity=Severity.SERIOUS)
    assert running(ticket).due_on == date(2026, 11, 30)
    sort_in(ticket, by=OPERATOR, severity=Severity.BLOCKING)
    assert running(ticket).due_on == date(2026, 11, 24)
    sort_in(ticket, by=OPERATOR, severity=Severity.MINOR)
    assert running(ticket) is None


def test_wishes_and_what_is_no_error_any_more_have_none(ahausen, clock):
    ticket = an_error(ahausen)
    assert running(ticket) is not None
    sort_in(ticket, by=OPERATOR, kind="wish")
    assert running(ticket) is None


def test_it_ends_with_the_ticket_and_begins_anew_when_that_is_reopened(ahausen, clock):
    ticket = an_error(ahausen)
    clock.move_to("2026-11-26 10:00+01:00")
    change_state(ticket, State.ROLLED_OUT, by=OPERATOR)
    assert Deadline.objects.get().met_on == date(2026, 11, 26)
    clock.move_to("2026-11-27 10:00+01:00")
    reopen(Ticket.objects.get(pk=ticket.pk), by=editor_of(ahausen), text="Immer noch.")
    assert running(ticket).since == date(2026, 11, 27)
    assert Deadline.objects.count() == 2


def test_one_that_is_merged_counts_no_more(ahausen, bedorf, clock):
    ticket, other = an_error(ahausen), an_error(bedorf, title="Auch doppelt")
    merge(ticket, other, by=OPERATOR)
    assert [each.ticket for each in Deadline.objects.all()] == [other]


def test_each_is_warned_of_once_and_missed_once(ahausen, clock):
    ticket = an_error(ahausen)
    assert deadlines.take_warnings() == ([], [])
    clock.move_to("2026-11-27 06:00+01:00")
    soon, over = deadlines.take_warnings()
    assert ([each.ticket for each in soon], over) == ([ticket], [])
    assert deadlines.take_warnings() == ([], [])
    clock.move_to("2026-12-01 06:00+01:00")
    soon, over = deadlines.take_warnings()
    assert (soon, [each.ticket for each in over]) == ([], [ticket])
    assert deadlines.take_warnings() == ([], [])


def test_the_record_of_a_year_is_by_months(ahausen, clock):
    kept, missed, late = (an_error(ahausen, title=title) for title in ("Eins", "Zwei", "Drei"))
    clock.move_to("2026-11-27 10:00+01:00")
    change_state(kept, State.ROLLED_OUT, by=OPERATOR)
    clock.move_to("2026-12-03 10:00+01:00")
    change_state(late, State.ROLLED_OUT, by=OPERATOR)
    assert missed.pk
    record = deadlines.record_of(2026)
    assert [(row.first, row.kept, row.all) for row in record] == [(date(2026, 11, 1), 1, 3)]
    assert (deadlines.total(record).kept, deadlines.total(record).percent) == (1, 33)
    assert deadlines.record_of(2025) == []


def test_the_operator_changes_the_rules_for_what_comes(ahausen, clock, signed_in):
    before = an_error(ahausen)
    client = signed_in(None, Role.OPERATOR)
    days = {"blocking": "2", "serious": "3", "normal": "", "minor": ""}
    assert client.post(PAGE, days).url == PAGE
    assert deadlines.rules() == {"blocking": 2, "serious": 3, "normal": None, "minor": None}
    assert running(before).due_on == date(2026, 11, 30)
    assert running(an_error(ahausen, title="Neu")).due_on == date(2026, 11, 26)
    assert "Doppelte Anbieter" in client.get(PAGE).content.decode()


@pytest.mark.parametrize("days", ["0", "-1", "251", "x", "1.5", "9" * 30])
def test_rules_that_cannot_be_are_refused(ahausen, clock, signed_in, days):
    answer = signed_in(None, Role.OPERATOR).post(PAGE, {"blocking": days})
    assert answer.status_code == 400
    assert deadlines.rules()["blocking"] == 1


def test_municipalities_see_rules_and_record(ahausen, clock, signed_in):
    an_error(ahausen)
    clock.move_to("2026-12-02 10:00+01:00")
    page = signed_in(ahausen, Role.EDITOR).get("/plattform/neuigkeiten/").content.decode()
    assert "blockierend: 1 Werktag" in page or ": 1 Werktag" in page
    assert "0 von 1" in page
