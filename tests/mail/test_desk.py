"""The pages of mails: what failed is seen, its text is not, and a click sends it again."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.access import Role
from mail.models import OutboxMessage
from operations.given_up import count_everywhere
from tenants.models import Municipality
from tenants.running.context import inside, inside_public
from tests.mail.letters import a_letter

State = OutboxMessage.State


def write(**fields) -> OutboxMessage:
    return a_letter(**fields)


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
    assert "1 Aufgabe wartet," in editor.get("/redaktion/").content.decode()
    page = editor.get("/redaktion/mails/versand/").content.decode()
    for shown in ("eva@example.org", "550 no such mailbox", "450 greylisted", "nächster Versuch", "ute@example.org"):
        assert shown in page
    assert "geheimer-link" not in page, "whoever reads a mail with such a link could take the account"
    assert "next.door" not in page
    assert editor.get(f"/redaktion/mails/{failed.pk}/erneut/").status_code == 405
    answer = editor.post(f"/redaktion/mails/{failed.pk}/erneut/")
    assert (answer.status_code, answer.url) == (302, "/redaktion/mails/versand/")
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


def give_up(number: int, days: int) -> None:
    for _each in range(number):
        OutboxMessage.objects.filter(pk=write(to="secret@example.org").pk).update(
            state=State.FAILED, last_error="550 no", failed_at=timezone.now() - timedelta(days=days)
        )


def row_of(page: str, name: str) -> str:
    return next(row for row in page.split("<tr") if f">{name}</td>" in row)


def test_operators_see_in_one_place_whose_mails_were_given_up(ahausen, bedorf, signed_in):
    with inside(ahausen):
        give_up(2, days=1)
    with inside(bedorf):
        give_up(3, days=2)
        write(to="waits@example.org")
    with inside_public():
        give_up(1, days=0)
    operator = signed_in(None, Role.OPERATOR)
    assert "Gescheitert bei Kommunen" not in operator.get("/betrieb/mails/").content.decode()
    assert count_everywhere() == 2
    page = operator.get("/betrieb/mails/").content.decode()
    assert "Gescheitert bei Kommunen" in page
    given_up = page[page.index("Gescheitert bei Kommunen") :]
    assert ">2</td>" in row_of(given_up, ahausen.name)
    assert ">3</td>" in row_of(given_up, bedorf.name)
    # Whoever waits longest stands first; whom they were for is the town's.
    assert given_up.index(bedorf.name) < given_up.index(ahausen.name)
    assert "secret@example.org" in page, "the operator's own"
    assert page.count("secret@example.org") == 1
    assert "6 gescheitert" in operator.get("/betrieb/").content.decode()
    with inside(bedorf):
        OutboxMessage.objects.given_up().update(state=State.QUEUED)
    with inside(ahausen):
        give_up(1, days=5)
    assert count_everywhere() == 1
    page = operator.get("/betrieb/mails/").content.decode()
    assert ">3</td>" in row_of(page[page.index("Gescheitert bei Kommunen") :], ahausen.name)
    assert "4 gescheitert" in operator.get("/betrieb/").content.decode()


def test_the_page_of_given_up_mails_asks_as_much_for_one_town_as_for_many(ahausen, signed_in):
    operator = signed_in(None, Role.OPERATOR)
    asked = []
    for slugs in (["ahausen"], list(Municipality.objects.values_list("schema_name", flat=True))):
        for slug in slugs:
            with inside(Municipality.objects.get(schema_name=slug)):
                give_up(1, days=1)
        count_everywhere()
        operator.get("/betrieb/mails/")
        with CaptureQueriesContext(connection) as queries:
            operator.get("/betrieb/mails/")
        asked.append(len(queries))
    assert asked[0] == asked[1]
