"""The only door into a municipality: `with inside(municipality): …`.

The library's own `with tenant:` keeps its stack of previous tenants on the class, shared by all threads, and loses
its way under load (shared/design/tenancy.md). This one keeps the present municipality in a context variable, which
belongs to one thread or task, and tells the connection of that thread.
"""

import asyncio
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from django.apps import apps
from django.conf import settings
from django.db import connection, connections

if TYPE_CHECKING:
    from tenants.models import Municipality

PUBLIC = "public"
# The connection of this thread, with what django-tenants adds to it and Django's type stubs do not know.
link: Any = connection


class WrongMunicipalityError(RuntimeError):
    """Data of one municipality was about to be used in another. Always a programming error; nothing was done."""


class HasSchema(Protocol):
    """A municipality, or a snapshot of one."""

    @property
    def schema_name(self) -> str: ...


@dataclass(frozen=True)
class NamedSchema:
    """A schema to enter whose municipality nobody has at hand, or that has none."""

    schema_name: str


M = TypeVar("M", bound=HasSchema)
_schema: ContextVar[str | None] = ContextVar("municipality", default=None)


def current_schema() -> str:
    """The schema that statements of this thread go to now; `public` on the operator's side."""
    return _schema.get() or str(link.schema_name)


def entered_schema() -> str | None:
    """The schema entered through this door, or None where nobody entered one (import time, a bare shell)."""
    return _schema.get()


def _is_asynchronous() -> bool:
    """Whether an event loop runs in this thread: its tasks share the thread's connection and may not use it."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    # Django's own exception, for test tools that run a loop under synchronous code.
    return not os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")


def _turn_to(schema_name: str) -> None:
    """Tell this thread's connections, the one to the replica too where there is one.

    Not from a task of an event loop: the tasks of a thread take turns, and each would leave the connection to the next
    one's municipality. A task's cache keys and files follow the context variable; the database it may not ask.
    """
    if _is_asynchronous():
        return
    link.set_schema(schema_name)
    if settings.DATABASE_REPLICA_URL:
        replica: Any = connections["replica"]
        replica.set_schema(schema_name)


def _look_round(schema_name: str) -> None:
    """On leaving a schema: refuse what was entered inside the block and not left, as an open generator leaves it."""
    if _schema.get() != schema_name:
        raise WrongMunicipalityError(
            f"“{schema_name}” is left while “{_schema.get()}”, entered later, is still open: a generator that was "
            "not read to its end holds it. Read or close it inside the block that began it."
        )


@contextmanager
def _entered(schema_name: str) -> Iterator[None]:
    previous = link.schema_name
    token = _schema.set(schema_name)
    _turn_to(schema_name)
    try:
        yield
        _look_round(schema_name)
    finally:
        _schema.reset(token)
        _turn_to(previous)


def run_inside(schema_name: str, work: Callable[[], object]) -> None:
    """Call `work` where it was put aside for later."""
    with _entered(schema_name):
        work()


def stay_inside(schema_name: str, parts: Iterable[bytes]) -> Iterator[bytes]:
    """The parts of a streamed answer, each made inside the schema although the request has left it by then.

    Entered anew for each part: between two parts the caller's thread must be as it was.
    """
    source = iter(parts)
    try:
        while True:
            with _entered(schema_name):
                part = next(source, None)
            if part is None:
                return
            yield part
    finally:
        close = getattr(source, "close", None)
        if close is not None:
            with _entered(schema_name):
                close()


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
    _turn_to(PUBLIC)
    try:
        yield
    finally:
        _schema.reset(token)
        _turn_to(_schema.get() or PUBLIC)


def rest() -> None:
    """Between two municipalities of a long work: let a database session that has seen very many be replaced.

    A request and a job do so by themselves at their end. Does nothing inside a transaction.
    """
    if link.is_full and not link.in_atomic_block:
        link.close()


def _municipalities() -> Any:
    """Asked for by name: the settings need this module before there are any models."""
    return apps.get_model("tenants", "Municipality").objects


def each() -> "Iterator[Municipality]":
    """Every live municipality in turn, the loop's body running inside it: for what visitors or staff notice."""
    with inside_public():
        municipalities = list(_municipalities().live())
    yield from _in_turn(municipalities)


def each_kept() -> "Iterator[Municipality]":
    """Every municipality that has a schema in turn, whatever its state: for looking after what is kept.

    What a promise or a law says of data, above all when they are deleted, holds for suspended and archived ones too.
    """
    with inside_public():
        municipalities = list(_municipalities().order_by("slug"))
    yield from _in_turn(municipalities)


def every() -> "Iterator[HasSchema]":
    """The operator's side and then every municipality of whatever state, the loop's body running inside each.

    For upkeep that must forget nobody: what is suspended or archived goes on keeping people's data.
    """
    with inside_public():
        yield NamedSchema(PUBLIC)
    yield from each_kept()


def _in_turn(municipalities: "list[Municipality]") -> "Iterator[Municipality]":
    for municipality in municipalities:
        rest()
        with inside(municipality):
            yield municipality


def is_live() -> bool:
    """Whether the municipality we are inside serves visitors, so that people may get mail from it."""
    return bool(_municipalities().live().filter(schema_name=current_schema()).exists())
