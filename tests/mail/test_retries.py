"""No mail is lost silently: every attempt is counted, tried for days, given up visibly and sent again on request."""

import os
import re
import signal
import time
from contextvars import Context
from datetime import timedelta

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from mail.models import OutboxMessage
from mail.services import resend
from mail.tasks import forget_everywhere, requeue_lost_mail
from operations.models import PostedMail
from tenants.lifecycle.states import archive_municipality, suspend_municipality
from tenants.running.connections import direct_params
from tenants.running.context import inside, inside_public
from tests.conftest import municipality
from tests.jobs.test_jobs import _wait_for, _worker
from tests.mail.letters import a_letter
from tests.mail.servers import free_port, smtp_server

State = OutboxMessage.State


@pytest.fixture
def town(own_database):
    with inside(municipality("ahausen")) as here:
        yield here


@pytest.fixture
def smtp(settings):
    with smtp_server(settings) as inbox:
        yield inbox


def write(**fields) -> OutboxMessage:
    return a_letter(**fields)


def work() -> None:
    # A worker has entered nothing.
    Context().run(call_command, "work", until_empty=True)


def let_time_pass() -> None:
    """The pause before the next try is over."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE public.procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")
    work()


def the_mail() -> OutboxMessage:
    return OutboxMessage.objects.get()


def nobody_listens(settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()


def test_a_failed_attempt_is_counted_with_its_error_and_the_next_one_is_announced(town, settings):
    nobody_listens(settings)
    write()
    work()
    mail = the_mail()
    assert (mail.state, mail.attempts) == (State.QUEUED, 1)
    assert "refused" in mail.last_error
    assert timedelta(0) < mail.next_try_at - timezone.now() <= timedelta(minutes=1)
    job = ProcrastinateJob.objects.get(status="todo", task_name__endswith="deliver_later")
    assert abs(job.scheduled_at - mail.next_try_at) < timedelta(seconds=1)


def test_an_outage_of_three_days_loses_nothing(town, settings):
    """Attempts go on, with pauses that never shrink, until more than three days are over."""
    nobody_listens(settings)
    write()
    work()
    pauses = []
    while the_mail().state == State.QUEUED:
        mail = the_mail()
        pauses.append(mail.next_try_at - timezone.now())
        assert ProcrastinateJob.objects.filter(status="todo", task_name__endswith="deliver_later").count() == 1
        let_time_pass()
        assert len(pauses) < 100
    assert sum(pauses, timedelta()) > timedelta(days=3)
    assert pauses[0] < timedelta(minutes=5)
    assert max(pauses) < timedelta(days=1)
    rounded = [round(pause.total_seconds() / 30) for pause in pauses]
    assert rounded == sorted(rounded)
    mail = the_mail()
    assert (mail.state, mail.attempts, mail.next_try_at) == (State.FAILED, len(pauses) + 1, None)
    assert "refused" in mail.last_error
    assert mail.failed_at is not None
    with smtp_server(settings) as inbox:
        assert resend(OutboxMessage.objects.given_up()) == 1
        work()
        assert len(inbox.letters) == 1
    mail = the_mail()
    assert (mail.state, mail.attempts, mail.last_error, mail.failed_at) == (State.SENT, 1, "", None)


def test_a_server_that_comes_back_gets_the_mail_once(town, settings):
    nobody_listens(settings)
    message = write()
    work()
    with smtp_server(settings, settings.EMAIL_PORT) as inbox:
        let_time_pass()
        let_time_pass()
    assert [message.message_id in letter for letter in inbox.letters] == [True]
    assert (the_mail().state, the_mail().attempts) == (State.SENT, 2)


@pytest.mark.parametrize("answer", ["550 no such mailbox", "553 not allowed", "501 what is that"])
def test_an_address_refused_for_good_is_given_up_at_once(town, smtp, answer):
    smtp.refusals["eva"] = answer
    write()
    work()
    mail = the_mail()
    assert (mail.state, mail.attempts, mail.last_error) == (State.FAILED, 1, answer)
    let_time_pass()
    assert smtp.connections == 1


@pytest.mark.parametrize("answer", ["450 greylisted, come back", "451 try later", "452 mailbox full", "421 too busy"])
def test_an_address_refused_for_now_is_tried_again(town, smtp, answer):
    smtp.refusals["eva"] = answer
    write()
    work()
    mail = the_mail()
    assert (mail.state, mail.attempts) == (State.QUEUED, 1)
    assert answer[:3] in mail.last_error
    del smtp.refusals["eva"]
    let_time_pass()
    assert the_mail().state == State.SENT
    assert len(smtp.letters) == 1


@pytest.mark.parametrize(("answer", "state"), [("554 spam", State.FAILED), ("451 disk full", State.QUEUED)])
def test_a_text_is_refused_for_good_or_for_now(town, smtp, answer, state):
    smtp.data_answer = answer
    write()
    work()
    assert (the_mail().state, the_mail().last_error) == (state, answer)


def test_a_sender_the_server_does_not_take_is_the_operators_to_mend(town, smtp):
    smtp.sender_answer = "550 sign in first"
    write()
    work()
    assert (the_mail().state, the_mail().last_error) == (State.QUEUED, "550 sign in first")
    smtp.sender_answer = "250 OK"
    let_time_pass()
    assert the_mail().state == State.SENT


def test_a_server_that_hangs_up_is_tried_again(town, smtp):
    smtp.hangs_up = True
    write()
    work()
    assert (the_mail().state, the_mail().attempts) == (State.QUEUED, 1)
    assert the_mail().last_error
    smtp.hangs_up = False
    let_time_pass()
    assert len(smtp.letters) == 1


def test_what_is_no_mail_is_given_up_with_the_reason(town, smtp):
    OutboxMessage.objects.create(to="", subject="x", body="x", sender="a@example.org", message_id="<1@x>")
    write(headers={"List-Id": "a\nb"})
    OutboxMessage.objects.update(created_at=timezone.now() - timedelta(hours=1))
    requeue_lost_mail()
    work()
    assert list(OutboxMessage.objects.values_list("state", flat=True)) == [State.FAILED, State.FAILED]
    assert all(OutboxMessage.objects.values_list("last_error", flat=True))
    assert smtp.letters == []


def test_no_transaction_is_open_while_the_server_takes_its_time(town, settings, monkeypatch):
    """Two workers would wait for each other, and the vacuum for both."""
    seen = []
    with smtp_server(settings) as inbox:
        plain = inbox.handle_DATA

        async def look(server, session, envelope):
            with psycopg.connect(**direct_params("test")) as link:
                # The session that holds the lock on the mail is the one that sends it.
                seen.extend(
                    link.execute(
                        "SELECT a.state FROM pg_stat_activity a JOIN pg_locks l USING (pid) "
                        "WHERE a.datname = current_database() AND l.locktype = 'advisory' AND l.objsubid = 1"
                    ).fetchall()
                )
            return await plain(server, session, envelope)

        inbox.handle_DATA = look
        write()
        work()
        assert len(inbox.letters) == 1
    assert seen == [("idle",)]


def test_workers_that_are_killed_neither_lose_nor_double_a_mail(town):
    for number in range(30):
        write(subject=f"Nummer {number}")
    for pause in (2.5, 3.0):
        worker = _worker()
        time.sleep(pause)
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        worker.stdout.close()
    worker = _worker()
    try:
        _wait_for(lambda: OutboxMessage.objects.filter(state=State.SENT).count() == 30, 90)
    finally:
        os.killpg(worker.pid, signal.SIGTERM)
        worker.wait(30)
        worker.stdout.close()
    with inside_public():
        assert sorted(PostedMail.objects.values_list("subject", flat=True)) == sorted(
            f"Nummer {number}" for number in range(30)
        )


def test_a_mail_without_a_job_is_found_again(town, smtp):
    """As releases before left them: the job failed eight times, the mail knows nothing of it."""
    write()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM public.procrastinate_jobs")
    assert requeue_lost_mail() == 0, "a mail of this minute is not lost yet"
    OutboxMessage.objects.update(created_at=timezone.now() - timedelta(hours=3))
    assert requeue_lost_mail() == 1
    assert requeue_lost_mail() == 0, "now it has a job"
    work()
    assert len(smtp.letters) == 1


def test_a_mail_that_waits_for_its_next_try_is_not_lost(town, settings):
    nobody_listens(settings)
    write()
    work()
    OutboxMessage.objects.update(created_at=timezone.now() - timedelta(days=2), next_try_at=timezone.now())
    assert requeue_lost_mail() == 0


def test_lost_mail_is_found_in_suspended_and_archived_municipalities_and_at_the_operators(own_database, smtp):
    with inside(municipality("ahausen")):
        write()
    with inside(municipality("bedorf")):
        write()
    with inside_public():
        write()
    suspend_municipality("ahausen", reason="Umbau")
    archive_municipality("bedorf")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM public.procrastinate_jobs")
    for schema in ("ahausen", "bedorf", "public"):
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {schema}.mail_outboxmessage SET created_at = now() - interval '1 hour'")
    assert requeue_lost_mail() == 3
    work()
    assert len(smtp.letters) == 3


def test_a_mail_found_after_a_week_is_shown_and_not_sent_without_a_word(town, smtp):
    write()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM public.procrastinate_jobs")
    OutboxMessage.objects.update(created_at=timezone.now() - timedelta(days=7))
    assert requeue_lost_mail() == 1
    work()
    assert (the_mail().state, smtp.letters) == (State.FAILED, [])
    assert the_mail().last_error


def test_a_municipality_whose_tables_are_unfit_does_not_stop_the_others(town, smtp):
    write()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM public.procrastinate_jobs")
        cursor.execute("UPDATE ahausen.mail_outboxmessage SET created_at = now() - interval '1 hour'")
        cursor.execute("ALTER TABLE bedorf.mail_outboxmessage RENAME COLUMN next_try_at TO something")
        cursor.execute("ALTER TABLE public.mail_outboxmessage RENAME COLUMN next_try_at TO something")
    assert requeue_lost_mail() == 1


def test_somebody_elses_text_is_forgotten_some_days_after_giving_up(town, smtp):
    smtp.refusals["eva"] = "550 no"
    write(fleeting=True, body="geheim", reply_to="a@example.org")
    write(body="eigen")
    work()
    forget_everywhere(timestamp=0)
    assert list(OutboxMessage.objects.order_by("pk").values_list("body", flat=True)) == ["geheim", "eigen"]
    OutboxMessage.objects.update(failed_at=timezone.now() - timedelta(days=4))
    forget_everywhere(timestamp=0)
    assert list(OutboxMessage.objects.order_by("pk").values_list("body", "reply_to")) == [("", ""), ("eigen", "")]
    smtp.refusals.clear()
    assert resend(OutboxMessage.objects.all()) == 1
    work()
    assert len(smtp.letters) == 1


def test_old_mails_go_but_never_one_that_waits(town, settings):
    nobody_listens(settings)
    write()
    write(fleeting=True)
    work()
    OutboxMessage.objects.update(created_at=timezone.now() - timedelta(days=31))
    OutboxMessage.objects.filter(fleeting=True).update(state=State.FAILED)
    suspend_municipality("ahausen", reason="Umbau")
    forget_everywhere(timestamp=0)
    assert the_mail().state == State.QUEUED


def test_the_command_sends_again_what_could_not_be_sent(town, settings, capsys):
    with smtp_server(settings) as inbox:
        inbox.refusals["eva"] = "550 no"
        inbox.refusals["ute"] = "450 later"
        write()
        write(to="ute@example.org")
        work()
        inbox.refusals.clear()
        call_command("resend_mail", "ahausen", failed=True)
        assert re.match("1 ", capsys.readouterr().out)
        work()
        assert len(inbox.letters) == 1
        call_command("resend_mail", "ahausen")
        assert re.match("1 ", capsys.readouterr().out)
        work()
        call_command("resend_mail", "ahausen")
        assert re.match("0 ", capsys.readouterr().out)
    assert len(inbox.letters) == 2
    with pytest.raises(CommandError, match="nirgends"):
        call_command("resend_mail", "nirgends")


def test_a_resent_mail_that_was_sent_meanwhile_is_left_alone(town, smtp):
    message = write()
    work()
    with transaction.atomic():
        assert resend(OutboxMessage.objects.filter(pk=message.pk)) == 0
    work()
    assert len(smtp.letters) == 1
