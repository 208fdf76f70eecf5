"""Webhooks that leave: signed, retried, resent, given up; never into the private network, never with a note."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from core.access import Role
from courier.backoff import PAUSES
from courier.signing import check_standard
from mail.models import OutboxMessage
from tenants.running.context import inside, inside_public
from tests.servers import OK, Server
from tests.tracker.people import OPERATOR, editor_of
from tracker.channels import keeping
from tracker.channels.models import Delivery, Hook
from tracker.channels.outgoing.delivering import lost
from tracker.channels.tasks import deliver, tell_webhook_ended
from tracker.releases import arriving, planning
from tracker.releases.models import Release
from tracker.tickets.models import State, Ticket, Viewer, of_municipality
from tracker.tickets.participating import participant_of
from tracker.tickets.services import change_state, comment, report

NOW = datetime(2026, 11, 29, 10, tzinfo=UTC)
SAID = {code: f"HTTP/1.1 {code} x\r\nContent-Length: 0\r\n\r\n".encode() for code in (302, 410, 500)}
HERE = "/plattform/webhooks/"


@pytest.fixture(autouse=True)
def clock(settings, db):
    settings.LINK_INTERNAL_HOSTS = frozenset({"127.0.0.2"})
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


class Receiver(Server):
    """Reads the whole message before it answers, whatever `says` is then."""

    def __init__(self) -> None:
        self.says, self.bodies = OK, []
        super().__init__()

    def answer(self, connection, asked) -> None:
        head, _gap, body = asked.said.partition(b"\r\n\r\n")
        assert head
        while len(body) < int(asked.headers["content-length"]):
            body += connection.recv(65536)
        self.bodies.append(body)
        connection.sendall(self.says)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    yield server
    server.close()


def admin_of(town) -> Viewer:
    return of_municipality(participant_of(town), Role.ADMIN, person=1)


def a_hook(by: Viewer, url: str, scope: str = "all") -> Hook:
    return keeping.save(Hook(url=url, scope=scope), by=by)


def a_ticket(town, **more) -> Ticket:
    return report(by=editor_of(town), **{"kind": "wish", "title": "Merkliste drucken", "happened": "Nichts.", **more})


def run_all() -> None:
    """As the worker would, each message that waits for its turn now."""
    with inside_public():
        for row in Delivery.objects.filter(state="waiting", next_try_at__lte=timezone.now()).order_by("pk"):
            deliver(row.pk)


def bodies(server: Receiver) -> list[dict]:
    return [json.loads(each) for each in server.bodies]


def test_a_message_is_signed_by_standard_webhooks_and_says_the_shared_part(ahausen, bedorf, receiver):
    hook = a_hook(admin_of(bedorf), receiver.url("/hier"))
    ticket = a_ticket(ahausen, context={"page": "/geheim/", "browser": "Firefox"})
    run_all()
    (asked,) = receiver.asked
    (body,) = receiver.bodies
    assert (asked.method, asked.path, asked.headers["content-type"]) == ("POST", "/hier", "application/json")
    row = Delivery.objects.get()
    assert check_standard(asked.headers, body, hook.secret, timezone.now()) == row.message
    said = json.loads(body)
    assert (said["type"], said["timestamp"]) == ("ticket.reported", NOW.isoformat())
    assert said["data"]["by"] == "Redaktion Ahausen"
    assert said["data"]["ticket"]["reference"] == ticket.reference
    assert said["data"]["ticket"]["url"].endswith(f"/plattform/meldungen/{ticket.pk}/")
    assert "bedorf.localhost" in said["data"]["ticket"]["url"]
    assert "geheim" not in body.decode()
    assert (row.state, row.attempts, row.status) == ("sent", 1, 200)


def test_notes_leave_by_no_webhook(ahausen, bedorf, receiver):
    ticket = a_ticket(ahausen)
    for viewer in (admin_of(ahausen), admin_of(bedorf), OPERATOR):
        a_hook(viewer, receiver.url(f"/{viewer.participant or 'betrieb'}"))
    comment(ticket, "Kostenstelle 4711", by=OPERATOR, about=participant_of(ahausen))
    run_all()
    assert receiver.asked == []


def test_an_arrival_is_told_to_its_own_municipality_and_the_operator(ahausen, bedorf, receiver):
    ticket = a_ticket(ahausen)
    release = planning.issue(planning.save(Release(version="26.11"), by=OPERATOR), by=OPERATOR)
    planning.plan(release, [ticket], by=OPERATOR)
    for name, viewer in (("a", admin_of(ahausen)), ("b", admin_of(bedorf)), ("o", OPERATOR)):
        a_hook(viewer, receiver.url(f"/{name}"))
    arriving.arrive([participant_of(ahausen)])
    run_all()
    assert sorted(each.path for each in receiver.asked) == ["/a", "/o"]
    assert {each["data"]["municipality"] for each in bodies(receiver)} == {participant_of(ahausen).town}


def test_a_webhook_may_be_for_ones_own_tickets_only(ahausen, bedorf, receiver):
    a_hook(admin_of(bedorf), receiver.url("/"), scope="own")
    a_ticket(ahausen)
    ours = a_ticket(bedorf, title="Eigenes")
    run_all()
    assert [each["data"]["ticket"]["number"] for each in bodies(receiver)] == [ours.pk]


def test_what_fails_is_tried_again_under_the_same_name(ahausen, receiver, clock):
    receiver.says = SAID[500]
    a_hook(admin_of(ahausen), receiver.url("/"))
    a_ticket(ahausen)
    run_all()
    run_all()
    assert len(receiver.asked) == 1, "not before its time"
    row = Delivery.objects.get()
    assert (row.state, row.status, row.next_try_at) == ("waiting", 500, NOW + PAUSES[0])
    receiver.says = OK
    clock.move_to(NOW + PAUSES[0])
    run_all()
    first, second = receiver.asked
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.headers["webhook-timestamp"] != second.headers["webhook-timestamp"]
    row.refresh_from_db()
    assert (row.state, row.attempts, Hook.objects.get().first_failure) == ("sent", 2, None)


def test_after_the_last_try_a_message_is_given_up_and_the_address_after_five_days(ahausen, receiver, person, clock):
    receiver.says = SAID[500]
    admin = person(ahausen, Role.ADMIN)
    hook = a_hook(admin_of(ahausen), receiver.url("/"))
    a_ticket(ahausen)
    moment = NOW
    for pause in (*PAUSES, timedelta(0)):
        run_all()
        moment += pause
        clock.move_to(moment)
    row = Delivery.objects.get()
    assert (row.state, row.attempts) == ("failed", len(PAUSES) + 1)
    hook.refresh_from_db()
    assert hook.active, "three and a half days are no five"
    clock.move_to(NOW + timedelta(days=5, hours=1))
    a_ticket(ahausen, title="Noch einer")
    run_all()
    hook.refresh_from_db()
    assert (hook.active, hook.given_up_at is not None) == (False, True)
    assert "ahausen" in tell_webhook_ended.under_way()
    with inside(ahausen):
        tell_webhook_ended(hook.pk)
        (mail,) = OutboxMessage.objects.filter(kind="tracker_webhook_ended")
    assert (mail.to, hook.url in mail.body) == (admin.email, True)


def test_who_says_gone_is_asked_no_more(ahausen, receiver):
    receiver.says = SAID[410]
    hook = a_hook(admin_of(ahausen), receiver.url("/"))
    a_ticket(ahausen)
    run_all()
    hook.refresh_from_db()
    assert not hook.active


def test_a_redirect_is_not_followed(ahausen, receiver):
    receiver.says = SAID[302]
    a_hook(admin_of(ahausen), receiver.url("/"))
    a_ticket(ahausen)
    run_all()
    assert Delivery.objects.get().status == 302
    assert len(receiver.asked) == 1


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "169.254.169.254", "10.0.0.1", "[::1]"])
def test_the_private_network_is_refused_at_delivery(ahausen, receiver, host):
    port = receiver.port
    a_hook(admin_of(ahausen), f"https://{host}:{port}/")
    a_ticket(ahausen)
    run_all()
    row = Delivery.objects.get()
    assert row.status is None
    assert "refused" in row.error
    assert receiver.asked == []


def test_a_message_whose_process_was_killed_is_found_again(ahausen, receiver, clock):
    from tracker.channels.outgoing.delivering import begin

    a_hook(admin_of(ahausen), receiver.url("/"))
    a_ticket(ahausen)
    row = Delivery.objects.get()
    assert begin(row.pk, timezone.now()) is not None
    assert begin(row.pk, timezone.now()) is None, "begun twice at once"
    assert lost(timezone.now()) == []
    clock.move_to(NOW + timedelta(minutes=10))
    assert lost(timezone.now()) == [row.pk]
    run_all()
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("sent", 2)


def test_an_administrator_adds_tries_out_resends_and_deletes(ahausen, signed_in, receiver):
    client = signed_in(ahausen, Role.ADMIN)
    where = client.post(f"{HERE}neu/", {"url": receiver.url("/hier"), "scope": "all", "active": "on"}).url
    hook = Hook.objects.get()
    assert (where, hook.participant) == (f"{HERE}{hook.pk}/", participant_of(ahausen))
    page = client.get(where).content.decode()
    assert hook.secret in page
    assert hook.secret not in hook.sealed_secret
    client.post(f"{where}probe/")
    run_all()
    row = Delivery.objects.get()
    assert row.state == "sent"
    client.post(f"{where}{row.pk}/erneut/")
    run_all()
    names = [each.headers["webhook-id"] for each in receiver.asked]
    assert names == [row.message, row.message]
    assert "angekommen" in client.get(where).content.decode()
    assert client.get(f"{where}loeschen/").status_code == 200
    assert client.post(f"{where}loeschen/").url == HERE
    assert not Hook.objects.exists()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://example.org/",
        "ftp://example.org/",
        "javascript:alert(1)",
        "https://eva:geheim@example.org/",
        "https://" + "x" * 600,
    ],
)
def test_addresses_that_cannot_be_are_refused(ahausen, signed_in, url):
    answer = signed_in(ahausen, Role.ADMIN).post(f"{HERE}neu/", {"url": url, "scope": "all", "active": "on"})
    assert answer.status_code == 400
    assert not Hook.objects.exists()


def test_the_same_address_twice_is_refused_at_the_form(ahausen, signed_in):
    client = signed_in(ahausen, Role.ADMIN)
    sent = {"url": "https://chat.example/hook", "scope": "all", "active": "on"}
    assert client.post(f"{HERE}neu/", sent).status_code == 302
    assert client.post(f"{HERE}neu/", sent).status_code == 400


def test_webhooks_of_others_are_not_there(ahausen, bedorf, signed_in):
    hook = a_hook(admin_of(bedorf), "https://chat.example/hook")
    row = keeping.try_out(hook)
    client = signed_in(ahausen, Role.ADMIN)
    assert client.get(f"{HERE}{hook.pk}/").status_code == 404
    for path in ("probe/", "loeschen/", f"{row.pk}/erneut/"):
        assert client.post(f"{HERE}{hook.pk}/{path}").status_code == 404
    assert "chat.example" not in client.get(HERE).content.decode()
    own = a_hook(admin_of(ahausen), "https://eigen.example/")
    assert client.post(f"{HERE}{own.pk}/{row.pk}/erneut/").status_code == 404


def test_switched_on_again_what_waits_goes_out(ahausen, receiver):
    hook = a_hook(admin_of(ahausen), receiver.url("/"))
    ticket = a_ticket(ahausen)
    hook.active = False
    keeping.save(hook, by=admin_of(ahausen))
    run_all()
    assert receiver.asked == []
    hook.active = True
    keeping.save(hook, by=admin_of(ahausen))
    run_all()
    change_state(ticket, State.PLANNED, by=OPERATOR)
    run_all()
    assert [each["type"] for each in bodies(receiver)] == ["ticket.reported", "ticket.state_changed"]
