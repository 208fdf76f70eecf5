"""What no table of the municipality says, and every answer does: the name its addresses begin with."""

from typing import Any

from django.db import connection
from django.dispatch import receiver

from portal.interfaces.models import Kind
from tenants.running.context import current_schema
from tenants.signals import renamed_host

# The triggers' own way of noting (migration 0003): in the order of numbers, and once a transaction.
_ALL = (
    "SELECT interfaces_settle(%(town)s, %(kind)s, ARRAY(SELECT object_id FROM interfaces_change WHERE kind = %(kind)s),"
    " true)"
)


@receiver(renamed_host)
def note_all(**kwargs: Any) -> None:
    """Whoever keeps a copy has addresses in it that lead to the new ones, as long as the old name answers."""
    with connection.cursor() as cursor:
        for kind in Kind.values:
            cursor.execute(_ALL, {"town": current_schema(), "kind": kind})
