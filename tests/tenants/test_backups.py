"""Backups hold what they say, are kept as long as they should, and a rehearsal finds out when they do not."""

import os
import signal
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from procrastinate.contrib.django.utils import connector_params

from portal.taxonomy.models import Category, District
from tenants.models import Backup, Drill
from tenants.refused import RefusedError
from tenants.running.context import inside, inside_public
from tenants.running.storage import folder_of
from tenants.transfer.backups import store
from tenants.transfer.backups.drill import restore_drill
from tenants.transfer.backups.making import back_up, back_up_one
from tenants.transfer.backups.store import Stored, newest_of_each, to_keep
from tests.children import python
from tests.conftest import municipality
from tests.tenants.town import furnish

START = datetime(2026, 1, 1, 3, tzinfo=UTC)


def _stored(day, parent=""):
    at = START + timedelta(days=day)
    return Stored(f"{day:03}", parent, at.isoformat(), 18, "1", 1, 1)


def test_days_and_weeks_are_kept_and_whatever_they_build_upon():
    every = [_stored(day, "" if day % 7 == 0 else f"{day - 1:03}") for day in range(60)]
    kept = to_keep(every, daily=3, weekly=2)
    # Days 57–59 and the last of the week before, each with its chain down to a whole backup.
    assert {"059", "058", "057", "056"} <= kept
    for name in kept:
        day = int(name)
        assert day % 7 == 0 or f"{day - 1:03}" in kept
    assert len(kept) < 16
    assert newest_of_each(every, daily=1, weekly=0) == [every[-1]]


@dataclass(frozen=True)
class At:
    moment: datetime


def test_of_a_day_the_last_one_is_kept():
    morning, evening = At(START), At(START + timedelta(hours=12))
    assert newest_of_each([morning, evening], daily=7, weekly=4) == [evening]


def test_an_increment_without_its_base_is_named():
    with pytest.raises(RefusedError, match="000"):
        store.chain(_stored(1, "000"), [_stored(1, "000")])


@pytest.mark.both_stores
@pytest.mark.usefixtures("own_database")
def test_a_backup_an_increment_and_the_rehearsal_of_both(settings, tmp_path):
    settings.BACKUP_DIR = tmp_path / "backups"
    furnish(municipality("ahausen"))
    call_command("backup")
    with inside(municipality("ahausen")):
        Category.objects.create(name="Nach der ersten")
    made = back_up()
    assert (made.backup.kind, made.remark) == ("increment", "")
    with inside_public():
        first = Backup.objects.get(kind="full")
        assert made.backup.parent == first
        assert first.verified_at is not None
        assert made.backup.bytes < first.bytes / 3
    # One file on the disk for both backups, and never the municipality's own.
    logos = [path.stat().st_ino for path in store.cluster_folder().glob("*/media/ahausen/theme/logo.svg")]
    assert len(logos) == 2
    assert len(set(logos)) == 1
    live = folder_of("ahausen") / "theme" / "logo.svg"
    assert not live.exists() or logos[0] != live.stat().st_ino
    # What happens after the backup is no fault of it.
    with inside(municipality("ahausen")):
        # A row that no other one is about.
        District.objects.filter(name="Nord").update(name="Norden")
        Category.objects.create(name="Nach der zweiten")
    call_command("restore_drill", "ahausen")
    with inside_public():
        drill = Drill.objects.get()
    assert drill.passed
    assert drill.figures["rows equal"] > 50
    assert drill.figures["rows changed since"] == 1
    assert drill.figures["rows newer"] == 2
    assert drill.figures["files equal"] == 3
    assert drill.figures["rows wrong"] == 0
    _spoil(made)
    with pytest.raises(CommandError, match="files wrong"):
        call_command("restore_drill", "ahausen")
    with inside_public():
        assert not Drill.objects.order_by("id").last().passed
    assert list((settings.BACKUP_DIR / "drill").iterdir()) == []


@pytest.mark.usefixtures("own_database")
def test_somebody_elses_long_transaction_makes_no_equal_row_a_changed_one(settings, tmp_path):
    settings.BACKUP_DIR = tmp_path / "backups"
    with psycopg.connect(**connector_params("default")) as other:
        # Older than every row that follows, and still at work when the backup is made.
        other.execute("SELECT pg_current_xact_id()")
        furnish(municipality("ahausen"))
        back_up()
        with inside(municipality("ahausen")):
            District.objects.filter(name="Nord").update(name="Norden")
            Category.objects.create(name="Nach der Sicherung")
        with inside(municipality("ahausen")):
            rows = Category.objects.count()
        drill = restore_drill("ahausen")
    assert drill.passed
    assert drill.figures["rows changed since"] == 1
    assert drill.figures["rows newer"] == 2
    assert drill.figures["rows equal"] > rows
    assert drill.figures["rows wrong"] == 0


@pytest.mark.usefixtures("own_database")
def test_a_rehearsal_notices_rows_that_the_backup_lacks_and_pages_that_rot(settings, tmp_path):
    settings.BACKUP_DIR = tmp_path / "backups"
    furnish(municipality("ahausen"))
    back_up()
    with inside(municipality("ahausen")):
        Category.objects.create(name="Verloren")
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_current_xact_id()::text::bigint + 1, oid FROM pg_database WHERE datname = current_database()"
            )
            now, database = cursor.fetchone()
    last = store.stored()[-1]
    # As if the row had been there when the backup began.
    store.note(replace(last, oldest_running=now), last.folder)
    assert restore_drill("ahausen").figures["rows wrong"] == 1
    store.note(last, last.folder)
    assert restore_drill("ahausen").passed
    files = (last.folder / "data" / "base" / str(database)).glob("[0-9]*")
    holding = [path for path in files if b"Sprachen" in path.read_bytes()]
    assert holding
    for path in holding:
        path.write_bytes(path.read_bytes().replace(b"Sprachen", b"Sqrachen"))
    drill = restore_drill("ahausen")
    assert not drill.passed
    assert drill.figures.get("trouble") or drill.figures["rows wrong"]


@pytest.mark.usefixtures("own_database")
def test_a_backup_that_is_killed_leaves_nothing_and_is_on_record_as_broken_off(settings, tmp_path):
    settings.BACKUP_DIR = tmp_path / "backups"
    code = (
        "import pathlib; from django.conf import settings\n"
        f"settings.BACKUP_DIR = pathlib.Path({str(settings.BACKUP_DIR)!r})\n"
        "from tenants.transfer.backups.making import back_up; back_up()"
    )
    with python(code) as child:
        until = time.monotonic() + 60
        while not list(settings.BACKUP_DIR.glob("cluster/*/data/base/*")) and time.monotonic() < until:
            time.sleep(0.01)
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    assert list(settings.BACKUP_DIR.glob("cluster/*.unfinished"))
    assert store.stored() == []
    made = back_up()
    assert [each.name for each in store.stored()] == [path.name for path in store.cluster_folder().iterdir()]
    with inside_public():
        killed = Backup.objects.exclude(pk=made.backup.pk).get()
    assert killed.error
    assert killed.verified_at is None
    assert restore_drill("ahausen").passed


def _spoil(made):
    """A file of the backup changes, as on a dying disk."""
    store.stored()[-1].folder.joinpath("media/ahausen/theme/logo.svg").write_bytes(b"<svg>")


@pytest.mark.both_stores
@pytest.mark.usefixtures("own_database")
def test_of_one_municipality_an_export_is_kept_verified_and_replaced_in_time(settings, tmp_path):
    settings.BACKUP_DIR = tmp_path / "backups"
    first, second = back_up_one("ahausen"), back_up_one("ahausen")
    assert second.backup.verified_at is not None
    assert len(second.removed) == 1
    assert [str(path) for path in store.single_folder("ahausen").iterdir()] == [second.backup.path]
    with inside_public():
        assert Backup.objects.get(pk=first.backup.pk).removed_at is not None
    for slug in ("nirgends", "../bedorf"):
        with pytest.raises(RefusedError, match=slug):
            back_up_one(slug)
    with pytest.raises(RefusedError, match="backup"):
        restore_drill()
    with store.alone(), pytest.raises(CommandError):
        call_command("backup")
