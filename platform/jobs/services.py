"""Looking after the queue."""

from django.db import connection
from procrastinate.contrib.django import app

# A worker says every 10 s that it lives; one that has not for 30 s was killed and its jobs start again.
HEARTBEAT_TIMEOUT = 30


def queue_answers() -> bool:
    """Whether the queue's tables can be read; part of /readyz."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM (SELECT 1 FROM procrastinate_jobs LIMIT 1) AS one")
        return cursor.fetchone() is not None


def workers_alive() -> int:
    """How many workers have said within half a minute that they live."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - %s * interval '1 second'",
            [HEARTBEAT_TIMEOUT],
        )
        return int(cursor.fetchone()[0])


async def restart_stalled(seconds: float = HEARTBEAT_TIMEOUT) -> int:
    """Put jobs whose worker was killed back on the queue and return how many."""
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=seconds))
    for stalled_job in stalled:
        await app.job_manager.retry_job(stalled_job)
    return len(stalled)
