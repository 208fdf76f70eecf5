"""Nothing is written to a municipality that moves: the database itself refuses it, whoever asks.

A trigger on every table refuses each statement that writes. Making them waits for whoever is writing (so what they
write is copied), and once they are there no process can write any more, of whatever release and past whatever check:
one that began before the move, a worker, a person with psql. They stay when the mover is killed.

Whoever has tables locked is given way: a visitor waits at most a fifth of a second for us, and no deadlock is ours.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _

from tenants.models import Municipality
from tenants.refused import RefusedError, StillWorkingError
from tenants.registry import quoted_tables
from tenants.running.context import inside_public

TRIGGER = "a_municipality_that_moves"
# Shorter than PostgreSQL takes to look for a deadlock: then it is always we who give way.
GIVE_WAY = "200ms"
# Seconds in all, and between two attempts.
PATIENCE, PAUSE = 60.0, 0.3


def raise_fence(schema: str) -> None:
    """Refuse every write from the end of this transaction on. Raises OperationalError where somebody is writing now."""
    tables = quoted_tables(schema)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [GIVE_WAY])
        cursor.execute(f"LOCK TABLE {', '.join(tables)} IN SHARE ROW EXCLUSIVE MODE")
        for table in tables:
            cursor.execute(
                f"CREATE OR REPLACE TRIGGER {TRIGGER} BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION public.tenants_refuse_writes()"
            )


def lower_fence(schema: str) -> None:
    """Take writes again from the end of this transaction on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [GIVE_WAY])
        for table in quoted_tables(schema):
            cursor.execute(f"DROP TRIGGER IF EXISTS {TRIGGER} ON {table}")


@contextmanager
def locked(slug: str) -> Iterator[Municipality]:
    """A transaction on the operator's side that has the municipality's row."""
    with inside_public(), transaction.atomic():
        yield Municipality.objects.select_for_update().get(slug=slug)


def patiently(step: Callable[[], None]) -> None:
    """Try a step, a transaction of its own, until nobody is in its way. Raises RefusedError after a minute."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            step()
        except (OperationalError, StillWorkingError) as error:
            if time.monotonic() > end:
                raise RefusedError(
                    _("It is being worked on all the time (%(reason)s). Try again when that has ended.")
                    % {"reason": str(error).splitlines()[0]}
                ) from error
            time.sleep(PAUSE)
        else:
            return
