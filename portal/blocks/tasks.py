"""Going online at a given time, and the nightly tidying."""

from procrastinate.contrib.django import app

from jobs.declare import at_start, job
from portal.blocks import publishing, uses
from portal.blocks.models import Draft
from tenants.running.context import each_kept

EVERYWHERE = "portal.blocks.publish_everywhere"


@job()
def publish_here(page: int = 0) -> None:
    """The drafts whose time has come, of the municipality we are inside; `page` is whose moment this is."""
    publishing.publish_due()


@job()
def tidy_here() -> None:
    """Files nobody needs any more."""
    uses.remove_unused_documents()


@app.periodic(cron="*/10 * * * *")
@app.task(name=at_start(EVERYWHERE), queueing_lock=EVERYWHERE)
def publish_everywhere(timestamp: int) -> None:
    """Whatever the job of its own missed: a restored backup, a moment at which no worker ran."""
    for _municipality in each_kept():
        if Draft.objects.filter(online_at__isnull=False).exists():
            publish_here.defer_once()


@app.periodic(cron="40 3 * * *")
@app.task(name="portal.blocks.tidy_everywhere", queueing_lock="portal.blocks.tidy_everywhere")
def tidy_everywhere(timestamp: int) -> None:
    """At night."""
    for _municipality in each_kept():
        tidy_here.defer_once()
