"""Jobs: in their municipality, with the transaction that defers them, once, retried, and alive after kill -9."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from jobs.declare import defer_what_starts
from jobs.models import Receipt
from portal.offers.documents import refresh_search_text
from portal.offers.models import SearchDocument
from portal.offers.tasks import RENEWING
from portal.usage.models import DailySearch
from tenants.running.context import inside, inside_public
from tests.conftest import municipality
from tests.factories import an_offer
from tests.jobs.tasks import count_up, fail_twice, pass_on_and_fail, pass_on_late, slow_count


def _environment() -> dict[str, str]:
    params = connection.settings_dict
    url = f"postgresql://{params['USER']}:{params['PASSWORD']}@{params['HOST']}:{params['PORT']}/{params['NAME']}"
    return {**os.environ, "DATABASE_URL": url, "PROCRASTINATE_TEST_TASKS": "1"}


def _worker(*arguments: str) -> subprocess.Popen[bytes]:
    code = "import tests.jobs.worker"
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=Path(settings.BASE_DIR),
        env=_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def _counted(slug: str) -> int:
    with inside(municipality(slug)):
        return sum(DailySearch.objects.values_list("count", flat=True))


def _wait_for(condition, seconds: float = 40) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)


def test_a_job_is_deferred_with_the_transaction_or_not_at_all(own_database):
    with inside(municipality("ahausen")):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            count_up.defer(term="verworfen")
            raise ZeroDivisionError
        assert not ProcrastinateJob.objects.exists()
        with transaction.atomic():
            count_up.defer(term="behalten")
    assert ProcrastinateJob.objects.count() == 1


def test_a_job_runs_inside_its_municipality(own_database):
    for slug, times in (("ahausen", 3), ("bedorf", 2)):
        with inside(municipality(slug)):
            for number in range(times):
                count_up.defer(term=f"{slug} {number}")
    call_command("work", until_empty=True)
    assert (_counted("ahausen"), _counted("bedorf")) == (3, 2)


def test_a_failing_job_is_tried_again_with_growing_pauses_and_leaves_nothing_half_done(own_database):
    with inside(municipality("ahausen")):
        fail_twice.defer()
    call_command("work", until_empty=True)
    job = ProcrastinateJob.objects.get(task_name__endswith="fail_twice")
    assert job.status == "todo"
    assert job.attempts == 1
    assert job.scheduled_at is not None
    assert _counted("ahausen") == 0
    assert not Receipt.objects.filter(job_id=job.pk).exists()


def test_what_a_failing_job_queued_in_a_worker_is_taken_back_with_it(own_database):
    with inside(municipality("ahausen")):
        pass_on_and_fail.defer()
    call_command("work", until_empty=True)
    assert ProcrastinateJob.objects.get(task_name__endswith="pass_on_and_fail").attempts == 1
    assert not ProcrastinateJob.objects.filter(task_name__endswith="count_up").exists()
    assert _counted("ahausen") == 0


def test_until_empty_means_until_nothing_is_left_that_a_job_queued_at_its_end(own_database):
    with inside(municipality("ahausen")):
        pass_on_late.defer(term="zuletzt", seconds=0.3)
    call_command("work", until_empty=True)
    assert _counted("ahausen") == 1


def test_a_job_started_twice_counts_once(own_database):
    with inside(municipality("ahausen")):
        count_up.defer(term="einmal")
    call_command("work", until_empty=True)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE procrastinate_jobs DISABLE TRIGGER USER")
        cursor.execute("UPDATE procrastinate_jobs SET status = 'todo' WHERE task_name LIKE '%count_up'")
        cursor.execute("ALTER TABLE procrastinate_jobs ENABLE TRIGGER USER")
    call_command("work", until_empty=True)
    assert _counted("ahausen") == 1


def test_texts_of_a_release_before_are_renewed_as_soon_as_a_worker_starts(own_database):
    with inside(municipality("ahausen")), transaction.atomic():
        offer = an_offer(title="Töpfern")
        refresh_search_text([offer])
        wanted = SearchDocument.objects.values().get()
        SearchDocument.objects.update(edition=0, vector="", title_vector="", words="")
    call_command("work", until_empty=True)
    with inside(municipality("ahausen")):
        assert SearchDocument.objects.values().get() == wanted
    # Two workers that start together ask for it once.
    defer_what_starts()
    defer_what_starts()
    assert ProcrastinateJob.objects.filter(task_name=RENEWING, status="todo").count() == 1


def test_no_job_is_lost_or_doubled_when_workers_are_killed(own_database):
    with inside(municipality("ahausen")):
        for number in range(12):
            slow_count.defer(term=f"Begriff {number}", seconds=0.4)
    for pause in (3.0, 3.5):
        worker = _worker()
        time.sleep(pause)
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        worker.stdout.close()
    assert _counted("ahausen") < 12, "the test killed nobody at work"
    worker = _worker()
    try:
        slow = ProcrastinateJob.objects.filter(status="succeeded", task_name__contains="slow")
        _wait_for(lambda: slow.count() == 12, 90)
    finally:
        os.killpg(worker.pid, signal.SIGTERM)
        worker.wait(30)
        worker.stdout.close()
    assert _counted("ahausen") == 12
    with inside_public():
        # A worker also does the platform's own periodic jobs.
        assert Receipt.objects.filter(job_id__in=slow.values("pk")).count() == 12
