"""What happens to a database connection when it is made and on its way back into the pool.

Imported by the settings, so it knows no Django.
"""

import os
from contextlib import suppress
from typing import Any

from psycopg import Connection, OperationalError

# Set by statement on every connection, because a pooler in between (PgBouncer) drops start options: no municipality
# on the search path, and how alike two words must be for “Meinten Sie …” to look closer (portal.search.text).
SESSION = "SET search_path = no_municipality; SET pg_trgm.word_similarity_threshold = 0.4; SET TIME ZONE 'UTC'"
# Everything else a session may have kept: settings, locks, cursors, listened channels, temporary tables.
_CLEAN = f"CLOSE ALL; UNLISTEN *; SELECT pg_advisory_unlock_all(); DISCARD TEMP; RESET ALL; {SESSION}"
# A backend keeps what it learned of every schema it touched until it ends: with all 52 tables of this release about
# 1.3 MiB a municipality, besides up to 190 MiB of buffers it shares with the others. Resident in all: 242 MiB after
# 50, 273 after 60, 321 after 100. The limit is 300 (issue 4); public pages touch a part of the tables only.
MOST_SCHEMAS = int(os.environ.get("DATABASE_SCHEMAS_PER_CONNECTION", "60"))
BEHIND_POOLER = bool(os.environ.get("DATABASE_DIRECT_URL"))


class CountingConnection(Connection[Any]):
    """A connection that knows which schemas its backend has touched."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.schemas: set[str] = set()
        # The municipality has changed and the search path not yet: the driver by itself would see the last one's rows.
        self.unsettled = False

    def cursor(self, *args: Any, **kwargs: Any) -> Any:
        """As psycopg's; refused between the change of the municipality and Django's next cursor."""
        if self.unsettled:
            raise RuntimeError("Ask `connection.cursor()` for a cursor: the driver's own is in another municipality.")
        return super().cursor(*args, **kwargs)

    def touch(self, schema_name: str) -> None:
        """Note that statements go to this schema from now on."""
        self.schemas.add(schema_name)

    @property
    def is_full(self) -> bool:
        """Whether its backend is to be replaced before it takes too much memory."""
        return len(self.schemas) >= MOST_SCHEMAS

    def close(self) -> None:
        """Close; behind a pooler end the backend too, which would else go to the next client, memory and all."""
        if BEHIND_POOLER and self.is_full and not self.closed:
            # The answer to this statement is that the connection is gone.
            with suppress(OperationalError):
                self.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        super().close()


def forget_municipality(connection: Connection[Any]) -> None:
    """Leave no municipality on the search path and nothing else of whoever had the connection; retire it when full.

    Django sets the path again before the first statement; code that takes a connection from the pool by itself then
    finds no table at all instead of the rows of whoever had the connection before.
    """
    if isinstance(connection, CountingConnection):
        connection.unsettled = False
    connection.execute(_CLEAN)
    connection.commit()
    if isinstance(connection, CountingConnection) and connection.is_full:
        # The pool replaces an expired connection without a word; one closed here it would report as lost.
        connection._expire_at = 0.0  # noqa: SLF001 - psycopg has no public way to retire a single connection
