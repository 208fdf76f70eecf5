"""One change of a list after the other: locks by name, held until the transaction ends."""

from collections.abc import Sequence

from django.db import connection


def lock_lists(names: Sequence[str]) -> None:
    """Take these locks of this municipality, in this order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext(name || ':' || current_schema())) "
            "FROM unnest(%s::text[]) AS given (name)",
            [list(names)],
        )
