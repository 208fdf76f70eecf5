"""How this process speaks with its databases: one pool for each, whose connections forget whoever had them."""

import os
import sys
from pathlib import Path

from core.database_url import database
from tenants.running.backend.pool import CountingConnection, forget_municipality

# What this process does, as the database sees it: "web", "work", "manage rollout" …
_PROGRAM = Path(sys.argv[0]).stem or "python"
PROCESS = os.environ.get("PROCESS_KIND") or " ".join([_PROGRAM, *sys.argv[1 : 2 if _PROGRAM == "manage" else 1]])[:40]


def connections(url: str, name: str = "DATABASE_URL", wanted: str = "read-write") -> dict[str, object]:
    """An entry of DATABASES for a URL; `wanted`: of several hosts which. Raises ImproperlyConfigured."""
    place = database(url, name=name, wanted=wanted)
    return {
        **place,
        "ENGINE": "tenants.running.backend",
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **place["OPTIONS"],
            # Who it is, in `manage connections` and pg_stat_activity.
            "application_name": PROCESS,
            # A connection nobody told where to look sees no table (tenants.running.backend.pool.SESSION).
            "options": "-c search_path=no_municipality",
            "pool": {
                "connection_class": CountingConnection,
                "min_size": 1,
                "max_size": int(os.environ.get("DATABASE_POOL", "8")),
                # A request waits this long for its turn, then it is told to come back (503).
                "timeout": float(os.environ.get("DATABASE_WAIT", "10")),
                # A backend remembers the catalogue of every schema it touched: give it back now and then, besides
                # after a number of schemas (tenants.running.backend.pool).
                "max_lifetime": 600,
                # The pool tries again with pauses that double; after so many seconds the next request tries at once.
                "reconnect_timeout": 5,
                "reset": forget_municipality,
            },
        },
    }
