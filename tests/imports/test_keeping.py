"""How long a sent table is kept, and what a page of it costs."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.own_data import everything_about
from portal.exchange import ways
from portal.imports import keeping, tasks
from portal.imports.models import MOST_KEPT, Upload
from tests.exchange.excel.workbooks import row
from tests.imports.conftest import Club

pytestmark = pytest.mark.both_stores


def test_after_thirty_days_file_copy_and_rows_go(club: Club, django_capture_on_commit_callbacks) -> None:
    old, new = club.send(row(categories="Spport")), club.send(row())
    Upload.objects.filter(pk=old.pk).update(sent_at=timezone.now() - timedelta(days=31))
    with django_capture_on_commit_callbacks(execute=True):
        tasks.tidy_tables()
    assert list(Upload.objects.all()) == [new]
    assert not default_storage.exists(old.file.name)
    assert not default_storage.exists(old.marked.name)
    assert default_storage.exists(new.file.name)


def test_a_file_without_a_row_goes_after_a_day(club: Club) -> None:
    upload = club.send(row())
    lost = default_storage.save("~upload/verloren", ContentFile(b"x"))
    keeping.tidy()
    assert default_storage.exists(lost)
    keeping.tidy(timezone.now() + timedelta(days=2))
    assert not default_storage.exists(lost)
    assert default_storage.exists(upload.file.name)


def test_of_one_organisation_the_last_twenty_are_kept(club: Club) -> None:
    first = club.send(row())
    for _number in range(MOST_KEPT):
        club.send(row())
    assert Upload.objects.count() == MOST_KEPT
    assert not Upload.objects.filter(pk=first.pk).exists()


@pytest.mark.parametrize("state", [Upload.State.READING, Upload.State.TAKING])
def test_work_that_lost_its_job_is_taken_up_again(club: Club, state: str) -> None:
    upload = club.send(row())
    Upload.objects.update(state=state)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    for _night in range(2):
        tasks.tidy_tables()
    job = tasks.read_table if state == Upload.State.READING else tasks.take_table
    assert job.under_way() == {"ahausen": [{"upload": upload.pk}]}


def test_what_is_kept_of_a_person_is_told_and_the_name_goes_with_the_account(club: Club, rf, ahausen) -> None:
    upload = club.send(row(), name="herbst.xlsx")
    request = rf.get("/")
    request.municipality = ahausen
    told = {part.key: rows for part, rows in everything_about(club.helga, request)}["tabellen"]
    assert [next(iter(each.values())) for each in told] == ["herbst.xlsx"]
    from portal.imports.own_data import released

    released(club.helga)
    club.helga.delete()
    upload.refresh_from_db()
    assert (upload.by, upload.by_name) == (None, "")


def test_a_page_of_rows_costs_the_same_for_few_and_for_many(club: Club) -> None:
    few = club.send(row(), row(id=2, title="Judo", categories="Spport"))
    many = club.send(*(row(id=number, title=f"Kurs {number}") for number in range(1, 121)))
    counted = []
    for upload in (few, many):
        club.page(upload)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            club.page(upload)
        counted.append(len(seen))
    assert counted[0] == counted[1] <= 22, counted
    for path in ("/konto/import/", f"/konto/import/{many.pk}/"):
        with CaptureQueriesContext(connection) as seen:
            assert club.client.get(path).status_code == 200
        assert len(seen) <= 22, [each["sql"][:90] for each in seen]


def test_a_sent_name_leads_nowhere(club: Club) -> None:
    upload = club.send(row(), name="../../<b>ü.xlsx")
    assert upload.name == "<b>ü.xlsx"
    assert "<b>ü.xlsx" not in club.page(upload)
    assert upload.file.name.startswith("~upload/")


def test_other_rooms_put_their_ways_on_the_page(club: Club, monkeypatch) -> None:
    monkeypatch.setattr(ways, "_ways", [ways.Way("/konto/import/anders/", "Aus dem All", "Sie landen hier.", "idea")])
    with pytest.raises(ValueError, match="already"):
        ways.register(ways.Way("/konto/import/anders/", "Zweimal", "Nein.", "idea"))
    page = club.client.get("/konto/import/").content.decode()
    assert 'href="/konto/import/anders/"' in page
    assert "Sie landen hier." in page
