"""SQL compilers that ask the guard before they turn a query into SQL.

Compiling is the one place every query passes: evaluation, count, update, delete, insert, and each subquery inside
another query. A queryset that outlived its municipality is therefore caught wherever it is used.
"""

from typing import Any

from django.db.backends.postgresql import compiler
from django.db.models import Model

from tenants.running.guard import check_instance, check_query


class _Guarded:
    query: Any
    connection: Any

    def as_sql(self, *args: Any, **kwargs: Any) -> Any:
        check_query(self.query, self.connection)
        return super().as_sql(*args, **kwargs)  # type: ignore[misc]


class SQLCompiler(_Guarded, compiler.SQLCompiler):
    """SELECT."""


class SQLInsertCompiler(_Guarded, compiler.SQLInsertCompiler):
    """INSERT, of one instance or of many at once (`bulk_create` asks no router about each)."""

    def as_sql(self, *args: Any, **kwargs: Any) -> Any:
        for instance in self.query.objs:
            if isinstance(instance, Model):
                check_instance(instance)
        return super().as_sql(*args, **kwargs)


class SQLDeleteCompiler(_Guarded, compiler.SQLDeleteCompiler):
    """DELETE."""


class SQLUpdateCompiler(_Guarded, compiler.SQLUpdateCompiler):
    """UPDATE."""


class SQLAggregateCompiler(_Guarded, compiler.SQLAggregateCompiler):
    """SELECT of aggregates over a subquery."""
