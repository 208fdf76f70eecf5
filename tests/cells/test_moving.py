"""A municipality moves between two cells: under load, killed anywhere, refused. Nothing is lost or doubled."""

import json

import pytest
from django.db import connection

from portal.offers.tasks import refresh_these
from portal.taxonomy.models import Marker
from tenants.models import Hold, Move
from tenants.moves import Phase
from tenants.registry import schema_exists
from tenants.running.context import inside, inside_public
from tests.caddy import until
from tests.cells.load import a_program, using
from tests.cells.two_cells import behind_caddy
from tests.cells.watching import HOST, hold, killed_after, refuses, waiting
from tests.conftest import municipality
from tests.tenants.town import files_of, rows_of

pytestmark = pytest.mark.usefixtures("own_database")


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
    assert hold() is None
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


_STEPS = ["_copy", "_lead", "_give_up", "_open", "_remove"]


def test_killed_after_every_step_it_goes_on_and_both_cells_are_the_same_meanwhile(town, cells):
    with inside(town):
        refresh_these.defer(ids=[1])
    before, files = rows_of("umzug"), files_of("umzug")
    for step in _STEPS:
        killed_after(cells, step)
        if step in {"_copy", "_give_up"}:
            # The old cell has it as it was, the new one the very same, and none of them takes anything in.
            assert (rows_of("umzug"), files_of("umzug")) == (before, files)
            assert refuses("umzug")
            with cells.at("sued"):
                assert (rows_of("umzug"), files_of("umzug"), hold()) == (before, files, Hold.ARRIVING)
                assert refuses("umzug")
    done = cells.manage("nord", "move_municipality", "umzug", "sued")
    assert done.returncode == 1
    assert "umzug" in done.stderr
    assert not schema_exists("umzug")
    with inside_public():
        assert Move.objects.get().phase == Phase.DONE
    with cells.at("sued"):
        assert (rows_of("umzug"), files_of("umzug"), hold()) == (before, files, "")
        assert waiting("umzug") == [("portal.offers.tasks.refresh_these", "todo")]
        with inside(municipality("umzug")):
            Marker.objects.create(name="neu")
