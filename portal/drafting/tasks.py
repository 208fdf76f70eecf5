"""Reading and tidying, on the queue."""

from procrastinate.contrib.django import app

from core.lazy import lazy
from jobs.declare import job
from portal.drafting.tidying import tidy
from tenants.running.context import each_kept

# It reads pictures, pages and PDFs: nothing that a web request or a command should load.
working = lazy("portal.drafting.working")


@job(retries=2, atomic=False)
def read_now(*, pk: int) -> None:
    """Read one page or flyer."""
    working.work(pk)


@job()
def tidy_readings() -> None:
    """Forget old readings."""
    tidy()


@app.periodic(cron="11 4 * * *")
@app.task(name="portal.drafting.everywhere", queueing_lock="portal.drafting.everywhere")
def tidy_readings_everywhere(timestamp: int) -> None:
    """Every night: one job for each municipality."""
    for _municipality in each_kept():
        tidy_readings.defer_once()
