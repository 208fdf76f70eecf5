"""What the operator asks for on these pages: each puts a job in line and waits for nothing."""

from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from jobs.declare import Job
from operations.rollouts import tasks
from operations.rollouts.models import DriftLook, Look, LookState, Plan
from tenants.refused import RefusedError
from tenants.rollout import ordering
from tenants.rollout.ordering import UnderWayError
from tenants.rollout.wish import Wish
from tenants.rollout_records import OPEN, Rollout, RolloutState
from tenants.running.context import PUBLIC, inside_public
from tenants.running.locks import is_platform_taken
from tracker.releases.models import Release
from tracker.releases.planning import issue
from tracker.tickets.models import operator

L = TypeVar("L", bound=Look)
_ACTIONS: dict[type[Look], str] = {Plan: "rollout.plan", DriftLook: "rollout.drift"}
_JOB_OF: dict[type[Look], Job[Any]] = {Plan: tasks.make_plan, DriftLook: tasks.check_drift}


def _is_in_line(job: Job[Any], number: int) -> bool:
    return any(each.get("number") == number for each in job.under_way().get(PUBLIC, []))


def is_attended(rollout: Rollout) -> bool:
    """Whether somebody works on an open rollout, or will: a job in line, or a process that holds the lock; true of one
    that is over."""
    if _is_in_line(tasks.roll_out, rollout.pk):
        return True
    if rollout.state == RolloutState.RUNNING and is_platform_taken():
        return True
    # It may have ended since it was read.
    return not Rollout.objects.filter(pk=rollout.pk, state__in=OPEN).exists()


def as_it_is(look: L) -> L:
    """What is shown of one: whose job has ended without a word has failed (in memory)."""
    if look.is_waiting and not _is_in_line(_JOB_OF[type(look)], look.pk):
        # It may have ended since it was read.
        look.refresh_from_db()
        if look.is_waiting:
            look.state, look.error = LookState.FAILED, _("The process ended early.")
    return look


def ask_for_plan(*, by: Any) -> Plan:
    """Have a worker look what a rollout would do. Asked twice it is one plan."""
    return _ask(Plan, by)


def ask_for_drift(*, by: Any) -> DriftLook:
    """Have a worker compare all schemas. Asked twice it is one check."""
    return _ask(DriftLook, by)


def _ask(kind: type[L], by: Any) -> L:
    job = _JOB_OF[kind]
    with inside_public():
        there = kind._default_manager.filter(state=LookState.WAITING).first()
        if there is not None and _is_in_line(job, there.pk):
            return there
        try:
            with transaction.atomic():
                if there is not None:
                    # Its job has ended without a word.
                    kind._default_manager.filter(pk=there.pk, state=LookState.WAITING).update(
                        state=LookState.FAILED, ended_at=timezone.now(), error=_("The process ended early.")
                    )
                made = kind(asked_by=str(getattr(by, "email", by)))
                made.save()
                record(_ACTIONS[kind], made, by=by)
                job.defer(number=made.pk)
        except IntegrityError:
            return kind._default_manager.get(state=LookState.WAITING)
    return made


def start(plan: Plan, *, wish: Wish, by: Any, release: Release | None = None) -> Rollout:
    """Start what a plan shows, and issue a version of the release notes with it: editors of each municipality that is
    reached are told. Raises UnderWayError with the rollout there is, and RefusedError for an old plan."""
    if not plan.is_fresh:
        raise RefusedError(_("This plan is too old, or not made yet. Make a new one."))
    with inside_public():
        _clear_the_way()
        with transaction.atomic():
            rollout = ordering.order(wish, code=plan.code, by=by)
            if release is not None:
                issue(release, by=operator(by))
            tasks.roll_out.defer(number=rollout.pk, code=plan.code)
    return rollout


def go_on(rollout: Rollout, *, by: Any) -> Rollout:
    """Put a rollout that did not end well in line again. Raises UnderWayError and RefusedError."""
    with inside_public():
        _clear_the_way()
        with transaction.atomic():
            again = ordering.order_again(rollout.pk, by=by)
            tasks.roll_out.defer(number=again.pk)
    return again


def stop(rollout: Rollout, *, by: Any) -> Rollout:
    """Have it stop when the municipalities under way are done. RefusedError when it is over."""
    with inside_public():
        stopped = ordering.ask_to_stop(by=by, number=rollout.pk)
        _clear_the_way()
        return stopped


def _clear_the_way() -> None:
    """What was killed and begins no more by itself does not keep others from starting."""
    there = ordering.open_rollout()
    if there is not None and not is_attended(there):
        ordering.note_dead(there.pk)


__all__ = ["UnderWayError", "as_it_is", "ask_for_drift", "ask_for_plan", "go_on", "is_attended", "start", "stop"]
