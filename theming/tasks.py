"""Nightly: pictures nobody needs any more go."""

from procrastinate.contrib.django import app

from jobs.declare import job
from tenants.running.context import each_kept
from theming.images import forget_scaled


@job()
def tidy_pictures() -> None:
    """Remove the scaled copies of this municipality whose pictures are gone."""
    forget_scaled()


@app.periodic(cron="7 3 * * *")
@app.task(name="theming.tidy_pictures_everywhere", queueing_lock="theming.tidy_pictures_everywhere")
def tidy_pictures_everywhere(timestamp: int) -> None:
    """Every night: one job for each municipality, whatever its state: a picture may show people."""
    for _municipality in each_kept():
        tidy_pictures.defer_once()
