"""Alerts reach operators by mail and programs by webhook; where they do not arrive, that is seen."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from audit.models import Entry
from core.access import Role
from courier.backoff import PAUSES
from courier.signing import check_standard
from health.alerts import measure
from health.models import AlertHook, AlertMessage
from health.telling import hooks, people
from health.telling.jobs import deliver, look_after, tell_ended
from mail.models import OutboxMessage, Unreachable
from tenants.running.context import inside_public
from tests.health.places import queued
from tests.servers import OK
from tests.tracker.channels.test_webhooks import SAID, Receiver

HOME = "/betrieb/alarme/"


@pytest.fixture
def receiver(settings) -> Iterator[Receiver]:
    settings.LINK_INTERNAL_HOSTS = frozenset({"127.0.0.2"})
    server = Receiver()
    yield server
    server.close()


@pytest.fixture
def operator(signed_in):
    return signed_in(None, Role.OPERATOR)


def a_hook(url) -> AlertHook:
    with inside_public():
        return hooks.save(AlertHook(url=url), by=None)


def send_all() -> None:
    with inside_public():
        for row in AlertMessage.objects.filter(state="waiting", next_try_at__lte=timezone.now()).order_by("pk"):
            deliver(row.pk)


def test_an_alert_goes_to_each_webhook_once_signed_and_without_a_person(operator, ahausen, receiver):
    hook = a_hook(receiver.url("/hier"))
    off = a_hook(receiver.url("/aus"))
    with inside_public():
        off.active = False
        hooks.save(off, by=None)
        queued("failed", "ahausen", number=10)
        measure()
        measure()
        measure()
    send_all()
    (asked,), (body,) = receiver.asked, receiver.bodies
    with inside_public():
        row = AlertMessage.objects.get()
        assert check_standard(asked.headers, body, hook.secret, timezone.now()) == row.message
        assert (row.state, row.attempts) == ("sent", 1)
    said = json.loads(body)
    assert said["type"] == "alert"
    assert said["data"]["link"] == "http://localhost:8000/betrieb/kommunen/"
    assert said["data"]["news"] == [
        {
            "cause": "auftraege",
            "label": "Fehlgeschlagene Aufträge",
            "news": "opened",
            "number": 1,
            "municipalities": ["ahausen"],
        }
    ]
    assert "@" not in body.decode()


def test_it_is_tried_again_and_given_up_with_a_mail(operator, receiver):
    receiver.says = SAID[500]
    begin = timezone.now()
    with time_machine.travel(begin, tick=False) as clock:
        hook = a_hook(receiver.url("/"))
        with inside_public():
            hooks.tell("alert", {})
        send_all()
        assert "seit" in operator.get(HOME).content.decode()
        for pause in PAUSES:
            clock.shift(pause + timedelta(seconds=1))
            send_all()
        with inside_public():
            assert AlertMessage.objects.get().state == "failed"
            hooks.tell("alert", {})
        clock.shift(timedelta(days=3))
        send_all()
        with inside_public():
            hook.refresh_from_db()
            assert (hook.active, hook.given_up_at is not None) == (False, True)
            tell_ended(hook.pk)
            mail = OutboxMessage.objects.get(kind="health_hook_ended")
        assert (receiver.url("/") in mail.body, f"/webhooks/{hook.pk}/" in mail.body) == (True, True)
        assert "von selbst ausgeschaltet" in operator.get(HOME).content.decode()
        assert "nicht erreicht: 1" in operator.get("/betrieb/").content.decode()
        receiver.says = OK
        operator.post(f"{HOME}webhooks/{hook.pk}/", {"url": hook.url, "active": "on"})
        clock.shift(PAUSES[0])
        send_all()
    with inside_public():
        hook.refresh_from_db()
        assert hook.first_failure is None
        assert AlertMessage.objects.filter(state="sent").count() == 1


def test_a_message_whose_process_was_killed_is_taken_up_and_old_ones_go(db, receiver):
    a_hook(receiver.url("/"))
    with inside_public():
        hooks.tell("alert", {})
        old = AlertMessage.objects.get()
        AlertMessage.objects.update(created_at=timezone.now() - timedelta(days=91))
        hooks.tell("alert", {})
        lost = AlertMessage.objects.latest("pk")
        AlertMessage.objects.filter(pk=lost.pk).update(next_try_at=timezone.now() - timedelta(minutes=6))
        look_after()
        assert [each["message_id"] for each in deliver.under_way()["public"]].count(lost.pk) == 1
        assert not AlertMessage.objects.filter(pk=old.pk).exists()


@pytest.mark.parametrize(
    "url",
    ["http://chat.example.org/x", "https://127.0.0.1/x", "https://10.1.2.3/x", "https://[::1]/x", "https://localhost/x",
     "https://drucker.local/x", "https://olga:geheim@x.example.org/", "https://169.254.169.254/x", "ftp://x.de/", ""],
)  # fmt: skip
def test_addresses_that_lead_inside_or_nowhere_are_refused_with_a_sentence(operator, url):
    answer = operator.post(f"{HOME}webhooks/neu/", {"url": url, "active": "on"})
    assert answer.status_code == 400
    assert "field--error" in answer.content.decode()
    assert not AlertHook.objects.exists()


def test_a_webhook_is_added_shown_changed_and_deleted_and_each_is_in_the_log(operator):
    address = operator.post(f"{HOME}webhooks/neu/", {"url": "https://chat.example.org/a", "active": "on"}).url
    page = operator.get(address).content.decode()
    with inside_public():
        hook = AlertHook.objects.get()
        assert hook.secret in page
        assert hook.secret not in hook.sealed_secret
    assert operator.post(f"{HOME}webhooks/neu/", {"url": hook.url, "active": "on"}).status_code == 400
    operator.post(address, {"url": "https://chat.example.org/b"})
    assert "ausgeschaltet" in operator.get(HOME).content.decode()
    assert "Diesen Webhook löschen?" in operator.get(f"{address}loeschen/").content.decode()
    operator.post(f"{address}loeschen/")
    with inside_public():
        assert not AlertHook.objects.exists()
        deeds = Entry.objects.filter(action__startswith="alerts.").order_by("pk").values_list("action", flat=True)
        assert [each.partition(".")[2] for each in deeds] == ["hook_added", "hook_changed", "hook_deleted"]


def test_a_test_goes_to_everybody_and_what_came_back_stands_there(operator, person, receiver):
    other = person(None, Role.OPERATOR, email="udo@platform.example")
    person(None, email="niemand@platform.example")
    a_hook(receiver.url("/"))
    operator.post(f"{HOME}test/")
    send_all()
    assert json.loads(receiver.bodies[0])["type"] == "alert.test"
    with inside_public():
        mails = OutboxMessage.objects.filter(kind="health_test")
        assert mails.count() == 2
        mails.update(state="sent", sent_at=timezone.now())
        assert list(people.unreached()) == []
        mails.filter(to=other.email).update(bounced_at=timezone.now(), bounce="550 no such user")
        assert [mail.to for mail in people.unreached()] == [other.email]
    page = operator.get(HOME).content.decode()
    assert page.count("Die letzte E-Mail kam nicht an.") == 1
    assert "550 no such user" in page
    assert "nicht erreicht: 1" in operator.get("/betrieb/").content.decode()
    # The next one arrives; but a mailbox that is gone for good is still said to be.
    operator.post(f"{HOME}test/")
    with inside_public():
        OutboxMessage.objects.filter(kind="health_test").update(state="sent", sent_at=timezone.now())
        assert list(people.unreached()) == []
        Unreachable.objects.create(address=other.email, said="550 gone")
        assert [each.trouble for each in people.recipients() if each.email == other.email] == ["550 gone"]


def test_the_same_as_a_command(operator, ahausen, capsys):
    queued("failed", "ahausen", number=10)
    with inside_public():
        measure()
        measure()
        OutboxMessage.objects.update(state="failed", last_error="Connection refused")
    call_command("alerts")
    said = capsys.readouterr().out
    assert "Aufträge sind endgültig fehlgeschlagen. 1" in said
    assert "operator@platform.example: Connection refused" in said
    call_command("alerts", test=True)
    assert "Unterwegs: 1 E-Mails, 0 Webhooks." in capsys.readouterr().out


def test_without_anybody_it_is_a_page_and_says_what_is_missing(operator):
    page = operator.get(HOME).content.decode()
    assert "Noch wurde nichts gemeldet." in page
    assert "Noch wurde kein Alarm gesendet" in page
    assert "manage work" in page


def test_what_was_told_stands_there_open_first(operator, ahausen):
    with inside_public():
        jobs = queued("failed", "ahausen", number=10)
        measure()
        measure()
    page = operator.get(HOME).content.decode()
    assert "Aufträge sind endgültig fehlgeschlagen." in page
    assert "ursache=auftraege" in page
    assert len(jobs) == 10
