"""The work of the jobs that look: what a rollout would do, and which schemas are not as their migrations made them."""

from collections import Counter
from datetime import timedelta
from typing import Any

from django.utils import timezone

from operations.rollouts.models import DriftLook, Look, LookState, Plan
from tenants.models import Municipality
from tenants.refused import RefusedError
from tenants.rollout.drift import drifted
from tenants.rollout.groups import Group
from tenants.rollout.release import migrations_digest
from tenants.rollout.services import look
from tenants.rollout.wish import Wish

KEPT = timedelta(days=30)
# Of a group so many municipalities are named.
NAMED = 10


def make_plan(number: int) -> None:
    """Look what a rollout would do; does nothing when that was done before. Changes nothing in any municipality."""
    plan = Plan.objects.filter(pk=number, state=LookState.WAITING).first()
    if plan is None:
        return
    try:
        shared, groups = look(Wish())
    except RefusedError as error:
        _end(plan, error=str(error))
        return
    plan.code, plan.shared, plan.total = migrations_digest(), shared, Municipality.objects.count()
    plan.groups = [_told(group) for group in groups]
    _end(plan)


def check_drift(number: int) -> None:
    """Compare all schemas with what their migrations make (which notes what it finds); does nothing when that was done
    before."""
    asked = DriftLook.objects.filter(pk=number, state=LookState.WAITING).first()
    if asked is None:
        return
    try:
        drifted()
    except RefusedError as error:
        _end(asked, error=str(error))
        return
    _end(asked)


def _end(done: Look, *, error: str = "") -> None:
    done.state, done.error, done.ended_at = LookState.FAILED if error else LookState.DONE, error, timezone.now()
    done.save()
    type(done)._default_manager.filter(asked_at__lt=timezone.now() - KEPT).delete()


def _told(group: Group) -> dict[str, Any]:
    fit = [each.schema_name for each in group.schemas if each.schema_name not in group.unfit]
    return {
        "waves": Counter(each.wave for each in group.schemas),
        "names": fit[:NAMED],
        "fit": len(fit),
        "migrations": group.migrations,
        "sql": "\n".join(_statements(group)),
        "unfit": group.unfit,
    }


def _statements(group: Group) -> list[str]:
    """As `manage rollout --dry-run` prints them."""
    lines = []
    for unit in group.units:
        lines.append("BEGIN;" if unit.atomic else "-- piece by piece, outside of a transaction:")
        lines += [f"-- Python: {piece.migration}: {piece.text}" if piece.live else piece.text for piece in unit.pieces]
        if unit.atomic:
            lines.append("COMMIT;")
    return lines
