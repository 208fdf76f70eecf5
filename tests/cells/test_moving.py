"""A municipality moves between two cells: under load, killed anywhere, refused. Nothing is lost or doubled."""

import json
import signal

import psycopg
import pytest
from django.db import connection

from portal.offers.tasks import refresh_these
from portal.taxonomy.models import Marker
from tenants.lifecycle.making import create_municipality
from tenants.models import Hold, Move, Municipality
from tenants.moves import Phase
from tenants.registry import schema_exists
from tenants.running.context import inside, inside_public
from tests.caddy import until
from tests.cells.load import a_program, using
from tests.cells.two_cells import behind_caddy, two_cells
from tests.children import wait_for_the_dead
from tests.conftest import municipality
from tests.tenants.town import files_of, furnish, rows_of

pytestmark = pytest.mark.usefixtures("own_database")
HOST = "umzug.localhost"


@pytest.fixture
def town():
    """One with rows of every kind, files and waiting work, which only the first cell knows."""
    made = create_municipality("umzug", name="Stadt Umzug", host=HOST)
    furnish(made)
    return made


@pytest.fixture
def cells(tmp_path):
    folder = tmp_path / "cells"
    folder.mkdir()
    with two_cells(folder) as made:
        yield made


def _hold(slug="umzug"):
    with inside_public():
        found = Municipality.objects.filter(slug=slug).first()
    return None if found is None else found.hold


def test_moved_under_load_nothing_is_lost_and_nobody_meets_an_error(town, cells):
    program = a_program(town)
    with behind_caddy(cells, {"nord": [], "sued": [HOST]}):
        assert cells.manage("nord", "write_proxy").returncode == 0
        with using(cells, town, HOST, program) as load:
            _some(load, 5)
            done = cells.manage("nord", "move_municipality", "umzug", "sued")
            assert done.returncode == 0, done.stderr
            _some(load, 5)
        listed = json.loads(cells.manage("sued", "cells", "--json").stdout)
    assert load.errors == []
    assert load.refused["503"] > 0
    assert load.refused_past_the_check > 0
    assert load.read["200 nord"] > 0 < load.read["200 sued"]
    assert load.opened - load.closed < 60
    assert not schema_exists("umzug")
    assert _hold() is None
    assert files_of("umzug") == {}
    assert [(row["name"], row["error"], row["moving"]) for row in listed] == [("nord", "", {}), ("sued", "", {})]
    with cells.at("sued"), inside(municipality("umzug")), connection.cursor() as cursor:
        cursor.execute("SELECT external_id FROM machine_access_externaloffer")
        assert sorted(number for (number,) in cursor.fetchall()) == sorted(load.acknowledged)
        assert set(Marker.objects.filter(name__startswith="alt-").values_list("name", flat=True)) == load.old_process


def _some(load, more):
    """Until so many more writes were acknowledged."""
    enough = len(load.acknowledged) + more
    until(lambda: len(load.acknowledged) >= enough or load.errors, seconds=240)


# Where the mover is killed, one after the other in one move: the step that has just been done and is not yet noted.
_KILL = """
import os, signal
from tenants.cells import moving
step = {step!r}
plain = getattr(moving._Journey, step)
def die(self):
    plain(self)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(moving._Journey, step, die)
from django.test.utils import override_settings
moving.move_municipality("umzug", "sued")
"""
_STEPS = ["_copy", "_lead", "_give_up", "_open", "_remove"]


def test_killed_after_every_step_it_goes_on_and_both_cells_are_the_same_meanwhile(town, cells):
    with inside(town):
        refresh_these.defer(ids=[1])
    before, files = rows_of("umzug"), files_of("umzug")
    for step in _STEPS:
        done = _mover(cells, _KILL.format(step=step))
        assert done.returncode == -signal.SIGKILL, done.stderr
        wait_for_the_dead()
        if step in {"_copy", "_give_up"}:
            # The old cell has it as it was, the new one the very same, and none of them takes anything in.
            assert (rows_of("umzug"), files_of("umzug")) == (before, files)
            assert _refuses("umzug")
            with cells.at("sued"):
                assert (rows_of("umzug"), files_of("umzug"), _hold()) == (before, files, Hold.ARRIVING)
                assert _refuses("umzug")
    done = cells.manage("nord", "move_municipality", "umzug", "sued")
    assert done.returncode == 1
    assert "umzug" in done.stderr
    assert not schema_exists("umzug")
    with inside_public():
        assert Move.objects.get().phase == Phase.DONE
    with cells.at("sued"):
        assert (rows_of("umzug"), files_of("umzug"), _hold()) == (before, files, "")
        assert _waiting("umzug") == [("portal.offers.tasks.refresh_these", "todo")]
        with inside(municipality("umzug")):
            Marker.objects.create(name="neu")


def _mover(cells, code):
    import subprocess
    import sys

    from django.conf import settings

    return subprocess.run(
        [sys.executable, "-c", "import django; django.setup()\n" + code],
        env=cells.environment("nord"), cwd=settings.BASE_DIR, capture_output=True, text=True, check=False,
    )  # fmt: skip


def _refuses(schema):
    with psycopg.connect(_here(), autocommit=True) as link, pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        link.execute(f"DELETE FROM {schema}.taxonomy_marker")
    return True


def _here():
    from tests.cells.two_cells import url_of

    return url_of(connection.settings_dict["NAME"])


def _waiting(schema):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, status::text FROM public.procrastinate_jobs WHERE args ->> 'schema_name' = %s", [schema]
        )
        return cursor.fetchall()
