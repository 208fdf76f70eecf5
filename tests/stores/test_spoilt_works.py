"""Exports, backups, restores and deletions while the S3 server is busy, silent, full, or says something else than it
was given: one clear sentence, nothing half, and once it is well again everything goes."""

import gc
import warnings

import pytest
from botocore.config import Config
from django.conf import settings as django_settings
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.test.utils import override_settings
from django.utils.translation import override

from config.stores import store
from tenants.models import Backup, Municipality
from tenants.refused import RefusedError
from tenants.registry import schema_exists
from tenants.running.context import inside_public
from tenants.running.storage import files
from tenants.running.stores import s3_clients, s3_contents
from tenants.running.stores.trouble import StoreError
from tenants.transfer.backups import store as backups
from tenants.transfer.backups.making import back_up_one
from tenants.transfer.backups.media import copy_media
from tenants.transfer.exporting import export_municipality
from tenants.transfer.leftovers import sweep
from tenants.transfer.restoring import restore_municipality
from tests.conftest import municipality
from tests.stores.spoiling import is_file, is_list, other_bytes, refusing, silent, spoiler, truncated
from tests.tenants.town import files_of, furnish, rows_of

pytestmark = pytest.mark.xdist_group("s3")

BUSY, FULL = refusing(503, "SlowDown"), refusing(507, "InsufficientStorage")
SKEWED = refusing(403, "RequestTimeTooSkewed")
# What is asked, what is said, and what we say then.
READING = {
    "busy": (is_file, BUSY, "overloaded"),
    "truncated": (is_file, truncated, r"of \d+ bytes"),
    "other bytes": (is_file, other_bytes, "SHA-256"),
    "silent": (is_file, silent, "in time"),
    "five minutes off": (is_file, SKEWED, "clocks"),
    "busy list": (is_list, BUSY, "overloaded"),
    # Which botocore takes for an error of the server.
    "half a list": (is_list, truncated, r"with an error \(500\)"),
}
WRITING = {
    "busy": (is_file, BUSY, "overloaded"),
    "full": (is_file, FULL, "no room left"),
    "silent": (is_file, silent, "in time"),
    "five minutes off": (is_file, SKEWED, "clocks"),
}


@pytest.fixture(scope="module")
def before_it(module_database, django_db_blocker, s3_server):
    """A furnished municipality whose files lie in the bucket, and who stands before that."""
    with django_db_blocker.unblock(), spoiler(s3_server.port) as made:
        bucket = store("STORAGE_URL", s3_server.url(port=made.port), {})
        with override_settings(STORAGES={**django_settings.STORAGES, "platform": bucket}):
            furnish(municipality("ahausen"))
            yield made


@pytest.fixture
def server(before_it, django_db_blocker, monkeypatch, request):
    """Each question once, in English; with little patience where the server is silent."""
    said = {"read_timeout": 0.5} if "silent" in request.node.name else {}
    once = Config(retries={"total_max_attempts": 1, "mode": "standard"}, **said)
    monkeypatch.setattr(s3_clients, "USUAL", s3_clients.USUAL.merge(once))
    monkeypatch.setattr(s3_contents.Out, "SECONDS", 0.0)
    with django_db_blocker.unblock(), override("en"), warnings.catch_warnings():
        # Of a connection that timed out http.client leaves its file to the collector of garbage.
        warnings.simplefilter("ignore", ResourceWarning)
        # A store that has no clients yet.
        storages._storages.pop("platform", None)
        yield before_it
        before_it.mend()
        gc.collect()


@pytest.mark.parametrize("way", READING)
def test_an_export(server, tmp_path, way):
    meant, fault, words = READING[way]
    server.spoil(fault, meant)
    with pytest.raises(RefusedError, match=words) as refused:
        export_municipality("ahausen", tmp_path / "a.zip")
    assert "Nothing was kept" in str(refused.value)
    assert list(tmp_path.iterdir()) == []
    server.mend()
    assert export_municipality("ahausen", tmp_path / "a.zip").files == 3


@pytest.mark.parametrize("way", READING)
def test_the_files_of_a_backup(server, tmp_path, way):
    """What the whole of it makes of that: tests/outages."""
    meant, fault, words = READING[way]
    server.spoil(fault, meant)
    with pytest.raises(StoreError, match=words):
        copy_media(tmp_path / "media", None)
    server.mend()
    assert copy_media(tmp_path / "again", None)[0] == 3


def test_a_backup_of_one_municipality(server, settings, tmp_path):
    settings.BACKUP_DIR = tmp_path / "backups"
    server.spoil(other_bytes, is_file)
    with pytest.raises(RefusedError, match="SHA-256"):
        back_up_one("ahausen")
    assert list(backups.single_folder("ahausen").iterdir()) == []
    with inside_public():
        kept = Backup.objects.latest("started_at")
    assert (kept.verified_at, "SHA-256" in kept.error) == (None, True)


@pytest.fixture(scope="module")
def exported(before_it, django_db_blocker, tmp_path_factory):
    path = tmp_path_factory.mktemp("exported") / "a.zip"
    with django_db_blocker.unblock():
        export_municipality("ahausen", path)
    return path


@pytest.mark.parametrize(
    ("way", "for_good"),
    [("busy", True), ("full", False), ("silent", False), ("five minutes off", True)],
    ids=lambda value: {True: "for good", False: "once"}.get(value, value),
)
def test_a_restore(server, exported, way, for_good):
    meant, fault, words = WRITING[way]
    # The mark of a folder in the making is a file, too: the first files of the export come after it.
    server.spoil(fault, lambda method, path: method == "PUT" and meant(method, path) and "zz-restore" in path
                 and "being-made" not in path, for_good=for_good)  # fmt: skip
    with pytest.raises(RefusedError, match=words) as refused:
        restore_municipality(exported, slug="kopie", host="kopie.localhost")
    assert server.hit
    assert "Nothing was changed" in str(refused.value)
    assert not schema_exists("kopie")
    server.mend()
    sweep()
    assert (files().schemas(), files().marked()) == (["ahausen"], [])
    with inside_public():
        assert not Municipality.objects.filter(slug="kopie").exists()


def test_a_restore_that_cannot_even_begin(server, exported):
    server.spoil(BUSY, lambda method, path: True)
    with pytest.raises(CommandError, match="overloaded"):
        call_command("restore_municipality", exported, slug="kopie", domain="kopie.localhost")
    assert not schema_exists("kopie")


def test_a_deletion_and_what_follows(server, settings, tmp_path):
    settings.EXPORT_DIR = tmp_path / "exports"
    rows, there = rows_of("ahausen"), files_of("ahausen")
    server.spoil(truncated, is_file)
    with pytest.raises(CommandError, match="Nothing was kept"):
        call_command("delete_municipality", "ahausen", confirm="ahausen")
    server.mend()
    assert municipality("ahausen").state == "live"
    assert (rows_of("ahausen"), files_of("ahausen")) == (rows, there)
    # Exported and dropped, and only then the server is away: it is gone, and its files go when it is back.
    server.spoil(BUSY, lambda method, path: method in {"POST", "DELETE"}, for_good=True)
    call_command("delete_municipality", "ahausen", confirm="ahausen")
    assert not schema_exists("ahausen")
    server.mend()
    assert files().schemas() == ["ahausen"]
    sweep()
    assert files().schemas() == []
