"""Which files the rows of a municipality name, to be compared with those that are there.

A file that a row names and that is missing is lost already; an export that says so is how somebody learns of it while
an older backup still has the file.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import models
from psycopg import sql

from tenants.running.storage import SharedStorage
from tenants.transfer.catalogue import Link, Table, tables
from tenants.transfer.connecting import snapshot

# So many are named; all are counted.
MOST_NAMED = 100


def columns() -> dict[str, list[str]]:
    """The columns that hold names of a municipality's files, by table."""
    found: dict[str, list[str]] = {}
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_fields:
            if isinstance(field, models.FileField) and not isinstance(field.storage, SharedStorage):
                found.setdefault(model._meta.db_table, []).append(str(field.column))
    return found


def names_in(schema: str) -> set[str]:
    """All names of files in the rows of a municipality."""
    known = columns()
    with snapshot() as link:
        return {name for table in tables(link, schema) for name in named(link, table, known)}


def named(link: Link, table: Table, known: dict[str, list[str]]) -> Iterator[str]:
    """The names of files in the rows of a table, each once."""
    there = {each.name for each in table.columns}
    for column in known.get(table.name, []):
        if column in there:
            asked = sql.SQL("SELECT DISTINCT {column} FROM {table} WHERE {column} <> ''").format(
                column=sql.Identifier(column), table=table.identifier
            )
            yield from (str(name) for (name,) in link.execute(asked))
