"""A move that fails, is killed, taken back, gone on with by two at once, while an old process goes on writing."""

import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psycopg
import pytest
from django.conf import settings as project
from django.db import connection, transaction

from portal.offers.tasks import refresh_these
from portal.taxonomy.models import Marker
from tenants.cells import fence, moving
from tenants.models import Domain, Hold, Move, Municipality
from tenants.moves import Phase
from tenants.refused import RefusedError
from tenants.registry import schema_exists
from tenants.running.context import inside, inside_public
from tests.caddy import until
from tests.cells.two_cells import url_of
from tests.cells.watching import HOST, hold, killed_after, refuses, waiting
from tests.conftest import municipality
from tests.tenants.town import files_of, rows_of

pytestmark = pytest.mark.usefixtures("own_database")


@pytest.fixture
def here(cells, settings):
    """This process acts as one of the first cell; where the proxy has read its map, a line more stands in a file."""
    cells.reload = f"sh -c 'echo read >> {cells.folder}/reads; test ! -e {cells.folder}/broken'"
    cells.write()
    for name, value in cells.environment("nord").items():
        if name in {"CELL", "CELLS_FILE", "PROXY_FILE", "PROXY_RELOAD"}:
            setattr(settings, name, value)
    settings.EXPORT_DIR = cells.data("nord") / "exports"
    return cells


# It has entered the municipality before anything moves and knows of no cells: it asks nobody whether it may.
OLD = """
import sys
from django.db import Error
from portal.taxonomy.models import Marker
from tenants.models import Municipality
from tenants.running.context import inside, inside_public
with inside_public():
    town = Municipality.objects.get(slug="umzug")
with inside(town):
    for line in sys.stdin:
        try:
            Marker.objects.create(name=line.strip())
            print("written", flush=True)
        except Error as error:
            print(type(error.__cause__).__name__, flush=True)
"""


@contextmanager
def _old_process(cells):
    """What it is told when it writes something of this name."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    code = [sys.executable, "-c", "import django; django.setup()\n" + OLD]
    given = cells.environment("nord").items()
    without = {name: value for name, value in given if not name.startswith(("CELL", "PROXY"))}
    with subprocess.Popen(code, env=without, cwd=project.BASE_DIR, **pipes) as child:

        def writes(name):
            child.stdin.write(f"{name}\n")
            child.stdin.flush()
            return child.stdout.readline().strip()

        yield writes
        child.stdin.close()


def _is_as_before(before, there):
    """Open here, whole, its job waiting once, and nothing of it in the other cell or on the way."""
    assert (rows_of("umzug"), files_of("umzug"), hold()) == (*before, "")
    assert waiting("umzug") == [("portal.offers.tasks.refresh_these", "todo")]
    assert list((there.data("nord") / "exports" / "moves").iterdir()) == []
    assert f"{HOST} nord" in (there.folder / "cells.caddy").read_text()
    with there.at("sued"):
        assert (hold(), schema_exists("umzug"), files_of("umzug")) == (None, False, {})


def test_it_is_taken_back_or_goes_on_wherever_it_stopped(town, here):
    with inside(town):
        refresh_these.defer(ids=[1])
    before = rows_of("umzug"), files_of("umzug")

    def breaks(what, number, _whole):
        if (what, number) == ("Umzug", 1):
            (here.folder / "broken").touch()

    # The proxy is whole when it begins, and is not when it is to lead away.
    with pytest.raises(RefusedError, match="Der Proxy hat seine Karte nicht gelesen"):
        moving.move_municipality("umzug", "sued", progress=breaks)
    _is_as_before(before, here)
    with inside_public():
        move = Move.objects.get()
        assert (move.phase, "Der Proxy" in move.error, move.luggage) == (Phase.BACK, True, {})
    # Found before it begins.
    with pytest.raises(RefusedError, match="Der Proxy"):
        moving.move_municipality("umzug", "sued")
    assert Move.objects.count() == 1
    (here.folder / "broken").unlink()

    with _old_process(here) as writes:
        assert writes("alt-1") == "written"
        before = rows_of("umzug"), files_of("umzug")
        killed_after(here, "_lead")
        assert writes("alt-2") == "ReadOnlySqlTransaction"
        assert f"{HOST} sued" in (here.folder / "cells.caddy").read_text()
        moving.take_back("umzug")
        _is_as_before(before, here)
        with pytest.raises(RefusedError, match="zieht nicht um"):
            moving.take_back("umzug")
        assert writes("alt-3") == "written"
        before = rows_of("umzug"), files_of("umzug")

        killed_after(here, "_give_up")
        assert writes("alt-4") == "ReadOnlySqlTransaction"
        for refused, said in (
            (lambda: moving.take_back("umzug"), "schon umgezogen"),
            (lambda: moving.move_municipality("umzug", "nord"), "Zelle nord"),
        ):
            with pytest.raises(RefusedError, match=said):
                refused()
        assert (hold(), rows_of("umzug")) == (Hold.GONE, before[0])
        # Two go on with it at once: one does, the other one is told.
        with ThreadPoolExecutor() as pool:
            both = [pool.submit(_moved) for _number in range(2)]
        ended = sorted((str(each.result()) for each in both), key=len)
        assert ended[0] == "sued"
        assert "umzug" in ended[1]
        assert writes("alt-5") == "UndefinedTable"
    assert not schema_exists("umzug")
    with here.at("sued"):
        assert (rows_of("umzug"), files_of("umzug"), hold()) == (*before, "")
        assert waiting("umzug") == [("portal.offers.tasks.refresh_these", "todo")]
        with inside(municipality("umzug")):
            assert sorted(Marker.objects.filter(name__startswith="alt").values_list("name", flat=True)) == [
                "alt-1", "alt-3",
            ]  # fmt: skip


def _moved():
    """Which cell it lives in, or why not."""
    try:
        return moving.move_municipality("umzug", "sued").cell
    except RefusedError as error:
        return error
    finally:
        connection.close()


def test_the_map_is_written_when_a_name_comes_and_left_alone_while_a_cell_is_away(here):
    (here.folder / "reads").write_text("")
    env_file, map_file = here.folder / "sued.env", here.folder / "cells.caddy"
    whole = env_file.read_text()
    code = "from tenants.management.commands import write_proxy\nwrite_proxy.EVERY = 0.05\n"
    code += "from django.core.management import call_command\ncall_command('write_proxy', watch=True)"
    with subprocess.Popen(
        [sys.executable, "-c", "import django; django.setup()\n" + code],
        env=here.environment("nord"), cwd=project.BASE_DIR, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as watcher:  # fmt: skip
        until(map_file.exists, seconds=120)
        first = map_file.read_text()
        assert "ahausen.localhost nord" in first
        with here.at("sued"), inside_public():
            other = Municipality.objects.get(slug="bedorf")
            Domain.objects.create(domain="bedorf.example", tenant=other)
        until(lambda: "bedorf.example sued" in map_file.read_text())
        until(lambda: len((here.folder / "reads").read_text().split()) == 2)
        env_file.write_text("DATABASE_URL=postgres://niemand@127.0.0.1:1/x\n")
        assert "Zelle sued" in watcher.stderr.readline()
        with inside_public():
            Domain.objects.create(domain="ahausen.example", tenant=Municipality.objects.get(slug="ahausen"))
        assert "Zelle sued" in watcher.stderr.readline()
        assert "ahausen.example" not in map_file.read_text()
        env_file.write_text(whole)
        until(lambda: "ahausen.example nord" in map_file.read_text())
        os.kill(watcher.pid, signal.SIGTERM)
        # What it still says of the cell that was away.
        watcher.communicate(timeout=60)
    assert watcher.returncode == 0
    assert json.loads(here.list_file.read_text()).keys() == {"nord", "sued"}


WRITES = (
    "INSERT INTO {0} SELECT * FROM {0}",
    "UPDATE {0} SET {1} = {1}",
    "DELETE FROM {0}",
    "WITH gone AS (DELETE FROM {0} RETURNING 1) SELECT count(*) FROM gone",
    "COPY {0} FROM PROGRAM 'true'",
    "TRUNCATE {0} CASCADE",
    "MERGE INTO {0} USING (SELECT 1) AS x ON false WHEN NOT MATCHED THEN INSERT DEFAULT VALUES",
)


def test_no_table_takes_any_write_by_whatever_statement():
    with inside_public():
        fence.patiently(lambda: _close("ahausen"))
    with psycopg.connect(url_of(connection.settings_dict["NAME"]), autocommit=True) as link:
        tables = link.execute(
            "SELECT format('%I.%I', schemaname, tablename), (SELECT quote_ident(attname) FROM pg_attribute WHERE "
            "attrelid = format('%I.%I', schemaname, tablename)::regclass AND attnum > 0 AND NOT attisdropped "
            "AND attgenerated = '' AND attidentity <> 'a' LIMIT 1) FROM pg_tables WHERE schemaname = 'ahausen'"
        ).fetchall()
        assert len(tables) > 150
        for table, column in tables:
            for statement in WRITES[:3]:
                with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
                    link.execute(statement.format(table, column))
        for statement in WRITES[3:]:
            with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
                link.execute(statement.format("ahausen.taxonomy_marker", "name"))
        # Who sets his own session read-write and his own search path is refused all the same.
        link.execute("SET default_transaction_read_only = off; SET search_path = ahausen, public")
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            link.execute("INSERT INTO taxonomy_marker (name, position) VALUES ('x', 0)")
        assert refuses("ahausen")


def _close(schema):
    with transaction.atomic():
        fence.raise_fence(schema)
