"""The host decides the municipality; changes are noticed at once, also by other processes."""

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tenants.models import Domain, Municipality, State
from tenants.names import normal_host
from tenants.running import hosts
from tenants.running.context import inside_public
from tenants.running.listening import listener
from tests.conftest import municipality


@pytest.mark.parametrize(
    "host", ["unbekannt.localhost", "127.0.0.1", "evil.example", "ahausen.localhost.evil.example", "[::1]", "a b", ""]
)
def test_an_unknown_host_gets_a_plain_404_that_names_nobody(db, visitor, host):
    answer = visitor("").get("/", HTTP_HOST=host)
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "Ahausen" not in page
    assert "Bedorf" not in page


@pytest.mark.parametrize(
    "host", ["ahausen.localhost", "AHAUSEN.localhost", "ahausen.localhost:8000", "ahausen.localhost."]
)
def test_a_host_is_known_however_it_is_written(db, visitor, host):
    assert visitor("").get("/konto/anmelden/", HTTP_HOST=host).status_code == 200


def test_umlaut_hosts_are_kept_as_browsers_send_them():
    assert normal_host("Rheda-Wiedenbrück.example") == "xn--rheda-wiedenbrck-wzb.example"


def test_a_warm_lookup_asks_no_query(own_database):
    assert hosts.site_of("ahausen.localhost").slug == "ahausen"
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert hosts.site_of("ahausen.localhost").slug == "ahausen"
        assert hosts.site_of("ahausen.localhost").name == "Stadt Ahausen"
    assert len(queries) == 0


def _elsewhere(statement: str) -> None:
    """A change by somebody who knows nothing of our code."""
    params = connection.settings_dict
    with psycopg.connect(
        host=params["HOST"],
        port=params["PORT"],
        user=params["USER"],
        password=params["PASSWORD"],
        dbname=params["NAME"],
    ) as other:
        other.execute(statement)


def test_a_withdrawn_domain_is_unknown_at_the_next_request(own_database):
    for _round in range(20):
        assert hosts.site_of("ahausen.localhost") is not None
        _elsewhere("UPDATE tenants_domain SET domain = 'neu.localhost' WHERE domain = 'ahausen.localhost'")
        assert hosts.site_of("ahausen.localhost") is None
        assert hosts.site_of("neu.localhost").slug == "ahausen"
        _elsewhere("UPDATE tenants_domain SET domain = 'ahausen.localhost' WHERE domain = 'neu.localhost'")


def test_a_request_that_only_reads_sees_one_state_from_beginning_to_end(own_database):
    assert hosts.site_of("ahausen.localhost") is not None
    with listener.once():
        _elsewhere("DELETE FROM tenants_domain WHERE domain = 'ahausen.localhost'")
        assert hosts.site_of("ahausen.localhost") is not None
    assert hosts.site_of("ahausen.localhost") is None


def test_another_process_notices_too(own_database):
    code = (
        "import sys, django; django.setup()\n"
        "from tenants.running.hosts import site_of\n"
        "for line in sys.stdin: print(site_of(line.strip()) is not None, flush=True)\n"
    )
    params = connection.settings_dict
    url = f"postgresql://{params['USER']}:{params['PASSWORD']}@{params['HOST']}:{params['PORT']}/{params['NAME']}"
    environment = {"DATABASE_URL": url, "DEMO": "1", "DJANGO_SETTINGS_MODULE": "config.settings", "PATH": ""}
    environment["DATA_DIR"] = str(settings.DATA_DIR)
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=Path(settings.BASE_DIR),
    ) as other:

        def asks(host: str) -> bool:
            other.stdin.write(f"{host}\n")
            other.stdin.flush()
            return other.stdout.readline().strip() == "True"

        assert asks("ahausen.localhost")
        for _round in range(10):
            with inside_public():
                Domain.objects.filter(domain="ahausen.localhost").delete()
            assert not asks("ahausen.localhost")
            with inside_public():
                Domain.objects.create(domain="ahausen.localhost", tenant=municipality("ahausen"), is_primary=True)
            assert asks("ahausen.localhost")
        other.stdin.close()


def test_a_lost_listening_connection_costs_no_freshness(own_database):
    assert hosts.site_of("ahausen.localhost") is not None
    _elsewhere(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND query LIKE 'LISTEN%'"
    )
    _elsewhere("DELETE FROM tenants_domain WHERE domain = 'ahausen.localhost'")
    assert hosts.site_of("ahausen.localhost") is None


def test_a_suspended_municipality_says_so_and_an_archived_one_is_unknown(db, visitor, ahausen):
    with inside_public():
        Municipality.objects.filter(slug="ahausen").update(state=State.SUSPENDED, state_reason="Umbau bis Montag")
    answer = visitor("ahausen").get("/")
    assert answer.status_code == 503
    assert "Umbau bis Montag" in answer.content.decode()
    with inside_public():
        Municipality.objects.filter(slug="ahausen").update(state=State.ARCHIVED)
    assert visitor("ahausen").get("/").status_code == 404


def test_a_made_up_host_does_not_fill_the_memory(own_database, monkeypatch):
    monkeypatch.setattr(hosts, "MOST_REMEMBERED", 50)
    for number in range(120):
        hosts.site_of(f"x{number}.example")
    assert len(hosts._memory.sites) <= 50
