"""Nightly: pictures of drafts nobody published go."""

from procrastinate.contrib.django import app

from jobs.declare import job
from portal.appearance.tidying import remove_unused
from tenants.running.context import each_kept


@job()
def tidy_looks() -> None:
    """Remove the uploads of this municipality that no look names."""
    remove_unused()


@app.periodic(cron="17 3 * * *")
@app.task(name="portal.appearance.tidy_everywhere", queueing_lock="portal.appearance.tidy_everywhere")
def tidy_looks_everywhere(timestamp: int) -> None:
    """Every night: one job for each municipality, whatever its state."""
    for _municipality in each_kept():
        tidy_looks.defer_once()
