"""A municipality that moves, as visitors meet it, and what is refused before anything begins."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from accounts.models import User
from announcements.tasks import tell_people
from core.access import Role
from neighbours.models import Agreement, Kind, Side
from support.services import ask
from tenants.cells import fence, listing, luggage, moving, proxy
from tenants.cells.arriving import check, probe_of, secret_digest
from tenants.cells.closed import ClosedMiddleware
from tenants.cells.comparing import differences
from tenants.models import Domain, Hold, Move, Municipality
from tenants.moves import Phase
from tenants.refused import RefusedError, StillWorkingError
from tenants.running import hosts
from tenants.running.context import NamedSchema, inside, inside_public
from tenants.running.page_cache import PageCache
from tenants.running.storage import files
from tenants.running.unavailable import has_left
from tenants.transfer.leftovers import sweep
from tests.conftest import PASSWORD, municipality
from theming.views import bad_request


def _close(hold=Hold.CLOSED, slug="ahausen"):
    with inside_public(), transaction.atomic():
        fence.raise_fence(slug)
        Municipality.objects.filter(slug=slug).update(hold=hold)


def test_it_is_read_and_whoever_writes_is_asked_to_come_back(own_database, person, monkeypatch):
    who = person(municipality("ahausen"), Role.EDITOR)
    _close()
    client = Client(HTTP_HOST="ahausen.localhost", raise_request_exception=False)
    assert client.get("/kontakt/").status_code == 200
    page = client.post("/konto/anmelden/", {"login": who.email, "password": PASSWORD})
    assert (page.status_code, page["Retry-After"], page["Cache-Control"]) == (503, "30", "no-store")
    assert "Für einen Moment lässt sich nichts speichern" in page.content.decode()
    told = client.post("/api/v1/offers/", {}, content_type="application/json")
    assert (told.status_code, told["Content-Type"]) == (503, "text/plain; charset=utf-8")
    assert told.content.decode() == "Für einen Moment lässt sich nichts speichern.\n"
    # The neighbour notices nothing.
    assert Client(HTTP_HOST="bedorf.localhost").post("/konto/anmelden/", {}).status_code == 200
    # A process that knows of no moves: the database refuses, and the page is the same.
    monkeypatch.setattr("tenants.cells.closed.READS", ("GET", "HEAD", "OPTIONS", "POST"))
    page = client.post("/konto/anmelden/", {"login": who.email, "password": PASSWORD})
    assert (page.status_code, page["Retry-After"]) == (503, "5")
    assert "Für einen Moment lässt sich nichts speichern" in page.content.decode()
    with inside_public(), transaction.atomic():
        fence.lower_fence("ahausen")
    assert client.post("/konto/anmelden/", {"login": who.email, "password": PASSWORD}).status_code == 302


def test_once_it_has_left_nothing_old_is_shown_not_even_from_memory(own_database):
    def ask():
        said = []
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "HTTP_HOST": "ahausen.localhost", "QUERY_STRING": ""}
        body = pages(environ, lambda status, headers, *_more: said.append(status))
        return said[0], b"".join(body)

    def page(environ, start_response):
        gone = hosts.site_of("ahausen.localhost").hold == Hold.GONE
        start_response("503 x" if gone else "200 OK", [("Content-Type", "text/html"), ("Content-Length", "3")])
        return [b"new"]

    pages = PageCache(page)
    assert ask() == ask() == ("200 OK", b"new")
    _close(Hold.GONE)
    assert ask()[0] == "503 x"
    assert Client(HTTP_HOST="ahausen.localhost").get("/").status_code == 503


@pytest.fixture
def listed(tmp_path, settings):
    """A list of two cells, of which this is the first; only what is not asked is there."""
    for name in ("nord", "sued"):
        (tmp_path / f"{name}.env").write_text("# settings\nDATABASE_URL='postgres://x@127.0.0.1:1/x'\nBASE_DOMAIN=x.de")
    settings.CELLS_FILE, settings.CELL = str(tmp_path / "cells.json"), "nord"

    def write(**changes):
        cells = {
            name: {"web": ["127.0.0.1:80"], "environment": f"{name}.env", **changes.get(name, {})}
            for name in ("nord", "sued")
        }
        (tmp_path / "cells.json").write_text(json.dumps(cells))

    write()
    return write


def test_a_list_of_cells_is_read_strictly(listed, settings):
    assert list(listing.cells()) == ["nord", "sued"]
    assert (
        listing.other("sued").variables() | {"CELL": "sued", "BASE_DOMAIN": "x.de"} == listing.other("sued").variables()
    )
    for wrong, said in (
        ({"sued": {"web": "127.0.0.1:80"}}, "„web“ und „ask“ der Zelle sued"),
        ({"sued": {"web": ["127.0.0.1:80\n\trespond 200"]}}, "„web“ und „ask“ der Zelle sued"),
        ({"sued": {"environment": ""}}, "die Zelle sued hat kein „environment“"),
    ):
        listed(**wrong)
        with pytest.raises(RefusedError, match=said):
            listing.cells()
    listed()
    for name, said in (("nord", "Das ist schon die Zelle nord"), ("west", "es gibt: nord, sued")):
        with pytest.raises(RefusedError, match=said):
            listing.other(name)
    settings.CELL = "west"
    with pytest.raises(RefusedError, match="CELL nennt keine Zelle"):
        listing.other("sued")
    settings.CELLS_FILE = ""
    with pytest.raises(CommandError, match="CELLS_FILE ist nicht gesetzt"):
        call_command("cells")


def test_a_cell_that_is_away_is_named_and_changes_nothing_in_the_proxy(listed, settings, tmp_path, ahausen):
    settings.PROXY_FILE = str(tmp_path / "cells.caddy")
    (tmp_path / "cells.caddy").write_text("as it was")
    with pytest.raises(RefusedError, match="Die Datenbank der Zelle nord antwortet nicht"):
        proxy.write_proxy()
    assert (tmp_path / "cells.caddy").read_text() == "as it was"
    with pytest.raises(CommandError, match="Zelle nord antwortet nicht"):
        call_command("move_municipality", "ahausen", "sued")
    assert not Move.objects.exists()
    assert hosts.site_of("ahausen.localhost").hold == ""


def test_a_host_is_led_to_one_cell_through_all_of_a_move():
    every = [listing.Cell("nord", ("a:1",), None, ""), listing.Cell("sued", ("b:2", "b:3"), None, "")]
    led = []
    for old, new in (
        ("", None),
        (Hold.CLOSED, None),
        (Hold.CLOSED, Hold.ARRIVING),
        (Hold.LEAVING, Hold.ARRIVING),
        (Hold.GONE, Hold.ARRIVING),
        (Hold.GONE, ""),
        (None, ""),
        # Taken back while the new cell was away.
        ("", Hold.ARRIVING),
    ):
        known = {"nord": [("x.de", old)] if old is not None else [], "sued": [("x.de", new)] if new is not None else []}
        led.append(proxy.mapped(known)["x.de"])
    assert led == ["nord", "nord", "nord", "sued", "sued", "sued", "sued", "nord"]
    assert "\t\tx.de sued\n\t\tdefault nord\n" in proxy.text_of(every, {"x.de": "sued"})
    assert "reverse_proxy @sued b:2 b:3 {" in proxy.text_of(every, {})


def test_the_new_cell_says_what_is_in_the_way(ahausen):
    move = Move(slug="ahausen")
    with pytest.raises(RefusedError, match="verschiedene SECRET_KEY"):
        check("umzug", [], key=move.key, cell="nord", secret="0" * 64)
    with pytest.raises(RefusedError, match="Es gibt schon eine Kommune"):
        check("ahausen", [], key=move.key, cell="nord", secret=secret_digest())
    with pytest.raises(RefusedError, match="Gemeinde Bedorf"):
        check("umzug", ["bedorf.localhost"], key=move.key, cell="nord", secret=secret_digest())
    check("umzug", ["umzug.localhost"], key=move.key, cell="nord", secret=secret_digest())
    # What one of them removes would be gone in the other one.
    files().mark(probe_of(move.key))
    with pytest.raises(RefusedError, match="Beide Zellen bewahren ihre Dateien an derselben Stelle auf"):
        check("umzug", ["umzug.localhost"], key=move.key, cell="nord", secret=secret_digest())


def test_whoever_has_neighbours_or_is_worked_on_stays(ahausen, bedorf):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, args) "
            "VALUES ('default', 'a.job', 'doing', %s)",
            [json.dumps({"schema_name": "ahausen"})],
        )
    with inside_public(), pytest.raises(StillWorkingError, match=r"der Auftrag a\.job"):
        moving._nobody_works("ahausen")
    with inside_public():
        moving._nobody_works("bedorf")
        Agreement.objects.create(
            kind=Kind.NEIGHBOUR, first=ahausen, second=bedorf, valid_from="2026-01-01", proposed_by=Side.FIRST
        )
        with pytest.raises(RefusedError, match="teilt Angebote mit Gemeinde Bedorf"):
            luggage.packed(municipality("ahausen"))


def test_what_is_packed_is_there_again_and_only_once(ahausen):
    waiting = (
        "SELECT task_name, status::text, attempts FROM procrastinate_jobs WHERE args ->> 'schema_name' = 'ahausen'"
    )
    with inside_public(), connection.cursor() as cursor:
        for name, status in (("waits", "todo"), ("given.up", "failed"), ("runs", "doing"), ("done", "todo")):
            cursor.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, status, args, attempts, queueing_lock) "
                "VALUES ('default', %s, %s::procrastinate_job_status, %s, 2, %s) RETURNING id",
                [name, status, json.dumps({"schema_name": "ahausen"}), f"{name}:ahausen"],
            )
        # Killed between its effects and the note of the queue.
        cursor.execute("INSERT INTO jobs_receipt VALUES (%s, now())", cursor.fetchone())
        packed = json.loads(json.dumps(luggage.packed(ahausen)))
        cursor.execute(waiting)
        assert sorted(cursor.fetchall()) == [("done", "todo", 2), ("runs", "doing", 2)]
        more = luggage.added(packed, luggage.packed(ahausen))
        for _twice in range(2):
            with inside(ahausen):
                luggage.unpacked(ahausen, more)
        cursor.execute(waiting)
        everything = [("done", "todo", 2), ("given.up", "failed", 2), ("runs", "doing", 2), ("waits", "todo", 2)]
        assert sorted(set(cursor.fetchall())) == everything
        cursor.execute(waiting)
        assert cursor.fetchall().count(("waits", "todo", 2)) == 1


def test_what_is_about_rows_of_this_cell_is_waited_for_and_never_done_in_another(ahausen):
    """Announcement 7 of the new cell would be another one."""
    with inside_public():
        moving._nothing_stays("ahausen")
    with inside(ahausen):
        tell_people.defer(number=7)
    with inside_public(), connection.cursor() as cursor:
        with pytest.raises(StillWorkingError, match=r"announcements\.tasks\.tell_people"):
            moving._nothing_stays("ahausen")
        # Queued while it moves: it stays, and goes with what is removed here.
        assert luggage.packed(ahausen)["jobs"] == []
        cursor.execute("SELECT task_name FROM procrastinate_jobs WHERE args ->> 'schema_name' = 'ahausen'")
        assert cursor.fetchall() == [("announcements.tasks.tell_people",)]


def test_where_the_operator_may_come_in_nothing_moves(ahausen, person):
    operator = person(None, Role.OPERATOR)
    with inside_public():
        luggage.packed(ahausen)
    visit = ask("ahausen", by=operator, reason="Termine fehlen", minutes=30)
    with (
        inside_public(),
        pytest.raises(RefusedError, match="Support-Zugang zu Stadt Ahausen"),
    ):
        luggage.packed(ahausen)
    with time_machine.travel(timezone.now() + timedelta(days=4), tick=False), inside_public():
        # Over, though no job has said so yet.
        luggage.packed(ahausen)
    assert visit.is_open


def test_what_was_only_read_counts_as_it_was_last_and_what_was_taken_counts_all():
    first = {"rows": {"switches.Setting": [1]}, "jobs": ["a"]}
    last = {"rows": {"switches.Setting": []}, "jobs": ["b"]}
    assert luggage.added(first, last) == {
        "rows": {"switches.Setting": []}, "jobs": ["a", "b"],
    }  # fmt: skip


def test_what_was_begun_before_it_moves_is_refused_once_all_of_it_was_read(own_database):
    """A picture from a slow telephone: nothing of it is kept where nobody looks any more, and nobody is signed out."""
    request = RequestFactory(HTTP_HOST="ahausen.localhost").post("/redaktion/medien/neu/")
    reads = RequestFactory(HTTP_HOST="ahausen.localhost").get("/")
    request.municipality = reads.municipality = hosts.site_of("ahausen.localhost")
    middleware = ClosedMiddleware(lambda _request: HttpResponse())
    with inside(municipality("ahausen")):
        assert middleware.process_view(request) is None
        for hold, seconds in ((Hold.CLOSED, "30"), (Hold.LEAVING, "30"), (Hold.GONE, "2")):
            _close(hold)
            refused = middleware.process_view(request)
            assert (refused.status_code, refused["Retry-After"]) == (503, seconds)
            assert middleware.process_view(reads) is None
        with inside_public():
            Domain.objects.filter(domain="ahausen.localhost").delete()
        refused = middleware.process_view(request)
    assert (refused.status_code, refused["Retry-After"]) == (503, "2")


def test_in_a_schema_that_is_gone_nobody_sees_the_operators_tables_of_the_same_name(own_database, person):
    person(None, Role.OPERATOR)
    gone = pytest.raises(ProgrammingError, match='schema "weg" does not exist')
    with gone as met, transaction.atomic(), inside(NamedSchema("weg")):
        User.objects.count()
    assert has_left(met.value)
    with inside(municipality("ahausen")):
        assert User.objects.count() == 0
    with inside_public():
        assert User.objects.count() == 1


def test_files_that_came_after_it_had_left_go_with_the_next_sweep_and_no_others(own_database):
    with inside_public():
        Move.objects.create(slug="weg", cell="sued", phase=Phase.DONE, ended_at=timezone.now())
        Move.objects.create(slug="ahausen", cell="sued", phase=Phase.DONE, ended_at=timezone.now())
    # One left, one left and came back, one nobody knows.
    for slug in ("weg", "ahausen", "unbekannt"):
        files().write(slug, "mediafile/spaet.webp", [b"late"])
    sweep()
    assert {"weg", "ahausen", "unbekannt"}.intersection(files().schemas()) == {"ahausen", "unbekannt"}


def test_a_file_whose_row_was_refused_meanwhile_makes_no_copy_another_one():
    here = {"table a": "1", "file kept": "2", "file refused": "3", "file changed": "4", "file lost": "5"}
    there = {"table a": "1", "file kept": "2", "file thrown away": "6", "file changed": "7"}
    assert differences(here, there, {"kept", "lost"}) == ["file changed", "file lost"]
    assert differences({"table a": "1"}, {"table a": "2"}, set()) == ["table a"]
    assert differences({"sequence a.id": "1 t"}, {}, set()) == ["sequence a.id"]


def test_whose_session_cannot_be_kept_any_more_is_told_so_and_not_that_the_address_is_wrong(own_database):
    """It was closed between what somebody saved and the note in the session that says so."""
    request = RequestFactory(HTTP_HOST="ahausen.localhost").post("/redaktion/medien/neu/")
    with inside(municipality("ahausen")):
        session = SessionStore()
        session.save()
        _close()
        session["said"] = "Gespeichert."
        with pytest.raises(UpdateError) as met:
            session.save()
        try:
            _as_django_does(met.value)
        except SessionInterrupted as error:
            answer = bad_request(request, error)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "Für einen Moment lässt sich nichts speichern" in answer.content.decode()


def _as_django_does(error):
    raise SessionInterrupted from error
