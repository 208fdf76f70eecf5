"""What a process may remember of a municipality's content, and for how long: until something in it changes.

Triggers on the watched tables notify every process (`tenants.running.listening`), so what is remembered is never older
than the request it is used in, whoever changed the tables and how. Inside a transaction nothing is remembered: its own
changes are notified only when it commits.

What a process remembers is bounded by its weight, all municipalities together: what nobody asked for the longest goes,
and is built again at the next visit.
"""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import count
from typing import Any, TypeVar

from cachetools import LRUCache
from django.db import connection
from django.db.migrations import RunSQL

from tenants.running.context import current_schema
from tenants.running.listening import listener
from tenants.running.replica import from_primary
from tenants.running.weights import weight_of

T = TypeVar("T")
CHANNEL = "content_changed"
# Bytes of everything remembered. A municipality of 300 offers weighs some 650 KiB: of so many, about 400 fit.
MOST_BYTES = int(os.environ.get("MEMORY_MB", "256")) * 2**20
# What keeping a thing takes besides the thing: its key, its version, its place among the others.
KEEPING = 700
# A version of some content; two equal ones mean that nothing changed in between.
Version = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Kept:
    version: Version
    value: Any
    weight: int


class _Memory:
    """When each room of each municipality changed last, as far as this process heard, and what it keeps."""

    def __init__(self) -> None:
        self.epoch = 0
        self._numbers = count(1)
        self._changed: dict[tuple[str, str], int] = {}
        self.kept: LRUCache[tuple[str, str], _Kept] = LRUCache(MOST_BYTES, getsizeof=lambda kept: kept.weight)
        listener.subscribe(CHANNEL, self._heard, self._lost)

    def _heard(self, payload: str) -> None:
        schema, _space, room = payload.rpartition(" ")
        self._changed[schema, room] = self._changed[schema, ""] = next(self._numbers)

    def _lost(self) -> None:
        self.epoch += 1
        self._changed = {}
        self.kept.clear()

    def keep(self, key: tuple[str, str], kept: _Kept) -> None:
        """Under the listener's lock. What is heavier than everything may be is not kept at all."""
        if kept.weight <= self.kept.maxsize:
            self.kept[key] = kept
        else:
            self.kept.pop(key, None)

    def version(self, schema: str, rooms: Iterable[str]) -> Version:
        return self.epoch, max(self._changed.get((schema, room), 0) for room in rooms)


_memory = _Memory()


def version(schema: str, *rooms: str) -> Version:
    """The version of a municipality's content as heard last; of some rooms (app labels) only where they are named."""
    return _memory.version(schema, rooms or ("",))


def remembered(name: str, build: Callable[[], T], *, rooms: tuple[str, ...]) -> T:
    """What `build` returns inside this municipality, built again only after a table of these rooms changed.

    The value is shared by threads and requests: nobody may change it. One that is large says its `weight`
    (`tenants.running.weights`). `rooms` must name every room whose tables `build`
    reads. Rooms are app labels such as "taxonomy".
    """
    if connection.in_atomic_block:
        return build()
    listener.hear()
    schema = current_schema()
    with listener.lock:
        now = _memory.version(schema, rooms)
        found = _memory.kept.get((schema, name))
    if found is not None and found.version == now:
        value: T = found.value
        return value
    with from_primary():
        value = build()
    # Weighed once, and not under the lock: other threads need it for every request.
    kept = _Kept(now, value, KEEPING + weight_of(value))
    with listener.lock:
        _memory.keep((schema, name), kept)
    return value


def figures() -> dict[str, int]:
    """A part of /readyz: how much this process remembers, how much it may, and how many things that are."""
    return {
        "mib": round(_memory.kept.currsize / 2**20),
        "most_mib": round(_memory.kept.maxsize / 2**20),
        "things": len(_memory.kept),
    }


def announce() -> None:
    """Tell every process that anything in the municipality we are inside may have changed, when this commits.

    For work that went past the triggers, and for a schema that has the name of an earlier one.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_notify(%s, %s || ' ' || room)) "
            "FROM (SELECT DISTINCT split_part(tablename, '_', 1) AS room FROM pg_tables WHERE schemaname = %s) AS r",
            [CHANNEL, current_schema(), current_schema()],
        )


def watch(*tables: str) -> RunSQL:
    """A migration operation: notify every process when one of these tables (`app_model`) changes."""
    make = [
        f"CREATE TRIGGER {table}_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION public.tenants_content_changed('{table.partition('_')[0]}');"
        for table in tables
    ]
    undo = [f"DROP TRIGGER {table}_changed ON {table};" for table in tables]
    return RunSQL("\n".join(make), "\n".join(undo), hints={"reviewed": "A trigger takes its lock for a moment."})
