"""Behind a real PgBouncer: safe in session mode, found out and refused in transaction mode."""

import pytest
from django.db import connection

from tenants.running.context import inside
from tests.conftest import municipality
from tests.factories import a_provider
from tests.pooler import pgbouncer
from tests.tenants.children import ask

LOOK = """
from django.core.management import CommandError, call_command
from django.core.wsgi import get_wsgi_application
from django.test import Client, RequestFactory
from tenants.running.connections import direct_params, sessions_are_shared

django = get_wsgi_application()

def page(slug):
    answer = django(RequestFactory().get("/anbieter/", HTTP_HOST=slug + ".localhost").environ, lambda *_: None)
    text = b"".join(answer).decode()
    answer.close()
    return [name for name in towns if "Verein " + name in text]

def prepared():
    try:
        call_command("prepare", verbosity=0)
    except CommandError as error:
        return str(error)
    return "prepared"

names = by_turns(6, 30)
ready = Client().get("/readyz", HTTP_HOST="localhost")
answer({
    "port of what listens": str(direct_params("listening")["port"]),
    "shared": sessions_are_shared(),
    "ready": [ready.status_code, ready.json()["sessions"]],
    "foreign rows": len([pair for pair in names if pair[1] in {"Verein " + slug for slug in towns if slug != pair[0]}]),
    "errors": len([pair for pair in names if not pair[1].startswith("Verein ")]),
    "foreign pages": [pair for pair in by_turns(6, 6, page) if pair[1] != [pair[0]]] if PAGES else [],
    "prepare": prepared(),
})
"""


@pytest.fixture
def direct(own_database):
    """The address of the server itself; both municipalities have a provider of the same key."""
    for slug in ("ahausen", "bedorf"):
        with inside(municipality(slug)):
            a_provider(pk=1, name=f"Verein {slug}")
    connection.close()
    params = connection.settings_dict
    return f"postgresql://{params['USER']}:{params['PASSWORD']}@{params['HOST']}:{params['PORT']}/{params['NAME']}"


def test_in_session_mode_no_municipality_notices_another_with_fewer_sessions_than_threads(direct):
    with pgbouncer(default_pool_size="5", max_db_connections="5") as url:
        found = ask("PAGES = True\n" + LOOK, DATABASE_URL=url, DATABASE_DIRECT_URL=direct, DATABASE_POOL="2")
    assert found.pop("prepare") == "prepared"
    assert found == {
        "port of what listens": str(connection.settings_dict["PORT"]),
        "shared": False,
        "ready": [200, True],
        "foreign rows": 0,
        "errors": 0,
        "foreign pages": [],
    }


def test_in_transaction_mode_rows_of_another_would_come_back_so_it_is_found_out_and_refused(direct):
    with pgbouncer(pool_mode="transaction", default_pool_size="3", max_db_connections="3") as url:
        found = ask("PAGES = False\n" + LOOK, DATABASE_URL=url, DATABASE_DIRECT_URL=direct, DATABASE_POOL="6")
    assert found["foreign rows"] > 0
    assert found["shared"] is True
    assert found["ready"] == [503, False]
    assert "pool_mode = session" in found["prepare"]


def test_behind_a_pooler_too_a_backend_ends_after_its_number_of_municipalities(direct):
    code = """
import time
pids = []
for turn in range(8):
    with inside(towns[sorted(towns)[turn % 2]]), connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pids.append(cursor.fetchone()[0])
    connection.close()
    time.sleep(0.1)
answer(len(set(pids)))
"""
    limits = {"DATABASE_POOL": "1", "DATABASE_SCHEMAS_PER_CONNECTION": "2"}
    with pgbouncer() as url:
        assert ask(code, DATABASE_URL=url, DATABASE_DIRECT_URL=direct, **limits) > 2
