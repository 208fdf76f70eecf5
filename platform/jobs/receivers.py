"""Jobs of a municipality go with it: off the queue where it is deleted, along with it to another cell."""

import json
from typing import Any

from django.db import connection
from django.dispatch import receiver

from tenants.signals import arrived, leaving, left, removed

LUGGAGE = "jobs"
# What a job is, wherever it waits. Its number belongs to the queue it waits in.
_COLUMNS = "queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at, attempts, status"
_TYPES = (
    "queue_name text, task_name text, priority int, lock text, queueing_lock text, args jsonb, "
    "scheduled_at timestamptz, attempts int, status procrastinate_job_status"
)


@receiver(removed)
@receiver(left)
def forget_jobs(sender: object, schema_name: str, **kwargs: Any) -> None:
    """Take its jobs off the queue, done ones too: their arguments name its rows. A running one ends by itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE args ->> 'schema_name' = %s AND status <> 'doing'", [schema_name]
        )


@receiver(leaving)
def take_jobs(sender: object, schema_name: str, **kwargs: Any) -> tuple[str, list[Any]]:
    """Off this queue, those that wait or were given up. What is done, as its receipt says, stays."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH taken AS (DELETE FROM procrastinate_jobs AS j "  # noqa: S608 (our own)
            "WHERE args ->> 'schema_name' = %s AND status IN ('todo', 'failed') "
            f"AND NOT EXISTS (SELECT FROM jobs_receipt AS r WHERE r.job_id = j.id) RETURNING {_COLUMNS}) "
            "SELECT coalesce(json_agg(taken), '[]')::text FROM taken",
            [schema_name],
        )
        return LUGGAGE, json.loads(cursor.fetchone()[0])


@receiver(arrived)
def put_jobs(sender: object, schema_name: str, luggage: dict[str, Any], **kwargs: Any) -> None:
    """On the queue here. What waits here already under the same lock is the same job."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO procrastinate_jobs ({_COLUMNS}) "  # noqa: S608 (our own)
            f"SELECT {_COLUMNS} FROM json_to_recordset(%s::json) AS j ({_TYPES}) ON CONFLICT DO NOTHING",
            [json.dumps(luggage.get(LUGGAGE, []))],
        )
