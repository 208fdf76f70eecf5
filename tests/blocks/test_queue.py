"""The moment of a draft comes in the real queue: a worker of its own process puts it online, once."""

import os
import signal
from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from audit.models import Entry
from core.access import Role
from portal.blocks import drafts, planning
from portal.blocks.models import Draft
from portal.pages.models import Page
from tenants.running.context import inside
from tests.conftest import municipality
from tests.jobs.test_jobs import _wait_for, _worker


def test_a_worker_puts_a_planned_draft_online_at_its_time_and_leaves_a_later_one_alone(own_database):
    with inside(municipality("ahausen")):
        mia = User.objects.create_user("mia@ahausen.example", "x", roles=[Role.EDITOR.value])
        soon, later = (Page.objects.create(slug=slug, title=slug, body="<p>Bisher</p>") for slug in ("bald", "dann"))
        for page, wait in ((soon, timedelta(seconds=1)), (later, timedelta(days=1))):
            said = {"html": "<p>Ab jetzt</p>"}
            drafts.write(page, "text0", said, seen=drafts.digest({"html": "<p>Bisher</p>"}), by=mia)
            planning.plan(page, timezone.now() + wait, by=mia)
        assert set(ProcrastinateJob.objects.values_list("scheduled_at", flat=True)) == set(
            Draft.objects.values_list("online_at", flat=True)
        )
    worker = _worker()
    try:
        with inside(municipality("ahausen")):
            _wait_for(lambda: not Draft.objects.filter(page=soon).exists(), 90)
    finally:
        os.killpg(worker.pid, signal.SIGTERM)
        worker.wait(30)
        worker.stdout.close()
    with inside(municipality("ahausen")):
        soon.refresh_from_db()
        later.refresh_from_db()
        assert (soon.body, later.body) == ("<p>Ab jetzt</p>", "<p>Bisher</p>")
        done = Entry.objects.get(action="pages.published")
        assert done.target_id == str(soon.pk)
        assert Draft.objects.get().page == later
