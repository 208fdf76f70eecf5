"""What the pages show of a rollout, from the shared tables alone and in a number of statements that does not grow."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.paginator import Page
from django.db.models import Count, Max, Min, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.models import Entry
from operations.rollouts.services import is_attended
from tenants.models import Municipality
from tenants.rollout.errors import errors_of
from tenants.rollout.services import watched_until
from tenants.rollout.slowness import slowness_of
from tenants.rollout.waves import in_order
from tenants.rollout_records import Rollout, RolloutStep, StepState
from tracker.releases.models import Arrival

HISTORY = 30
MOST_FAILED = 50
# What the audit log calls them.
HAPPENED = {
    "rollout.order": _("%(who)s put it in line"),
    "rollout.resume": _("%(who)s had it go on"),
    "rollout.stop": _("%(who)s had it stop"),
    "rollout.begin": _("begun"),
    "rollout.end": _("ended"),
}


@dataclass(slots=True)
class WaveRow:
    """One wave in numbers; `allowed` failures are borne in it."""

    name: str
    counts: Counter[str] = field(default_factory=Counter)
    begun: datetime | None = None
    ended: datetime | None = None
    allowed: int = 0

    @property
    def total(self) -> int:
        """All that are still there."""
        return sum(self.counts.values()) - self.counts[StepState.GONE]

    @property
    def done(self) -> int:
        return self.counts[StepState.DONE]

    @property
    def failed(self) -> int:
        return self.counts[StepState.FAILED]

    @property
    def waiting(self) -> int:
        return self.counts[StepState.WAITING]

    @property
    def gone(self) -> int:
        return self.counts[StepState.GONE]

    @property
    def is_begun(self) -> bool:
        return self.done + self.failed > 0

    @property
    def tone(self) -> str:
        """Which sign stands before the words."""
        if self.failed:
            return "bad" if self.failed > self.allowed else "watch"
        return "ok" if not self.waiting else "new"

    @property
    def words(self) -> Any:
        """How it stands."""
        if not self.waiting:
            return pgettext_lazy("a wave", "done")
        return pgettext_lazy("a wave", "under way") if self.is_begun else pgettext_lazy("a wave", "waits")


def waves_of(rollout: Rollout) -> list[WaveRow]:
    """Its waves in their order, in one statement."""
    rows: dict[str, WaveRow] = {}
    found = rollout.steps.order_by().values("wave", "state")
    for each in found.annotate(number=Count("pk"), begun=Min("started_at"), ended=Max("ended_at")):
        row = rows.setdefault(each["wave"], WaveRow(each["wave"]))
        row.counts[each["state"]] = each["number"]
        row.begun = min(filter(None, (row.begun, each["begun"])), default=None)
        row.ended = max(filter(None, (row.ended, each["ended"])), default=None)
    for row in rows.values():
        row.allowed = sum(row.counts.values()) * rollout.most_failures // 100
    return [rows[name] for name in in_order(set(rows))]


def total_of(waves: list[WaveRow]) -> WaveRow:
    """All waves in one line."""
    whole = WaveRow("")
    for each in waves:
        whole.counts.update(each.counts)
    return whole


def named(steps: "QuerySet[RolloutStep] | Page[RolloutStep]") -> list[dict[str, Any]]:
    """Steps with the names of their municipalities; one that is gone has its short name. One statement more."""
    rows = list(steps)
    towns = Municipality.objects.filter(schema_name__in=[each.schema_name for each in rows])
    names = dict(towns.values_list("schema_name", "name"))
    return [{"it": each, "name": names.get(each.schema_name, each.schema_name)} for each in rows]


def history_of(rollout: Rollout) -> list[dict[str, Any]]:
    """What happened to it, the newest first, from the audit log."""
    rows = Entry.objects.filter(target_type="tenants.rollout", target_id=str(rollout.pk), action__in=HAPPENED)
    return [
        {"at": each.at, "words": HAPPENED[each.action] % {"who": each.actor}} for each in rows.order_by("-pk")[:HISTORY]
    ]


def arrivals_of(rollout: Rollout) -> list[dict[str, Any]]:
    """Versions of the release notes that reached municipalities while it ran, and how many."""
    rows = Arrival.objects.filter(at__gte=rollout.started_at)
    if rollout.ended_at is not None:
        rows = rows.filter(at__lte=rollout.ended_at)
    counted = rows.order_by().values("release__version").annotate(number=Count("pk")).order_by("release__version")
    return [dict(each) for each in counted]


def progress_of(rollout: Rollout) -> dict[str, Any]:
    """What the part of the page shows that renews itself."""
    waves = waves_of(rollout)
    whole = total_of(waves)
    watched = watched_until(rollout, rollout.watch) if rollout.is_open and whole.waiting else None
    failed = rollout.steps.filter(state=StepState.FAILED)[:MOST_FAILED]
    return {
        "rollout": rollout,
        "waves": waves,
        "whole": whole,
        "watched_until": watched if _nothing_under_way(waves) else None,
        "failed": named(failed),
        "errors": errors_of(rollout),
        "slowness": slowness_of(rollout),
        "is_attended": not rollout.is_open or is_attended(rollout),
        "arrivals": arrivals_of(rollout),
    }


def _nothing_under_way(waves: list[WaveRow]) -> bool:
    """Whether each wave is either over or not begun: it is between two of them."""
    return all(not (each.is_begun and each.waiting) for each in waves)
