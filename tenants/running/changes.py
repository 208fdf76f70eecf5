"""What a process may remember of a municipality's content, and for how long: until something in it changes.

Triggers on the watched tables notify every process (`tenants.running.listening`), so what is remembered is never older
than the request it is used in, whoever changed the tables and how. Inside a transaction nothing is remembered: its own
changes are notified only when it commits.

What is large is not built anew for every change but brought up to date (`followed`): triggers of tables made for it
(`watch_rows`) tell the ids of the rows that changed, too, and of what is followed a short history of them is kept
(`tenants.running.row_changes`).

What a process remembers is bounded by its weight, all municipalities together: what nobody asked for the longest goes,
and is built again at the next visit.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any, TypeVar

from cachetools import LRUCache
from django.db import connection
from django.db.migrations import RunSQL

from tenants.running.context import PUBLIC, current_schema
from tenants.running.listening import listener
from tenants.running.replica import from_primary
from tenants.running.row_changes import Changed, Histories
from tenants.running.weights import weight_of

T = TypeVar("T")
# What changed: “offers:17,4 ahausen” names rows, “taxonomy ahausen” only the room.
CHANNEL = "rows_changed"
# The processes of the release before hear this one, without rows: “ahausen offers”.
OLD_CHANNEL = "content_changed"
# Bytes of everything remembered. A municipality of 300 offers weighs some 650 KiB: of so many, about 400 fit.
MOST_BYTES = int(os.environ.get("MEMORY_MB", "256")) * 2**20
# What keeping a thing takes besides the thing: its key, its version, its place among the others.
KEEPING = 700
# A version of some content; two equal ones mean that nothing changed in between.
Version = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Kept:
    version: Version
    # The last change of any room that was heard before.
    heard: int
    value: Any
    weight: int


class _Memory:
    """When each room of each municipality changed last, as far as this process heard, and what it keeps."""

    def __init__(self) -> None:
        self.epoch = 0
        self._numbers = count(1)
        self._changed: dict[tuple[str, str], int] = {}
        self.kept: LRUCache[tuple[str, str], _Kept] = LRUCache(MOST_BYTES, getsizeof=lambda kept: kept.weight)
        self.histories = Histories()
        listener.subscribe(CHANNEL, self._heard, self._lost)

    def _heard(self, payload: str) -> None:
        what, _space, schema = payload.partition(" ")
        room, _colon, ids = what.partition(":")
        number = next(self._numbers)
        self._changed[schema, room] = self._changed[schema, ""] = number
        self.histories.add(schema, number, room, ids)

    def _lost(self) -> None:
        self.epoch += 1
        self._changed = {}
        self.kept.clear()
        self.histories = Histories()

    def keep(self, key: tuple[str, str], kept: _Kept) -> None:
        """Under the listener's lock. What is heavier than everything may be is not kept at all; nor does what a slow
        thread built replace what a quick one built later."""
        found = self.kept.get(key)
        if found is not None and found.version[0] == self.epoch and found.heard > kept.heard:
            return
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


def remembered(name: str, build: Callable[[], T], *, rooms: tuple[str, ...], shared: bool = False) -> T:
    """What `build` returns inside this municipality, built again only after a table of these rooms changed.

    The value is shared by threads and requests: nobody may change it. One that is large says its `weight`
    (`tenants.running.weights`). `rooms` must name every room whose tables `build`
    reads. Rooms are app labels such as "taxonomy". `shared`: their tables, and all that `build` reads, are in the
    shared schema, and the value is the same for all municipalities.
    """
    return _kept_up(name, build, rooms, None, PUBLIC if shared else current_schema())


def followed(
    name: str,
    build: Callable[[], T],
    update: Callable[[T, Mapping[str, Changed]], T | None],
    *,
    rooms: tuple[str, ...],
    shared: bool = False,
) -> T:
    """As `remembered`, for what is large: after a change `update` makes the new value of the old one.

    What is `shared` is made of tables of the shared schema alone, and the same for every municipality that asks.

    It is given what changed since, by room: the ids that the triggers of `watch_rows` told, or None where anything in
    the room may have changed. What it reads may be newer than that; then it is told of it once more. It returns None
    where building anew is less work.
    """
    return _kept_up(name, build, rooms, update, PUBLIC if shared else current_schema())


def _kept_up(
    name: str,
    build: Callable[[], T],
    rooms: tuple[str, ...],
    update: Callable[[T, Mapping[str, Changed]], T | None] | None,
    schema: str,
) -> T:
    if connection.in_atomic_block:
        return build()
    listener.hear()
    with listener.lock:
        now, heard = _memory.version(schema, rooms), _memory.version(schema, ("",))[1]
        found = _memory.kept.get((schema, name))
        if found is not None and found.version == now:
            value: T = found.value
            return value
        changed = _changes_since(schema, found, rooms) if update else None
        if update:
            # From here on, not from when it is built: what changes meanwhile is noted.
            _memory.histories.follow(schema, name, heard)
    with from_primary():
        fresh = update(found.value, changed) if update and found is not None and changed is not None else None
        value = build() if fresh is None else fresh
    # Weighed once, and not under the lock: other threads need it for every request.
    kept = _Kept(now, heard, value, KEEPING + weight_of(value))
    with listener.lock:
        _memory.keep((schema, name), kept)
        _memory.histories.advance(schema, name, heard)
        _memory.histories.forget(lambda *key: key not in _memory.kept)
    return value


def _changes_since(schema: str, found: _Kept | None, rooms: tuple[str, ...]) -> Mapping[str, Changed] | None:
    """What changed since something was built; None where nobody knows any more."""
    if found is None or found.version[0] != _memory.epoch:
        return None
    return _memory.histories.since(schema, found.heard, rooms)


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
            "SELECT count(pg_notify(%s, room || ' ' || %s)), count(pg_notify(%s, %s || ' ' || room)) "
            "FROM (SELECT DISTINCT split_part(tablename, '_', 1) AS room FROM pg_tables WHERE schemaname = %s) AS r",
            [CHANNEL, current_schema(), OLD_CHANNEL, current_schema(), current_schema()],
        )


def watch(*tables: str) -> RunSQL:
    """A migration operation: notify every process when one of these tables (`app_model`) changes."""
    undo = [f"DROP TRIGGER {table}_changed ON {table};" for table in tables]
    return RunSQL(_watching(*tables), "\n".join(undo), hints={"reviewed": "A trigger takes its lock for a moment."})


def _watching(*tables: str) -> str:
    return "\n".join(
        f"CREATE TRIGGER {table}_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION public.tenants_content_changed('{table.partition('_')[0]}');"
        for table in tables
    )


def watch_rows(**columns: str) -> RunSQL:
    """A migration operation for tables that are watched: from now on each tells which rows changed, by the value of a
    column (`offers_location="offer_id"`)."""
    make = [_telling(table, column) for table, column in columns.items()]
    undo = [
        f"DROP TRIGGER {table}_{event} ON {table};"
        for table in columns
        for event in ("changed", *_WITH_ROWS, "emptied")
    ]
    return RunSQL(
        "\n".join(make),
        "\n".join([*undo, _watching(*columns)]),
        hints={"reviewed": "Triggers take their lock for a moment; the release before hears its channel as ever."},
    )


# One trigger may show the rows of one kind of statement only; that of UPDATE has the name all watched tables have.
_WITH_ROWS = {"added": "INSERT", "deleted": "DELETE"}
_ROWS = {
    "UPDATE": "OLD TABLE AS gone NEW TABLE AS fresh",
    "INSERT": "NEW TABLE AS fresh",
    "DELETE": "OLD TABLE AS gone",
}


def _telling(table: str, column: str) -> str:
    room = table.partition("_")[0]
    made = [
        f"CREATE OR REPLACE TRIGGER {table}_{name} AFTER {event} ON {table} REFERENCING {_ROWS[event]} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION public.tenants_rows_changed('{room}', '{column}');"
        for name, event in {"changed": "UPDATE", **_WITH_ROWS}.items()
    ]
    emptied = (
        f"CREATE TRIGGER {table}_emptied AFTER TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION public.tenants_content_changed('{room}');"
    )
    return "\n".join([*made, emptied])
