"""The queue's own periodic jobs."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from jobs.failures import forget_failures
from jobs.models import Receipt
from jobs.services import restart_stalled

KEEP_HOURS = 24 * 7


@app.periodic(cron="* * * * *")
@app.task(name="jobs.restart_stalled", queueing_lock="jobs.restart_stalled")
async def restart_stalled_jobs(timestamp: int) -> None:
    """Every minute: jobs of a killed worker start again."""
    await restart_stalled()


@app.periodic(cron="17 3 * * *")
@app.task(name="jobs.tidy", queueing_lock="jobs.tidy")
async def tidy(timestamp: int) -> None:
    """Every night: forget jobs and receipts older than a week. Failed jobs wait for the operator."""
    await app.job_manager.delete_old_jobs(nb_hours=KEEP_HOURS)
    await forget_failures()
    await Receipt.objects.filter(done_at__lt=timezone.now() - timedelta(hours=2 * KEEP_HOURS)).adelete()
