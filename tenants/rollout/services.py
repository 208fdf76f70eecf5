"""`roll_out`: every municipality gets the schema of the code's version, wave by wave."""

import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction
from django.db.models import Max
from django.utils import timezone

from audit.services import record
from tenants.models import Municipality
from tenants.rollout.bookkeeping import begun, refuse, steps_of, unfinished_one
from tenants.rollout.brake import LOOK, Brake, Halt, never
from tenants.rollout.groups import Group, plan
from tenants.rollout.running import Job, Report, Wave, end_leftovers
from tenants.rollout.shared import migrate_public, public_plan
from tenants.rollout.waves import check_wave, in_order
from tenants.rollout.wish import MOST_JOBS, Wish
from tenants.rollout_records import Rollout, RolloutState, RolloutStep, StepState, StopReason
from tenants.running.context import inside_public
from tenants.running.figures import note_versions
from tenants.running.locks import whole_platform
from tenants.signals import reached

_TOO_MANY = Halt(RolloutState.STOPPED, StopReason.FAILURES)


@dataclass
class Outcome:
    """How a rollout ended. `unchanged` municipalities were at the code's version already."""

    rollout: Rollout | None = None
    done: int = 0
    unchanged: int = 0
    waiting: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def stopped(self) -> bool:
        return self.rollout is not None and self.rollout.state == RolloutState.STOPPED


def is_behind() -> bool:
    """Whether any municipality's schema is behind the code; quick, takes no lock."""
    with inside_public():
        return bool(plan())


def look(wish: Wish) -> tuple[list[str], list[Group]]:
    """For --dry-run: what the shared schema lacks, and the groups of schemas with what they would get."""
    with inside_public(), whole_platform("rollout --dry-run"):
        check_wave(wish.wave)
        return public_plan(), plan(wish.wave)


def roll_out(
    wish: Wish, *, by: str, report: Report, resume: bool = False, number: int = 0, ends: Callable[[], bool] = never
) -> Outcome:
    """Bring the shared schema, then municipalities that are behind, to the code's version.

    `resume` goes on with the last rollout that did not end well, under its number and with its wave; a plain start
    takes its place. With a `number` it is begun, or gone on with, only if it is still the last one, as it was put in
    line (`tenants.rollout.ordering`). `ends` says that the process is to end. Raises RefusedError, with nothing
    changed, for an unknown wave, for nothing to resume, and (BusyError) while other work on whole municipalities is
    under way; LostConnectionError when the database goes away.
    """
    with inside_public(), whole_platform("rollout"):
        end_leftovers()
        migrate_public(wish.patience)
        rollout = unfinished_one(resume=resume, number=number)
        if rollout is not None:
            wish = replace(wish, wave=rollout.wave)
        check_wave(wish.wave)
        groups = plan(wish.wave)
        behind = sum(len(group.schemas) for group in groups)
        everybody = Municipality.objects.filter(**({"wave": wish.wave} if wish.wave else {})).count()
        outcome = Outcome(unchanged=everybody - behind)
        if groups or rollout is not None:
            outcome.rollout = begun(rollout, wish, by)
            _go(outcome, groups, wish, report, Brake(outcome.rollout, ends=ends, heed=wish.heed))
        _tell_up_to_date(wish.wave, groups)
        return outcome


def _tell_up_to_date(wave: str, groups: list[Group]) -> None:
    """Whoever listens learns of those that had nothing to wait for."""
    behind = [schema.schema_name for group in groups for schema in group.schemas]
    rest = Municipality.objects.exclude(schema_name__in=behind).filter(**({"wave": wave} if wave else {}))
    _tell(rest.values_list("schema_name", flat=True))


def _tell(schema_names: Iterable[str]) -> None:
    """Whatever goes wrong with who listens (it is logged) is no fault of the rollout."""
    reached.send_robust(Rollout, schema_names=list(schema_names))


def _go(outcome: Outcome, groups: list[Group], wish: Wish, report: Report, brake: Brake) -> None:
    rollout = outcome.rollout
    assert rollout is not None
    halt: Halt | None = None
    try:
        steps = steps_of(rollout, groups)
        for wave in in_order({step.wave for step in steps.values()}):
            halt = _watch(rollout, wish.watch, brake) or _one_wave(wave, groups, steps, wish, report, brake)
            if halt is not None:
                break
    except BaseException:
        # Without a database the record goes on saying RUNNING; the next start knows better.
        with suppress(DatabaseError):
            _end(outcome, Halt(RolloutState.INTERRUPTED))
        raise
    _end(outcome, halt or Halt(RolloutState.DONE))


def watched_until(rollout: Rollout, minutes: int) -> datetime | None:
    """Until when the municipalities it has updated are watched before the next wave; None: nothing to watch."""
    last = rollout.steps.filter(state=StepState.DONE).aggregate(last=Max("ended_at"))["last"] if minutes else None
    return last + timedelta(minutes=minutes) if last else None


def _watch(rollout: Rollout, minutes: int, brake: Brake) -> Halt | None:
    """Before a wave: look whether anything speaks against it, for as long as was asked for after the wave before.

    Reckoned from what is on record, so that a killed process does not shorten it.
    """
    until = watched_until(rollout, minutes)
    halt = brake.look(anew=True)
    while halt is None and until is not None and timezone.now() < until:
        time.sleep(LOOK)
        halt = brake.look()
    return halt


def _one_wave(
    wave: str, groups: list[Group], steps: dict[str, RolloutStep], wish: Wish, report: Report, brake: Brake
) -> Halt | None:
    """Run one wave; what it says where it ended before its end."""
    jobs, unfit = [], 0
    total = sum(step.wave == wave for step in steps.values())
    report.begin(wave, total)
    for group in groups:
        for schema in group.schemas:
            step = steps[schema.schema_name]
            if step.wave != wave:
                continue
            if why := group.unfit.get(schema.schema_name):
                unfit += 1
                refuse(step, group, why)
                report.advance(schema.schema_name, step.error)
            else:
                jobs.append(Job(step, list(group.units)))
    allowed = total * wish.most_failures // 100
    if unfit > allowed:
        return _TOO_MANY
    run = Wave(jobs, allowed=allowed - unfit, patience=wish.patience, report=report, brake=brake)
    run.run(max(1, min(wish.jobs, MOST_JOBS, len(jobs))))
    done = RolloutStep.objects.filter(pk__in=[job.step.pk for job in jobs], state=StepState.DONE)
    _tell(done.values_list("schema_name", flat=True))
    return run.halt or (_TOO_MANY if run.stopped else None)


def _end(outcome: Outcome, halt: Halt) -> None:
    rollout, state = outcome.rollout, halt.state
    assert rollout is not None
    counts = Counter(rollout.steps.values_list("state", flat=True))
    if state == RolloutState.DONE and counts[StepState.FAILED]:
        state = RolloutState.FAILED
    rollout.become(state)
    rollout.ended_at, rollout.reason, rollout.remark = timezone.now(), halt.reason, halt.remark
    with transaction.atomic():
        rollout.save(update_fields=["state", "ended_at", "reason", "remark"])
        record("rollout.end", rollout, by=rollout.by, changes={"state": [None, state]})
    done = rollout.steps.filter(state=StepState.DONE).exclude(to_version="")
    note_versions(done.values_list("schema_name", "to_version"))
    outcome.done, outcome.waiting = counts[StepState.DONE], counts[StepState.WAITING]
    outcome.errors = list(rollout.steps.filter(state=StepState.FAILED).values_list("error", flat=True))
