"""What stops the hazards of tests/tenants/hazards.py, each to be taken away for one test."""

from typing import Any

import pytest
from django.db import connection
from django_tenants.postgresql_backend import base as library

from tenants.running import changes, context, guard, middleware, page_cache
from tenants.running.backend import base, compiler, pool
from tenants.running.context import inside

# How one enters a municipality.
doors: dict[str, Any] = {"door": inside}


def no_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    """No guard: neither on queries nor on instances."""
    monkeypatch.setattr(compiler, "check_query", lambda *args: None)
    monkeypatch.setattr(compiler, "check_instance", lambda *args: None)
    monkeypatch.setattr(guard, "check_query", lambda *args: None)
    monkeypatch.setattr(guard, "check_instance", lambda *args: None)


def the_librarys_door(monkeypatch: pytest.MonkeyPatch) -> None:
    """`with tenant:`, whose stack of previous tenants all threads share."""
    no_checks(monkeypatch)
    monkeypatch.setitem(doors, "door", lambda tenant: tenant)


class GlobalVariable:
    """What the context variable must not be: one for all threads."""

    def __init__(self) -> None:
        self.value: str | None = None

    def get(self) -> str | None:
        return self.value

    def set(self, value: str | None) -> str | None:
        before, self.value = self.value, value
        return before

    def reset(self, before: str | None) -> None:
        self.value = before


def one_door_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """The municipality in a global variable, as in so many programs."""
    no_checks(monkeypatch)
    monkeypatch.setattr(context, "_schema", GlobalVariable())
    leaving_unnoticed(monkeypatch)
    any_cursor(monkeypatch)


def leaving_unnoticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context, "_look_round", lambda schema_name: None)


def any_cursor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cursors and the driver's connection as the library gives them."""
    monkeypatch.setattr(base.DatabaseWrapper, "create_cursor", library.DatabaseWrapper.create_cursor)
    monkeypatch.setattr(pool.CountingConnection, "cursor", pool.Connection.cursor)


def nobody_notices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hand-made search paths stay."""
    plain = lambda execute, sql, params, many, context: execute(sql, params, many, context)  # noqa: E731
    monkeypatch.setattr(base, "_notice_moves", plain)


def no_reset(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections go back into the pool as they are."""
    any_cursor(monkeypatch)
    monkeypatch.setitem(connection.settings_dict["OPTIONS"]["pool"], "reset", None)
    connection.close()
    connection.close_pool()


def callbacks_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base.DatabaseWrapper, "on_commit", library.DatabaseWrapper.on_commit)


def streams_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    no_checks(monkeypatch)
    monkeypatch.setattr(middleware, "_streamed_inside", lambda schema, response: response)


def library_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library's cache keys: the municipality of the thread's connection."""
    monkeypatch.setattr("tenants.running.cache.make_key", lambda key, prefix, version: f"{connection.schema_name}{key}")


def memory_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "current_schema", lambda: "all")


def pages_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cache of pages forgets that the host belongs to the address, and that contents change one by one."""
    keyed = page_cache._key
    monkeypatch.setattr(page_cache, "_key", lambda environ: ("", *keyed(environ)[1:]))
    monkeypatch.setattr(page_cache.changes, "version", lambda _schema, *_rooms: (0, 0))
