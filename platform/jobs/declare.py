"""`@job`: the one way to declare work for later.

A job is deferred in the caller's transaction (rolled back with it), carries its municipality, and its body runs inside
that municipality in one transaction together with a receipt. Killed half-way, nothing of it stays and the queue starts
it again; killed after the commit, the receipt stops the second start. So its effects in the database happen once.

`@job(atomic=False)` is for work that waits for somebody else's server: it has neither transaction nor receipt, makes
short transactions of its own and must bear being started twice.
"""

import json
import logging
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, Generic, ParamSpec

from django.db import connection, transaction
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued, JobAborted
from procrastinate.manager import JobManager

from jobs.failures import note_failure
from jobs.models import Receipt
from tenants.models import Municipality
from tenants.moves import STAYING
from tenants.running.context import PUBLIC, current_schema, inside, inside_public

P = ParamSpec("P")
RETRIES = 8
# 3, 9, 27, 81 … seconds between the attempts: about three hours in all.
BACKOFF_BASE = 3
# The priority of what may wait for everything else (0).
LATER = -10
# The queue of work that says nothing else.
QUEUE = "default"
logger = logging.getLogger(__name__)
_ends: ContextVar[Callable[[], bool] | None] = ContextVar("job_ends", default=None)
_at_start: list[str] = []


def at_start(name: str) -> str:
    """Have a periodic task of this name done also whenever a worker starts: after a release nobody waits for its next
    turn. It must bear being done at any time."""
    _at_start.append(name)
    return name


def defer_what_starts() -> None:
    """Queue those, each unless it waits already."""
    for name in _at_start:
        queue_once(app.tasks[name], name, timestamp=int(time.time()))


def is_ending() -> bool:
    """Whether the worker that runs the present job wants to end: long work stops at a good place and raises
    `procrastinate.exceptions.JobAborted`; then it begins again elsewhere."""
    asks = _ends.get()
    return asks is not None and asks()


def _scope(schema_name: str) -> AbstractContextManager[Any]:
    if schema_name == PUBLIC:
        return inside_public()
    return inside(Municipality.objects.get(schema_name=schema_name))


def _claim(job_id: int | None) -> bool:
    """Write the receipt; False when the job was already done."""
    if job_id is None:
        return True
    _receipt, fresh = Receipt.objects.get_or_create(job_id=job_id)
    return fresh


class Job(Generic[P]):
    """A declared job. Call it to run it here and now; `defer` puts it on the queue with the present transaction."""

    def __init__(self, function: Callable[P, None], retries: int, *, atomic: bool, queue: str = QUEUE) -> None:
        self.function = function
        self.atomic = atomic
        self.name = f"{function.__module__}.{function.__qualname__}"
        retry = RetryStrategy(max_attempts=retries, exponential_wait=BACKOFF_BASE)
        self.task = app.task(name=self.name, retry=retry, queue=queue, pass_context=True)(self._run)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> None:
        self.function(*args, **kwargs)

    def _run(self, context: JobContext, *, schema_name: str, arguments: dict[str, Any]) -> None:
        try:
            scope = _scope(schema_name)
        except Municipality.DoesNotExist:
            logger.warning("%s: the municipality “%s” is gone, and so is its job.", self.name, schema_name)
            return
        try:
            self._work(context, scope, arguments)
        except JobAborted:
            # It begins again elsewhere.
            raise
        except Exception as error:
            note_failure(context.job.id, error)
            raise

    def _work(self, context: JobContext, scope: AbstractContextManager[Any], arguments: dict[str, Any]) -> None:
        if not self.atomic:
            token = _ends.set(context.should_abort)
            try:
                with scope:
                    self.function(**arguments)  # type: ignore[call-arg]  # what it takes stands in the job
            finally:
                _ends.reset(token)
            return
        with transaction.atomic(), scope:
            if _claim(context.job.id):
                self.function(**arguments)  # type: ignore[call-arg]  # what it takes stands in the job

    def defer(self, *args: P.args, **kwargs: P.kwargs) -> int:
        """Queue the job for the municipality we are inside; keyword arguments only, they must be JSON."""
        if args:
            raise TypeError(f"{self.name}.defer takes keyword arguments only.")
        return int(_with_us(self.task.configure()).defer(schema_name=current_schema(), arguments=dict(kwargs)))

    def defer_many(self, arguments: Sequence[dict[str, Any]]) -> None:
        """Queue as many jobs behind all others, in one statement: what thousands wait for must not keep waiting whoever
        has forgotten a password."""
        schema_name = current_schema()
        if arguments:
            jobs: list[Any] = [{"schema_name": schema_name, "arguments": each} for each in arguments]
            _with_us(self.task.configure(priority=LATER)).batch_defer(*jobs)

    def defer_anew(self, *, at: datetime | None = None, **kwargs: Any) -> None:
        """Queue the job for that moment (None: at once) in the place of those that wait with the same arguments."""
        schema_name = current_schema()
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(
                    "DELETE FROM procrastinate_jobs WHERE status = 'todo' AND task_name = %s "
                    "AND args = jsonb_build_object('schema_name', %s::text, 'arguments', %s::jsonb)",
                    [self.name, schema_name, json.dumps(kwargs)],
                )
            _with_us(self.task.configure(schedule_at=at)).defer(schema_name=schema_name, arguments=kwargs)

    def under_way(self) -> dict[str, list[dict[str, Any]]]:
        """The arguments of all jobs of this kind that wait or run, by the name of their schema."""
        found: dict[str, list[dict[str, Any]]] = {}
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT args ->> 'schema_name', args -> 'arguments' FROM procrastinate_jobs "
                "WHERE status IN ('todo', 'doing') AND task_name = %s",
                [self.name],
            )
            for schema_name, arguments in cursor.fetchall():
                found.setdefault(schema_name, []).append(json.loads(arguments))
        return found

    def defer_once(self, *, seconds: int = 0, about: object = "", **kwargs: Any) -> bool:
        """Queue the job for later, behind all others, unless it waits already for this municipality (and `about`).

        True when it was queued. For work that may take all night, and for whatever is queued again and again.
        """
        schema_name = current_schema()
        lock = f"{self.name}:{schema_name}:{about}".rstrip(":")
        return queue_once(self.task, lock, seconds=seconds, schema_name=schema_name, arguments=kwargs)


def _with_us(deferrer: Any) -> Any:
    """On Django's connection, so that the job comes and goes with the caller's transaction in a worker too, which reads
    the queue over connections of its own. Else somebody begins it before what it is about is there."""
    deferrer.job_manager = JobManager(DjangoConnector())
    return deferrer


def queue_once(task: Any, lock: str, *, seconds: int = 0, **arguments: Any) -> bool:
    """Queue one of procrastinate's own tasks behind all others unless one waits under this lock; True when queued."""
    waiting = _with_us(task.configure(queueing_lock=lock, priority=LATER, schedule_in={"seconds": seconds}))
    try:
        with transaction.atomic():
            waiting.defer(**arguments)
    except AlreadyEnqueued:
        return False
    return True


def job(
    *, retries: int = RETRIES, atomic: bool = True, queue: str = QUEUE, stays: bool = False
) -> Callable[[Callable[P, None]], Job[P]]:
    """Declare a function as a job: `@job()`; it is found when it stands in an app's `tasks.py`.

    Every worker takes from all queues, unless it is started for one (`manage work --queue`). `stays` is for jobs inside
    a municipality whose arguments name rows of shared tables: a municipality that moves to another cell waits for them.
    """

    def declare(function: Callable[P, None]) -> Job[P]:
        return Job(function, retries, atomic=atomic, queue=STAYING if stays else queue)

    return declare
