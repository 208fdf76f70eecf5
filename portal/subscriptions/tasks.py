"""Looking for news, and tidying up: one job per municipality, one per subscription with news."""

import logging

from django.db import DatabaseError
from django.utils import timezone
from procrastinate.contrib.django import app

from jobs.declare import job, queue_once
from portal.subscriptions import services
from portal.subscriptions.models import Subscription
from tenants.models import Municipality
from tenants.running.context import each, each_kept, inside, is_live

log = logging.getLogger(__name__)


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
            tell_one.defer_once(about=pk, subscription_id=pk, found=found)


@job()
def tidy_here() -> None:
    """Ask who wants to go on, where there is something to go on with; forget who never confirmed or has ended."""
    if is_live():
        services.ask_to_go_on(timezone.now())
    services.forget_ended(timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="portal.subscriptions.look_everywhere", queueing_lock="portal.subscriptions.look_everywhere")
def look_everywhere(timestamp: int) -> None:
    """Every ten minutes: a job for each municipality in which somebody's turn has come, unless one waits already."""
    for municipality in each():
        try:
            due = Subscription.objects.due(timezone.now()).exists()
        except DatabaseError:
            # One whose tables are not as they should be must not keep the others waiting.
            log.exception("The subscriptions of %s cannot be read.", municipality.schema_name)
            continue
        if due:
            lock = f"{look_at.name}:{municipality.schema_name}"
            queue_once(look_at, lock, schema_name=municipality.schema_name)


@app.periodic(cron="37 4 * * *")
@app.task(name="portal.subscriptions.tidy_everywhere", queueing_lock="portal.subscriptions.tidy_everywhere")
def tidy_everywhere(timestamp: int) -> None:
    """Every night, whatever the state: what was promised to subscribers holds."""
    for _municipality in each_kept():
        tidy_here.defer_once()
