"""The pages of mails: what failed is seen, its text is not, and a click sends it again."""

from datetime import timedelta

from django.utils import timezone

from core.access import Role
from mail.models import OutboxMessage
from mail.services import post
from tenants.running.context import inside, inside_public

State = OutboxMessage.State


def write(**fields) -> OutboxMessage:
    return post(**{"to": "eva@example.org", "subject": "Grüße", "body": "Schöne Grüße", **fields})


def test_editors_see_what_failed_and_send_it_again(ahausen, bedorf, signed_in):
    with inside(bedorf):
        next_door = write(to="next.door@example.org")
    with inside(ahausen):
        failed = write(body="https://geheimer-link")
        waiting = write(to="ute@example.org")
        OutboxMessage.objects.filter(pk=failed.pk).update(
            state=State.FAILED, attempts=15, last_error="550 no such mailbox", failed_at=timezone.now()
        )
        OutboxMessage.objects.filter(pk=waiting.pk).update(
            attempts=2, last_error="450 greylisted", next_try_at=timezone.now() + timedelta(minutes=5)
        )
    editor = signed_in(ahausen, Role.EDITOR)
    assert "1 Sache wartet auf Sie" in editor.get("/redaktion/").content.decode()
    page = editor.get("/redaktion/mails/").content.decode()
    for shown in ("eva@example.org", "550 no such mailbox", "450 greylisted", "nächster Versuch", "ute@example.org"):
        assert shown in page
    assert "geheimer-link" not in page, "whoever reads a mail with such a link could take the account"
    assert "next.door" not in page
    assert editor.get(f"/redaktion/mails/{failed.pk}/erneut/").status_code == 405
    answer = editor.post(f"/redaktion/mails/{failed.pk}/erneut/")
    assert (answer.status_code, answer.url) == (302, "/redaktion/mails/")
    with inside(ahausen):
        again = OutboxMessage.objects.get(pk=failed.pk)
        assert (again.state, again.attempts) == (State.QUEUED, 0)
    assert "Nichts wartet" in editor.get("/redaktion/").content.decode()
    assert editor.post("/redaktion/mails/999999/erneut/").status_code == 404
    with inside(ahausen):
        OutboxMessage.objects.update(state=State.FAILED, failed_at=timezone.now())
    assert editor.post("/redaktion/mails/erneut/").status_code == 302
    with inside(ahausen):
        assert set(OutboxMessage.objects.values_list("state", flat=True)) == {State.QUEUED}
    with inside(bedorf):
        assert OutboxMessage.objects.get(pk=next_door.pk).attempts == 0


def test_operators_see_theirs_and_whose_mails_wait(ahausen, signed_in):
    with inside(ahausen):
        write(to="town@example.org")
    with inside_public():
        own = write(to="operator.mail@example.org")
        OutboxMessage.objects.filter(pk=own.pk).update(
            state=State.FAILED, last_error="550 no", failed_at=timezone.now()
        )
    operator = signed_in(None, Role.OPERATOR)
    assert "1 gescheitert" in operator.get("/betrieb/").content.decode()
    page = operator.get("/betrieb/mails/").content.decode()
    assert "operator.mail@example.org" in page
    assert "town@example.org" not in page
    assert "ahausen" in page
    assert operator.post("/betrieb/mails/erneut/").status_code == 302
    with inside_public():
        assert OutboxMessage.objects.get(pk=own.pk).state == State.QUEUED
