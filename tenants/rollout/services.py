"""`roll_out`: every municipality gets the schema of the code's version, wave by wave."""

import re
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from tenants.models import Municipality
from tenants.refused import RefusedError
from tenants.rollout.groups import Group, plan
from tenants.rollout.release import migrations_digest
from tenants.rollout.running import Job, Report, Wave, end_leftovers, explain
from tenants.rollout.shared import migrate_public, public_plan
from tenants.rollout_records import UNFINISHED, Rollout, RolloutState, RolloutStep, StepState
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


@dataclass(frozen=True)
class Wish:
    """What the operator asked for: one wave or all, parallel connections, percent of failures, seconds of patience."""

    wave: str = ""
    jobs: int = DEFAULT_JOBS
    most_failures: int = MOST_FAILURES
    patience: float = PATIENCE


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
        _check_wave(wish.wave)
        return public_plan(), plan(wish.wave)


def roll_out(wish: Wish, *, by: str, report: Report, resume: bool = False) -> Outcome:
    """Bring the shared schema, then municipalities that are behind, to the code's version.

    `resume` goes on with the last rollout that did not end well, under its number and with its wave; a plain start
    takes its place. Raises RefusedError, with nothing changed, for an unknown wave, for nothing to resume, and while
    other work on whole municipalities is under way; LostConnectionError when the database goes away.
    """
    with inside_public(), whole_platform("rollout"):
        end_leftovers()
        migrate_public(wish.patience)
        rollout = _unfinished(resume=resume)
        if rollout is not None:
            wish = Wish(rollout.wave, wish.jobs, wish.most_failures, wish.patience)
        _check_wave(wish.wave)
        groups = plan(wish.wave)
        behind = sum(len(group.schemas) for group in groups)
        everybody = Municipality.objects.filter(**({"wave": wish.wave} if wish.wave else {})).count()
        outcome = Outcome(unchanged=everybody - behind)
        if groups or rollout is not None:
            outcome.rollout = _begin(rollout, wish, by)
            _go(outcome, groups, wish, report)
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


def _check_wave(wave: str) -> None:
    known = sorted(set(Municipality.objects.values_list("wave", flat=True)))
    if wave and wave not in known:
        raise RefusedError(
            _("There is no wave “%(wave)s”; there are: %(known)s.") % {"wave": wave, "known": ", ".join(known)}
        )


def _unfinished(*, resume: bool) -> Rollout | None:
    """The rollout to go on with. Without `resume` unfinished ones are noted as superseded."""
    # We hold the lock: whoever is noted as running is dead.
    for dead in Rollout.objects.filter(state=RolloutState.RUNNING):
        dead.become(RolloutState.INTERRUPTED)
        dead.ended_at = timezone.now()
        dead.save()
    unfinished = list(Rollout.objects.filter(state__in=UNFINISHED).order_by("-id"))
    if resume and not unfinished:
        raise RefusedError(_("There is no unfinished rollout to go on with. Start one without --resume."))
    for old in unfinished[1:] if resume else unfinished:
        old.become(RolloutState.SUPERSEDED)
        old.save()
    return unfinished[0] if resume else None


def _begin(rollout: Rollout | None, wish: Wish, by: str) -> Rollout:
    if rollout is None:
        return Rollout.objects.create(by=by, wave=wish.wave, jobs=wish.jobs, code=migrations_digest())
    rollout.become(RolloutState.RUNNING)
    rollout.jobs, rollout.code, rollout.ended_at = wish.jobs, migrations_digest(), None
    rollout.save()
    return rollout


def _steps(rollout: Rollout, groups: list[Group]) -> dict[str, RolloutStep]:
    """One row per municipality that is behind; what an earlier attempt noted of it is written anew."""
    rollout.steps.exclude(state=StepState.DONE).delete()
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


def _go(outcome: Outcome, groups: list[Group], wish: Wish, report: Report) -> None:
    rollout = outcome.rollout
    assert rollout is not None
    end = RolloutState.DONE
    try:
        steps = _steps(rollout, groups)
        for wave in in_order({step.wave for step in steps.values()}):
            if not _one_wave(wave, groups, steps, wish, report):
                end = RolloutState.STOPPED
                break
    except BaseException:
        # Without a database the record goes on saying RUNNING; the next start knows better.
        with suppress(DatabaseError):
            _end(outcome, RolloutState.INTERRUPTED)
        raise
    _end(outcome, end)


def _one_wave(wave: str, groups: list[Group], steps: dict[str, RolloutStep], wish: Wish, report: Report) -> bool:
    """Run one wave; False when too many failed."""
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
        return False
    run = Wave(jobs, allowed=allowed - unfit, patience=wish.patience, report=report)
    run.run(max(1, min(wish.jobs, MOST_JOBS, len(jobs))))
    done = RolloutStep.objects.filter(pk__in=[job.step.pk for job in jobs], state=StepState.DONE)
    _tell(done.values_list("schema_name", flat=True))
    return not run.stopped


def _refuse(step: RolloutStep, group: Group, why: str) -> None:
    step.state = StepState.FAILED
    step.ended_at = timezone.now()
    step.error = explain(step.schema_name, ", ".join(group.migrations) or "–", "", why)
    step.save()


def _end(outcome: Outcome, state: RolloutState) -> None:
    rollout = outcome.rollout
    assert rollout is not None
    counts = Counter(rollout.steps.values_list("state", flat=True))
    if state == RolloutState.DONE and counts[StepState.FAILED]:
        state = RolloutState.FAILED
    rollout.become(state)
    rollout.ended_at = timezone.now()
    rollout.save()
    done = rollout.steps.filter(state=StepState.DONE).exclude(to_version="")
    note_versions(done.values_list("schema_name", "to_version"))
    outcome.done, outcome.waiting = counts[StepState.DONE], counts[StepState.WAITING]
    outcome.errors = list(rollout.steps.filter(state=StepState.FAILED).values_list("error", flat=True))
