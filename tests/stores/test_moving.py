"""`manage move_files`: from the disk to a bucket and back while everything goes on, killed and begun again."""

import hashlib
import io
import os
import signal
import threading
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command

from config.stores import stores
from tenants.running.folders import DiskFolders
from tenants.running.locks import moving_of_files
from tenants.running.storage import files
from tests.children import python, wait_for_the_dead

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
WRITTEN = 1_700_000_000
NEAR = {"near_bytes": 0, "near_folder": ""}


def content(number):
    return b"%d " % number * (number * 7_000)


EVERY = {
    f"{town}/bild/{number}.bin": content(number) for town in ("ahausen", "bedorf", "public") for number in range(6)
}


def digests(names):
    found = {}
    for name in names:
        with storages["platform"].open(name) as file:
            found[name] = hashlib.sha256(file.read()).hexdigest()
    return found


EXPECTED = {name: hashlib.sha256(said).hexdigest() for name, said in EVERY.items()}


@pytest.fixture
def between(settings, s3_server, monkeypatch):
    """`between("s3", "disk")`: files are moved to the bucket from the disk; one alone: they are kept there."""
    urls = {"s3": s3_server.url(), "disk": "disk", "": ""}

    def use(new, old=""):
        settings.STORAGES = {**settings.STORAGES, "platform": stores(urls[new], urls[old], **NEAR)}
        monkeypatch.setenv("STORAGE_URL", urls[new])
        monkeypatch.setenv("STORAGE_OLD_URL", urls[old])

    use("disk")
    for name, said in EVERY.items():
        storages["platform"].save(name, ContentFile(said))
        os.utime(storages["platform"].path(name), (WRITTEN, WRITTEN))
    return use


def moved(**options):
    out = io.StringIO()
    call_command("move_files", stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue().splitlines()


def test_there_and_back_nothing_is_missing_at_any_moment(between):
    between("s3", "disk")
    # Before anything is moved: everything is there, new files are in the bucket, what is deleted is deleted.
    assert digests(EVERY) == EXPECTED
    kept = storages["platform"]
    assert kept.save("ahausen/bild/1.bin", ContentFile(b"new")) != "ahausen/bild/1.bin"
    fresh = kept.save("ahausen/bild/neu.bin", ContentFile(b"new"))
    assert (kept.new.exists(fresh), kept.old.exists(fresh)) == (True, False)
    kept.delete("bedorf/bild/5.bin")
    left = {name: said for name, said in EXPECTED.items() if name != "bedorf/bild/5.bin"}
    assert moved(dry_run=True)[0] == "17 to copy"
    ended, trouble = threading.Event(), []

    def read():
        while not ended.is_set():
            if digests(left) != left:
                trouble.append("a file was missing or another")

    reader = threading.Thread(target=read)
    reader.start()
    try:
        assert moved()[0] == "17 copied"
        assert moved()[0] == "17 there already"
        assert moved(remove=True)[0] == "17 moved, and removed from the old store"
    finally:
        ended.set()
        reader.join()
    assert trouble == []
    assert moved()[0] == "There is no file in the old store."
    between("s3")
    assert digests(left) == left
    # And back, with a second look before anything is taken away.
    between("disk", "s3")
    assert moved(remove=True)[0] == "19 moved, and removed from the old store"
    between("disk")
    assert digests(left) == left
    assert (files().schemas(), files().marked()) == (["ahausen", "bedorf", "public"], [])
    assert not [path for path in Path(storages["platform"].location).rglob(".*") if path.is_file()]


KILL = """
import os, signal
from tenants.running.folders import PlainFolders
from django.core.management import call_command
plain, seen = PlainFolders.write, []
def write(self, schema, name, parts):
    def passing():
        for part in parts:
            yield part
            if len(seen) == {number}:
                os.kill(os.getpid(), signal.SIGKILL)
    seen.append(name)
    plain(self, schema, name, passing())
PlainFolders.write = write
call_command("move_files")
"""


@pytest.mark.parametrize(("new", "old"), [("s3", "disk"), ("disk", "s3")])
def test_killed_and_begun_again_it_ends_as_if_nothing_had_been(between, settings, new, old):
    if old == "s3":
        between("s3", "disk")
        moved(remove=True)
    between(new, old)
    with python(KILL.format(number=4), DATA_DIR=str(Path(settings.MEDIA_ROOT).parent)) as child:
        child.communicate(timeout=300)
    assert child.returncode == -signal.SIGKILL
    wait_for_the_dead()
    # The file at which it died has no half in the new store.
    assert digests(EVERY) == EXPECTED
    assert sorted(moved()[0].split(", ")) == ["15 copied", "3 there already"]
    between(new)
    assert digests(EVERY) == EXPECTED


def test_what_somebody_deletes_meanwhile_does_not_come_back(between, monkeypatch):
    between("s3", "disk")
    plain = DiskFolders.pieces

    def pieces(self, schema, name):
        yield from plain(self, schema, name)
        if (schema, name) == ("ahausen", "bild/3.bin"):
            storages["platform"].delete("ahausen/bild/3.bin")

    monkeypatch.setattr(DiskFolders, "pieces", pieces)
    assert moved()[0] == "17 copied, 1 deleted meanwhile"
    assert not storages["platform"].exists("ahausen/bild/3.bin")


def test_what_differs_stays_in_both_and_is_named(between):
    between("s3", "disk")
    storages["platform"].new.save("ahausen/bild/2.bin", ContentFile(b"something else"))
    with pytest.raises(CommandError, match=r"1 files need you.*ahausen/bild/2\.bin"):
        moved(remove=True)
    kept = storages["platform"]
    with kept.new.open("ahausen/bild/2.bin") as new, kept.old.open("ahausen/bild/2.bin") as old:
        assert (new.read(), old.read()) == (b"something else", content(2))


def test_one_move_at_a_time_and_none_without_two_places_or_an_answer(between, settings):
    between("s3", "disk")
    with moving_of_files(), pytest.raises(CommandError, match="move_files"):
        moved()
    platform = stores("s3://portal:0123456789abcdefgh@127.0.0.1:1/bucket?secure=0", "disk", **NEAR)
    settings.STORAGES = {**settings.STORAGES, "platform": platform}
    with pytest.raises(CommandError, match="cannot be reached.*run it again"):
        moved()
    between("disk")
    assert digests(EVERY) == EXPECTED
    with pytest.raises(CommandError, match="STORAGE_OLD_URL"):
        moved()
