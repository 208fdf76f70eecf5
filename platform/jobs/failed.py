"""Jobs that failed for good: which they are, trying them once more, and dropping them. Nobody else forgets them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import Count, Max, Q, QuerySet
from django.db.models.fields.json import KT
from django.utils.translation import gettext as _
from procrastinate.contrib.django.models import ProcrastinateEvent

from audit.services import record_many
from jobs.models import Failure, QueuedJob
from tenants.refused import RefusedError
from tenants.running.context import PUBLIC, inside_public

# So many are retried or dropped at once.
MOST = 500
_RETRY = "SELECT procrastinate_retry_job_v2(id, now(), NULL, NULL, NULL) FROM unnest(%s::bigint[]) AS id"
_DROP = "DELETE FROM procrastinate_jobs WHERE id = ANY(%s) AND status = 'failed'"


@dataclass(frozen=True, slots=True)
class FailedJob:
    """One of them, as it is shown: `attempts` is how often it was tried, `error` what went wrong last ("": unknown)."""

    pk: int
    schema_name: str
    task: str
    room: str
    attempts: int
    failed_at: datetime | None
    error: str


def failed(*, schema_name: str = "", task: str = "") -> "QuerySet[QueuedJob]":
    """Those that failed, the newest first; of one municipality (“public”: the platform's own), or of one kind."""
    jobs = QueuedJob.objects.filter(status="failed").annotate(schema=KT("args__schema_name")).order_by("-pk")
    if schema_name == PUBLIC:
        jobs = jobs.filter(~Q(args__has_key="schema_name") | Q(schema=PUBLIC))
    elif schema_name:
        jobs = jobs.filter(schema=schema_name)
    if task:
        jobs = jobs.filter(task_name=task)
    return cast("QuerySet[QueuedJob]", jobs)


def described(jobs: Iterable[QueuedJob]) -> list[FailedJob]:
    """What is known of these, in two statements."""
    jobs = list(jobs)
    numbers = [job.pk for job in jobs]
    errors = dict(Failure.objects.filter(job_id__in=numbers).values_list("job_id", "error"))
    events = ProcrastinateEvent.objects.filter(job_id__in=numbers, type="failed").order_by()
    ended = dict(events.values("job_id").annotate(last=Max("at")).values_list("job_id", "last"))
    return [
        FailedJob(
            job.pk,
            job.schema_name or PUBLIC,
            job.task_name,
            room_of(job.task_name),
            job.attempts,
            ended.get(job.pk),
            errors.get(job.pk, ""),
        )
        for job in jobs
    ]


def room_of(task: str) -> str:
    """The name of the room a kind of job belongs to, as people know it."""
    config = apps.get_containing_app_config(task)
    return str(config.verbose_name) if config else task.partition(".")[0]


def kinds() -> list[tuple[str, int]]:
    """Which kinds of jobs failed and how many of each, the most first."""
    counted = QueuedJob.objects.filter(status="failed").values("task_name").annotate(number=Count("pk"))
    return list(counted.order_by("-number", "task_name").values_list("task_name", "number"))


def retry(jobs: "QuerySet[QueuedJob]", *, by: Any) -> tuple[int, int]:
    """Put failed jobs back on the queue, for one attempt each; return how many, and how many were left because one like
    them waits already. At most `MOST` at once."""
    with inside_public(), transaction.atomic():
        chosen = _locked(jobs)
        taken = _waiting_locks(chosen)
        again = []
        for job in chosen:
            if job.queueing_lock is None or job.queueing_lock not in taken:
                again.append(job)
                taken.add(job.queueing_lock or "")
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(_RETRY, [[job.pk for job in again]])
        except IntegrityError as error:
            raise RefusedError(_("Meanwhile a job like one of these was queued. Please try again.")) from error
        _note("job.retry", again, by)
        return len(again), len(chosen) - len(again)


def drop(jobs: "QuerySet[QueuedJob]", *, by: Any) -> int:
    """Forget failed jobs: what they were to do is never done. Return how many; at most `MOST` at once."""
    with inside_public(), transaction.atomic():
        chosen = _locked(jobs)
        numbers = [job.pk for job in chosen]
        with connection.cursor() as cursor:
            cursor.execute(_DROP, [numbers])
        Failure.objects.filter(job_id__in=numbers).delete()
        _note("job.drop", chosen, by)
        return len(chosen)


def _locked(jobs: "QuerySet[QueuedJob]") -> list[QueuedJob]:
    """Those of them that are still failed, held until the transaction ends."""
    numbers = list(jobs.values_list("pk", flat=True)[:MOST])
    held = QueuedJob.objects.filter(pk__in=numbers, status="failed").select_for_update().order_by("pk")
    return list(reversed(held))


def _waiting_locks(jobs: Sequence[QueuedJob]) -> set[str]:
    locks = [job.queueing_lock for job in jobs if job.queueing_lock is not None]
    waiting = QueuedJob.objects.filter(status="todo", queueing_lock__in=locks)
    return {str(lock) for lock in waiting.values_list("queueing_lock", flat=True)}


def _note(action: str, jobs: Sequence[QueuedJob], by: Any) -> None:
    told = ((job, {"municipality": ["", job.schema_name or PUBLIC]}) for job in jobs)
    record_many(action, told, by=by)
