"""Every night: registrations nobody confirmed go, and who was invited or asked is forgotten after a while."""

from django.utils import timezone
from procrastinate.contrib.django import app

from jobs.declare import job
from portal.organisations import registering
from tenants.running.context import each_kept


@job()
def purge_here() -> None:
    """Forget unconfirmed registrations of the municipality we are inside, and what was settled long ago."""
    registering.purge(timezone.now())
    registering.forget_settled(timezone.now())


@app.periodic(cron="11 4 * * *")
@app.task(name="portal.organisations.purge_everywhere", queueing_lock="portal.organisations.purge_everywhere")
def purge_everywhere(timestamp: int) -> None:
    """Whatever the state of the municipality: what was promised to people holds."""
    for _municipality in each_kept():
        purge_here.defer_once()
