"""Nightly work on the library, one job per municipality."""

from procrastinate.contrib.django import app

from jobs.declare import job
from portal.media.orphans import remove_orphans
from portal.media.services import adopt_images, complete, mark_unused, remove_unused
from tenants.running.context import each_kept


@job()
def look_after_media() -> None:
    """Read what was there before the library, mark what nothing points at, remove what has been so for long."""
    adopt_images()
    complete()
    mark_unused()
    remove_unused()
    remove_orphans()


@app.periodic(cron="53 3 * * *")
@app.task(name="portal.media.everywhere", queueing_lock="portal.media.everywhere")
def look_after_media_everywhere(timestamp: int) -> None:
    """Every night: one job for each municipality, whatever its state."""
    for _municipality in each_kept():
        look_after_media.defer_once()
