"""Exports in the browser (asked for, written by a job, fetched, deleted) and the list of backups with their age."""

import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from audit.models import Entry
from core.access import Role
from operations.safekeeping import files, services
from operations.safekeeping.models import Export
from tenants.models import Backup, Drill
from tenants.running.context import inside_public
from tests.architecture.test_access import session_of
from tests.people.cast import an_account

HOME = "/betrieb/sicherungen/"


@pytest.fixture
def operator(signed_in):
    return signed_in(None, Role.OPERATOR)


def an_export(**more) -> Export:
    with inside_public():
        made = {"slug": "ahausen", "name": "Ahausen", "asked_by": "olga@example.org", "state": "done"}
        export = Export.objects.create(**{**made, "ended_at": timezone.now(), "bytes": 3, **more})
    files.folder().mkdir(parents=True, exist_ok=True)
    files.path_of(export).write_bytes(b"zip")
    return export


def test_an_export_is_asked_for_written_fetched_and_deleted(own_database):
    with inside_public():
        session = session_of(an_account("betrieb@platform.example", "operator"))
    browser = Client(HTTP_HOST="localhost")
    browser.cookies["sessionid"] = session
    address = browser.post(f"{HOME}exporte/", {"kommune": "ahausen"}).url
    assert browser.post(f"{HOME}exporte/", {"kommune": "ahausen"}).url == address
    assert 'data-hx-trigger="every 3s"' in browser.get(address).content.decode()
    assert browser.get(f"{address}datei/").status_code == 404
    call_command("work", until_empty=True, concurrency=1)
    page = browser.get(address).content.decode()
    assert "Datei holen" in page
    answer = browser.get(f"{address}datei/")
    with zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content))) as archive:
        assert "tables/offers_offer.jsonl" in archive.namelist()
    assert answer["Cache-Control"] == "no-store"
    with inside_public():
        export = Export.objects.get()
        assert export.sha256 in page
        assert oct(files.path_of(export).stat().st_mode)[-3:] == "600"
        assert Entry.objects.filter(action="export.fetch").count() == 1
    browser.post(f"{address}loeschen/")
    assert not files.path_of(export).exists()
    assert browser.get(f"{address}datei/").status_code == 404
    assert "Die Datei ist gelöscht." in browser.get(address).content.decode()


def test_an_unknown_municipality_is_refused_with_the_form(operator):
    for slug in ("", "gibt-es-nicht", "../etc", "x" * 500):
        answer = operator.post(f"{HOME}exporte/", {"kommune": slug})
        assert answer.status_code == 400
        assert "field__error" in answer.content.decode()
    assert not Export.objects.exists()


def test_one_whose_process_was_killed_says_so_and_is_begun_anew(operator):
    export = an_export(state="waiting", ended_at=None)
    assert "endete vorzeitig" in operator.get(f"{HOME}exporte/{export.pk}/").content.decode()
    again = operator.post(f"{HOME}exporte/", {"kommune": "ahausen"})
    assert again.url != f"{HOME}exporte/{export.pk}/"
    export.refresh_from_db()
    assert export.state == "failed"
    with inside_public():
        assert services.is_attended(Export.objects.get(state="waiting"))


def test_after_a_week_files_go_and_those_no_row_knows_too(db):
    old, fresh = an_export(ended_at=timezone.now() - timedelta(days=8)), an_export()
    stray = files.folder() / "wer-weiss.zip.partial"
    stray.write_bytes(b"")
    with inside_public():
        files.sweep()
    old.refresh_from_db()
    assert (old.state, files.path_of(old).exists()) == ("removed", False)
    assert (files.path_of(fresh).exists(), stray.exists()) == (True, False)


@pytest.mark.parametrize(
    ("hours", "days", "passed", "bad"),
    [(2, 3, True, 0), (30, 3, True, 1), (2, 9, True, 1), (2, 3, False, 1), (30, 9, False, 2)],
)
def test_what_is_too_old_is_said(operator, hours, days, passed, bad):
    with inside_public():
        now = timezone.now()
        made = Backup.objects.create(kind="full", path="/x", bytes=10**9, finished_at=now, verified_at=now)
        Backup.objects.filter(pk=made.pk).update(started_at=now - timedelta(hours=hours))
        Backup.objects.create(kind="increment", path="/y", parent=made, finished_at=now, error="Platte voll")
        drill = Drill.objects.create(backup=made, slug="ahausen", passed=passed, seconds=1)
        Drill.objects.filter(pk=drill.pk).update(at=now - timedelta(days=days))
    page = operator.get(HOME).content.decode()
    assert page.count("off--bad") == bad
    assert "Platte voll" in page


def test_without_any_backup_that_is_said_too(operator):
    page = operator.get(HOME).content.decode()
    assert page.count("off--bad") == 2


def test_the_pages_ask_little_however_many_there_are(operator, django_assert_max_num_queries):
    with inside_public():
        now = timezone.now()
        Backup.objects.bulk_create(
            Backup(kind="single", slug="ahausen", path="/x", finished_at=now) for _number in range(500)
        )
        Export.objects.bulk_create(
            Export(slug=f"ort-{number}", name="Ort", asked_by="x", state="failed") for number in range(500)
        )
    with django_assert_max_num_queries(16) as asked:
        assert operator.get(HOME).status_code == 200
    assert not any("ahausen." in each["sql"] or '"ahausen"' in each["sql"] for each in asked.captured_queries)
    assert connection.schema_name == "public"
