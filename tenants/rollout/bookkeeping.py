"""What is on record of a rollout before its first wave: which one it is, and a step for each municipality."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from tenants.models import Municipality
from tenants.refused import RefusedError
from tenants.rollout.groups import Group
from tenants.rollout.release import migrations_digest
from tenants.rollout.running import explain
from tenants.rollout.wish import Wish
from tenants.rollout_records import UNFINISHED, Rollout, RolloutState, RolloutStep, StepState


def unfinished_one(*, resume: bool, number: int) -> Rollout | None:
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


def begun(rollout: Rollout | None, wish: Wish, by: str) -> Rollout:
    """The record of a new one, or of the one that goes on, as running from now on. Raises RefusedError."""
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


def steps_of(rollout: Rollout, groups: list[Group]) -> dict[str, RolloutStep]:
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


def refuse(step: RolloutStep, group: Group, why: str) -> None:
    """A schema that is as no plan expects it gets nothing."""
    step.state = StepState.FAILED
    step.ended_at = timezone.now()
    step.error = explain(step.schema_name, ", ".join(group.migrations) or "–", "", why)
    step.save()
