"""Every night: what can no longer be taken back is forgotten."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from jobs.declare import job
from portal.editorial.review.models import Decision
from tenants.running.context import each_kept

KEPT = timedelta(days=1)


@job()
def forget_decisions() -> None:
    """Those of yesterday and before."""
    Decision.objects.filter(until__lt=timezone.now() - KEPT).delete()


@app.periodic(cron="41 3 * * *")
@app.task(name="portal.review.everywhere", queueing_lock="portal.review.everywhere")
def forget_decisions_everywhere(timestamp: int) -> None:
    """Every night: one job for each municipality, whatever its state."""
    for _municipality in each_kept():
        forget_decisions.defer_once()
