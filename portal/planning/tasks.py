"""Jobs of the room."""

from typing import TYPE_CHECKING

from procrastinate.contrib.django import app

from core.lazy import lazy
from jobs.declare import job
from tenants.running.context import each_kept

if TYPE_CHECKING:
    from portal.planning import reconciling
else:
    reconciling = lazy("portal.planning.reconciling")


@job()
def reconcile_here() -> None:
    """Hold the times of being public against the offers and the log of states."""
    reconciling.reconcile()


@app.periodic(cron="41 2 * * *")
@app.task(name="portal.planning.reconcile_everywhere", queueing_lock="portal.planning.reconcile_everywhere")
def reconcile_everywhere(timestamp: int) -> None:
    """Every night, before the municipalities are counted: one job for each, whatever its state."""
    for _municipality in each_kept():
        reconcile_here.defer_once()
