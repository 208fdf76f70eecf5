"""Jobs of the room."""

from django.utils import timezone
from procrastinate.contrib.django import app

from tenants.running.context import inside_public
from tracker.tickets import drafting


@app.periodic(cron="40 3 * * *")
@app.task(name="tracker.sweep_drafts", queueing_lock="tracker.sweep_drafts")
def sweep_drafts(timestamp: int) -> None:
    """Reports that nobody went on with, and their pictures, go after a month."""
    with inside_public():
        drafting.sweep(timezone.now())
