"""The weekly mail: looked at every morning, one job per municipality."""

from procrastinate.contrib.django import app

from jobs.declare import job
from portal.editorial.desk.weekly import write_weekly_mails
from tenants.running.context import each_kept, is_live


@job()
def write_weekly_mails_here() -> None:
    """Write what is due in this municipality, where anybody is served."""
    if is_live():
        write_weekly_mails()


@app.periodic(cron="41 5 * * *")
@app.task(name="portal.editorial.weekly_everywhere", queueing_lock="portal.editorial.weekly_everywhere")
def write_weekly_mails_everywhere(timestamp: int) -> None:
    """Before office hours: one job for each municipality."""
    for _municipality in each_kept():
        write_weekly_mails_here.defer_once()
