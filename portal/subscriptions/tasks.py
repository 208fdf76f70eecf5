"""Looking for news, and tidying up: one job per municipality, one per subscription with news."""

from django.utils import timezone
from procrastinate.contrib.django import app

from jobs.declare import job
from portal.subscriptions import services
from tenants.context import each


@job()
def tell_one(subscription_id: int) -> None:
    """Send one subscriber what is new."""
    services.tell_news(subscription_id, now=timezone.now())


@job()
def look_here() -> None:
    """Find the subscribers with news in this municipality; each gets a job of its own, so that one failing does not
    hold up the others."""
    for pk in services.due_with_news(timezone.now()):
        tell_one.defer(subscription_id=pk)


@job()
def tidy_here() -> None:
    """Ask who wants to go on, forget who never confirmed."""
    services.tidy(timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="portal.subscriptions.look_everywhere", queueing_lock="portal.subscriptions.look_everywhere")
def look_everywhere(timestamp: int) -> None:
    """Every ten minutes."""
    for _municipality in each():
        look_here.defer()


@app.periodic(cron="37 4 * * *")
@app.task(name="portal.subscriptions.tidy_everywhere", queueing_lock="portal.subscriptions.tidy_everywhere")
def tidy_everywhere(timestamp: int) -> None:
    """Every night."""
    for _municipality in each():
        tidy_here.defer()
