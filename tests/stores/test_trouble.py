"""An S3 server that is slow, full, broken or gone: said in a sentence and soon, and never half a file."""

import errno
import gc
import warnings
from pathlib import Path

import pytest
from botocore.config import Config
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from config.stores import store
from launch.postgres import free_port
from tenants.running.stores import s3_clients, s3_contents
from tenants.running.stores.near import Near
from tenants.running.stores.trouble import DamagedError, StoreError
from tests.s3 import KEY, SECRET
from tests.stores import faulty
from tests.stores.faulty import CONTENT, Faulty

pytestmark = pytest.mark.usefixtures("in_english")

WHOLE = faulty.headers("200 OK", len(CONTENT), x_amz_meta_sha256=faulty.SHA256) + CONTENT
BUSY = faulty.refusal("503 Slow Down", "SlowDown")


@pytest.fixture
def server():
    """`server(way, …)`: the server and a store that asks it."""
    made = []

    def start(*ways):
        made.append(Faulty(*ways))
        return made[-1], at(made[-1].port)

    yield start
    for each in made:
        each.close()
    # Of a connection that timed out http.client leaves its file to the collector of garbage.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.fixture
def hasty(monkeypatch):
    """Little patience, for servers that wait on purpose."""
    once = Config(read_timeout=0.5, retries={"total_max_attempts": 1, "mode": "standard"})
    monkeypatch.setattr(s3_clients, "USUAL", s3_clients.USUAL.merge(once))
    monkeypatch.setattr(s3_contents, "SECONDS", 1.0)


def at(port):
    entry = store("STORAGE_URL", f"s3://{KEY}:{SECRET}@127.0.0.1:{port}/chancenportal?secure=0", {})
    return storages.create_storage(entry)


@pytest.mark.parametrize("way", [faulty.truncated, faulty.other_bytes, BUSY], ids=["truncated", "other bytes", "busy"])
def test_what_is_spoilt_once_is_asked_for_again(server, way):
    _server, kept = server(way, WHOLE)
    with kept.open("ahausen/bild/a.txt") as file:
        assert file.read() == CONTENT


@pytest.mark.parametrize(
    ("way", "kind", "word"),
    [
        (faulty.truncated, DamagedError, "100 of 5000 bytes"),
        (faulty.other_bytes, DamagedError, "SHA-256"),
        (BUSY, StoreError, "SlowDown"),
        (faulty.refusal("500 Oops", "InternalError"), StoreError, "InternalError"),
        (faulty.refusal("403 No", "SignatureDoesNotMatch"), StoreError, "refuses the key"),
        (faulty.refusal("403 No", "RequestTimeTooSkewed"), StoreError, "clocks"),
        (faulty.refusal("404 No", "NoSuchBucket"), StoreError, "no such bucket"),
        (b"HTTP/1.1 200 OK\r\nContent-Le", StoreError, "half an answer"),
    ],
)
def test_what_is_spoilt_for_good_is_no_file_and_no_missing_file(server, way, kind, word):
    _server, kept = server(way)
    with pytest.raises(kind, match=word):
        kept.open("ahausen/bild/a.txt")


@pytest.mark.parametrize("way", [faulty.dripping, faulty.silent])
def test_nobody_waits_for_ever(server, hasty, way):
    _server, kept = server(way)
    with pytest.raises(StoreError, match="in time"):
        kept.open("ahausen/bild/a.txt")


def test_only_a_clear_answer_makes_a_file_missing(server):
    _server, kept = server(faulty.refusal("404 No", "NoSuchKey"))
    with pytest.raises(FileNotFoundError):
        kept.open("ahausen/bild/a.txt")
    assert not kept.exists("ahausen/bild/a.txt")
    _server, kept = server(faulty.headers("403 No", 0))
    with pytest.raises(StoreError):
        kept.exists("ahausen/bild/a.txt")


@pytest.mark.parametrize(
    ("status", "code"),
    [("507 Full", "InsufficientStorage"), ("400 Full", "QuotaExceeded"), ("507 Full", "XMinioStorageFull")],
)
def test_a_full_bucket_is_a_full_disk(server, status, code):
    _server, kept = server(faulty.headers("404 No", 0), faulty.refusal(status, code))
    with pytest.raises(StoreError, match="no room left") as raised:
        kept.save("ahausen/bild/a.txt", ContentFile(CONTENT))
    assert raised.value.errno == 28


def test_an_answer_that_was_lost_makes_no_second_file(server):
    """The first PUT arrives, its answer does not; asked once more, the server says that there is one already: ours."""
    lost, taken = faulty.hung_up, faulty.refusal("412 Taken", "PreconditionFailed")
    ours = faulty.headers("200 OK", len(CONTENT), x_amz_meta_sha256=faulty.SHA256)
    asked, kept = server(faulty.headers("404 No", 0), lost, taken, ours)
    assert kept.save("ahausen/bild/a.txt", ContentFile(CONTENT)) == "ahausen/bild/a.txt"
    assert [each.method for each in asked.asked] == ["HEAD", "PUT", "PUT", "HEAD"]
    assert b"If-None-Match: *" in asked.asked[1].said


def test_while_nobody_answers_one_waits_and_not_everybody(server, hasty):
    asked, kept = server(faulty.silent)
    with pytest.raises(StoreError):
        kept.exists("ahausen/a.txt")
    number = len(asked.asked)
    for _time in range(3):
        with pytest.raises(StoreError):
            kept.exists("ahausen/b.txt")
    assert len(asked.asked) == number
    with pytest.raises(StoreError):
        at(free_port()).check()


def test_a_disk_without_room_keeps_no_half(settings):
    class TooLong(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"half"
            raise OSError(errno.ENOSPC, "No space left on device")

    kept = storages.create_storage({"BACKEND": "tenants.running.stores.disk.DiskStore"})
    with pytest.raises(StoreError, match="No space left"):
        kept.save("ahausen/bild/a.txt", TooLong(b""))
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []
    assert kept.save("ahausen/bild/a.txt", ContentFile(b"whole")) == "ahausen/bild/a.txt"
    assert kept.save("ahausen/bild/a.txt", ContentFile(b"second")) != "ahausen/bild/a.txt"
    with kept.open("ahausen/bild/a.txt") as file:
        assert file.read() == b"whole"


def test_near_copies_have_a_bound_and_private_files_none(tmp_path):
    near = Near(str(tmp_path), 1000)
    for number in range(40):
        near.keep(f"ahausen/bild/{number}", ContentFile(b"x" * 100), 100)
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert 0 < sum(path.stat().st_size for path in kept) <= 1000
    for name in ("ahausen/~upload/a", "ahausen/private/a", "~tickets/a", ".being-made/ahausen"):
        near.keep(name, ContentFile(b"geheim"), 6)
        assert not near.has(name)
    with near.copy("ahausen/bild/39", 100) as copy:
        assert copy.read() == b"x" * 100
    # Not the size that the file has: something is wrong with the copy.
    assert near.copy("ahausen/bild/39", 99) is None
    near.drop_all("ahausen")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
