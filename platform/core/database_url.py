"""Where the database is, from a URL as PostgreSQL's own programs read it: several hosts and options included.

    postgres://user:password@one:5432,two:5432/name

Of several hosts the one that takes writes is looked for with every new connection, so whoever takes over after a
failover (Patroni, docs/GROWING.md) is found without anybody being told. A machine that is gone without a word must
hold nobody up: connections that nothing is heard of end within seconds.
"""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

# What Django has names of its own for.
_OURS = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
# With several hosts: which of them, how long one may take to answer, and when a silent one counts as gone (seconds;
# the last in milliseconds).
_OF_SEVERAL = {
    "connect_timeout": "3",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",
}


def parameters(url: str, *, name: str = "DATABASE_URL", wanted: str = "read-write") -> dict[str, str]:
    """What libpq is to be told for a URL. `wanted`: of several hosts which. Raises ImproperlyConfigured."""
    if not url.startswith(("postgres://", "postgresql://")):
        raise _unreadable(name)
    try:
        found = {key: str(value) for key, value in conninfo_to_dict(url).items()}
    except (ProgrammingError, ValueError) as error:
        raise _unreadable(name) from error
    if not found.get("dbname"):
        raise _unreadable(name)
    if "," in found.get("host", ""):
        return {**_OF_SEVERAL, "target_session_attrs": wanted, **found}
    return found


def database(url: str, *, name: str = "DATABASE_URL", wanted: str = "read-write") -> dict[str, Any]:
    """The same as Django's settings, what it has no name for in OPTIONS."""
    found = parameters(url, name=name, wanted=wanted)
    options = {key: value for key, value in found.items() if key not in _OURS}
    return {setting: found.get(key, "") for key, setting in _OURS.items()} | {"OPTIONS": options}


def _unreadable(name: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(
        f"{name} must look like postgres://user:password@host:5432/name, with commas between several host:port."
    )
