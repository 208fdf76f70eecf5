"""The nightly look at everything, and the background work on links."""

from django.utils import timezone
from procrastinate.contrib.django import app

from jobs.declare import job
from portal.quality.doubles.finding import find_doubles
from portal.quality.figures import keep_night
from portal.quality.links.collecting import collect, collect_of
from portal.quality.links.jobs import check_links_here
from portal.quality.models import Subject
from portal.quality.reading import read_changed, read_offer
from portal.quality.reminders.tasks import send_some
from tenants.running.context import each, each_kept

__all__ = ["check_links_everywhere", "check_links_here", "look_at_one", "look_everywhere", "look_here", "send_some"]


@job()
def look_here() -> None:
    """Read what changed, gather links, look for doubles; then count."""
    read_changed()
    collect()
    find_doubles()
    keep_night(timezone.localdate())


@job()
def look_at_one(kind: str, pk: int) -> None:
    """After a change of one entry: how it reads, and which links it has now."""
    if kind == Subject.OFFER:
        read_offer(pk)
    collect_of(kind, pk)


@app.periodic(cron="47 3 * * *")
@app.task(name="portal.quality.look_everywhere", queueing_lock="portal.quality.look_everywhere")
def look_everywhere(timestamp: int) -> None:
    """Every night: one job for each municipality."""
    for _municipality in each_kept():
        look_here.defer_once()


@app.periodic(cron="*/20 * * * *")
@app.task(name="portal.quality.check_links_everywhere", queueing_lock="portal.quality.check_links_everywhere")
def check_links_everywhere(timestamp: int) -> None:
    """Every twenty minutes: one job for each municipality that is open."""
    for _municipality in each():
        check_links_here.defer_once()
