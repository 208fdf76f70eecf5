"""Two web processes with one database: what changes by one is on the other's next answer, whatever breaks in between.

The second one hears of changes by a line that breaks. While it cannot hear, nothing comes from its memory.
"""

import random
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, wait

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
from tests.factories import a_provider
from tests.pooler import pgbouncer
from tests.tenants.breaking_line import breaking_line

HOST = {"Host": "ahausen.localhost"}
TIMES = 20
# Sessions of PgBouncer, and pages that are asked for.
SESSIONS, ASKED = 4, 160
TOWNS = ("ahausen", "bedorf")
KILL = """
    SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'two listening'
"""

KILL_ONE = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name NOT LIKE '%listening'
    ORDER BY random() LIMIT 1
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


@pytest.fixture
def scarce(own_database, tmp_path):
    """Two processes that share fewer sessions of PgBouncer than they have threads; and its address."""
    for slug in TOWNS:
        with inside(municipality(slug)):
            a_provider(pk=1, name=f"Verein {slug}", trusted=True)
    ports, direct = (free_port(), free_port()), url_of(connection.settings_dict["NAME"])
    (tmp_path / "static").mkdir()
    own = {"DATA_DIR": str(tmp_path), "PYTHONPATH": str(settings.BASE_DIR), "DATABASE_POOL": "3"}
    with pgbouncer(default_pool_size=str(SESSIONS), max_db_connections=str(SESSIONS)) as pooled:
        both = environment(DATABASE_URL=pooled, DATABASE_DIRECT_URL=direct, **own)
        with web(both, ports[0], threads=8), web(both, ports[1], threads=8):
            yield [f"http://127.0.0.1:{port}" for port in ports], pooled, direct


def test_no_page_has_rows_of_another_municipality_though_sessions_are_few_left_dirty_and_killed(scarce):
    """Each town is asked for a page that no memory answers, by turns in both processes."""
    bases, pooled, direct = scarce
    luck, errors, seen = random.Random(3), [], Counter()

    def ask(number):
        town, base = TOWNS[number % 2], bases[number // 2 % 2]
        with httpx.Client(timeout=120, headers={"Host": f"{town}.localhost"}) as client:
            answer = client.get(f"{base}/anbieter/?q=Verein&seite=1&x={number}")
        names = set(re.findall(r"Verein (ahausen|bedorf)", answer.text))
        seen[answer.status_code, town] += 1
        if answer.status_code == 200 and names != {town}:
            errors.append((number, town, names))
        if answer.status_code != 200 and not (answer.status_code == 503 and answer.headers.get("Retry-After")):
            errors.append((number, town, answer.status_code, answer.text[:300]))

    with ThreadPoolExecutor(16) as pool, psycopg.connect(direct, autocommit=True) as server:
        asked = [pool.submit(ask, number) for number in range(ASKED)]
        while not all(each.done() for each in asked):
            _leave_dirty(pooled, luck.choice(TOWNS))
            server.execute(KILL_ONE)
            wait([each for each in asked if not each.done()], timeout=0.2)
        for each in asked:
            each.result()
    assert errors == []
    assert min(seen[200, town] for town in TOWNS) > ASKED / 4


def _leave_dirty(pooled, town):
    """A program that leaves its session in a municipality, with statements and tables of its own, and hangs up."""
    try:
        with psycopg.connect(pooled, autocommit=True, connect_timeout=30) as link:
            link.execute(f'SET search_path = "{town}", public')
            link.execute("PREPARE _pg3_0 AS SELECT 'Verein ' || current_schema()")
            link.execute("CREATE TEMPORARY TABLE providers_provider (name text)")
            link.execute("SELECT pg_advisory_lock(1)")
    except psycopg.OperationalError:
        # Killed itself, or nothing was free.
        return
