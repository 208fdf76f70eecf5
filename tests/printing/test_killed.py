"""`kill -9` of the worker while the press works: the paper is made all the same, once, and nothing is left behind."""

import os
import signal
import time
from pathlib import Path

import psutil
import pytest
from django.core.files.storage import default_storage

from portal.printing import making, tasks
from portal.printing.models import Paper
from tenants.running.context import inside
from tests import children
from tests.conftest import municipality

CODE = """
from django.conf import settings
from portal.printing import tasks
from portal.printing.models import Paper
from tenants.running.context import inside
from tests.conftest import municipality
settings.MEDIA_ROOT = {media!r}
with inside(municipality("ahausen")):
    tasks.make_paper(paper=Paper.objects.get().pk)
"""


@pytest.mark.usefixtures("own_database")
def test_a_killed_worker_loses_and_doubles_nothing(settings) -> None:
    media = str(settings.MEDIA_ROOT)
    says = {"about": "portal", "headline": "Hallo"}
    with inside(municipality("ahausen")):
        paper = Paper.objects.create(key="a", kind="poster", title="Plakat", says=says)
        assert making.ask_for(paper, by="test")
    with children.python(CODE.format(media=media)) as child:
        press = _press_of(child.pid)
        os.kill(child.pid, signal.SIGKILL)
        child.communicate(timeout=60)
    children.wait_for_the_dead()
    with inside(municipality("ahausen")):
        paper.refresh_from_db()
        assert (paper.state, str(paper.file)) == ("making", "")
        # The queue gives the job to another worker.
        tasks.make_paper(paper=paper.pk)
        paper.refresh_from_db()
        assert paper.state == "ready"
        # Started once more by a worker that had not noticed: nothing is made again.
        made_at = paper.made_at
        tasks.make_paper(paper=paper.pk)
        paper.refresh_from_db()
        assert paper.made_at == made_at
        assert default_storage.listdir("~paper")[1] == [Path(str(paper.file)).name]
    press.wait(timeout=60)


def _press_of(pid: int) -> psutil.Process:
    """The process that makes the paper, as soon as it is there."""
    worker, end = psutil.Process(pid), time.monotonic() + 60
    while time.monotonic() < end:
        if presses := children.presses_of(worker):
            return presses[0]
        time.sleep(0.02)
    raise AssertionError("The press did not start.")
