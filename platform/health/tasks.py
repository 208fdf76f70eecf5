"""Looking whether operators have to be told something."""

from procrastinate.contrib.django import app

from health.alerts import MINUTES, measure


@app.periodic(cron=f"*/{MINUTES} * * * *")
@app.task(name="health.measure", queueing_lock="health.measure")
def measure_health(timestamp: int) -> None:
    """Every ten minutes."""
    measure()
