"""A fixed number of connections, each replaced in time, visible to the operator; too many requests are told to wait."""

import json

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from tenants.running.backend import pool
from tenants.running.connections import memory_of, sessions_are_shared
from tenants.running.context import each, inside, inside_public, rest
from tests.conftest import municipality
from tests.tenants.children import ask


def _backend():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def _backends_of(rounds):
    """The backends that served some rounds of requests of two municipalities through a pool of one connection."""
    pids = []
    for turn in range(rounds):
        with inside(municipality("ahausen" if turn % 2 else "bedorf")):
            pids.append(_backend())
        connection.close()
    return pids


@pytest.fixture
def pool_of_one(own_database, monkeypatch):
    """A pool with a single connection."""
    monkeypatch.setitem(connection.settings_dict["OPTIONS"]["pool"], "max_size", 1)
    connection.close()
    connection.close_pool()
    yield
    connection.close()
    connection.close_pool()


def test_a_backend_is_replaced_after_its_number_of_schemas_and_only_then(pool_of_one, monkeypatch):
    monkeypatch.setattr(pool, "MOST_SCHEMAS", 50)
    assert len(set(_backends_of(8))) == 1
    monkeypatch.setattr(pool, "MOST_SCHEMAS", 3)  # the shared one and both
    assert len(set(_backends_of(8))) == 4


def test_replacing_backends_is_no_matter_for_the_log(pool_of_one, monkeypatch, caplog):
    monkeypatch.setattr(pool, "MOST_SCHEMAS", 1)
    assert len(set(_backends_of(4))) > 2
    assert [record.message for record in caplog.records if record.name.startswith("psycopg")] == []


def test_a_long_work_over_many_municipalities_changes_backends_in_between(own_database, monkeypatch):
    monkeypatch.setattr(pool, "MOST_SCHEMAS", 2)
    assert len({_backend() for _municipality in each()}) == 2


def test_inside_a_transaction_nothing_is_replaced(ahausen, monkeypatch):
    monkeypatch.setattr(pool, "MOST_SCHEMAS", 1)
    before = _backend()
    rest()
    assert _backend() == before


def test_a_connection_comes_back_from_the_pool_as_new(pool_of_one):
    with inside_public(), connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 5; SELECT pg_advisory_lock(4712); SET TIME ZONE 'Asia/Tokyo'")
    connection.close()
    with connection.pool.connection(timeout=20) as driver:
        shown = [
            driver.execute(f"SHOW {name}").fetchone()[0] for name in ("statement_timeout", "timezone", "search_path")
        ]
        locks = driver.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
        assert (shown, locks.fetchone()[0]) == (["0", "UTC", "no_municipality"], 0)


def test_when_no_connection_is_free_a_request_is_told_politely_to_come_back(own_database):
    code = """
from django.test import Client
client = Client(raise_request_exception=False)
client.get("/healthz", HTTP_HOST="ahausen.localhost")
held = connection.pool
held.open()
taken = held.getconn(timeout=20)
full = client.get("/anbieter/1-x/", HTTP_HOST="ahausen.localhost")
from config.wsgi import application
from django.test import RequestFactory
statuses = []
application(RequestFactory().get("/", HTTP_HOST="bedorf.localhost").environ, lambda status, _: statuses.append(status))
ready = client.get("/readyz", HTTP_HOST="localhost")
held.putconn(taken)
free = client.get("/anbieter/1-x/", HTTP_HOST="ahausen.localhost")
answer([full.status_code, full["Retry-After"], "in a few seconds" in full.content.decode()
        or "in ein paar Sekunden" in full.content.decode(), ready.status_code, statuses[0][:3], free.status_code])
"""
    found = ask(code, DATABASE_POOL="1", DATABASE_WAIT="0.3", LOG_LEVEL="CRITICAL")
    assert found == [503, "5", True, 503, "503", 404]


def test_the_operator_sees_every_session_whose_it_is_and_how_large(own_database, capsys):
    call_command("connections", "--json")
    seen = json.loads(capsys.readouterr().out)
    assert seen["shared"] is False
    assert 0 < seen["sessions"] < seen["most"]
    for session in seen["backends"]:
        assert session["process"]
        assert session["age_seconds"] >= 0
    call_command("connections")
    assert "each client has its own" in capsys.readouterr().out


def test_the_memory_of_a_backend_on_this_machine_is_known(own_database):
    own = memory_of(_backend())
    assert own is None or 0 < own < 300
    assert memory_of(2**22 + 1) is None


def test_direct_sessions_are_not_shared(own_database):
    assert sessions_are_shared() is False


def test_readiness_shows_the_pool_and_that_sessions_are_our_own(own_database):
    answer = Client().get("/readyz", HTTP_HOST="localhost").json()
    assert answer["sessions"] is True
    assert set(answer["pool"]) == {"size", "most", "free", "waiting", "timeouts", "made"}
    assert answer["pool"]["size"] <= answer["pool"]["most"]
