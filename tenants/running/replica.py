"""Reading from a streaming replica, where the operator has one (DATABASE_REPLICA_URL), and only where code asks.

A replica is a moment behind. So nothing is read from it by itself: `with from_replica():` stands around heavy reading
whose result may be a second old (figures, exports of everything). Inside the block nothing can be written, and what is
remembered for everybody (`tenants.running.changes`, `tenants.running.hosts`) still comes from the primary. Instances
read there are saved to the primary afterwards. Without a replica the block reads from the primary.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

REPLICA = "replica"
_reading: ContextVar[bool] = ContextVar("reading_from_replica", default=False)


class ReplicaWriteError(RuntimeError):
    """Something was about to be written inside `from_replica()`. Always a programming error; nothing was done."""


def exists() -> bool:
    """Whether the operator has given a replica."""
    return bool(settings.DATABASE_REPLICA_URL)


@contextmanager
def _set(*, reading: bool) -> Iterator[None]:
    token = _reading.set(reading)
    try:
        yield
    finally:
        _reading.reset(token)


@contextmanager
def from_replica() -> Iterator[None]:
    """Read from the replica; inside the same municipality as before. Inside a transaction from the primary.

    A transaction must see what it wrote itself, and its snapshot is the primary's.
    """
    with _set(reading=not connections[DEFAULT_DB_ALIAS].in_atomic_block):
        yield


@contextmanager
def from_primary() -> Iterator[None]:
    """Read from the primary even inside `from_replica()`: for what is kept longer than a moment."""
    with _set(reading=False):
        yield


def for_reading() -> str | None:
    """The alias the router answers with; None where there is nothing to choose."""
    if not exists():
        return None
    return REPLICA if _reading.get() else DEFAULT_DB_ALIAS


def for_writing() -> str | None:
    """The alias for a change. Raises ReplicaWriteError inside `from_replica()`, with or without a replica."""
    if _reading.get():
        raise ReplicaWriteError("Nothing can be written inside `from_replica()`. Do it after the block.")
    return DEFAULT_DB_ALIAS if exists() else None


def reading_connection() -> Any:
    """The connection for a hand-written statement that only reads."""
    return connections[for_reading() or DEFAULT_DB_ALIAS]
