"""What a schema's tables are, as far as their rows are to be written down and read again."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

Link = psycopg.Connection[Any]
# Django's own notes on migrations: the manifest says which there are.
BOOKKEEPING = "django_migrations"
# How JSON's own null is written: the plain one is SQL's.
JSON_NULL = '{"$json": null}'


@dataclass(frozen=True)
class Column:
    """A stored column; generated ones make themselves."""

    name: str
    type: str

    def outgoing(self) -> sql.Composable:
        """The expression whose JSON form goes into the file."""
        name = sql.Identifier(self.name)
        if self.type == "bytea":
            return sql.SQL("translate(encode({0}, 'base64'), E'\\n', '') AS {0}").format(name)
        if self.type in {"json", "jsonb"}:
            return sql.SQL("CASE WHEN {0}::jsonb = 'null' THEN {1}::jsonb ELSE {0}::jsonb END AS {0}").format(
                name, sql.Literal(JSON_NULL)
            )
        return name

    def incoming(self) -> sql.Composable:
        """The expression that makes the value of the JSON form `r.name`."""
        value = sql.Identifier("r", self.name)
        if self.type == "bytea":
            return sql.SQL("decode({}, 'base64')").format(value)
        if self.type in {"json", "jsonb"}:
            return sql.SQL("(CASE WHEN {0} = {1}::jsonb THEN 'null' ELSE {0} END)::{2}").format(
                value,
                sql.Literal(JSON_NULL),
                sql.SQL(self.type),
            )
        return value

    def declared(self) -> sql.Composable:
        """The column in the record type the JSON is read as."""
        kind = {"bytea": "text", "json": "jsonb"}.get(self.type, self.type)
        return sql.SQL("{} {}").format(sql.Identifier(self.name), sql.SQL(kind))


@dataclass(frozen=True)
class Table:
    """A table of a schema, its columns in their order, the names of its key's columns and of its sequences."""

    schema: str
    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def identifier(self) -> sql.Identifier:
        return sql.Identifier(self.schema, self.name)

    def lines(self) -> sql.Composed:
        """COPY that gives one line of JSON per row, in the order of the key.

        CSV with quotes and separators that JSON never contains leaves the lines as they are.
        """
        order = sql.SQL(", ").join(map(sql.Identifier, self.key or tuple(each.name for each in self.columns)))
        return sql.SQL(
            "COPY (SELECT row_to_json(r.*)::text FROM (SELECT {columns} FROM {table} ORDER BY {order}) AS r) "
            "TO STDOUT (FORMAT csv, DELIMITER E'\\x02', QUOTE E'\\x01')"
        ).format(
            columns=sql.SQL(", ").join(each.outgoing() for each in self.columns), table=self.identifier, order=order
        )

    def insertion(self) -> sql.Composed:
        """INSERT of an array of such lines, its one parameter."""
        return sql.SQL(
            "INSERT INTO {table} ({names}) OVERRIDING SYSTEM VALUE "
            "SELECT {values} FROM json_to_recordset(%s::json) AS r ({declared})"
        ).format(
            table=self.identifier,
            names=sql.SQL(", ").join(sql.Identifier(each.name) for each in self.columns),
            values=sql.SQL(", ").join(each.incoming() for each in self.columns),
            declared=sql.SQL(", ").join(each.declared() for each in self.columns),
        )


_TABLES = """
    SELECT c.relname,
           array_agg(a.attname::text ORDER BY a.attnum),
           array_agg(format_type(a.atttypid, a.atttypmod) ORDER BY a.attnum),
           coalesce((SELECT array_agg(k.attname::text ORDER BY array_position(i.indkey::int2[], k.attnum))
                     FROM pg_index i JOIN pg_attribute k ON k.attrelid = i.indrelid AND k.attnum = ANY(i.indkey)
                     WHERE i.indrelid = c.oid AND i.indisprimary), '{}')
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
         AND NOT a.attisdropped AND a.attgenerated = ''
    WHERE c.relnamespace = %s::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> %s
    GROUP BY c.oid, c.relname ORDER BY c.relname
"""
_SEQUENCES = """
    SELECT s.relname, t.relname || '.' || a.attname
    FROM pg_class s
    JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = s.oid AND d.deptype IN ('a', 'i')
         AND d.refclassid = 'pg_class'::regclass
    JOIN pg_class t ON t.oid = d.refobjid
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
    WHERE s.relnamespace = %s::regnamespace AND s.relkind = 'S' AND t.relname <> %s
    ORDER BY 2
"""


def _named(link: Link, schema: str) -> str:
    """The schema's name as `regnamespace` reads it."""
    return sql.Identifier(schema).as_string(link)


def tables(link: Link, schema: str) -> list[Table]:
    """The tables of a schema by name, without Django's bookkeeping."""
    found = link.execute(_TABLES, [_named(link, schema), BOOKKEEPING]).fetchall()
    return [Table(schema, name, tuple(map(Column, names, types)), tuple(key)) for name, names, types, key in found]


def sequences(link: Link, schema: str) -> dict[str, tuple[sql.Identifier, int, bool]]:
    """By `table.column`: the sequence's name, its last value and whether that was given away."""
    found = link.execute(_SEQUENCES, [_named(link, schema), BOOKKEEPING]).fetchall()
    return {column: _position(link, sql.Identifier(schema, name)) for name, column in found}


def _position(link: Link, name: sql.Identifier) -> tuple[sql.Identifier, int, bool]:
    row = link.execute(sql.SQL("SELECT last_value, is_called FROM {}").format(name)).fetchone()
    assert row is not None
    return name, int(row[0]), bool(row[1])


def migrations(link: Link, schema: str) -> list[list[str]]:
    """The applied migrations as sorted [app, name]."""
    query = sql.SQL("SELECT DISTINCT app, name FROM {} ORDER BY app, name").format(sql.Identifier(schema, BOOKKEEPING))
    return [[str(app), str(name)] for app, name in link.execute(query).fetchall()]


def row_digests(link: Link, table: Table, marked: str = "true") -> Iterator[tuple[str, int, int]]:
    """(digest of a row, how often, how many of these are marked), sorted by digest, read with constant memory.

    Inside a transaction. Rows that are equal in all columns have the same digest wherever they are. `marked` is a
    condition of ours.
    """
    query = sql.SQL(
        "SELECT encode(sha256(convert_to(row_to_json(r.*)::text, 'UTF8')), 'hex') COLLATE \"C\" AS digest, count(*), "
        "count(*) FILTER (WHERE m.marked) "
        "FROM {table} AS t, LATERAL (SELECT {columns}) AS r, LATERAL (SELECT {marked} AS marked) AS m "
        "GROUP BY 1 ORDER BY 1"
    ).format(
        columns=sql.SQL(", ").join(each.outgoing() for each in table.columns),
        table=table.identifier,
        marked=sql.SQL(marked),
    )
    with link.cursor(name="digests") as cursor:
        cursor.itersize = 20_000
        cursor.execute(query)
        yield from ((str(digest), int(number), int(of_them)) for digest, number, of_them in cursor)
