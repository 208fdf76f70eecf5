"""Counting, per municipality and minute, the pages that ended in an error of ours (status 500).

Written when it happens, which is seldom; whoever wants to know whether errors rise reads one small shared table.
"""

import logging
from datetime import timedelta

from django.db import Error as AnyDatabaseError
from django.db import connection, transaction
from django.utils import timezone

from tenants.models import ServerErrors
from tenants.running.context import inside_public

# How long they are kept.
KEPT = timedelta(days=8)
logger = logging.getLogger(__name__)


def note(schema_name: str) -> None:
    """A page of this municipality ended in an error now."""
    table = connection.ops.quote_name(ServerErrors._meta.db_table)
    try:
        with inside_public(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} AS there (schema_name, minute, number) "
                "VALUES (%s, date_trunc('minute', now()), 1) "
                "ON CONFLICT (schema_name, minute) DO UPDATE SET number = there.number + 1",
                [schema_name],
            )
    except AnyDatabaseError:
        # The visitor gets the page that says sorry, whatever the database does just now.
        logger.exception("An error of “%s” could not be counted.", schema_name)


def forget_old() -> None:
    """Drop what nobody compares with any more."""
    with inside_public():
        ServerErrors.objects.filter(minute__lt=timezone.now() - KEPT).delete()


def forget(schema_name: str) -> None:
    """A municipality is deleted: its counts go."""
    with inside_public():
        ServerErrors.objects.filter(schema_name=schema_name).delete()
