"""Django finds the engine here by name."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import ProgrammingError
from django_tenants.postgresql_backend import base
from psycopg.errors import InvalidSchemaName

from tenants.running.backend.operations import DatabaseOperations
from tenants.running.backend.pool import SESSION, CountingConnection
from tenants.running.context import PUBLIC, WrongMunicipalityError, entered_schema, run_inside

# What a statement that moves the search path by hand has in it or at its beginning.
_MOVES = ("search_path", "SEARCH_PATH", "set_config")
_RESETS = ("RESET", "DISCARD", "SET SCHEMA")


def _notice_moves(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """After a statement that moved the search path by hand, the next cursor sets the right one again."""
    try:
        return execute(sql, params, many, context)
    finally:
        text = sql if isinstance(sql, str) else str(sql)
        if any(word in text for word in _MOVES) or text.lstrip()[:10].upper().startswith(_RESETS):
            context["connection"].search_path_set_schemas = None


class _Looking:
    """Sets the search path to a schema that is there, in the same round trip: PostgreSQL itself passes over one that is
    not, and tables that both kinds of schema have (accounts, sessions, mails) would be the operator's."""

    def __init__(self, cursor: Any, schema_name: str) -> None:
        self._cursor, self._schema_name = cursor, schema_name
        self.missing: InvalidSchemaName | None = None

    def execute(self, sql: str) -> None:
        try:
            self._cursor.execute(f"""{sql}; SELECT '"{self._schema_name}"'::regnamespace""")
        except Exception as error:
            found = error.__cause__ or error
            self.missing = found if isinstance(found, InvalidSchemaName) else None
            raise


class DatabaseWrapper(base.DatabaseWrapper):  # type: ignore[misc]
    """django-tenants' connection with our guard, which is in three places here.

    The compiler refuses queries of another municipality; cursors are refused where the connection of the thread is in
    another schema than its context; and the driver's own connection is refused until its search path is the present
    one. It also counts the schemas its backend has seen, so that the pool can replace it in time.
    """

    ops_class = DatabaseOperations

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(_notice_moves)

    @property
    def is_full(self) -> bool:
        """Whether the backend behind this connection is to be replaced as soon as nobody needs it."""
        return isinstance(self.connection, CountingConnection) and self.connection.is_full

    def set_tenant(self, tenant: Any, include_public: bool = True) -> None:
        super().set_tenant(tenant, include_public)
        if isinstance(self.connection, CountingConnection):
            self.connection.unsettled = True

    def on_commit(self, func: Callable[[], object], robust: bool = False) -> None:
        """What is to be done after the commit is done where it was asked for, whoever commits."""
        schema_name = entered_schema()
        if schema_name is not None and callable(func):
            func = partial(run_inside, schema_name, func)
        super().on_commit(func, robust)

    def create_cursor(self, name: str | None = None) -> Any:
        entered = entered_schema()
        if entered is not None and entered != self.schema_name:
            raise WrongMunicipalityError(
                f"The connection of this thread is in “{self.schema_name}”, its context in “{entered}”. "
                "Enter the municipality in the thread that asks the database."
            )
        self._settle()
        return super().create_cursor(name)

    def is_usable(self) -> bool:
        driver = self.connection
        if not isinstance(driver, CountingConnection):
            return bool(super().is_usable())
        kept, driver.unsettled = driver.unsettled, False
        try:
            return bool(super().is_usable())
        finally:
            driver.unsettled = kept

    def _settle(self) -> None:
        """The search path is set on the cursor that is made now (`_handle_search_path`)."""
        if isinstance(self.connection, CountingConnection):
            self.connection.unsettled = False

    def _configure_connection(self, connection: Any) -> bool:
        """A new connection: what does not arrive with the start options behind a pooler."""
        super()._configure_connection(connection)
        with connection.cursor() as cursor:
            cursor.execute(SESSION)
        return True

    def _handle_search_path(self, cursor: Any = None) -> None:
        before = self.search_path_set_schemas
        if self.schema_name == PUBLIC or cursor is None:
            super()._handle_search_path(cursor)
        else:
            looking = _Looking(cursor, self.schema_name)
            super()._handle_search_path(looking)
            if looking.missing is not None:
                raise ProgrammingError(str(looking.missing)) from looking.missing
        if self.search_path_set_schemas is not before and isinstance(self.connection, CountingConnection):
            self.connection.touch(self.schema_name)
