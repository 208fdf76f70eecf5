"""A municipality moves between two cells: under load, killed anywhere, refused. Nothing is lost or doubled."""

import json
import subprocess
import sys
from collections import Counter
from contextlib import contextmanager

import psycopg
import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection

from core.access import Role
from mail.models import OutboxMessage
from mail.services import post_kind
from portal.media.models import MediaFile
from portal.offers.tasks import refresh_these
from portal.taxonomy.models import Marker
from tenants.models import Hold, Move
from tenants.moves import Phase
from tenants.registry import schema_exists
from tenants.running.context import inside, inside_public
from tests.caddy import until
from tests.cells.load import a_program, using
from tests.cells.two_cells import QUIET, behind_caddy
from tests.cells.watching import HOST, hold, killed_after, refuses, waiting
from tests.conftest import municipality
from tests.tenants.town import files_of, rows_of

pytestmark = pytest.mark.usefixtures("own_database")


def test_moved_under_load_nothing_is_lost_and_nobody_meets_an_error(town, cells, signed_in):
    program, session = a_program(town), signed_in(town, Role.EDITOR).cookies["sessionid"].value
    mails = {f"leser{number}@umzug.example" for number in range(30)}
    with behind_caddy(cells, {"nord": [], "sued": [HOST]}), _worker(cells, "nord"), _worker(cells, "sued"):
        assert cells.manage("nord", "write_proxy").returncode == 0
        with using(cells, town, HOST, program, session=session) as load:
            _some(load, 5)
            with inside(town):
                for to in mails:
                    post_kind("provider_left_alone", to=to, values={"list": "–"})
            done = cells.manage("nord", "move_municipality", "umzug", "sued")
            assert done.returncode == 0, done.stderr
            _some(load, 5)
        sent = _posted(cells, mails)
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
    # Each once, from whichever cell.
    assert sent == Counter(mails)
    with cells.at("sued"), inside(municipality("umzug")), connection.cursor() as cursor:
        cursor.execute("SELECT external_id FROM machine_access_externaloffer")
        assert sorted(number for (number,) in cursor.fetchall()) == sorted(load.acknowledged)
        assert set(Marker.objects.filter(name__startswith="alt-").values_list("name", flat=True)) == load.old_process
        pictures = {row.alt_text: str(row.file) for row in MediaFile.objects.filter(alt_text__startswith="Bild ")}
        assert pictures.keys() == load.pictures != set()
        assert all(default_storage.exists(name) for name in pictures.values())
        assert not OutboxMessage.objects.waiting().exists()


def _some(load, more):
    """Until so many more writes were acknowledged, and a picture among them."""
    enough, pictures = len(load.acknowledged) + more, len(load.pictures)
    until(lambda: (len(load.acknowledged) >= enough and len(load.pictures) > pictures) or load.errors, seconds=240)


@contextmanager
def _worker(cells, cell):
    """The real one of this cell."""
    command = [sys.executable, "-m", "config.cli", "work", "--concurrency", "1"]
    with subprocess.Popen(command, env=cells.environment(cell), cwd=settings.BASE_DIR, **QUIET) as worker:
        yield
        worker.terminate()
        assert worker.wait(60) is not None


def _posted(cells, wanted):
    """The mails both cells have sent, once the last one has gone."""
    links = [psycopg.connect(cells.urls[cell], autocommit=True) for cell in ("nord", "sued")]
    query = 'SELECT "to" FROM operations_postedmail WHERE "to" = ANY(%s)'

    def sent():
        return Counter(to for link in links for (to,) in link.execute(query, [list(wanted)]).fetchall())

    until(lambda: sent().total() >= len(wanted), seconds=240)
    found = sent()
    for link in links:
        link.close()
    return found


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
