"""Looking whether operators have to be told something."""

from procrastinate.contrib.django import app

from health.alerts import MINUTES, measure
from health.telling import jobs


@app.periodic(cron=f"*/{MINUTES} * * * *")
@app.task(name="health.measure", queueing_lock="health.measure")
def measure_health(timestamp: int) -> None:
    """Every ten minutes; messages of earlier ones that nobody sends any more are taken up again."""
    measure()
    jobs.look_after()
