"""Connections of one's own to the database, beside Django's, for long reading."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from procrastinate.contrib.django.utils import connector_params

from tenants.transfer.catalogue import Link


@contextmanager
def snapshot(**other: str | int) -> Iterator[Link]:
    """One moment of the database to read in: a read-only transaction that sees no later change.

    `other` names another server than Django's (host, port, …). Values come in the forms of docs/EXPORT.md.
    """
    params = {**connector_params("default"), **other}
    with psycopg.connect(**params) as link:
        link.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        link.execute("SET LOCAL statement_timeout = 0")
        link.execute("SET LOCAL timezone = 'UTC'")
        link.execute("SET LOCAL datestyle = 'ISO, YMD'")
        link.execute("SET LOCAL intervalstyle = 'iso_8601'")
        link.execute("SET LOCAL extra_float_digits = 1")
        # Types outside of PostgreSQL's own schema are then written with their schema.
        link.execute("SET LOCAL search_path = ''")
        # A reader may wait for nobody for ever; somebody who deletes the tables must not wait for us.
        link.execute("SET LOCAL lock_timeout = '30s'")
        yield link
