"""Who is told what by mail, when, and what a mail never says."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from core.access import Role
from mail.models import OutboxMessage
from tenants.running.context import inside, inside_public
from tests.tracker.people import OPERATOR
from tracker.channels import telling, tidying, warnings
from tracker.channels.models import Event, Notice, Scope, Subscription
from tracker.channels.rhythm import Rhythm
from tracker.channels.tasks import look_for_waiting, tell_people
from tracker.releases import arriving, planning
from tracker.releases.models import Release
from tracker.tickets.leaving import farewell
from tracker.tickets.models import Severity, State, Ticket, Viewer, of_municipality
from tracker.tickets.participating import participant_of
from tracker.tickets.services import change_state, comment, concern, report, sort_in, unwatch
from tracker.tickets.uniting import merge
from tracker.voting.services import cast

SUNDAY = datetime(2026, 11, 29, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(SUNDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def editor(person, ahausen):
    return person(ahausen, Role.EDITOR)


@pytest.fixture
def neighbour(person, bedorf):
    return person(bedorf, Role.EDITOR)


@pytest.fixture
def operators(person):
    return person(None, Role.OPERATOR)


def as_viewer(town, user) -> Viewer:
    return of_municipality(participant_of(town), *user.granted_roles, user=user)


def a_ticket(town, user, **more) -> Ticket:
    with inside_public():
        return report(by=as_viewer(town, user), **{"kind": "wish", "title": "Merkliste drucken", **more})


def told(town) -> list[OutboxMessage]:
    """Write what is due there, and give the mails about tickets that are new."""
    with inside(town) if town else inside_public():
        last = OutboxMessage.objects.order_by("pk").last()
        telling.tell_due(timezone.now())
        new = OutboxMessage.objects.filter(kind__startswith="tracker_", pk__gt=last.pk if last else 0)
        return list(new.order_by("pk"))


def subscribe(town, user, scope: str, rhythm: str = Rhythm.AT_ONCE) -> None:
    participant = participant_of(town) if town else None
    Subscription.objects.create(participant=participant, person=user.pk, scope=scope, rhythm=rhythm)


def test_whoever_follows_is_told_and_whoever_did_it_is_not(ahausen, bedorf, editor, neighbour):
    ticket = a_ticket(ahausen, editor)
    assert told(ahausen) == []
    comment(ticket, "Bitte auch nach Tageszeit.", by=as_viewer(bedorf, neighbour))
    assert told(bedorf) == []
    (mail,) = told(ahausen)
    assert mail.to == editor.email
    assert mail.subject == f"T-{ticket.pk} Merkliste drucken: Redaktion Bedorf hat einen Kommentar geschrieben."
    assert "Bitte auch nach Tageszeit." in mail.body
    assert f"/plattform/meldungen/{ticket.pk}/" in mail.body
    assert neighbour.email not in mail.body
    assert told(ahausen) == [], "told once"


def test_a_mail_is_queued_in_the_municipality_of_whom_it_is_for(ahausen, bedorf, editor, neighbour):
    ticket = a_ticket(ahausen, editor)
    comment(ticket, "Hm.", by=as_viewer(bedorf, neighbour))
    assert set(tell_people.under_way()) == {"public", "ahausen"}


def test_an_internal_note_reaches_its_municipality_and_the_operator_alone(
    ahausen, bedorf, editor, neighbour, operators
):
    ticket = a_ticket(ahausen, editor)
    subscribe(bedorf, neighbour, Scope.ALL)
    concern(ticket, by=as_viewer(bedorf, neighbour))
    told(None)
    comment(ticket, "Kostenstelle 4711", by=as_viewer(ahausen, editor), about=participant_of(ahausen))
    assert told(bedorf) == []
    (mail,) = told(None)
    assert "Kostenstelle 4711" in mail.body
    comment(ticket, "Im Januar.", by=OPERATOR, about=participant_of(ahausen))
    (mail,) = told(ahausen)
    assert "Im Januar." in mail.body
    assert told(bedorf) == []
    assert not Notice.objects.filter(participant=participant_of(bedorf)).exists()


def test_providers_are_told_of_what_they_reported_and_of_no_note(ahausen, person, editor):
    provider = person(ahausen, Role.PROVIDER)
    with inside(ahausen):
        roles = provider.held_roles
    by = of_municipality(participant_of(ahausen), *roles, user=provider)
    ticket = report(by=by, kind="bug", title="Bild fehlt")
    subscribe(ahausen, provider, Scope.ALL)
    other = a_ticket(ahausen, editor)
    comment(other, "Geht uns an.", by=OPERATOR)
    comment(ticket, "Intern", by=OPERATOR, about=participant_of(ahausen))
    comment(ticket, "Wir schauen nach.", by=OPERATOR)
    mails = [mail for mail in told(ahausen) if mail.to == provider.email]
    assert [("Wir schauen nach." in mail.body, "Intern" in mail.body) for mail in mails] == [(True, False)]


@pytest.mark.parametrize(
    ("scope", "own", "foreign"),
    [(Scope.ALL, True, True), (Scope.OWN, True, False), (Scope.WATCHED, False, False), (Scope.NONE, False, False)],
)
def test_people_choose_of_which_tickets_they_are_told(ahausen, bedorf, editor, neighbour, person, scope, own, foreign):
    planner = person(ahausen, Role.PLANNER)
    subscribe(ahausen, planner, scope)
    ours, theirs = a_ticket(ahausen, editor), a_ticket(bedorf, neighbour)
    told(ahausen)
    for ticket, wanted in ((ours, own), (theirs, foreign)):
        comment(ticket, "Neu.", by=OPERATOR)
        assert any(mail.to == planner.email for mail in told(ahausen)) is wanted


def test_none_means_none_also_for_what_one_follows(ahausen, editor):
    ticket = a_ticket(ahausen, editor)
    subscribe(ahausen, editor, Scope.NONE)
    comment(ticket, "Neu.", by=OPERATOR)
    assert told(ahausen) == []


def test_a_daily_mail_gathers_the_day(ahausen, editor, clock):
    subscribe(ahausen, editor, Scope.WATCHED, Rhythm.DAILY)
    ticket = a_ticket(ahausen, editor)
    comment(ticket, "Eins.", by=OPERATOR)
    change_state(ticket, State.PLANNED, by=OPERATOR)
    assert told(ahausen) == []
    clock.move_to(SUNDAY + timedelta(days=1))
    look_for_waiting()
    assert "ahausen" in tell_people.under_way()
    (mail,) = told(ahausen)
    assert mail.subject == "2 Neuigkeiten von der Plattform"
    assert "Betrieb der Plattform hat einen Kommentar geschrieben." in mail.body
    assert "Der Stand ist jetzt „geplant“." in mail.body


def test_what_was_taken_back_is_told_no_more(ahausen, editor):
    from tracker.tickets.services import withdraw

    ticket = a_ticket(ahausen, editor)
    withdraw(comment(ticket, "Mein Name ist Eva.", by=OPERATOR), by=OPERATOR)
    (mail,) = told(ahausen)
    assert "Eva" not in mail.body


def test_a_refusal_says_why(ahausen, editor):
    ticket = a_ticket(ahausen, editor)
    change_state(ticket, State.DECLINED, by=OPERATOR, reason="Das kann schon die Suche.")
    (mail,) = told(ahausen)
    assert "„abgelehnt“" in mail.subject
    assert "Das kann schon die Suche." in mail.body


def test_operators_are_told_of_reports_unless_they_chose_otherwise(ahausen, editor, operators, person):
    other = person(None, Role.OPERATOR, email="zwei@platform.example")
    Subscription.objects.create(participant=None, person=other.pk, scope=Scope.NONE)
    ticket = a_ticket(ahausen, editor, happened="Es fehlt ein Knopf.")
    (mail,) = told(None)
    assert mail.to == operators.email
    assert "Es fehlt ein Knopf." in mail.body
    assert f"/betrieb/tickets/{ticket.pk}/" in mail.body


def test_who_has_left_or_lost_their_role_is_told_nothing(ahausen, editor, person):
    planner = person(ahausen, Role.PLANNER)
    subscribe(ahausen, planner, Scope.ALL)
    ticket = a_ticket(ahausen, editor)
    told(ahausen)
    comment(ticket, "Neu.", by=OPERATOR)
    with inside(ahausen):
        type(editor).objects.filter(pk=editor.pk).update(is_active=False)
        type(planner).objects.filter(pk=planner.pk).update(roles=[])
    assert told(ahausen) == []


def test_a_version_is_told_to_reporters_and_voices_where_it_arrives(ahausen, bedorf, editor, neighbour):
    ticket = a_ticket(ahausen, editor)
    cast(ticket, 2, by=as_viewer(bedorf, neighbour))
    release = planning.save(Release(version="26.11"), by=OPERATOR)
    planning.plan(release, [ticket], by=OPERATOR)
    planning.issue(release, by=OPERATOR)
    told(ahausen)
    told(bedorf)
    arriving.arrive([participant_of(ahausen)])
    (mail,) = told(ahausen)
    assert "Das ist jetzt bei Ihnen: Ihre Kommune hat Version 26.11." in mail.body
    assert told(bedorf) == []
    arriving.arrive([participant_of(bedorf)])
    (mail,) = told(bedorf)
    assert mail.to == neighbour.email
    assert "Version 26.11" in mail.body
    arriving.finish(release, by=OPERATOR)
    assert told(ahausen) + told(bedorf) == [], "that it is everywhere is no news"


def test_whoever_decides_is_told_where_nobody_follows(ahausen, bedorf, editor, neighbour):
    ticket = a_ticket(ahausen, editor)
    concern(ticket, by=as_viewer(bedorf, neighbour))
    unwatch(ticket, by=as_viewer(bedorf, neighbour))
    release = planning.save(Release(version="26.11"), by=OPERATOR)
    planning.plan(release, [ticket], by=OPERATOR)
    planning.issue(release, by=OPERATOR)
    arriving.arrive([participant_of(bedorf)])
    assert [mail.to for mail in told(bedorf)] == [neighbour.email]


def test_several_at_once_are_one_mail(ahausen, editor):
    tickets = [a_ticket(ahausen, editor, title=f"Wunsch {number}") for number in range(3)]
    release = planning.save(Release(version="26.11"), by=OPERATOR)
    planning.plan(release, tickets, by=OPERATOR)
    told(ahausen)
    planning.issue(release, by=OPERATOR)
    arriving.arrive([participant_of(ahausen)])
    (mail,) = [each for each in told(ahausen) if each.to == editor.email]
    assert mail.subject == "3 Neuigkeiten von der Plattform"


def test_after_a_merge_both_watchers_are_told(ahausen, bedorf, editor, neighbour):
    one, other = a_ticket(ahausen, editor), a_ticket(bedorf, neighbour, title="Drucken")
    merge(one, other, by=OPERATOR)
    assert f"T-{one.pk}" in told(ahausen)[0].body
    told(bedorf)
    comment(Ticket.objects.get(pk=one.pk), "Weiter hier.", by=OPERATOR)
    assert "Weiter hier." in told(ahausen)[0].body
    assert "Weiter hier." in told(bedorf)[-1].body


def test_a_title_with_markup_stays_what_it_is(ahausen, editor):
    ticket = a_ticket(ahausen, editor, title="<script>alert(1)</script> {{ link }}")
    comment(ticket, "<img src=x onerror=alert(1)> {{ portal }}", by=OPERATOR)
    (mail,) = told(ahausen)
    assert "<script>" not in mail.html
    assert "<img" not in mail.html
    assert "{{ portal }}" in mail.body


def test_two_jobs_at_once_write_one_mail_each_notice(ahausen, editor):
    ticket = a_ticket(ahausen, editor)
    comment(ticket, "Neu.", by=OPERATOR)
    with inside(ahausen):
        assert (telling.tell_due(timezone.now()), telling.tell_due(timezone.now())) == (1, 0)


def test_people_choose_on_a_page(ahausen, signed_in):
    client = signed_in(ahausen, Role.EDITOR)
    here = "/plattform/benachrichtigungen/"
    assert "alle Meldungen aller Kommunen" in client.get(here).content.decode()
    for scope in (Scope.ALL, Scope.OWN):
        assert client.post(here, {"scope": scope, "rhythm": "weekly"}).url == here
    row = Subscription.objects.get()
    assert (row.participant, row.scope, row.rhythm) == (participant_of(ahausen), Scope.OWN, Rhythm.WEEKLY)
    assert client.post(here, {"scope": "x", "rhythm": "y"}).status_code == 400


def test_a_provider_is_not_offered_what_they_may_not_see(ahausen, signed_in):
    client = signed_in(ahausen, Role.PROVIDER)
    assert client.post("/plattform/benachrichtigungen/", {"scope": "all", "rhythm": "daily"}).status_code == 400
    assert client.post("/plattform/benachrichtigungen/", {"scope": "none", "rhythm": "daily"}).status_code == 302


def test_an_operator_chooses_too(signed_in):
    client = signed_in(None, Role.OPERATOR)
    here = "/betrieb/benachrichtigungen/"
    for _twice in range(2):
        assert client.post(here, {"scope": "all", "rhythm": "daily"}).url == here
    assert Subscription.objects.get().participant is None


def test_operators_are_warned_of_due_times(ahausen, editor, operators, clock):
    ticket = a_ticket(ahausen, editor, kind="bug", title="Warteliste hängt")
    sort_in(ticket, by=OPERATOR, severity=Severity.BLOCKING)
    clock.move_to(datetime(2026, 12, 1, 6, tzinfo=UTC))
    with inside_public():
        assert warnings.warn() == 1
        (mail,) = OutboxMessage.objects.filter(kind="tracker_due")
        assert "Frist ist abgelaufen:" in mail.body
        assert "Frist läuft bald ab" not in mail.body
        assert "Warteliste hängt" in mail.body
        assert warnings.warn() == 0


def test_a_deleted_municipality_takes_its_subscriptions_along(ahausen, editor):
    subscribe(ahausen, editor, Scope.ALL)
    ticket = a_ticket(ahausen, editor)
    comment(ticket, "Intern", by=OPERATOR, about=participant_of(ahausen))
    farewell("ahausen")
    assert not Subscription.objects.exists()
    assert not Notice.objects.exclude(participant=None).exists()
    assert not Event.objects.exclude(only=None).exists()


def test_old_events_are_forgotten(ahausen, editor):
    a_ticket(ahausen, editor)
    tidying.forget(timezone.now())
    assert Event.objects.exists()
    tidying.forget(timezone.now() + tidying.KEEP_EVENTS + timedelta(days=1))
    assert not Event.objects.exists()
