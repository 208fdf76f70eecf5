"""Why jobs failed: noted when it happens, as the queue keeps only that they did."""

import traceback
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from jobs.models import Failure
from tenants.running.context import inside_public

LONGEST = 300
# A day past its last attempt a job without one of these states is done.
_NOT_DONE = ("todo", "doing", "failed")
_GRACE = timedelta(days=1)


def note_failure(job_id: int | None, error: BaseException) -> None:
    """Write down what went wrong with a job, over what went wrong the time before. Where the database itself is what
    went wrong, nothing is noted: the worker's log has it all the same."""
    if job_id is None:
        return
    with suppress(DatabaseError), inside_public(), transaction.atomic():
        Failure.objects.update_or_create(
            job_id=job_id, defaults={"at": timezone.now(), "error": described(error)[:LONGEST]}
        )


def described(error: BaseException) -> str:
    """The kind of error, and the last line of our own code on its way: enough to look it up in the log."""
    kind = type(error)
    name = kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if _is_ours(frame.filename)]
    return f"{name} ({_place(ours[-1])})" if ours else name


def _is_ours(filename: str) -> bool:
    path = Path(filename)
    return path.is_relative_to(settings.BASE_DIR) and "site-packages" not in path.parts


def _place(frame: traceback.FrameSummary) -> str:
    return f"{Path(frame.filename).relative_to(settings.BASE_DIR)}:{frame.lineno}"


async def forget_failures() -> None:
    """Those of jobs that are done or gone by now."""
    open_jobs = ProcrastinateJob.objects.filter(status__in=_NOT_DONE).values("pk")
    await Failure.objects.filter(at__lt=timezone.now() - _GRACE).exclude(job_id__in=open_jobs).adelete()
