"""The connections of this process and of all others: how many, how old, how large; and whether they may be trusted.

Every session setting, lock and municipality is a matter of one database session. A pooler in transaction mode lends
one session to many clients by turns, and rows of another municipality come back (shared/design/tenancy.md): that is
found out here and refused.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection, connections
from django.utils.translation import gettext as _
from procrastinate.contrib.django.utils import connector_params

from tenants.refused import RefusedError
from tenants.running.context import inside_public

# Connections opened side by side, and how often each is asked for its backend, to find out a pooler's mode.
_SIDE_BY_SIDE = 3
_ROUNDS = 4


def direct_params(name: str) -> dict[str, Any]:
    """Parameters of a connection of one's own that stays open: past the pooler where there is one.

    `name` is what the server shows of it, after the name of the process.
    """
    alias = "direct" if settings.DATABASE_DIRECT_URL else "default"
    return {**connector_params(alias), "application_name": f"{settings.PROCESS} {name}"[:63]}


def _backend(link: "psycopg.Connection[Any]") -> int:
    row = link.execute("SELECT pg_backend_pid()").fetchone()
    assert row is not None
    return int(row[0])


def sessions_are_shared() -> bool:
    """Whether a pooler lends one session to several clients (transaction or statement mode).

    Connections that are open at the same time have a backend each, and keep it, unless somebody in between shares
    them out. Never wrong when it says yes; asks in turns, so that a pooler has every reason to share.
    """
    params = {**connector_params("default"), "autocommit": True, "connect_timeout": 10}
    with ExitStack() as stack:
        links = [stack.enter_context(psycopg.connect(**params)) for _number in range(_SIDE_BY_SIDE)]
        seen: list[set[int]] = [set() for _link in links]
        for _round in range(_ROUNDS):
            for link, backends in zip(links, seen, strict=True):
                backends.add(_backend(link))
    return any(len(backends) != 1 for backends in seen) or len(set.union(*seen)) != len(links)


class _Trust:
    """What was found out for this process. A pooler does not change its mode under a running process's feet."""

    def __init__(self) -> None:
        self.proved = False


_trust = _Trust()


def sessions_are_our_own() -> bool:
    """A part of /readyz: False behind a pooler in a mode that mixes municipalities. Asked once, if well."""
    if not _trust.proved:
        try:
            _trust.proved = not sessions_are_shared()
        except psycopg.Error:
            return False
    return _trust.proved


def refuse_shared_sessions() -> None:
    """Raise RefusedError behind a pooler that lends sessions by the transaction."""
    if sessions_are_shared():
        raise RefusedError(
            _(
                "DATABASE_URL leads to a pooler in transaction mode, which would mix municipalities. "
                "Set pool_mode = session (see deploy/pgbouncer.ini)."
            )
        )


def pool_figures() -> dict[str, Any]:
    """This process's own pool as numbers: size, waiting, how full its connections are."""
    pool = connection.pool  # type: ignore[attr-defined]
    if pool is None:
        return {}
    found = pool.get_stats()
    return {
        "size": found.get("pool_size", 0),
        "most": found.get("pool_max", 0),
        "free": found.get("pool_available", 0),
        "waiting": found.get("requests_waiting", 0),
        "timeouts": found.get("requests_errors", 0),
        "made": found.get("connections_num", 0),
    }


@dataclass(frozen=True)
class Backend:
    """One session of the server on this database. `mib` is None where the server is another machine."""

    pid: int
    process: str
    state: str
    age_seconds: int
    mib: float | None


_BACKENDS = """
    SELECT pid, application_name, coalesce(state, ''), extract(epoch FROM now() - backend_start)::int
    FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
    ORDER BY application_name, backend_start
"""


def memory_of(pid: int) -> float | None:
    """MiB a server process has for itself alone, without the shared buffers; None when it is not on this machine."""
    try:
        text = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return None
    own = next((line for line in text.splitlines() if line.startswith("RssAnon:")), None)
    return int(own.split()[1]) / 1024 if own else None


def _server_is_here() -> bool:
    params = connections["default"].settings_dict
    return params["HOST"] in {"", "localhost", "127.0.0.1", "::1"} or params["HOST"].startswith("/")


def backends() -> Iterator[Backend]:
    """Every other session on this database, whichever process has it."""
    local = _server_is_here()
    with inside_public(), connection.cursor() as cursor:
        cursor.execute(_BACKENDS)
        rows = cursor.fetchall()
    for pid, name, state, age in rows:
        yield Backend(pid, name or "?", state, age, memory_of(pid) if local else None)


def limits() -> tuple[int, int]:
    """How many sessions the server has in all and how many it allows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), current_setting('max_connections')::int FROM pg_stat_activity WHERE datid > 0")
        used, most = cursor.fetchone()
    return int(used), int(most)
