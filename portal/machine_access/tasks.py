"""Every night: forgetting what programs were answered."""

from procrastinate.contrib.django import app

from portal.machine_access.keeping import forget_old
from tenants.running.context import each_kept


@app.periodic(cron="41 3 * * *")
@app.task(name="portal.machine_access.forget", queueing_lock="portal.machine_access.forget")
def forget(timestamp: int) -> None:
    """In each municipality."""
    for _municipality in each_kept():
        forget_old()
