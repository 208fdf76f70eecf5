"""A municipality moves between two cells: under load, killed anywhere, refused. Nothing is lost or doubled."""

import json
from collections import Counter

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from portal.machine_access.models import ExternalOffer
from portal.media.models import MediaFile
from portal.offers.tasks import refresh_these
from portal.preferences.models import Preferences, SecondFactorRule
from portal.providers.models import Provider
from portal.taxonomy.models import Marker
from portal.webhooks.models import Event, Hook
from portal.webhooks.services import save as save_hook
from tenants.models import Hold, Move
from tenants.moves import Phase
from tenants.registry import schema_exists
from tenants.running.context import inside, inside_public
from tests.architecture.test_access import session_of
from tests.caddy import until
from tests.cells.busy import Sender, hook_receiver, picture, post_office, published, working
from tests.cells.load import a_program, using
from tests.cells.two_cells import behind_caddy
from tests.cells.watching import HOST, hold, killed_after, refuses, waiting
from tests.conftest import municipality
from tests.mail.letters import a_letter
from tests.people.cast import an_account
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


def test_moved_while_pictures_are_sent_and_mails_and_messages_leave_each_is_there_once(town, cells):
    mails = [f"leserin{number}@example.org" for number in range(60)]
    program = a_program(town)
    with inside(town):
        Provider.objects.update(trusted=True)
        Preferences.objects.update(second_factor=SecondFactorRule.NOBODY)
        session = session_of(an_account("redaktion@umzug.example", "editor"))
    with (
        post_office() as (office, port),
        hook_receiver() as receiver,
        behind_caddy(cells, {"nord": [], "sued": [HOST]}),
    ):
        assert cells.manage("nord", "write_proxy").returncode == 0
        with inside(town):
            save_hook(Hook(url=receiver.url("/"), events=list(Event.values)), by=None)
            for address in mails:
                a_letter(to=address)
        sender, slow = (Sender.behind(cells, HOST, session) for _browser in range(2))
        with sender.browser, slow.browser, working(cells, port):
            with using(cells, town, HOST, program, writers=1) as load, sender.sending():
                until(lambda: len(office.taken) >= 4 and len(sender.done) > 1)
                slowly = slow.begin("Langsam", picture(99))
                done = cells.manage("nord", "move_municipality", "umzug", "sued")
                assert done.returncode == 0, done.stderr
                # Its first half reached the old cell, and its second one nobody any more.
                assert slowly.end() is False
                assert slowly.answers[0].headers["X-Cell"].startswith("nord:")
                _some(load, 3)
                enough = len(sender.done) + 2
                until(lambda: len(sender.done) >= enough or sender.errors)
            until(lambda: len(office.taken) >= len(mails), seconds=240)
            until(lambda: len(published(receiver)) >= len(load.acknowledged), seconds=240)
    assert load.errors == sender.errors == slow.errors == []
    assert office.taken == Counter(mails)
    assert files_of("umzug") == {}
    with cells.at("sued"), inside(municipality("umzug")):
        offers = ExternalOffer.objects.filter(external_id__in=load.acknowledged).values_list("offer_id", flat=True)
        assert published(receiver) == Counter(offers)
        rows = MediaFile.objects.all()
        assert sorted(row.alt_text for row in rows) == sorted(sender.done)
        assert [_size(str(row.file)) for row in rows] == [row.bytes for row in rows]
        assert [status for _name, status in waiting("umzug") if status == "failed"] == []


def _size(name):
    with default_storage.open(name) as file:
        return len(file.read())


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
