"""A paper on its way: asked for once, made by a job, kept as a file."""

import hashlib
import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import override

from audit.services import record
from portal.printing import folders, writers
from portal.printing.models import Paper, PaperQuerySet
from portal.printing.trouble import TroubleError
from press.running import PressError, Printed, print_sheets

EVERY = 0.7
"""Seconds between two notes of how far it is."""
logger = logging.getLogger(__name__)


class StoppedError(Exception):
    """Nobody waits for it any more: it was stopped, deleted, or asked for anew."""


@transaction.atomic
def ask_for(paper: Paper, *, by: Any) -> bool:
    """Have a paper made as the portal stands today; False where that goes on already. The caller queues the job."""
    asked = (
        Paper.objects.idle()
        .filter(pk=paper.pk)
        .update(state=Paper.State.WAITING, trouble="", done=0, total=0, day=timezone.localdate(), run=F("run") + 1)
    )
    if asked:
        record("printing.made", paper, by=by)
    return bool(asked)


@transaction.atomic
def stop(paper: Paper, *, by: Any) -> bool:
    """Make it no further; False where it is not under way. Whoever makes it notices with the next step."""
    stopped = (
        Paper.objects.under_way()
        .filter(pk=paper.pk)
        .update(state=Paper.State.FAILED, trouble=Paper.Trouble.STOPPED, done=0, total=0)
    )
    if stopped:
        record("printing.stopped", paper, by=by)
    return bool(stopped)


def make(paper: Paper) -> None:
    """Make the file. Bears being started twice: the second begins anew, or finds it done."""
    if not _mine(paper).update(state=Paper.State.MAKING, done=0, total=0):
        return
    try:
        _make(paper)
    except StoppedError:
        logger.info("Paper %s was stopped.", paper.pk)
    except TroubleError as error:
        _fail(paper, error.trouble, error.number)
    except PressError as error:
        _fail(paper, Paper.Trouble(str(error)))
    except BaseException:
        # Whatever it was is somebody's to mend; nobody is to wait for a paper that does not come.
        _fail(paper, Paper.Trouble.BROKEN)
        raise


def _mine(paper: Paper) -> PaperQuerySet:
    """The row, as long as it waits for just this making."""
    return Paper.objects.under_way().filter(pk=paper.pk, run=paper.run)


def _make(paper: Paper) -> None:
    day = paper.day or timezone.localdate()
    with folders.making() as folder, override("de"):
        written = writers.write(paper, folder, day)
        try:
            printed = print_sheets(folder, written.sheets, tell=_teller(paper))
        except PressError:
            complaints = (folder / "complaints").read_text(encoding="utf-8", errors="replace")
            logger.warning("Paper %s could not be printed: %s", paper.pk, complaints[-2000:])
            raise
        _keep(paper, printed, written.number)


def _teller(paper: Paper) -> Callable[[int, int], None]:
    """Notes how far it is where the page sees it: often enough to move, seldom enough to cost nothing."""
    last = 0.0

    def tell(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= EVERY:
            last = now
            if not _mine(paper).update(done=done, total=total):
                raise StoppedError

    return tell


def _keep(paper: Paper, printed: Printed, number: int) -> None:
    digest = hashlib.sha256(printed.path.read_bytes()).hexdigest()
    before = str(paper.file)
    with printed.path.open("rb") as stream:
        paper.file.save("drucksache.pdf", File(stream), save=False)
    kept = _mine(paper).update(
        state=Paper.State.READY,
        trouble="",
        file=paper.file.name,
        size=printed.path.stat().st_size,
        pages=printed.pages,
        number=number,
        digest=digest,
        made_at=timezone.now(),
    )
    # Deleted, stopped, or made by another worker, in the meantime: then this file is nobody's.
    gone = before if kept else str(paper.file.name)
    if gone:
        default_storage.delete(gone)


def _fail(paper: Paper, trouble: Paper.Trouble, number: int = 0) -> None:
    _mine(paper).update(state=Paper.State.FAILED, trouble=trouble, number=number)
