"""The operator's nightly work."""

import logging
from datetime import date, datetime, time

from django.db import Error as DatabaseError
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from jobs.declare import job
from operations.given_up import count_everywhere
from operations.logs import tasks as log_tasks  # noqa: F401 - makes them known to the queue
from tenants.running import answers, figures
from tenants.running.cache import forget_expired
from tenants.running.context import every, inside, inside_public
from tenants.running.server_errors import forget_old

# Local time from which a day's figures are counted.
NIGHT_BEGINS = time(1, 30)
# Seconds between two municipalities: a thousand take a good half hour, one after another.
STAGGER = 2
logger = logging.getLogger(__name__)


@job(retries=3)
def measure_municipality(night: str) -> None:
    """Write the figures of the municipality we are inside."""
    figures.measure(date.fromisoformat(night))


@app.periodic(cron="*/20 * * * *")
@app.task(name="operations.measure_all", queueing_lock="operations.measure_all")
def measure_all(timestamp: int) -> None:
    """Every twenty minutes: queue whoever has no figures of this night yet. So a missed night is caught up at once."""
    now = timezone.localtime(datetime.fromtimestamp(timestamp, tz=timezone.get_current_timezone()))
    if now.time() >= NIGHT_BEGINS:
        defer_figures(now.date())


def defer_figures(night: date) -> int:
    """Queue a job for each municipality without figures of this night and return how many were queued."""
    with inside_public():
        waiting = list(figures.unmeasured(night))
    queued = 0
    for municipality in waiting:
        with inside(municipality):
            # By the name of the municipality in order: one worker's connection meets each schema once.
            queued += measure_municipality.defer_once(seconds=STAGGER * queued, night=night.isoformat())
    return queued


@app.periodic(cron="23 3 * * *")
@app.task(name="operations.forget_sessions", queueing_lock="operations.forget_sessions")
def forget_expired_sessions(timestamp: int) -> None:
    """Every night: sessions that ended go, on the operator's side and in every municipality of whatever state.

    By SQL: Django would fetch each row first, as django-tenants listens to every deletion.
    """
    for place in every():
        try:
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM django_session WHERE expire_date < %s", [timezone.now()])
        except DatabaseError:
            # Its tables may wait for a rollout; the others go on.
            logger.exception("Forgetting sessions of “%s” failed.", place.schema_name)


@app.periodic(cron="11 * * * *")
@app.task(name="operations.forget_shared_values", queueing_lock="operations.forget_shared_values")
def forget_shared_values(timestamp: int) -> None:
    """Every hour: counters of limits whose time is over, and of errors and response times that nobody
    compares with any more."""
    forget_expired()
    forget_old()
    answers.forget_old()


@app.periodic(cron="7-59/20 * * * *")
@app.task(name="operations.count_given_up_mail", queueing_lock="operations.count_given_up_mail")
def count_given_up_mail(timestamp: int) -> None:
    """Every twenty minutes: whose mails were given up, for the operator's page."""
    count_everywhere()
