"""A translation is made in short steps: nothing is held while the service works, and a kill costs little."""

import os
import signal
import threading

import pytest
from django.core.management import call_command
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from portal.pages.models import Page
from portal.translation.keys import seal
from portal.translation.models import Attempt, LanguageSettings, MonthlyUse, Translation
from portal.translation.orders import order
from portal.translation.sources import source_of
from tenants.running.context import inside
from tests import children
from tests.conftest import municipality
from tests.jobs.test_jobs import _wait_for, _worker
from tests.translation.server import KEY

OPEN = """SELECT state, query FROM pg_stat_activity
          WHERE datname = current_database() AND pid <> pg_backend_pid() AND state LIKE 'idle in transaction%%'
            AND query LIKE '%%translation_%%'"""


@pytest.fixture
def page(own_database, server):
    """A page of two requests: its title is plain text, its body markup."""
    with inside(municipality("ahausen")):
        made = Page.objects.create(slug="lang", title="Titel", body="<p>Text</p>")
        LanguageSettings.objects.update_or_create(
            pk=1, defaults={"backend": "libretranslate", "endpoint": server.address, "secret_key": seal(KEY)}
        )
        order("seite", made.pk, source_of("seite", made.pk).texts, "tr", network="x")
    return made


def test_no_transaction_is_open_while_the_service_is_asked(page, server):
    opened = []

    def look():
        with connection.cursor() as cursor:
            cursor.execute(OPEN)
            opened.append(cursor.fetchall())
        connection.close()

    server.before_answering = look
    call_command("work", until_empty=True)
    assert opened == [[], []]
    with inside(municipality("ahausen")):
        assert Translation.objects.count() == 2
        assert Attempt.objects.get().state == "done"


def test_a_killed_job_goes_on_where_it_was_and_nothing_is_kept_twice(page, server):
    second, go = threading.Event(), threading.Event()

    def hold():
        if len(server.requests) == 2:
            second.set()
            go.wait(60)

    server.before_answering = hold
    worker = _worker()
    assert second.wait(60)
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()
    worker.stdout.close()
    go.set()
    with inside(municipality("ahausen")):
        assert Translation.objects.count() == 1, "what had come back was kept"
        assert Attempt.objects.get().state == "waiting"
    children.half_a_minute_later()
    worker = _worker()
    try:
        _wait_for(lambda: ProcrastinateJob.objects.get(task_name__contains="translate_page").status == "succeeded", 120)
    finally:
        os.killpg(worker.pid, signal.SIGTERM)
        worker.wait(30)
        worker.stdout.close()
    with inside(municipality("ahausen")):
        assert Translation.objects.count() == 2
        assert Attempt.objects.get().state == "done"
        sent = [text for _path, body in server.requests for text in body["q"]]
        assert sorted(set(sent)) == ["<p>Text</p>", "Titel"]
        assert len(sent) == 3, "the first text was not sent again"
        assert MonthlyUse.objects.get().characters == sum(map(len, sent)), "what was sent twice is counted twice"
