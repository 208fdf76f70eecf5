"""Looking for news, and tidying up: one job per municipality, one per subscription with news."""

from django.utils import timezone
from procrastinate.contrib.django import app

from jobs.declare import job
from portal.subscriptions import services
from tenants.models import Municipality
from tenants.running.context import each, inside


@job()
def tell_one(subscription_id: int, found: list[int]) -> None:
    """Send one subscriber what is new."""
    services.tell_news(subscription_id, found, now=timezone.now())


@app.task(name="portal.subscriptions.look_at", retry=3)
def look_at(schema_name: str) -> None:
    """Find the subscribers with news in one municipality; each gets a job of its own, so that one failing does not
    hold up the others. No @job: it must not run in a transaction, and doing it twice does no harm."""
    with inside(Municipality.objects.get(schema_name=schema_name)):
        for pk, found in services.due_with_news(timezone.now()).items():
            tell_one.defer(subscription_id=pk, found=found)


@job()
def tidy_here() -> None:
    """Ask who wants to go on, forget who never confirmed."""
    services.tidy(timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="portal.subscriptions.look_everywhere", queueing_lock="portal.subscriptions.look_everywhere")
def look_everywhere(timestamp: int) -> None:
    """Every ten minutes."""
    for municipality in each():
        look_at.defer(schema_name=municipality.schema_name)


@app.periodic(cron="37 4 * * *")
@app.task(name="portal.subscriptions.tidy_everywhere", queueing_lock="portal.subscriptions.tidy_everywhere")
def tidy_everywhere(timestamp: int) -> None:
    """Every night."""
    for _municipality in each():
        tidy_here.defer()
