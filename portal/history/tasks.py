"""Nightly: what was deleted thirty days ago goes for good."""

from procrastinate.contrib.django import app

from jobs.declare import job
from portal.history.removing import remove_for_good
from tenants.running.context import each_kept


@job()
def empty_bin() -> None:
    """Forget what has been deleted for thirty days."""
    remove_for_good()


@app.periodic(cron="29 3 * * *")
@app.task(name="portal.history.everywhere", queueing_lock="portal.history.everywhere")
def empty_bin_everywhere(timestamp: int) -> None:
    """Every night: one job for each municipality, whatever its state."""
    for _municipality in each_kept():
        empty_bin.defer_once()
