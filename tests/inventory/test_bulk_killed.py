"""A bulk action over thousands, its worker killed in the middle: each row changes once, and it ends by itself."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings

from accounts.models import User
from audit.models import Entry
from portal.inventory.bulk import engine
from portal.inventory.bulk.offer_deeds import OFFER_DEEDS
from portal.inventory.models import BulkItem, BulkRun
from portal.offers.models import Offer
from tenants.running.context import inside
from tests import children
from tests.conftest import municipality
from tests.factories import a_provider

MANY = 2000
PAUSE = next(deed for deed in OFFER_DEEDS if deed.name == "pausieren")


def _worker() -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-c", "import tests.jobs.worker"],
        cwd=Path(settings.BASE_DIR),
        env=children.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _ended(worker: "subprocess.Popen[bytes]", how: int) -> None:
    os.killpg(worker.pid, how)
    worker.wait(60)


def _settled(run: BulkRun, number: int, *, seconds: float = 240) -> None:
    """Until a worker has looked at so many rows."""
    deadline = time.monotonic() + seconds
    while run.settled < number:
        assert time.monotonic() < deadline, f"only {run.settled} of {number}"
        time.sleep(0.1)
        run.refresh_from_db()


def test_a_killed_worker_neither_loses_nor_doubles_a_row_and_closing_the_browser_stops_nothing(own_database):
    with inside(municipality("ahausen")):
        editor = User.objects.create_user("redaktion@ahausen.example", "ein-passwort-2026", roles=["editor"])
        club = a_provider()
        rows = (Offer(provider=club, title=f"Kurs {n}", slug="k", state="published", published_at=club.published_at)
                for n in range(MANY))  # fmt: skip
        ids = sorted(each.pk for each in Offer.objects.bulk_create(rows))
        run, _fresh = engine.start(PAUSE, ids, by=editor, key="viele", params={})
        for stage in (MANY // 10, MANY // 4):
            worker = _worker()
            _settled(run, stage)
            _ended(worker, signal.SIGKILL)
            children.half_a_minute_later()
            run.refresh_from_db()
            # What is written down is what was done, row for row.
            paused = set(Offer.objects.filter(state="paused").values_list("pk", flat=True))
            done = set(run.items.filter(state=BulkItem.State.DONE).values_list("subject_id", flat=True))
            assert paused == done
            assert len(done) == run.done < MANY
    worker = _worker()
    try:
        with inside(municipality("ahausen")):
            _settled(run, MANY)
    finally:
        _ended(worker, signal.SIGTERM)
    with inside(municipality("ahausen")):
        run.refresh_from_db()
        assert (run.done, run.refused, run.state) == (MANY, 0, "done")
        assert Offer.objects.filter(state="paused").count() == MANY
        assert Entry.objects.filter(action="state").count() == MANY
