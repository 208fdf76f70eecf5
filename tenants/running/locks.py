"""Who may work on whole municipalities at the same time.

A rollout changes all schemas and wants to be alone; moving, restoring or deleting one municipality must not meet a
rollout nor somebody else's work on the same one. Each holds an advisory lock of PostgreSQL on a connection of its own,
so the lock ends with the process, however that ends, and no transaction's rollback lets go of it. Work that ends well
lets go by itself before it closes: a server notices a closed connection when it gets to it, and the next would meet a
lock that nobody holds any more.
"""

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from django.db import connection
from django.utils.translation import gettext as _

from tenants.refused import RefusedError
from tenants.running.connections import direct_params

# The first of the two numbers of an advisory lock; the second says which municipality (or 0: the platform).
PLATFORM = 7_002
MUNICIPALITY = 7_003
# The second number of a municipality's lock, of its short name; pg_locks shows it without its sign.
_NUMBER_OF = "(hashtext({})::bigint & 2147483647)"
MOVING_OF_FILES = 7_004
_PREFIX = "municipalities:"
# Shown by the server as the connection's name, which is how the one who is refused learns who works.
_LONGEST = 63


Link = psycopg.Connection[tuple[object, ...]]


class BusyError(RefusedError):
    """Somebody else works on municipalities now; later it may be possible."""


@contextmanager
def letting_go(params: dict[str, Any]) -> Iterator[Link]:
    """A connection for advisory locks, of which none is left when the block has ended, whether well or not."""
    with psycopg.connect(**{**params, "autocommit": True}) as link:
        try:
            yield link
        finally:
            # Where the connection is lost, the server lets go of what it held.
            with suppress(psycopg.OperationalError):
                link.execute("SELECT pg_advisory_unlock_all()")


@contextmanager
def _connect(work: str) -> Iterator[Link]:
    name = (_PREFIX + re.sub(r"[^ -~]", "", work))[:_LONGEST]
    with letting_go({**direct_params("locks"), "application_name": name}) as link:
        yield link


def _holders(link: Link, lock: tuple[int, int]) -> str:
    found = link.execute(
        "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a USING (pid) "
        "WHERE l.locktype = 'advisory' AND l.granted AND l.classid = %s AND l.objid = %s AND l.objsubid = 2 "
        "AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())",
        lock,
    ).fetchall()
    return ", ".join(sorted({str(name).removeprefix(_PREFIX) for (name,) in found})) or _("somebody else's work")


def _take(link: Link, function: str, lock: tuple[int, int]) -> None:
    taken = link.execute(f"SELECT {function}(%s, %s)", lock).fetchone()
    if taken != (True,):
        raise BusyError(
            _("This cannot start while another work is under way: %(work)s. Try again when it has ended.")
            % {"work": _holders(link, lock)}
        )


def is_platform_taken() -> bool:
    """Whether somebody is now the only one who works on municipalities (`whole_platform`)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted AND mode = 'ExclusiveLock' "
            "AND classid = %s AND objid = 0 AND objsubid = 2 "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) LIMIT 1",
            [PLATFORM],
        )
        return cursor.fetchone() is not None


@contextmanager
def whole_platform(work: str) -> Iterator[None]:
    """Be the only one who works on municipalities as a whole; `work` in a few ASCII words, such as "rollout 12".

    Raises BusyError, naming the work under way, when somebody else does.
    """
    with _connect(work) as link:
        _take(link, "pg_try_advisory_lock", (PLATFORM, 0))
        yield


def worked_on(slugs: Collection[str]) -> set[str]:
    """Which of these municipalities somebody works on as a whole just now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT slug FROM unnest(%s::text[]) AS slug WHERE EXISTS ("
            "SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = %s AND objsubid = 2 "
            f"AND objid = ({_NUMBER_OF.format('slug')})::oid "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))",
            [list(slugs), MUNICIPALITY],
        )
        return {str(slug) for (slug,) in cursor.fetchall()}


@contextmanager
def one_municipality(slug: str, work: str) -> Iterator[None]:
    """Be the only one who works on this municipality as a whole, and on the platform no rollout meanwhile.

    Raises BusyError, naming the work under way, when somebody else does.
    """
    with _connect(f"{work} {slug}") as link:
        _take(link, "pg_try_advisory_lock_shared", (PLATFORM, 0))
        found = link.execute(f"SELECT {_NUMBER_OF.format('%s')}", [slug]).fetchone()
        assert found is not None
        _take(link, "pg_try_advisory_lock", (MUNICIPALITY, int(str(found[0]))))
        yield


@contextmanager
def moving_of_files() -> Iterator[None]:
    """Be the only one who moves files from one store to another; everybody else works on meanwhile.

    Raises BusyError when somebody else does.
    """
    with _connect("move_files") as link:
        _take(link, "pg_try_advisory_lock", (MOVING_OF_FILES, 0))
        yield
