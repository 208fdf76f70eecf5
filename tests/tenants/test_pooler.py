"""Behind a real PgBouncer: safe in session mode, found out and refused in transaction mode."""

import pytest
from django.db import connection

from tenants.context import inside
from tests.children import python
from tests.conftest import municipality
from tests.factories import a_provider
from tests.pooler import pgbouncer
from tests.tenants.children import ask

FOREIGN = "answer([pair for pair in by_turns(8, 30) if pair[1] != 'Verein ' + pair[0]])"


@pytest.fixture
def direct(own_database):
    """The address of the server itself; both municipalities have a provider of the same key."""
    for slug in ("ahausen", "bedorf"):
        with inside(municipality(slug)):
            a_provider(pk=1, name=f"Verein {slug}")
    connection.close()
    params = connection.settings_dict
    return f"postgresql://{params['USER']}:{params['PASSWORD']}@{params['HOST']}:{params['PORT']}/{params['NAME']}"


def test_in_session_mode_no_municipality_notices_another_and_what_listens_goes_past_the_pooler(direct):
    code = """
from tenants.connections import direct_params
port = str(direct_params("listening")["port"])
answer([port, [pair for pair in by_turns(8, 30) if pair[1] != 'Verein ' + pair[0]]])
"""
    with pgbouncer() as url:
        found = ask(code, DATABASE_URL=url, DATABASE_DIRECT_URL=direct, DATABASE_POOL="6")
    assert found == [str(connection.settings_dict["PORT"]), []]


def test_in_session_mode_whole_pages_are_their_own_with_fewer_sessions_than_threads(direct):
    code = """
from django.core.wsgi import get_wsgi_application
from django.test import RequestFactory
django = get_wsgi_application()
def page(slug):
    answer = django(RequestFactory().get("/anbieter/", HTTP_HOST=slug + ".localhost").environ, lambda *_: None)
    text = b"".join(answer).decode()
    answer.close()
    return [name for name in towns if "Verein " + name in text]
answer([(slug, names) for slug, names in by_turns(6, 6, page) if names != [slug]])
"""
    with pgbouncer(default_pool_size="3", max_db_connections="3") as url:
        assert ask(code, DATABASE_URL=url, DATABASE_DIRECT_URL=direct, DATABASE_POOL="3") == []


def test_in_transaction_mode_rows_of_another_municipality_would_come_back(direct):
    with pgbouncer(pool_mode="transaction", default_pool_size="3", max_db_connections="3") as url:
        assert ask(FOREIGN, DATABASE_URL=url, DATABASE_DIRECT_URL=direct, DATABASE_POOL="6") != []


def test_a_pooler_in_transaction_mode_is_found_out_and_refused(direct):
    code = """
from django.test import Client
from tenants.connections import sessions_are_shared
ready = Client().get("/readyz", HTTP_HOST="localhost")
answer([sessions_are_shared(), ready.status_code, ready.json()["sessions"]])
"""
    with pgbouncer() as url:
        assert ask(code, DATABASE_URL=url, DATABASE_DIRECT_URL=direct) == [False, 200, True]
    with pgbouncer(pool_mode="transaction") as url:
        assert ask(code, DATABASE_URL=url, DATABASE_DIRECT_URL=direct) == [True, 503, False]
        refusing = "from django.core.management import execute_from_command_line\n"
        refusing += "execute_from_command_line(['manage', 'prepare'])"
        with python(refusing, DATABASE_URL=url, DATABASE_DIRECT_URL=direct) as child:
            said, _nothing = child.communicate(timeout=60)
        assert child.returncode == 1
        assert "pool_mode = session" in said.splitlines()[-1]


def test_behind_a_pooler_too_a_backend_ends_after_its_number_of_municipalities(direct):
    code = """
import time
pids = []
for turn in range(8):
    with inside(towns[sorted(towns)[turn % 2]]), connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pids.append(cursor.fetchone()[0])
    connection.close()
    time.sleep(0.2)
answer(len(set(pids)))
"""
    variables = {"DATABASE_DIRECT_URL": direct, "DATABASE_POOL": "1"}
    with pgbouncer() as url:
        assert ask(code, DATABASE_URL=url, DATABASE_SCHEMAS_PER_CONNECTION="2", **variables) > 2
        assert ask(code, DATABASE_URL=url, DATABASE_SCHEMAS_PER_CONNECTION="200", **variables) == 1
