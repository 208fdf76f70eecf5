"""The same on a storage that is no disk: it knows names and contents, and neither paths nor renaming."""

import io
from pathlib import Path

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, default_storage, storages
from django.core.management import call_command
from django.db import IntegrityError
from PIL import Image

from tenants.lifecycle.making import copy_file
from tenants.running.context import inside, inside_public
from tenants.running.figures import file_bytes
from tenants.running.folders import DiskFolders, PlainFolders
from tenants.running.storage import files
from tenants.running.stores.moving import MovingFolders
from tenants.transfer import restoring
from tenants.transfer.backups.media import copy_media
from tenants.transfer.exporting import export_municipality
from tenants.transfer.leftovers import SCRATCH, sweep
from tenants.transfer.restoring import restore_municipality
from tests.conftest import municipality
from tests.tenants.town import files_of, furnish, rows_of
from theming.images import forget_scaled

ROOT = Path(__file__).parents[2]
DISK = {"BACKEND": "tenants.running.stores.disk.DiskStore"}
MEMORY = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
MOVING = {"BACKEND": "tenants.running.stores.moving.MovingStore", "OPTIONS": {"new": DISK, "old": MEMORY}}


@pytest.fixture
def in_memory(settings):
    settings.STORAGES = {**settings.STORAGES, "platform": MEMORY}
    assert isinstance(files(), PlainFolders)
    return storages["platform"]


@pytest.fixture(params=[DISK, MEMORY, MOVING], ids=["disk", "memory", "moving"])
def any_storage(request, settings):
    settings.STORAGES = {**settings.STORAGES, "platform": request.param}


def picture():
    out = io.BytesIO()
    Image.new("RGB", (900, 600), "red").save(out, "PNG")
    return out.getvalue()


def names(schema):
    return [found.name for found in files().walk(schema)]


@pytest.mark.parametrize("kind", ["disk", "memory", "moving"])
def test_both_kinds_do_the_same(settings, kind):
    settings.STORAGES = {**settings.STORAGES, "platform": {"disk": DISK, "memory": MEMORY, "moving": MOVING}[kind]}
    folders = files()
    assert isinstance(folders, {"disk": DiskFolders, "memory": PlainFolders, "moving": MovingFolders}[kind])
    assert (folders.schemas(), list(folders.walk("nobody")), folders.total("nobody")) == ([], [], 0)
    folders.remove("nobody")
    folders.unmark("nobody")
    folders.mark("eins")
    folders.mark("eins")
    assert folders.marked() == ["eins"]
    folders.write("eins", "b/tief/größe 1.bin", iter([b"abc", b"", b"defg"]))
    folders.write("eins", "a.txt", [])
    folders.write("andere", "a.txt", [b"x"])
    with pytest.raises(FileExistsError):
        folders.write("eins", "a.txt", [b"y"])
    assert [(found.name, found.size) for found in folders.walk("andere")] == [("a.txt", 1)]
    assert folders.total("eins") == 7
    assert b"".join(folders.pieces("eins", "b/tief/größe 1.bin")) == b"abcdefg"
    with pytest.raises(FileNotFoundError):
        b"".join(folders.pieces("eins", "fehlt.txt"))
    folders.move("eins", "zwei")
    assert list(folders.walk("eins")) == []
    assert folders.marked() == ["zwei"]
    folders.unmark("zwei")
    assert [(found.name, found.size) for found in folders.walk("zwei")] == [("a.txt", 0), ("b/tief/größe 1.bin", 7)]
    folders.copy("zwei", "b/tief/größe 1.bin", "drei")
    folders.copy("zwei", "fehlt.txt", "drei")
    assert [found.name for found in folders.walk("drei")] == ["b/tief/größe 1.bin"]
    assert folders.schemas() == ["andere", "drei", "zwei"]
    folders.mark("drei")
    folders.remove("drei")
    assert (folders.schemas(), folders.marked()) == (["andere", "zwei"], [])


def test_a_copy_on_this_machine_keeps_its_time_and_is_linked_the_next_time(any_storage, tmp_path):
    files().write("eins", "ordner/a.txt", [b"x" * 10])
    files().write("eins", "abgeleitet/320/a.webp", [b"x"])
    files().mark("eins")
    assert copy_media(tmp_path / "1", None) == (1, 10)
    assert copy_media(tmp_path / "2", tmp_path / "1") == (1, 0)
    first, second = (tmp_path / number / "eins" / "ordner" / "a.txt" for number in ("1", "2"))
    assert first.stat().st_ino == second.stat().st_ino
    assert first.read_bytes() == b"x" * 10
    files().remove("eins")
    files().write("eins", "ordner/a.txt", [b"y" * 10])
    assert copy_media(tmp_path / "3", tmp_path / "2") == (1, 10)


@pytest.mark.parametrize(
    "name",
    ["../bedorf/geheim.txt", "a/../../bedorf/geheim.txt", "/etc/passwd", "..\\bedorf\\geheim.txt", "..", "a\0b"],
)
def test_no_name_leads_to_another_municipality(any_storage, ahausen, bedorf, name):
    with inside(bedorf):
        default_storage.save("geheim.txt", ContentFile(b"geheim"))
    with inside(ahausen):
        for work in (default_storage.open, default_storage.exists, default_storage.delete, default_storage.size,
                     default_storage.listdir, default_storage.get_modified_time):  # fmt: skip
            with pytest.raises(SuspiciousFileOperation):
                work(name)
        with pytest.raises(SuspiciousFileOperation):
            default_storage.save(name, ContentFile(b"x"))
        with pytest.raises(ValueError, match="name"):
            default_storage.delete("")
    with inside(bedorf), default_storage.open("geheim.txt") as kept:
        assert kept.read() == b"geheim"


def test_files_are_uploaded_shown_scaled_and_counted(any_storage, ahausen, bedorf, visitor):
    with inside(ahausen):
        assert default_storage.save("bild/a.png", ContentFile(picture())) == "bild/a.png"
        other = default_storage.save("bild/a.png", ContentFile(b"another"))
        assert other != "bild/a.png"
        assert other.startswith("bild/a_")
        assert default_storage.url("bild/ä b.png") == "/media/bild/%C3%A4%20b.png"
        assert default_storage.listdir("fehlt") == ([], [])
    client = visitor("ahausen")
    shown = client.get("/media/bild/a.png")
    assert (shown.status_code, shown["Content-Type"], shown["Content-Length"]) == (
        200,
        "image/png",
        str(len(picture())),
    )
    assert b"".join(shown.streaming_content) == picture()
    assert shown["Last-Modified"].endswith("GMT")
    assert client.get("/media/bild/a.png", headers={"If-None-Match": shown["ETag"]}).status_code == 304
    scaled = client.get("/media/abgeleitet/320/bild/a.png.webp")
    assert b"".join(scaled.streaming_content)[8:12] == b"WEBP"
    for missing in ("bild", "bild/b.png", "bild/a.png/b", "abgeleitet/320/bild/b.png.webp"):
        assert client.get(f"/media/{missing}").status_code == 404
    assert visitor("bedorf").get("/media/bild/a.png").status_code == 404
    with inside(ahausen):
        assert "abgeleitet/320/bild/a.png.webp" in names("ahausen")
        assert file_bytes("ahausen") == sum(default_storage.size(name) for name in names("ahausen"))
        copy_file("bild/a.png", template=ahausen, into=bedorf)
        default_storage.delete("bild/a.png")
        assert forget_scaled() == 1
    assert names("bedorf") == ["bild/a.png"]


def test_exported_restored_and_deleted_nothing_is_missing_and_nothing_left(own_database, in_memory, tmp_path, settings):
    settings.EXPORT_DIR = tmp_path / "exports"
    furnish(municipality("ahausen"))
    before, there = rows_of("ahausen"), files_of("ahausen")
    assert sorted(there) == ["leer.txt", "providerimage/größe 1.webp", "theme/logo.svg"]
    export_municipality("ahausen", tmp_path / "a.zip")
    restore_municipality(tmp_path / "a.zip", slug="kopie", host="kopie.localhost")
    assert files_of("kopie") == there == files_of("ahausen")
    assert files().marked() == []
    call_command("delete_municipality", "ahausen", confirm="ahausen")
    assert names("ahausen") == []
    call_command("restore_municipality", tmp_path / "a.zip")
    assert (rows_of("ahausen"), files_of("ahausen")) == (before, there)
    assert files().schemas() == ["ahausen", "kopie"]


def test_what_fails_or_is_killed_in_the_middle_goes(own_database, in_memory, tmp_path, monkeypatch):
    furnish(municipality("ahausen"))
    there = files_of("ahausen")
    export_municipality("ahausen", tmp_path / "a.zip")

    def fail():
        raise IntegrityError

    with monkeypatch.context() as patched, pytest.raises(IntegrityError):
        patched.setattr(restoring, "refresh_statistics", fail)
        restore_municipality(tmp_path / "a.zip", slug="kopie", host="kopie.localhost")
    assert (files().schemas(), files().marked()) == (["ahausen"], [])
    # As a process leaves them that is killed while it moves the files of a restore.
    for schema in ("kopie", f"{SCRATCH}0123456789ab"):
        files().mark(schema)
        files().write(schema, "theme/logo.svg", [b"half"])
    with inside_public():
        assert sorted(sweep()) == ["kopie", f"{SCRATCH}0123456789ab"]
    assert (files().schemas(), files().marked()) == (["ahausen"], [])
    assert files_of("ahausen") == there


def test_a_municipality_made_from_a_template_has_its_files(own_database, in_memory):
    with inside(municipality("ahausen")):
        default_storage.save("theme/logo.svg", ContentFile(b"<svg/>"))
    call_command("create_municipality", "cedorf", name="Cedorf", domain="cedorf.localhost", template="ahausen")
    assert files().marked() == []
    assert isinstance(in_memory, InMemoryStorage)


def test_nobody_else_knows_where_files_lie():
    """Code that handles files of municipalities by paths would work on a disk only."""
    allowed = {"tenants/running/storage.py", "platform/config/settings.py", "tenants/running/stores/disk.py"}
    # It names the disk to the operator when that is full.
    mentions = {"tenants/transfer/restoring.py"}
    found = {}
    for room in ("platform", "tenants", "theming", "shared_categories", "portal", "demo"):
        for path in (ROOT / room).rglob("*.py"):
            source = path.read_text()
            known = [word for word in ("folder_of", "MEDIA_ROOT", '.path("', "default_storage.path") if word in source]
            if known and str(path.relative_to(ROOT)) not in allowed | mentions:
                found[str(path.relative_to(ROOT))] = known
    assert found == {}
