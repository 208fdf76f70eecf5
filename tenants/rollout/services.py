"""`roll_out`: every municipality gets the schema of the code's version, wave by wave."""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from tenants.models import Municipality
from tenants.refused import RefusedError
from tenants.rollout.brake import LOOK, Brake, Halt, never
from tenants.rollout.groups import Group, plan
from tenants.rollout.release import migrations_digest
from tenants.rollout.running import Job, Report, Wave, end_leftovers, explain
from tenants.rollout.shared import migrate_public, public_plan
from tenants.rollout_records import UNFINISHED, Rollout, RolloutState, RolloutStep, StepState, StopReason
from tenants.running.context import inside_public
from tenants.running.figures import note_versions
from tenants.running.locks import whole_platform
from tenants.signals import reached

CANARY, REST = "canary", "rest"
MOST_JOBS = 6
DEFAULT_JOBS = 2
# Of a wave's municipalities, in percent; rounded down, so the first failure of a small wave stops the rollout.
MOST_FAILURES = 5
# Seconds.
PATIENCE = 600.0
_WAVE = re.compile(r"[a-z0-9-]{1,40}")
_TOO_MANY = Halt(RolloutState.STOPPED, StopReason.FAILURES)


@dataclass(frozen=True)
class Wish:
    """What the operator asked for: one wave or all, parallel connections, percent of failures, seconds of patience,
    minutes to watch what a wave brought before the next one, and whether errors of municipalities stop it."""

    wave: str = ""
    jobs: int = DEFAULT_JOBS
    most_failures: int = MOST_FAILURES
    patience: float = PATIENCE
    watch: int = 0
    heed: bool = True


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


def set_wave(slugs: list[str], wave: str, *, by: str) -> int:
    """Put municipalities into a wave and return how many were in another. RefusedError for an unknown short name or an
    impossible name of a wave; then none is changed."""
    if not _WAVE.fullmatch(wave):
        raise RefusedError(_("A wave's name has 1–40 of the characters a–z, 0–9 and -."))
    with inside_public(), transaction.atomic():
        found = list(Municipality.objects.select_for_update().filter(slug__in=slugs))
        if unknown := sorted(set(slugs) - {each.slug for each in found}):
            raise RefusedError(_("There is no municipality “%(slug)s”.") % {"slug": ", ".join(unknown)})
        changed = [each for each in found if each.wave != wave]
        for each in changed:
            record("municipality.wave", each, by=by, changes={"wave": [each.wave, wave]})
            each.wave = wave
            each.save(update_fields=["wave"])
    return len(changed)


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
        rollout = _unfinished(resume=resume, number=number)
        if rollout is not None:
            wish = replace(wish, wave=rollout.wave)
        check_wave(wish.wave)
        groups = plan(wish.wave)
        behind = sum(len(group.schemas) for group in groups)
        everybody = Municipality.objects.filter(**({"wave": wish.wave} if wish.wave else {})).count()
        outcome = Outcome(unchanged=everybody - behind)
        if groups or rollout is not None:
            outcome.rollout = _begin(rollout, wish, by)
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


def check_wave(wave: str) -> None:
    """Raises RefusedError, which names the waves there are, for another one."""
    known = sorted(set(Municipality.objects.values_list("wave", flat=True)))
    if wave and wave not in known:
        raise RefusedError(
            _("There is no wave “%(wave)s”; there are: %(known)s.") % {"wave": wave, "known": ", ".join(known)}
        )


def _unfinished(*, resume: bool, number: int) -> Rollout | None:
    """The rollout to go on with. Without `resume` unfinished ones are noted as superseded."""
    # We hold the lock: whoever is noted as running is dead.
    for dead in Rollout.objects.filter(state=RolloutState.RUNNING):
        dead.become(RolloutState.INTERRUPTED)
        dead.ended_at = timezone.now()
        dead.save()
    unfinished = list(Rollout.objects.filter(state__in=(*UNFINISHED, RolloutState.WAITING)).order_by("-id"))
    goes_on = resume or number > 0
    if goes_on and not unfinished:
        raise RefusedError(_("There is no unfinished rollout to go on with. Start one without --resume."))
    if number and unfinished[0].pk != number:
        raise RefusedError(_("A later rollout took the place of this one."))
    for old in unfinished[1:] if goes_on else unfinished:
        old.become(RolloutState.SUPERSEDED)
        old.ended_at = old.ended_at or timezone.now()
        old.save()
    if not goes_on:
        return None
    if not number:
        unfinished[0].take_up(timezone.now())
    return unfinished[0]


def _begin(rollout: Rollout | None, wish: Wish, by: str) -> Rollout:
    if rollout is None:
        rollout = Rollout(by=by, wave=wish.wave)
    rollout.jobs, rollout.most_failures, rollout.watch = wish.jobs, wish.most_failures, wish.watch
    rollout.code, rollout.ended_at = migrations_digest(), None
    try:
        with transaction.atomic():
            if rollout.pk is not None:
                now = Rollout.objects.select_for_update().get(pk=rollout.pk)
                if now.state != rollout.state:
                    raise RefusedError(_("The rollout was stopped before it began."))
                rollout.become(RolloutState.RUNNING)
            rollout.save()
            record("rollout.begin", rollout, by=by)
    except IntegrityError as error:
        raise RefusedError(_("Another rollout was put in line a moment ago. See “--past”, then try again.")) from error
    return rollout


def _steps(rollout: Rollout, groups: list[Group]) -> dict[str, RolloutStep]:
    """One row per municipality that is behind; what an earlier attempt noted of it is written anew."""
    left = rollout.steps.exclude(state__in=(StepState.DONE, StepState.GONE))
    left.exclude(schema_name__in=Municipality.objects.values("schema_name")).update(state=StepState.GONE, error="")
    left.delete()
    rollout.steps.filter(schema_name__in=[each.schema_name for group in groups for each in group.schemas]).delete()
    made = RolloutStep.objects.bulk_create(
        RolloutStep(
            rollout=rollout,
            schema_name=schema.schema_name,
            wave=schema.wave,
            from_version=schema.version,
            to_version=group.migrations[-1] if group.migrations else "",
            migrations=group.migrations,
        )
        for group in groups
        for schema in group.schemas
    )
    return {step.schema_name: step for step in made}


def in_order(waves: set[str]) -> list[str]:
    """The canaries first, the rest last, the others by name."""
    return sorted(waves, key=lambda wave: (wave != CANARY, wave == REST, wave))


def _go(outcome: Outcome, groups: list[Group], wish: Wish, report: Report, brake: Brake) -> None:
    rollout = outcome.rollout
    assert rollout is not None
    halt: Halt | None = None
    try:
        steps = _steps(rollout, groups)
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
                _refuse(step, group, why)
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


def _refuse(step: RolloutStep, group: Group, why: str) -> None:
    step.state = StepState.FAILED
    step.ended_at = timezone.now()
    step.error = explain(step.schema_name, ", ".join(group.migrations) or "–", "", why)
    step.save()


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
