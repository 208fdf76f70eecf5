"""What the pages of rollouts have at addresses, for `test_access.py`."""

from typing import Any

from django.utils import timezone

from operations.rollouts.models import DriftLook, Plan
from tenants.models import DriftCheck, Rollout, RolloutStep


def rolled_out() -> dict[str, Any]:
    """A plan, a check for drift, and a rollout that stopped."""
    now = timezone.now()
    group = {"waves": {"rest": 1}, "names": ["ahausen"], "fit": 1, "migrations": ["a.0002"], "sql": "…", "unfit": {}}
    done = {"asked_by": "olga@example.org", "state": "done", "ended_at": now}
    DriftLook.objects.create(**done)
    DriftCheck.objects.create(compared=2, found={"bedorf": ["- x"]})
    rollout = Rollout.objects.create(by="olga@example.org", jobs=2, code="x", state="stopped", ended_at=now)
    RolloutStep.objects.create(rollout=rollout, schema_name="ahausen", wave="rest", state="failed", error="x")
    return {"rollout_plan": Plan.objects.create(**done, code="x", total=2, groups=[group]), "rollout": rollout}
