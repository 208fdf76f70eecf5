"""Going through a wave with several connections: who meets a lock comes back later, the others go on meanwhile."""

import heapq
import threading
import time
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Protocol

from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connection, connections
from django.utils import timezone
from django.utils.translation import gettext as _

from tenants.models import Municipality
from tenants.refused import RefusedError
from tenants.rollout.brake import Brake, Halt
from tenants.rollout.recording import Unit
from tenants.rollout.replay import GiveWayError, PieceError, Target, run
from tenants.rollout_records import RolloutStep, StepState
from tenants.running.context import inside_public

# Shown by the server; the next rollout ends what a killed one left running there.
WORKER = "municipalities:rollout worker"
# A backend remembers the catalogue of every schema it touched; here of few tables each, so it may touch more of them
# than one that answers requests (tenants.running.backend.pool).
_SCHEMAS_PER_CONNECTION = 100
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 10.0
_STATEMENT_SHOWN = 300
# Seconds between two looks at whether to stop.
_ATTENTION = 0.2


class Report(Protocol):
    """Whom the progress is told."""

    def begin(self, wave: str, total: int) -> None:
        """A wave of so many municipalities starts."""

    def advance(self, schema_name: str, error: str) -> None:
        """One municipality is done, or failed with this error."""


class LostConnectionError(RuntimeError):
    """The database went away; what was going on in it is unknown until it is back."""


@dataclass
class Job:
    """What is left to do in one schema."""

    step: RolloutStep
    units: list[Unit]
    seconds: float = 0
    gave_way: int = 0
    first_try: float = field(default_factory=time.monotonic)


class Wave:
    """Some jobs, at most `allowed` of which may fail before the rest is left alone; `patience` in seconds is how long
    a municipality is tried that others keep locked."""

    def __init__(self, jobs: list[Job], *, allowed: int, patience: float, report: Report, brake: Brake) -> None:
        self._numbers = count()
        # Kept in order of the time before which they are not to be tried.
        self._waiting: list[tuple[float, int, Job]] = [(0.0, next(self._numbers), job) for job in jobs]
        self._in_hand = 0
        self._change = threading.Condition()
        self._allowed = allowed
        self._patience = patience
        self._report = report
        self.done = 0
        self.failed = 0
        self.stopped = False
        # What stopped it from outside.
        self.halt: Halt | None = None
        self._brake = brake
        self._crash: BaseException | None = None

    def run(self, connections: int) -> None:
        """Work on all jobs. Raises LostConnectionError, or what else ended a worker, after all have stopped."""
        threads = [threading.Thread(target=self._work, name=f"rollout-{number}") for number in range(connections)]
        for thread in threads:
            thread.start()
        try:
            for thread in threads:
                self._attend(thread)
        except BaseException:
            # Ctrl-C: what is under way ends properly, nothing new starts.
            self._stop()
            for thread in threads:
                thread.join()
            raise
        if isinstance(self._crash, OperationalError | InterfaceError):
            raise LostConnectionError(str(self._crash)) from self._crash
        if self._crash is not None:
            raise self._crash

    def _attend(self, thread: threading.Thread) -> None:
        """Wait for a worker, and look meanwhile whether to stop."""
        while thread.is_alive():
            thread.join(_ATTENTION)
            if not self.stopped and (halt := self._brake.look()) is not None:
                self.halt = halt
                self._stop()

    def _stop(self, crash: BaseException | None = None) -> None:
        with self._change:
            self.stopped = True
            self._crash = self._crash or crash
            self._change.notify_all()

    def _take(self) -> Job | None:
        """The next job whose time has come; None when no more will come."""
        with self._change:
            while not self.stopped and (self._waiting or self._in_hand):
                pause = self._waiting[0][0] - time.monotonic() if self._waiting else None
                if pause is not None and pause <= 0:
                    self._in_hand += 1
                    return heapq.heappop(self._waiting)[2]
                self._change.wait(pause)
            return None

    def _work(self) -> None:
        touched = 0
        _own_connection()
        try:
            while (job := self._take()) is not None:
                self._one(job)
                touched += 1
                if touched % _SCHEMAS_PER_CONNECTION == 0:
                    connection.close()
        except BaseException as error:  # noqa: BLE001 (told to the thread that waits for this one)
            self._stop(error)
        finally:
            connection.close()

    def _one(self, job: Job) -> None:
        start = time.monotonic()
        try:
            while job.units:
                run(job.units[0], Target(job.step.schema_name, "" if job.units[1:] else _success(job)))
                job.units.pop(0)
        except GiveWayError as error:
            job.seconds += time.monotonic() - start
            self._later(job, error)
        except (PieceError, RefusedError) as error:
            if _is_lost():
                raise LostConnectionError(str(error)) from error
            job.seconds += time.monotonic() - start
            self._fail(job, error)
        else:
            self._finish(job, "")

    def _later(self, job: Job, error: GiveWayError) -> None:
        job.gave_way += 1
        if time.monotonic() - job.first_try > self._patience:
            holder = _holder(job.step.schema_name)
            self._fail(job, RefusedError(_("gave up waiting for a lock (%(holder)s)") % {"holder": holder or error}))
            return
        pause = min(_FIRST_PAUSE * 2 ** (job.gave_way - 1), _LONGEST_PAUSE)
        with self._change:
            self._in_hand -= 1
            heapq.heappush(self._waiting, (time.monotonic() + pause, next(self._numbers), job))
            self._change.notify()

    def _fail(self, job: Job, error: PieceError | RefusedError) -> None:
        unit = job.units[0]
        piece = error.piece if isinstance(error, PieceError) else None
        migration = piece.migration if piece else ", ".join(unit.migrations)
        statement = piece.text if piece else ""
        text = explain(job.step.schema_name, migration, statement, str(error))
        with inside_public():
            # Deleted while its turn came: nobody's failure.
            gone = not Municipality.objects.filter(schema_name=job.step.schema_name).exists()
            RolloutStep.objects.filter(pk=job.step.pk).update(
                state=StepState.GONE if gone else StepState.FAILED,
                ended_at=timezone.now(),
                seconds=job.seconds,
                gave_way=job.gave_way,
                failed_migration=migration[:300],
                failed_statement=statement,
                error="" if gone else text,
            )
        self._finish(job, "" if gone else text)

    def _finish(self, job: Job, error: str) -> None:
        with self._change:
            self._in_hand -= 1
            self.failed += bool(error)
            self.done += not error
            self.stopped = self.stopped or self.failed > self._allowed
            self._report.advance(job.step.schema_name, error)
            self._change.notify_all()


def explain(municipality: str, migration: str, statement: str, why: str) -> str:
    """The sentence an operator gets: where, what, why, and how to go on."""
    words = {
        "municipality": municipality,
        "migration": migration,
        "statement": " ".join(statement.split())[:_STATEMENT_SHOWN],
        "why": " ".join(why.split()).rstrip("."),
    }
    if statement:
        text = _("%(municipality)s: %(migration)s failed at “%(statement)s”: %(why)s.")
    else:
        text = _("%(municipality)s: %(migration)s failed: %(why)s.")
    return (
        text % words + " " + _("This transaction is undone. Mend the cause, then go on with `manage rollout --resume`.")
    )


def _success(job: Job) -> str:
    """The statement that notes the success, for the transaction that brings it about."""
    return (
        f"UPDATE public.{RolloutStep._meta.db_table} SET state = '{StepState.DONE.value}', started_at = now(), "
        f"ended_at = clock_timestamp(), gave_way = {job.gave_way}, error = '', failed_migration = '', "
        f"failed_statement = '', seconds = {job.seconds:.4f} + extract(epoch FROM clock_timestamp() - now()) "
        f"WHERE id = {job.step.pk};"
    )


def _own_connection() -> None:
    """Give this thread a connection outside of the pool, which would hand its memory and its name to the next one."""
    own: Any = connection.copy()
    options = {key: value for key, value in own.settings_dict["OPTIONS"].items() if key != "pool"}
    own.settings_dict["OPTIONS"] = {**options, "application_name": WORKER}
    connections[DEFAULT_DB_ALIAS] = own


def _is_lost() -> bool:
    link: Any = connection.connection
    return link is None or bool(link.closed)


def _holder(schema_name: str) -> str:
    """Who holds a lock on a table of this schema for longest, for the operator. (The server tells of the locks in all
    its databases, and tables of copied ones have the same numbers.)"""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.pid, a.application_name, a.xact_start FROM pg_locks l JOIN pg_class c ON c.oid = l.relation "
            "JOIN pg_stat_activity a USING (pid) WHERE l.granted AND c.relnamespace = %s::regnamespace "
            "AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
            "AND a.pid <> pg_backend_pid() AND a.backend_type = 'client backend' ORDER BY a.xact_start LIMIT 1",
            [connection.ops.quote_name(schema_name)],
        )
        row = cursor.fetchone()
    if row is None:
        return ""
    return _("held by process %(pid)d “%(name)s” since %(since)s") % {"pid": row[0], "name": row[1], "since": row[2]}


def end_leftovers() -> None:
    """End what a killed rollout's connections still run in the server. Only for who holds the platform's lock."""
    with connection.cursor() as cursor:
        for _attempt in range(200):
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE application_name = %s AND datname = current_database()",
                [WORKER],
            )
            if not cursor.fetchall():
                return
            time.sleep(0.05)
    raise RefusedError(_("Connections of an earlier rollout do not end; end them in the server, then try again."))
