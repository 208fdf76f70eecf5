"""The nightly look at what was searched in vain, one job per municipality."""

from procrastinate.contrib.django import app

from jobs.declare import job
from portal.search.unanswered import look_again
from tenants.running.context import each_kept


@job(atomic=False)
def look_for_unanswered_here() -> None:
    """Ask what is searched most of today's offers. Many short questions: no transaction is held open for them."""
    look_again()


@app.periodic(cron="29 4 * * *")
@app.task(name="portal.search.look_everywhere", queueing_lock="portal.search.look_everywhere")
def look_everywhere(timestamp: int) -> None:
    """Every night: one job for each municipality, whatever its state."""
    for _municipality in each_kept():
        look_for_unanswered_here.defer_once()
