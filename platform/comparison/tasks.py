"""Every night, after most municipalities were counted."""

from django.utils import timezone
from procrastinate.contrib.django import app

from comparison.keeping import decide, keep_months
from tenants.running.context import inside_public


@app.periodic(cron="50 5 * * *")
@app.task(name="comparison.keep", queueing_lock="comparison.keep")
def keep(timestamp: int) -> None:
    """The month's figures; and the medians of a month that is over."""
    with inside_public():
        today = timezone.localdate()
        keep_months(today)
        decide(today)
