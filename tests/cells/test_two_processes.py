"""Two web processes with one database: what changes by one is on the other's next answer, whatever breaks in between.

The second one hears of changes by a line that breaks. While it cannot hear, nothing comes from its memory.
"""

import random
import re

import httpx
import psycopg
import pytest
from django.conf import settings
from django.db import connection

from tenants.running.context import inside
from tests.caddy import free_port
from tests.cells.load import OFFERS, a_program
from tests.cells.two_cells import url_of, web
from tests.children import environment
from tests.conftest import municipality
from tests.pooler import pgbouncer
from tests.tenants.breaking_line import breaking_line

HOST = {"Host": "ahausen.localhost"}
TIMES = 20
KILL = """
    SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'two listening'
"""


@pytest.fixture
def pair(own_database, tmp_path):
    """Both processes' addresses, and the line by which the second one hears; all else goes by PgBouncer, as where it is
    recommended (docs/GROWING.md)."""
    ports, name = (free_port(), free_port()), connection.settings_dict["NAME"]
    (tmp_path / "static").mkdir()
    more = {"DATA_DIR": str(tmp_path), "PYTHONPATH": str(settings.BASE_DIR)}
    with (
        breaking_line("127.0.0.1", int(connection.settings_dict["PORT"])) as line,
        pgbouncer() as pooled,
        web(environment(PROCESS_KIND="one", DATABASE_URL=pooled, DATABASE_DIRECT_URL=url_of(name), **more), ports[0]),
        web(
            environment(PROCESS_KIND="two", DATABASE_URL=pooled, DATABASE_DIRECT_URL=url_of(name, line.port), **more),
            ports[1],
        ),
    ):
        yield *(f"http://127.0.0.1:{port}" for port in ports), line


def test_a_change_by_one_is_on_the_others_next_answer_though_its_line_is_cut_twenty_times(pair):
    one, two, line = pair
    program = a_program(municipality("ahausen"))
    with inside(municipality("ahausen")), connection.cursor() as cursor:
        cursor.execute("UPDATE providers_provider SET trusted = true")
    luck, gaps = random.Random(20), 0
    with (
        httpx.Client(timeout=120, headers={**HOST, "Authorization": f"Bearer {program.secret}"}) as writer,
        httpx.Client(timeout=120, headers=HOST) as visitor,
        psycopg.connect(url_of(connection.settings_dict["NAME"]), autocommit=True) as server,
    ):
        assert _seen(visitor, two) == []
        titles = []
        for number in range(TIMES):
            # Killed before the change, between change and question, or by a server that then refuses LISTEN.
            when = luck.choice(["before", "after", "refused"])
            if when == "before":
                assert server.execute(KILL).fetchone() == (1,)
            if when == "refused":
                line.on_listen = luck.choice(["garble", "cut"])
                line.cut()
            titles.append(_write(writer, one, program, f"Kurs {number}"))
            if when == "after":
                assert server.execute(KILL).fetchone() == (1,)
            if when == "refused":
                gaps += 1
                for _again in range(2):
                    answer = visitor.get(f"{two}{OFFERS}")
                    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
                assert visitor.get(f"{two}/readyz").json()["changes"] is False
                line.mend()
            # The second time from memory, and the same with a page that is kept whole.
            assert [_seen(visitor, two) for _again in range(2)] == [sorted(titles)] * 2
            for _again in range(2):
                page = visitor.get(f"{two}/angebote/").text
                assert re.search(rf"\b{len(titles)}\s+Angebote?\b", page), page
        assert visitor.get(f"{two}/readyz").json()["changes"] is True
    assert gaps > 2


def _write(client, base, program, title):
    said = {
        "title": title, "summary": "Für alle.", "category_ids": [program.topic],
        "locations": [{"street": "Weg 1", "postcode": "66111"}],
    }  # fmt: skip
    answer = client.post(f"{base}{OFFERS}", json=said)
    assert answer.status_code == 201, answer.text
    return title


def _seen(client, base):
    answer = client.get(f"{base}{OFFERS}?limit=100")
    assert answer.status_code == 200, answer.text
    return sorted(offer["title"] for offer in answer.json()["results"])
