"""No process is ever deaf: whichever step of listening fails, nobody gets an old answer, and the next change is heard.

Each fault is tried with a real server behind a line that breaks at that step (tests/tenants/breaking_line.py). What a
request then gets is the new state or an error, which becomes the page "come back in a moment"; never the old state.
"""

import threading
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import connection
from django.test import Client

from launch.postgres import Cluster
from portal.preferences.models import Preferences
from tenants.running import hosts, listening
from tenants.running.context import inside
from tenants.running.listening import Listener
from tests.conftest import municipality
from tests.tenants.breaking_line import breaking_line


def _other(port=None):
    """A connection of somebody who knows nothing of our code, past the breaking line."""
    params = connection.settings_dict
    return psycopg.connect(
        host=params["HOST"], port=port or params["PORT"], user=params["USER"], password=params["PASSWORD"],
        dbname=params["NAME"], autocommit=True,
    )  # fmt: skip


@pytest.fixture
def server(own_database):
    """Past the line: `server.execute(…)`."""
    hosts.forget()
    with _other() as link:
        yield link


@pytest.fixture
def line(server):
    """Only the listening connection goes through it: Django's pool keeps the address it began with."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    with (
        breaking_line("127.0.0.1", int(connection.settings_dict["PORT"])) as between,
        pytest.MonkeyPatch.context() as changed,
    ):
        changed.setattr(listening, "PATIENCE", 1)
        changed.setitem(connection.settings_dict, "PORT", str(between.port))
        yield between
        hosts.forget()


def _rename(server, name):
    server.execute("UPDATE tenants_municipality SET name = %s WHERE slug = 'ahausen'", [name])
    server.execute("UPDATE ahausen.preferences_preferences SET offers_name = %s", [name])


def _seen():
    """What a request sees of the municipality, by its host and in its content; None where it gets an error."""
    try:
        site = hosts.site_of("ahausen.localhost")
        with inside(municipality("ahausen")):
            return site.name, Preferences.current().offers_name
    except psycopg.OperationalError:
        return None


FAULTS = {
    "the connection is refused": lambda line: (setattr(line, "refuses", True), line.cut()),
    "nobody answers the connection": lambda line: (setattr(line, "swallows_new", True), line.cut()),
    "the line breaks at LISTEN": lambda line: (setattr(line, "on_listen", "cut"), line.cut()),
    "the server refuses LISTEN": lambda line: (setattr(line, "on_listen", "garble"), line.cut()),
    "LISTEN is never answered": lambda line: (setattr(line, "on_listen", "swallow"), line.cut()),
    "the line breaks later": lambda line: line.cut(),
    "the line goes silent later": lambda line: setattr(line, "silent", True),
}


def test_whatever_breaks_nobody_sees_an_old_state_and_the_next_change_is_heard(line, server, subtests):
    for fault in FAULTS:
        with subtests.test(fault):
            _a_fault_while_serving(line, server, fault)


def _a_fault_while_serving(line, server, fault):
    _rename(server, "Eins")
    assert _seen() == ("Eins", "Eins")
    FAULTS[fault](line)
    _rename(server, "Zwei")
    for _request in range(2):
        assert _seen() in {None, ("Zwei", "Zwei")}
    line.mend()
    assert _seen() == ("Zwei", "Zwei")
    # Not deaf: neither to the change during the fault nor to those after it.
    for name in ("Drei", "Vier"):
        _rename(server, name)
        assert _seen() == (name, name)


def test_a_process_that_starts_with_the_fault_hears_when_it_is_over(line, server, subtests):
    for fault in FAULTS:
        with subtests.test(fault):
            _a_fault_at_the_start(line, server, fault)


def _a_fault_at_the_start(line, server, fault):
    hosts.forget()
    FAULTS[fault](line)
    _rename(server, "Eins")
    assert _seen() in {None, ("Eins", "Eins")}
    line.mend()
    for name in ("Zwei", "Drei"):
        _rename(server, name)
        assert _seen() == (name, name)


def test_a_listening_connection_the_server_ended_is_made_anew(line, server):
    _rename(server, "Eins")
    assert _seen() == ("Eins", "Eins")
    for name in ("Zwei", "Drei"):
        ended = server.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            "WHERE datname = current_database() AND application_name LIKE '% listening'"
        ).fetchone()
        assert ended == (1,)
        _rename(server, name)
        assert _seen() == (name, name)


def test_failed_attempts_leave_no_connection_behind(line, server):
    line.on_listen = "garble"
    for _request in range(5):
        assert _seen() is None
    line.mend()
    assert _seen() is not None
    assert line.opened >= 6
    for _attempt in range(100):
        (there,) = server.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND application_name LIKE '% listening'"
        ).fetchone()
        if there == 1:
            break
    assert there == 1


def test_while_nobody_can_listen_visitors_are_asked_to_come_back(line, server):
    client = Client(HTTP_HOST="ahausen.localhost", raise_request_exception=False)
    assert client.get("/").status_code == 200
    line.on_listen = "garble"
    line.cut()
    answer = client.get("/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert client.get("/readyz").json()["changes"] is False
    line.mend()
    assert client.get("/readyz").json()["changes"] is True
    assert client.get("/").status_code == 200


def test_threads_that_wait_for_one_attempt_do_not_each_make_another(line, server):
    assert _seen() is not None
    line.swallows_new = True
    line.cut()
    before, together = line.opened, threading.Barrier(8)

    def ask(_number):
        together.wait()
        try:
            listening.listener.hear()
        except psycopg.OperationalError:
            return "come back"
        return "heard"

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(8))) == ["come back"] * 8
    # One attempt makes at most two connections (with and without encryption), and one thread may come too late.
    assert line.opened - before <= 4


def test_a_channel_asked_for_later_is_heard_too(line, server):
    listener, heard, lost = Listener(), [], []
    listener.subscribe("first", heard.append, lambda: lost.append("first"))
    listener.hear()
    listener.subscribe("second", heard.append, lambda: lost.append("second"))
    listener.hear()
    server.execute("NOTIFY first, 'a'")
    server.execute("NOTIFY second, 'b'")
    listener.hear()
    listener.close()
    assert heard == ["a", "b"]


def test_news_that_cannot_be_understood_count_as_missed(line, server):
    def stumble(_payload):
        raise KeyError

    lost = []
    listener = Listener()
    listener.subscribe("stumbling", stumble, lambda: lost.append(True))
    listener.hear()
    assert len(lost) == 1
    server.execute("NOTIFY stumbling, 'x'")
    with pytest.raises(KeyError):
        listener.hear()
    listener.hear()
    listener.close()
    assert len(lost) == 3


def test_what_is_remembered_is_thrown_away_after_listen_and_before_the_connection_counts(line, server):
    states = []
    listener = Listener()

    def lost():
        (listens,) = server.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND query LIKE 'LISTEN \"order\"%'"
        ).fetchone()
        states.append((listens, listener._connection is not None))

    listener.subscribe("order", lambda _payload: None, lost)
    listener.hear()
    assert states == [(1, False)]
    listener.close()


def test_a_restart_of_the_server_costs_no_freshness(tmp_path, monkeypatch):
    cluster = Cluster(tmp_path / "own", fast_unsafe=True)
    url = psycopg.conninfo.conninfo_to_dict(cluster.start())
    names = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password", "NAME": "dbname"}
    for name, key in names.items():
        monkeypatch.setitem(connection.settings_dict, name, str(url[key]))
    heard, lost = [], []
    listener = Listener()
    listener.subscribe("news", heard.append, lambda: lost.append(True))
    try:
        listener.hear()
        assert lost == [True]
        cluster.stop()
        with pytest.raises(psycopg.OperationalError):
            listener.hear()
        cluster.start()
        listener.hear()
        assert lost == [True, True]
        with _other() as server:
            server.execute("NOTIFY news, 'back'")
        listener.hear()
        assert heard == ["back"]
    finally:
        listener.close()
        cluster.stop()
