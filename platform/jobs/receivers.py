"""Jobs of a municipality go with it: off the queue where it is deleted, along with it to another cell."""

import json
from typing import Any

from django.db import connection
from django.dispatch import receiver

from tenants.moves import STAYING
from tenants.signals import arrived, leaving, left, removed

LUGGAGE = "jobs"
# What a job is, wherever it waits. Its number belongs to the queue it waits in.
_COLUMNS = "queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at, attempts, status"
_TYPES = (
    "queue_name text, task_name text, priority int, lock text, queueing_lock text, args jsonb, "
    "scheduled_at timestamptz, attempts int, status procrastinate_job_status"
)
# Off the queue, with what went wrong the last time and when it was given up.
_TAKE = f"""
    WITH taken AS (
        DELETE FROM procrastinate_jobs AS j
        WHERE args ->> 'schema_name' = %s AND status IN ('todo', 'failed') AND queue_name <> %s
        AND NOT EXISTS (SELECT FROM jobs_receipt AS r WHERE r.job_id = j.id) RETURNING id, {_COLUMNS}
    ), said AS (
        SELECT taken.*, f.at AS failed_at, f.error, (
            SELECT max(e.at) FROM procrastinate_events AS e WHERE e.job_id = taken.id AND e.type = 'failed'
        ) AS ended_at
        FROM taken LEFT JOIN jobs_failure AS f ON f.job_id = taken.id
    )
    SELECT coalesce(json_agg(to_jsonb(said) - 'id'), '[]')::text FROM said
"""  # noqa: S608 (all names are our own)
_PUT = f"""
    INSERT INTO procrastinate_jobs ({_COLUMNS}) SELECT {_COLUMNS} FROM json_to_recordset(%s::json) AS j ({_TYPES})
    ON CONFLICT DO NOTHING RETURNING id
"""  # noqa: S608 (all names are our own)


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
    """Off this queue, those that wait or were given up. What is done, as its receipt says, stays, and so does what is
    about rows of this cell (`@job(stays=True)`), which a move waits for before it begins."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [schema_name, STAYING])
        return LUGGAGE, json.loads(cursor.fetchone()[0])


@receiver(arrived)
def put_jobs(sender: object, schema_name: str, luggage: dict[str, Any], **kwargs: Any) -> None:
    """On the queue here. What waits here already under the same lock is the same job."""
    jobs = luggage.get(LUGGAGE, [])
    with connection.cursor() as cursor:
        cursor.execute(_PUT, [json.dumps([each for each in jobs if each["status"] != "failed"])])
        for failed in (each for each in jobs if each["status"] == "failed"):
            cursor.execute(_PUT, [json.dumps([failed])])
            number = cursor.fetchone()
            if number is not None:
                _say_why(cursor, number[0], failed)


def _say_why(cursor: Any, number: int, failed: dict[str, Any]) -> None:
    """What an operator reads of a job that was given up."""
    if failed["error"] is not None:
        cursor.execute(
            "INSERT INTO jobs_failure (job_id, at, error) VALUES (%s, %s, %s)",
            [number, failed["failed_at"], failed["error"]],
        )
    if failed["ended_at"] is not None:
        cursor.execute(
            "INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, 'failed', %s)",
            [number, failed["ended_at"]],
        )
