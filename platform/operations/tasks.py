"""The operator's nightly work."""

from datetime import date, datetime, time

from django.utils import timezone
from procrastinate.contrib.django import app

from jobs.declare import job
from tenants.running import figures
from tenants.running.context import inside, inside_public

# Local time from which a day's figures are counted.
NIGHT_BEGINS = time(1, 30)
# Seconds between two municipalities: a thousand take a good half hour, one after another.
STAGGER = 2


@job(retries=3)
def measure_municipality(night: str) -> None:
    """Write the figures of the municipality we are inside."""
    figures.measure(date.fromisoformat(night))


@app.periodic(cron="*/20 * * * *")
@app.task(name="operations.measure_all", queueing_lock="operations.measure_all")
def measure_all(timestamp: int) -> None:
    """Every twenty minutes: queue whoever has no figures of this night yet. So a missed night is caught up at once."""
    now = timezone.localtime(datetime.fromtimestamp(timestamp, tz=timezone.get_current_timezone()))
    if now.time() >= NIGHT_BEGINS:
        defer_figures(now.date())


def defer_figures(night: date) -> int:
    """Queue a job for each municipality without figures of this night and return how many were queued."""
    with inside_public():
        waiting = list(figures.unmeasured(night))
    queued = 0
    for municipality in waiting:
        with inside(municipality):
            # By the name of the municipality in order: one worker's connection meets each schema once.
            queued += measure_municipality.defer_once(seconds=STAGGER * queued, night=night.isoformat())
    return queued
