"""Looking over all logs, every night and on demand; known to the queue by operations.tasks."""

from datetime import datetime, time

from django.utils import timezone
from procrastinate.contrib.django import app

from jobs.declare import job
from operations.logs import checking
from tenants.running.context import inside, inside_public

# Local time from which they are looked over.
NIGHT_BEGINS = time(2, 30)
# Seconds between two municipalities: a thousand take a good half hour, one after another.
STAGGER = 2


@job(retries=3)
def look_over_log() -> None:
    """Look over the audit log of the schema we are inside, and write down where a whole one ends."""
    checking.look_over(write_down=True)


@job(retries=3)
def look_over_all_logs() -> None:
    """Queue that for everybody now, because somebody wants to know."""
    defer_looks(timezone.now())


@app.periodic(cron="13-59/20 * * * *")
@app.task(name="operations.look_over_logs", queueing_lock="operations.look_over_logs")
def look_over_logs(timestamp: int) -> None:
    """Every twenty minutes: queue whose log nobody has looked over this night. A missed night is caught up at once."""
    now = timezone.localtime(datetime.fromtimestamp(timestamp, tz=timezone.get_current_timezone()))
    if now.time() >= NIGHT_BEGINS:
        defer_looks(timezone.make_aware(datetime.combine(now.date(), NIGHT_BEGINS)))


def defer_looks(since: datetime) -> int:
    """Queue a job for each log, the platform's own too, that was not looked over since then; return how many."""
    with inside_public():
        checking.forget_gone()
        waiting = checking.unverified_since(since)
        queued = 0
        if not checking.own_since(since):
            queued += look_over_log.defer_once()
    for municipality in waiting:
        with inside(municipality):
            queued += look_over_log.defer_once(seconds=STAGGER * queued)
    return queued


@app.periodic(cron="9-59/20 * * * *")
@app.task(name="operations.tell_of_broken_logs", queueing_lock="operations.tell_of_broken_logs")
def tell_of_broken_logs(timestamp: int) -> None:
    """Every twenty minutes: operators hear of logs that are not whole, once."""
    with inside_public():
        checking.tell_operators()
