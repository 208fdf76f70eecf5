"""Nightly: how much is published on what was adopted of the shared catalogue, for figures that compare."""

from procrastinate.contrib.django import app

from jobs.declare import job
from portal.taxonomy.adoption.services import look_at_release
from portal.vocabulary.catalogue.counting import note_uses
from tenants.running.context import each_kept


@job()
def count_catalogue_here() -> None:
    """Count this municipality, and look at the newest release where the job of its day is lost (a restored backup)."""
    note_uses()
    look_at_release()


@app.periodic(cron="13 4 * * *")
@app.task(name="portal.vocabulary.count_everywhere", queueing_lock="portal.vocabulary.count_everywhere")
def count_catalogue_everywhere(timestamp: int) -> None:
    """Every night: one job for each municipality, whatever its state."""
    for _municipality in each_kept():
        count_catalogue_here.defer_once()
