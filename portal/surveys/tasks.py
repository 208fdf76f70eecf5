"""Nightly work, one job per municipality."""

from procrastinate.contrib.django import app

from jobs.declare import job
from portal.surveys import tidying
from tenants.running.context import each_kept


@job()
def tidy_here() -> None:
    """Forget what was promised to be forgotten."""
    tidying.tidy()


@app.periodic(cron="11 3 * * *")
@app.task(name="portal.surveys.tidy_everywhere", queueing_lock="portal.surveys.tidy_everywhere")
def tidy_everywhere(timestamp: int) -> None:
    """Every night, whatever the state: what was promised to people holds."""
    for _municipality in each_kept():
        tidy_here.defer_once()
