"""The S3 server goes away: pages, probes, uploads and exports say so, and nothing is half there when it comes back."""

import threading
import time

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import Client

from config.stores import store
from tenants.refused import RefusedError
from tenants.running.context import inside
from tenants.running.storage import files_are_kept, may_be_there
from tenants.running.stores.trouble import StoreError
from tenants.transfer.exporting import export_municipality
from tests.s3 import seaweed


@pytest.fixture
def nobody(settings):
    """A store whose server does not answer."""
    entry = store("STORAGE_URL", "s3://portal:0123456789abcdefgh@127.0.0.1:1/bucket?secure=0", {})
    settings.STORAGES = {**settings.STORAGES, "platform": entry}


def test_pages_and_probes_tell_the_truth(nobody, ahausen):
    client = Client(HTTP_HOST="ahausen.localhost", raise_request_exception=False)
    answer = client.get("/media/bild/a.png")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "Dateien und Bilder" in answer.content.decode()
    probe = client.get("/readyz")
    assert (probe.status_code, probe.json()["files"], probe.json()["database"]) == (503, False, True)
    assert client.get("/").status_code == 200
    with inside(ahausen):
        assert may_be_there("bild/a.png")


def test_an_export_without_its_files_is_none(nobody, in_english, ahausen, tmp_path):
    with pytest.raises(RefusedError, match="could not be read.*Nothing was kept"):
        export_municipality("ahausen", tmp_path / "a.zip")
    assert list(tmp_path.glob("a.zip*")) == []


def _reads(kept, name):
    try:
        with kept.open(name) as file:
            return bool(file.read(1))
    except StoreError:
        return False


def _wait_until_it_reads(kept, name):
    """A server that was killed answers before it has found its files again: until then each asking is an outage."""
    deadline = time.monotonic() + 60
    while not _reads(kept, name):
        assert time.monotonic() < deadline
        time.sleep(0.2)


def test_killed_while_it_stores_it_has_what_it_said_it_has(settings, tmp_path):
    content = b"x" * 3 * 2**20
    with seaweed(tmp_path) as server:
        entry = store("STORAGE_URL", server.url(prefix="a"), {})
        settings.STORAGES = {**settings.STORAGES, "platform": entry}
        kept, stored, failed = storages["platform"], [], threading.Event()
        kept.prepare()

        def upload():
            while not failed.is_set():
                try:
                    stored.append(kept.save("ahausen/bild/a.bin", ContentFile(content)))
                except StoreError:
                    failed.set()

        uploading = threading.Thread(target=upload)
        uploading.start()
        while not stored:
            failed.wait(0.01)
        server.kill()
        uploading.join()
        assert not files_are_kept()
        server.start()
        _wait_until_it_reads(kept, stored[0])
        kept.check()
        assert files_are_kept()
        for name in stored:
            with kept.open(name) as file:
                assert file.read() == content
        _folders, names = kept.listdir("ahausen/bild")
        # At most the one under way arrived without our hearing of it; it has its own name and is whole, too.
        assert len(set(names) - {name.rpartition("/")[2] for name in stored}) <= 1
        assert all(kept.size(f"ahausen/bild/{name}") == len(content) for name in names)
