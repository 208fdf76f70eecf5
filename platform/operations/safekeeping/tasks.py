"""Jobs of this room."""

from procrastinate.contrib.django import app

from jobs.declare import job
from operations.safekeeping import files
from tenants.running.context import inside_public


@job(atomic=False)
def write(number: int) -> None:
    """Write an export."""
    files.write(number)


@app.periodic(cron="41 3 * * *")
@app.task(name="operations.sweep_exports", queueing_lock="operations.sweep_exports")
def sweep_exports(timestamp: int) -> None:
    """Every night: exports that were there for a week go."""
    with inside_public():
        files.sweep()
