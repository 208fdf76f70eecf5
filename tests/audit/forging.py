"""Somebody who may do everything in the database, triggers included."""

from django.db import connection

from audit.models import Entry
from audit.services import record

# What makes a row what it is, in the words of the database.
ROWS = "SELECT row_to_json(e)::text FROM audit_entry e ORDER BY position NULLS FIRST, id"
HASH = "audit_entry_hash(previous_hash, id, at, actor_id, actor, action, target_type, target_id, target, changes)"


def a_log(target, length=6):
    """Entries as a town's work makes them, chained."""
    for number in range(length):
        by = ["eva@ahausen.example", "olga@platform.example", "Befehl"][number % 3]
        record(["create", "change", "state"][number % 3], target, by=by, changes={"name": [f"alt {number}", None]})
    chain_now()


def chain_now():
    """What this transaction wrote is chained now, as at its end."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS audit_chain IMMEDIATE")
        cursor.execute("SET CONSTRAINTS audit_chain DEFERRED")


def rows():
    """The log as it stands there, in the order of its chain."""
    with connection.cursor() as cursor:
        cursor.execute(ROWS)
        return [row for (row,) in cursor.fetchall()]


def without_triggers():
    """From here on nothing refuses, not even two entries at one place."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        cursor.execute("ALTER TABLE public.audit_head DISABLE TRIGGER USER")
        cursor.execute("ALTER TABLE audit_entry DROP CONSTRAINT IF EXISTS audit_position_once")


def run(statement, *values):
    """Without the triggers' say."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def chain_anew():
    """Make the whole chain of whatever stands there, as the triggers would have."""
    keys = list(Entry.objects.order_by("position", "id").values_list("pk", flat=True))
    run("UPDATE audit_entry SET position = NULL")
    previous = ""
    for place, key in enumerate(keys, start=1):
        run("UPDATE audit_entry SET position = %s, previous_hash = %s WHERE id = %s", place, previous, key)
        run(f"UPDATE audit_entry SET entry_hash = {HASH} WHERE id = %s", key)
        previous = Entry.objects.values_list("entry_hash", flat=True).get(pk=key)


def move_the_head():
    """Let the shared schema say that the log ends where it ends."""
    run("DELETE FROM public.audit_head WHERE schema_name = current_schema()")
    run(
        "INSERT INTO public.audit_head SELECT current_schema(), 'audit_entry'::regclass::oid, position, entry_hash "
        "FROM audit_entry WHERE position IS NOT NULL ORDER BY position DESC LIMIT 1"
    )
