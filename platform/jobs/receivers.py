"""Jobs of a municipality that is deleted go with it."""

from typing import Any

from django.db import connection
from django.dispatch import receiver

from tenants.signals import removed


@receiver(removed)
def forget_jobs(sender: object, schema_name: str, **kwargs: Any) -> None:
    """Take its jobs off the queue, done ones too: their arguments name its rows. A running one ends by itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE args ->> 'schema_name' = %s AND status <> 'doing'", [schema_name]
        )
