"""What happens to a connection on its way back into the pool. Imported by the settings, so it knows no Django."""

from typing import Any

from psycopg import Connection


def forget_municipality(connection: Connection[Any]) -> None:
    """Leave no municipality on the search path.

    Django sets it again before the first statement; code that takes a connection from the pool by itself then
    finds no table at all instead of the rows of whoever had the connection before.
    """
    connection.execute("SET search_path = no_municipality")
    connection.commit()
