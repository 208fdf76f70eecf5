"""Nightly work on figures, one job per municipality."""

from procrastinate.contrib.django import app

from jobs.declare import job
from portal.usage.few import sum_sought
from portal.usage.months import sum_months
from portal.usage.retention import drop_old_figures
from tenants.running.context import each_kept


@job()
def forget_here() -> None:
    """Delete the figures this municipality no longer keeps, then sum up what is over."""
    drop_old_figures()
    sum_months()
    sum_sought()


@app.periodic(cron="51 3 * * *")
@app.task(name="portal.usage.forget_everywhere", queueing_lock="portal.usage.forget_everywhere")
def forget_everywhere(timestamp: int) -> None:
    """Every night: one job for each municipality, whatever its state."""
    for _municipality in each_kept():
        forget_here.defer_once()
