"""Writing columns of many rows by one statement of constant length.

Django's `bulk_update` writes a CASE with a branch for each row and column: for some hundred rows it takes longer to
make and to read than to do.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import Model, QuerySet

# A cast would cut what is too long, the column refuses it.
_LENGTH = re.compile(r"\(\d+\)")


def write_columns(rows: Sequence[Any], names: Sequence[str]) -> None:
    """Write these fields of saved rows of one model, as they stand on the instances. No signals, as ever in bulk.

    Not for fields that are lists (PostgreSQL has no arrays of arrays).
    """
    if not (rows and names):
        return
    meta = type(rows[0])._meta
    fields = [meta.get_field(name) for name in names]
    if any(isinstance(field, ArrayField) for field in fields):
        raise TypeError("Fields that are lists cannot be written so.")
    quoted = connection.ops.quote_name
    given = [(meta.pk, "own_key"), *((field, str(field.column)) for field in fields)]
    arrays = ", ".join(f"%s::{_type_of(field)}[]" for field, _name in given)
    said = ", ".join(quoted(name) for _field, name in given)
    written = ", ".join(f"{quoted(str(field.column))} = given.{quoted(str(field.column))}" for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {quoted(meta.db_table)} AS row SET {written} FROM unnest({arrays}) AS given ({said}) "  # noqa: S608 - names of columns, quoted
            f"WHERE row.{quoted(str(meta.pk.column))} = given.own_key",
            [[_value_of(field, row) for row in rows] for field, _name in given],
        )


def write_values(model: type[Model], rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> None:
    """The same of rows that nobody has as instances: plain values by the names of their fields, “pk” among them. They
    are not cleaned; lists are welcome."""
    if not (rows and names):
        return
    quoted, meta = connection.ops.quote_name, model._meta
    columns: dict[str, Any] = {name: meta.get_field(name) for name in names}
    types = ", ".join(
        f"{quoted(name)} {_LENGTH.sub('', str(each.db_type(connection)))}" for name, each in columns.items()
    )
    written = ", ".join(f"{quoted(str(each.column))} = given.{quoted(name)}" for name, each in columns.items())
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {quoted(meta.db_table)} AS row SET {written} "  # noqa: S608 - names of columns, quoted
            f"FROM jsonb_to_recordset(%s::jsonb) AS given (pk bigint, {types}) "
            f"WHERE row.{quoted(str(meta.pk.column))} = given.pk",
            [json.dumps(rows, ensure_ascii=False)],
        )


def remove_rows(rows: QuerySet[Any]) -> None:
    """Delete rows by one statement that reads none of them. No signals, as ever in bulk, and nothing goes with them:
    where something still points to one, the database refuses."""
    rows._raw_delete(rows.db)  # noqa: SLF001 - what Django itself does where it finds nobody who listens


def _type_of(field: Any) -> str:
    """Without a length: a cast would cut what is too long, the column refuses it."""
    return str(field.db_type(connection)).partition("(")[0]


def _value_of(field: Any, row: Any) -> Any:
    return field.get_db_prep_save(getattr(row, field.attname), connection)
