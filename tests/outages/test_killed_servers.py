"""`kill -9` of the database, the S3 server and Caddy in the middle of uploads, imports, exports and backups: nothing is
lost, nothing is there twice, and `/readyz` says what is missing for as long as it is.

Web process and worker: docs/GROWING.md, “Killed at any moment”.
"""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path

import httpx
import pytest
from django.core.files.storage import default_storage
from django.utils import timezone, translation
from procrastinate.contrib.django.models import ProcrastinateJob

from audit.models import Entry
from operations.safekeeping.models import Export
from portal.imports.models import Upload
from portal.imports.tasks import read_table
from portal.media.models import MediaFile
from portal.media.orphans import remove_orphans
from portal.media.services import receive
from portal.offers.models import Offer
from tenants.models import Backup
from tenants.refused import RefusedError
from tenants.running.context import inside, inside_public
from tenants.transfer.backups import store
from tenants.transfer.backups.making import back_up
from tenants.transfer.exporting import export_municipality
from tenants.transfer.reading import Archive
from tests.architecture.test_access import session_of
from tests.caddy import until
from tests.conftest import municipality
from tests.exchange.excel.workbooks import row, save
from tests.imports.conftest import teach
from tests.outages.machine import CONSOLE, Worker, a_machine, on
from tests.people.cast import an_account
from tests.site.test_library import picture

SERVERS = ["database", "s3", "caddy"]
# What `/readyz` says no to while it is gone. The web process itself does not need Caddy.
MISSING = {"database": {"database", "jobs"}, "s3": {"files"}, "caddy": set()}
LIBRARY = "/redaktion/medien/neu/"
ROWS = 120


@pytest.fixture(scope="module")
def machine(module_database, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock(), a_machine(tmp_path_factory.mktemp("machine")) as made:
        yield made


@pytest.fixture(autouse=True)
def _here(machine, django_db_blocker):
    with django_db_blocker.unblock(), on(machine), translation.override("en"):
        yield


@contextmanager
def gone(machine, server):
    """Killed, for as long as the block lasts; `/readyz` tells the truth of it before, meanwhile and afterwards."""
    assert machine.ready()[0] == 200
    machine.kill(server)
    try:
        status, said = machine.ready()
        assert status == (503 if MISSING[server] else 200)
        # Who listens for changes, too, has lost its line; it may have noticed or not.
        assert {name for name, well in said.items() if well is False} - {"changes", "sessions"} == MISSING[server]
        yield
    finally:
        machine.start(server)
    assert machine.ready()[1]["status"] == "ok"


class Sender:
    """Sends one picture after the other, two at a time, until it is enough; presses the button again until it is told
    that a picture is there, as a person would."""

    def __init__(self, browser, server):
        self.browser, self.server = browser, server
        self.sent, self.done, self.failed = [], [], 0
        self.enough = threading.Event()
        self._numbers = count()

    def send_all(self):
        breath = threading.Event()
        while not self.enough.is_set():
            number = next(self._numbers)
            name, content = f"{self.server} {number}", _colour(self.server, number)
            self.sent.append(name)
            while not self._pressed(name, content):
                self.failed += 1
                breath.wait(0.1)
            self.done.append(name)

    def _pressed(self, name, content):
        words = {"alt_text": name, "copyright": "Foto: M"}
        try:
            answer = self.browser.post(LIBRARY, data=words, files={"upload": ("bild.png", content, "image/png")})
        except httpx.TransportError:
            return False
        # Nothing but “come back in a moment”, by us or by Caddy: no error of ours.
        assert answer.status_code in {302, 502, 503}, answer.text[:800]
        assert "anmelden" not in answer.headers.get("location", "")
        return answer.status_code == 302


@pytest.mark.parametrize("server", SERVERS)
def test_pictures_that_are_sent(machine, server):
    with inside(municipality("ahausen")):
        session = session_of(an_account(f"{server}@ahausen.example", "editor"))
    with machine.browser(session) as browser, ThreadPoolExecutor(2) as pool:
        sender = Sender(browser, server)
        sending = [pool.submit(sender.send_all) for _hand in range(2)]
        try:
            until(lambda: len(sender.done) >= 2 or _ended(sending))
            with gone(machine, server):
                until(lambda: sender.failed or _ended(sending))
            before = len(sender.done)
            until(lambda: len(sender.done) >= before + 4 or _ended(sending), seconds=120)
        finally:
            sender.enough.set()
        for each in sending:
            each.result(timeout=120)
    with inside(municipality("ahausen")):
        rows = MediaFile.objects.filter(alt_text__startswith=server)
        assert sorted(rows.values_list("alt_text", flat=True)) == sorted(sender.sent)
        told = Entry.objects.filter(action="media.added", target_id__in=[str(each.pk) for each in rows])
        assert told.count() == len(sender.sent)
        for each in rows:
            with default_storage.open(str(each.file)) as file:
                assert len(file.read()) == each.bytes
        # A file whose row was not written any more is left over, and goes.
        remove_orphans(now=timezone.now() + timedelta(days=60))
        kept = default_storage.listdir(str(rows[0].file).rpartition("/")[0])[1]
        assert sorted(kept) == sorted(str(each.file).rpartition("/")[2] for each in MediaFile.objects.all())


def _ended(futures):
    """Whether one of them met what it should not."""
    return any(each.done() and each.exception() for each in futures)


def _colour(server, number):
    # So different that they stay so as WebP.
    green, blue = number * 30 % 240, number // 8 * 40 % 240
    return picture(f"#{SERVERS.index(server) * 100:02x}{green:02x}{blue:02x}", (60, 40)).read()


@pytest.fixture
def worker(machine):
    made = Worker(machine.variables)
    yield made
    made.end()


@pytest.fixture(scope="module")
def club(machine, django_db_blocker):
    """An organisation, and the session of whoever writes for it."""
    with django_db_blocker.unblock(), on(machine), inside(municipality("ahausen")):
        provider, helga = teach()
        return provider, session_of(helga)


@pytest.mark.parametrize("server", SERVERS)
def test_a_table_that_is_sent_read_and_taken_over(machine, club, worker, server, tmp_path):
    provider, session = club
    first = 1000 * (1 + SERVERS.index(server))
    rows = [row(id=first + each, title=f"{server} {each}", kind="Konkrete Daten", start_date="01.03.2027")
            for each in range(ROWS)]  # fmt: skip
    table = save(tmp_path / "a.xlsx", *rows).read_bytes()
    with machine.browser(session) as browser, inside(municipality("ahausen")):
        with ExitStack() as outage:
            # Killed when half of it has arrived.
            answer = _sent(browser, server, table, lambda: outage.enter_context(gone(machine, server)))
            assert answer in {None, 502, 503}
        assert not Upload.objects.filter(key=server).exists()
        assert [_sent(browser, server, table) for _twice in range(2)] == [302, 302]
        if server == "s3":
            with gone(machine, server):
                worker.watch()
                until(lambda: ProcrastinateJob.objects.filter(task_name=read_table.name, attempts__gt=0).exists())
        until(lambda: worker.watch() and _upload(server).state == Upload.State.READY, seconds=120)
        page = f"/konto/import/{_upload(server).pk}/wahl/"
        assert browser.post(page, data={"uebernehmen": "1"}).status_code == 302
        until(lambda: _upload(server).done)
        with gone(machine, server):
            pass
        until(lambda: worker.watch() and _upload(server).state == Upload.State.DONE, seconds=120)
        titles = Offer.objects.filter(provider=provider, title__startswith=server).values_list("title", flat=True)
        assert sorted(titles) == sorted(each["title"] for each in rows)
        done = _upload(server)
        assert (done.created, done.updated, done.left, done.done) == (ROWS, 0, 0, ROWS)
        told = Entry.objects.filter(action="import_offers", changes__file=f"{server}.xlsx")
        assert sum(each.changes["created"] for each in told) == ROWS


def _upload(key):
    return Upload.objects.get(key=key)


def _sent(browser, key, table, half_way=lambda: None):
    """The status of the answer to a table that is sent in two halves; None where there is none."""
    files = {"file": (f"{key}.xlsx", table, "application/octet-stream")}
    request = browser.build_request("POST", "/konto/import/", data={"key": key}, files=files)
    body = request.read()

    def halves():
        yield body[: len(body) // 2]
        half_way()
        yield body[len(body) // 2 :]

    headers = {"Content-Type": request.headers["Content-Type"], "Content-Length": str(len(body))}
    try:
        answer = browser.post("/konto/import/", content=halves(), headers=headers)
    except httpx.TransportError:
        return None
    assert "anmelden" not in answer.headers.get("location", "")
    return answer.status_code


@pytest.mark.parametrize("server", ["database", "s3"])
def test_an_export_that_is_written(machine, server, tmp_path):
    with inside(municipality("ahausen")):
        for number in range(3):
            receive(picture(f"#{SERVERS.index(server) * 100:02x}ff{number * 80:02x}"), by="test")
    path = tmp_path / "a.zip"
    with ExitStack() as outage:

        def far(what, done, total):
            if (what, done) == ({"database": ("tables", 60), "s3": ("files", 2)}[server]):
                outage.enter_context(gone(machine, server))

        words = {"database": "The database gave up", "s3": "The files of the municipality could not be read"}[server]
        with pytest.raises(RefusedError, match=words):
            export_municipality("ahausen", path, progress=far)
        assert list(tmp_path.iterdir()) == []
    made = export_municipality("ahausen", path)
    assert made.missing == 0
    assert made.files >= 3
    with Archive.open(path) as archive:
        archive.verify()


def test_an_export_that_is_fetched(machine):
    with inside_public():
        session = session_of(an_account("fetching@platform.example", "operator"))
        export = Export.objects.create(slug="ahausen", name="Ahausen", state="done", ended_at=timezone.now())
    # More than any system keeps between a server and its clients: what is on its way arrives even from the dead.
    size = 512 * 2**20
    folder = Path(machine.variables["DATA_DIR"]) / "exports" / "wanted"
    folder.mkdir(parents=True)
    with (folder / export.file_name).open("wb") as file:
        file.truncate(size)
    address = f"/betrieb/sicherungen/exporte/{export.pk}/datei/"
    with machine.browser(session, CONSOLE) as browser:
        # Whoever fetches it is told that it is not whole.
        with ExitStack() as outage, pytest.raises(httpx.TransportError):
            answer = outage.enter_context(browser.stream("GET", address, extensions={"sni_hostname": CONSOLE}))
            assert answer.status_code == 200
            pieces = answer.iter_raw()
            next(pieces)
            outage.enter_context(gone(machine, "caddy"))
            for _piece in pieces:
                pass
        with browser.stream("GET", address, extensions={"sni_hostname": CONSOLE}) as answer:
            assert sum(len(piece) for piece in answer.iter_raw()) == size


@pytest.mark.parametrize("server", ["database", "s3"])
def test_a_backup_that_is_made(machine, server, settings):
    settings.BACKUP_DIR = machine.folder / f"backups-{server}"
    with inside(municipality("ahausen")):
        receive(picture(f"#{SERVERS.index(server) * 100:02x}00ff"), by="test")
    with ExitStack() as outage:

        def far(what, done, _total):
            if (what, done) == {"database": ("database", 0), "s3": ("database", 1)}[server]:
                if server == "database":
                    # While its files are copied.
                    threading.Thread(target=_kill_soon, args=(machine, settings.BACKUP_DIR)).start()
                    outage.callback(machine.start, server)
                else:
                    outage.enter_context(gone(machine, server))

        with pytest.raises(
            RefusedError, match={"database": "pg_basebackup failed", "s3": "could not be written"}[server]
        ):
            back_up(progress=far)
        assert store.stored() == []
        assert not list(store.cluster_folder().iterdir())
        assert {name for name, well in machine.ready()[1].items() if well is False} >= MISSING[server]
    made = back_up()
    assert made.backup.verified_at
    assert made.files >= 1
    with inside_public():
        broken = Backup.objects.exclude(pk=made.backup.pk).latest("started_at")
    assert broken.error
    assert broken.verified_at is None
    assert [each.folder for each in store.stored()] == [Path(made.backup.path)]


def _kill_soon(machine, folder):
    until(lambda: list(folder.glob("cluster/*/data/base/*")))
    machine.kill("database")
