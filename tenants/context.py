"""The only door into a municipality: `with inside(municipality): …`.

The library's own `with tenant:` keeps its stack of previous tenants on the class, shared by all threads, and loses
its way under load (shared/design/tenancy.md). This one keeps the present municipality in a context variable, which
belongs to one thread or task, and tells the connection of that thread.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from django.db import connection

if TYPE_CHECKING:
    from tenants.models import Municipality

PUBLIC = "public"
# The connection of this thread, with what django-tenants adds to it and Django's type stubs do not know.
link: Any = connection


class HasSchema(Protocol):
    """A municipality, or a snapshot of one."""

    @property
    def schema_name(self) -> str: ...


M = TypeVar("M", bound=HasSchema)
_schema: ContextVar[str | None] = ContextVar("municipality", default=None)


def current_schema() -> str:
    """The schema that statements of this thread go to now; `public` on the operator's side."""
    return _schema.get() or str(link.schema_name)


def entered_schema() -> str | None:
    """The schema entered through this door, or None where nobody entered one (import time, a bare shell)."""
    return _schema.get()


@contextmanager
def _entered(schema_name: str) -> Iterator[None]:
    previous = link.schema_name
    token = _schema.set(schema_name)
    link.set_schema(schema_name)
    try:
        yield
    finally:
        _schema.reset(token)
        link.set_schema(previous)


@contextmanager
def inside(municipality: M) -> Iterator[M]:
    """Run the block with the tables, files and cache of one municipality. May be nested; always comes back."""
    with _entered(municipality.schema_name):
        yield municipality


@contextmanager
def inside_public() -> Iterator[None]:
    """Run the block on the operator's side, where no municipality's tables can be seen."""
    with _entered(PUBLIC):
        yield


@contextmanager
def outside() -> Iterator[None]:
    """For django-tenants' own commands, which move the connection by themselves: nobody has entered anything."""
    token = _schema.set(None)
    link.set_schema(PUBLIC)
    try:
        yield
    finally:
        _schema.reset(token)
        link.set_schema(_schema.get() or PUBLIC)


def each() -> "Iterator[Municipality]":
    """Every live municipality in turn, the loop's body running inside it."""
    from tenants.models import Municipality

    with inside_public():
        municipalities = list(Municipality.objects.live())
    for municipality in municipalities:
        with inside(municipality):
            yield municipality
