"""PostgreSQL's own statistics of a municipality's tables."""

from django.db import connection

from tenants.running.context import current_schema


def refresh_statistics() -> None:
    """Let PostgreSQL count the tables of the municipality we are inside.

    To be called after a great change: until its own service comes by, searches on fresh tables are planned badly.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [current_schema()])
        tables = ", ".join(connection.ops.quote_name(name) for (name,) in cursor.fetchall())
        cursor.execute(f"ANALYZE {tables}")
