"""Django's cache: keys carry the municipality, and what limits people is shared by all processes.

Everything else lies in the memory of each process, which is quick and needs no agreement. Limits (so many attempts in
so many minutes) must be the same for all processes, or each of them grants its own; they lie in a table of the shared
schema. Django's database cache was looked at: it stores pickles, counts all rows at each write and throws good rows
away when they are many.
"""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

from tenants.running.context import current_schema

# What allauth counts (attempts to sign in, asked-for mails, used one-time codes), limits of our own, and which form was
# sent already (core.pressed_once).
SHARED = ("allauth:", "allauth.", "limit:", "once:")
# The table of tenants.shared_values.SharedValue.
_TABLE = "public.tenants_sharedvalue"
_FOR_EVER = timedelta(days=365)


def make_key(key: str, key_prefix: str, version: int) -> str:
    """Scope a key to the present schema.

    The library's own function reads the connection of the thread, which is the wrong one in asynchronous code; the
    context variable follows the task.
    """
    return f"{current_schema()}:{key_prefix}:{version}:{key}"


class SharedCache(BaseCache):
    """Values all processes see, in the table of `SharedValue`; they must be JSON."""

    def _digest(self, key: Any, version: int | None) -> str:
        name = self.make_and_validate_key(key, version=version)
        return salted_hmac("tenants.running.cache", name, algorithm="sha256").hexdigest()

    def _expiry(self, timeout: Any) -> datetime:
        moment = self.get_backend_timeout(timeout)
        return timezone.now() + _FOR_EVER if moment is None else datetime.fromtimestamp(moment, tz=UTC)

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Set it where there is none (any more); of two who do so at once one succeeds."""
        row = (self._digest(key, version), json.dumps(value), self._expiry(timeout), timezone.now())
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {_TABLE} AS there (key, value, expires_at) VALUES (%s, %s, %s) "
                "ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at "
                "WHERE there.expires_at <= %s RETURNING true",
                row,
            )
            return cursor.fetchone() is not None

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT value::text FROM {_TABLE} WHERE key = %s AND expires_at > %s",
                [self._digest(key, version), timezone.now()],
            )
            found = cursor.fetchone()
        return json.loads(found[0]) if found else default

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {_TABLE} (key, value, expires_at) VALUES (%s, %s, %s) "
                "ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at",
                [self._digest(key, version), json.dumps(value), self._expiry(timeout)],
            )

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {_TABLE} SET expires_at = %s WHERE key = %s AND expires_at > %s",
                [self._expiry(timeout), self._digest(key, version), timezone.now()],
            )
            return bool(cursor.rowcount)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """Add to a number, in one statement: of those who count at once none is lost."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {_TABLE} SET value = to_jsonb((value #>> '{{}}')::bigint + %s) "
                "WHERE key = %s AND expires_at > %s RETURNING value::text",
                [delta, self._digest(key, version), timezone.now()],
            )
            found = cursor.fetchone()
        if found is None:
            raise ValueError(f"Key '{key}' not found")
        return int(found[0])

    def delete(self, key: Any, version: int | None = None) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {_TABLE} WHERE key = %s", [self._digest(key, version)])
            return bool(cursor.rowcount)


class Cache(LocMemCache):
    """The default cache: memory of the process, and for what limits people the shared table.

    `clear` empties the memory only; shared values end by themselves.
    """

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        super().__init__(name, params)
        self._shared = SharedCache(params)

    def _is_shared(self, key: Any) -> bool:
        return str(key).startswith(SHARED)

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        store = self._shared.add if self._is_shared(key) else super().add
        return store(key, value, timeout, version)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        store = self._shared.get if self._is_shared(key) else super().get
        return store(key, default, version)

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        store = self._shared.set if self._is_shared(key) else super().set
        store(key, value, timeout, version)

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        store = self._shared.touch if self._is_shared(key) else super().touch
        return store(key, timeout, version)

    def has_key(self, key: Any, version: int | None = None) -> bool:
        store = self._shared.has_key if self._is_shared(key) else super().has_key
        return store(key, version)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        store = self._shared.incr if self._is_shared(key) else super().incr
        return store(key, delta, version)

    def delete(self, key: Any, version: int | None = None) -> bool:
        store = self._shared.delete if self._is_shared(key) else super().delete
        return store(key, version)


def forget_expired() -> int:
    """Remove the shared values whose time is over and return how many."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {_TABLE} WHERE expires_at <= %s", [timezone.now()])
        return int(cursor.rowcount)
