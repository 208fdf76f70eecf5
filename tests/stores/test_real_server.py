"""Against a real S3 server (SeaweedFS): what only such a one can prove."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import httpx
import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from config.stores import store
from tenants.refused import RefusedError
from tenants.running.handing_out import handed_out
from tenants.running.storage import SharedStorage, files, files_are_kept
from tenants.running.stores.starting import refuse_unfit_store
from tenants.running.stores.trouble import StoreError

pytestmark = pytest.mark.usefixtures("in_english")

CONTENT = b"%PDF-1.7 " + bytes(range(256)) * 2000


@pytest.fixture
def kept(s3_server, settings, tmp_path):
    """The platform's files in a part of the bucket of their own; links lead to the server itself."""
    url = s3_server.url(more=f"&links=http://127.0.0.1:{s3_server.port}")
    entry = store("STORAGE_URL", url, {"near_bytes": 10**7, "near_folder": str(tmp_path / "near")})
    settings.STORAGES = {**settings.STORAGES, "platform": entry}
    return storages["platform"]


def read(kept, name):
    with kept.open(name) as file:
        return file.read()


def counted(kept):
    """How often the server is asked, from now on."""
    asked = []
    kept.client.meta.events.register("before-send.s3", lambda request, **_more: asked.append(request.method))
    return asked


def test_a_signed_link_opens_one_file_for_a_while_and_nothing_else_does(kept):
    kept.save("ahausen/~paper/a.pdf", ContentFile(CONTENT))
    kept.save("bedorf/~paper/a.pdf", ContentFile(b"other"))
    link = kept.link("ahausen/~paper/a.pdf", "Größe “a”.pdf", "application/pdf")
    got = httpx.get(link)
    assert (got.status_code, got.content, got.headers["content-type"]) == (200, CONTENT, "application/pdf")
    assert got.headers["content-disposition"].startswith("attachment; filename*=utf-8''Gr%C3%B6%C3%9Fe")
    last = "0" if link[-1] != "0" else "1"
    for forged in (
        link[:-1] + last,
        link.replace("ahausen", "bedorf"),
        link.replace("X-Amz-Expires=900", "X-Amz-Expires=90000"),
        link.replace("application%2Fpdf", "text%2Fhtml"),
        link.partition("?")[0],
        link.partition("ahausen")[0],
    ):
        assert httpx.get(forged).status_code == 403, forged
    assert httpx.put(link, content=b"x").status_code == 403
    now = datetime.now(UTC)
    with time_machine.travel(now - timedelta(minutes=16), tick=False):
        expired = kept.link("ahausen/~paper/a.pdf", "a.pdf", "application/pdf")
    assert httpx.get(expired).status_code == 403
    # A clock that is five minutes off, either way.
    for minutes in (-5, 5):
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            link = kept.link("ahausen/~paper/a.pdf", "a.pdf", "application/pdf")
            kept.save(f"ahausen/bild/{minutes}.txt", ContentFile(b"x"))
        assert httpx.get(link).status_code == 200
    with time_machine.travel(now + timedelta(hours=3), tick=False), pytest.raises(StoreError, match="clocks"):
        kept.save("ahausen/bild/spaet.txt", ContentFile(b"x"))


def test_a_private_download_leads_to_the_bucket_and_comes_through_us_without_links(kept, settings):
    shared = SharedStorage()
    name = shared.save("~tickets/a.pdf", ContentFile(CONTENT))
    file = SimpleNamespace(storage=shared, name=name, open=lambda mode: shared.open(name, mode))
    answer = handed_out(file, name="a.pdf", content_type="application/pdf")
    assert (answer.status_code, answer["Cache-Control"]) == (302, "private, no-store")
    assert httpx.get(answer["Location"]).content == CONTENT
    options = {**settings.STORAGES["platform"]["OPTIONS"], "links": ""}
    settings.STORAGES = {**settings.STORAGES, "platform": {**settings.STORAGES["platform"], "OPTIONS": options}}
    answer = handed_out(file, name="a.pdf", content_type="application/pdf")
    assert (answer.status_code, b"".join(answer)) == (200, CONTENT)
    answer.file_to_stream.close()
    assert answer["Content-Disposition"] == 'attachment; filename="a.pdf"'


def test_many_at_once_store_under_one_name_and_each_has_its_own(kept):
    with ThreadPoolExecutor(8) as pool:
        names = list(pool.map(lambda number: kept.save("ahausen/bild/a.txt", ContentFile(b"%d" % number)), range(8)))
    assert len(set(names)) == 8
    assert [read(kept, name) for name in names] == [b"%d" % number for number in range(8)]


def test_a_municipality_has_nothing_of_one_whose_name_begins_alike(kept):
    for name in ("ahausen/a.txt", "ahausen-west/a.txt", "ahausen/bild/ä b.txt"):
        kept.save(name, ContentFile(b"x"))
    folders = files()
    assert [found.name for found in folders.walk("ahausen")] == ["a.txt", "bild/ä b.txt"]
    folders.remove("ahausen")
    assert folders.schemas() == ["ahausen-west"]
    assert not kept.exists("ahausen/a.txt")


def test_a_picture_is_fetched_once_and_a_private_file_each_time(kept):
    kept.save("ahausen/bild/a.txt", ContentFile(CONTENT))
    kept.save("ahausen/~upload/b.txt", ContentFile(CONTENT))
    asked = counted(kept)
    for _time in range(5):
        assert read(kept, "ahausen/bild/a.txt") == CONTENT
        assert kept.exists("ahausen/bild/a.txt")
        assert kept.size("ahausen/bild/a.txt") == len(CONTENT)
    assert asked == ["GET"]
    for _time in range(2):
        assert read(kept, "ahausen/~upload/b.txt") == CONTENT
    assert asked == ["GET"] * 3
    # Another process deletes it: a minute later this one asks, and shows its copy no more.
    storages.create_storage(kept_entry(kept)).delete("ahausen/bild/a.txt")
    kept._believed.clear()
    with pytest.raises(FileNotFoundError):
        kept.open("ahausen/bild/a.txt")


def kept_entry(kept):
    options = {"access_key": kept.access_key, "secret_key": kept.secret_key, "bucket_name": kept.bucket_name}
    options |= {"endpoint_url": kept.endpoint_url, "location": kept.location, "region_name": kept.region_name}
    return {"BACKEND": "tenants.running.stores.s3.S3Store", "OPTIONS": options}


def test_contents_that_are_read_only_once_and_texts_are_stored_whole(kept):
    class Once(io.BytesIO):
        def seekable(self):
            return False

    kept.save("ahausen/a.bin", Once(CONTENT))
    kept.save("ahausen/b.txt", ContentFile("Größe"))
    kept.save("ahausen/leer.txt", ContentFile(b""))
    assert read(kept, "ahausen/a.bin") == CONTENT
    assert read(kept, "ahausen/b.txt") == "Größe".encode()
    assert (read(kept, "ahausen/leer.txt"), kept.size("ahausen/leer.txt")) == (b"", 0)
    with pytest.raises(ValueError, match="save"):
        kept.open("ahausen/a.bin", "wb")


def test_a_start_makes_the_bucket_and_refuses_a_wrong_key(s3_server, settings, capsys):
    def with_url(url):
        settings.STORAGES = {**settings.STORAGES, "platform": store("STORAGE_URL", url, {})}

    said = []
    with_url(s3_server.url().replace("/chancenportal/", "/noch-keiner/"))
    assert not files_are_kept()
    refuse_unfit_store(said.append)
    assert files_are_kept()
    with_url(s3_server.url(secret="0123456789abcdef0123"))
    assert not files_are_kept()
    with pytest.raises(RefusedError, match="refuses the key"):
        refuse_unfit_store(said.append)
    assert said == []
    # Nobody there: it may come yet, so the service starts and says what is wrong.
    with_url(s3_server.url(port=1))
    refuse_unfit_store(said.append)
    assert said == ["The S3 server cannot be reached."]
