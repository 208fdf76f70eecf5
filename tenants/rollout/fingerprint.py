"""What a schema consists of, as comparable lines and digests: two schemas are alike when theirs are.

All schemas are read by the same few statements over the catalogue, and the server digests them: asking each of 1,000
schemas by itself takes minutes.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db import connection, transaction

from tenants.running.schema_states import applied_in

_LINES = {
    "column": """
        SELECT n.nspname, c.relname, concat_ws(' ', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
            a.attnotnull, a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid))
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE n.nspname = ANY(%(names)s) AND c.relkind IN ('r', 'v', 'm', 'p') AND a.attnum > 0
            AND NOT a.attisdropped""",
    "constraint": """
        SELECT n.nspname, c.relname, concat_ws(' ', c.relname, k.conname, pg_get_constraintdef(k.oid),
            k.condeferrable, k.condeferred, k.convalidated)
        FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = ANY(%(names)s)""",
    "index": """
        SELECT n.nspname, t.relname, concat_ws(' ', t.relname, c.relname, pg_get_indexdef(i.indexrelid), i.indisvalid)
        FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ANY(%(names)s)""",
    "sequence": """
        SELECT n.nspname, c.relname, concat_ws(' ', c.relname, format_type(s.seqtypid, NULL), s.seqstart,
            s.seqincrement, s.seqmax, s.seqcycle)
        FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = ANY(%(names)s)""",
    "trigger": """
        SELECT n.nspname, c.relname, concat_ws(' ', c.relname, t.tgname, pg_get_triggerdef(t.oid), t.tgenabled)
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = ANY(%(names)s) AND NOT t.tgisinternal""",
    "function": """
        SELECT n.nspname, p.proname, concat_ws(' ', p.proname, pg_get_functiondef(p.oid))
        FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = ANY(%(names)s)""",
}
# With an empty search path PostgreSQL prints every name with its schema, which is then cut off alike. (Asking for its
# position first spares most lines the regular expression.)
_CLEAN = r"""
    SELECT schema, thing, CASE WHEN position(quote_ident(schema) || '.' IN line) > 0
        THEN regexp_replace(line, '(^|[^\w"-])' || quote_ident(schema) || '\.', '\1', 'g') ELSE line END AS line
    FROM ({lines}) AS lines (schema, thing, line)
"""
_DIGEST = """
    SELECT schema, md5(string_agg(line, E'\\n' ORDER BY line COLLATE "C")) FROM ({clean}) AS clean GROUP BY schema
"""
# Names and kinds only, without PostgreSQL's slow printing of definitions: a rollout asks this of 1,000 schemas.
_OUTLINE = """
    SELECT schema, md5(string_agg(line, E'\\n' ORDER BY line COLLATE "C")) FROM (
        SELECT n.nspname, concat_ws(' ', c.relname, a.attname, a.atttypid::regtype, a.atttypmod, a.attnotnull,
            a.attidentity, a.attgenerated, a.atthasdef)
        FROM pg_namespace n JOIN pg_class c ON c.relnamespace = n.oid JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE n.nspname = ANY(%(names)s) AND c.relname = ANY(%(tables)s) AND c.relkind IN ('r', 'p')
            AND a.attnum > 0 AND NOT a.attisdropped
        UNION ALL
        SELECT n.nspname, concat_ws(' ', c.relname, k.conname, k.contype, k.convalidated)
        FROM pg_namespace n JOIN pg_class c ON c.relnamespace = n.oid JOIN pg_constraint k ON k.conrelid = c.oid
        WHERE n.nspname = ANY(%(names)s) AND c.relname = ANY(%(tables)s)
        UNION ALL
        SELECT n.nspname, concat_ws(' ', c.relname, i.relname, x.indisunique, x.indisvalid)
        FROM pg_namespace n JOIN pg_class c ON c.relnamespace = n.oid JOIN pg_index x ON x.indrelid = c.oid
        JOIN pg_class i ON i.oid = x.indexrelid
        WHERE n.nspname = ANY(%(names)s) AND c.relname = ANY(%(tables)s)
    ) AS lines (schema, line) GROUP BY schema
"""
_CHUNK = 100


@contextmanager
def _names_in_full() -> Iterator[None]:
    """Statements of the block see an empty search path; afterwards it is what it was."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('search_path'), set_config('search_path', '', true)")
        (before, _now) = cursor.fetchone()
        yield
        cursor.execute("SELECT set_config('search_path', %s, true)", [before])


def _lines() -> str:
    parts = (f"SELECT s, t, '{kind} ' || l FROM ({query}) AS {kind}_ (s, t, l)" for kind, query in _LINES.items())
    return _CLEAN.format(lines=" UNION ALL ".join(parts))


def fingerprint(schema_name: str, tables: Sequence[str] = ()) -> list[str]:
    """Sorted lines on columns, defaults, constraints, indexes, sequences, triggers and functions, and on the applied
    migrations of the municipalities' apps; with `tables` only what belongs to these."""
    with _names_in_full(), connection.cursor() as cursor:
        query = f"SELECT line FROM ({_lines()}) AS all_lines"
        if tables:
            query += " WHERE thing = ANY(%(tables)s)"
        cursor.execute(query, {"names": [schema_name], "tables": list(tables)})
        lines = [str(line) for (line,) in cursor.fetchall()]
    applied, _version = applied_in([schema_name]).get(schema_name, (frozenset(), ""))
    return sorted([*lines, *(f"migration {app}.{name}" for app, name in applied if not tables)])


def digests(schema_names: Iterable[str]) -> dict[str, str]:
    """One digest per schema of all that `fingerprint` tells but the migrations; empty schemas are left out."""
    names = list(schema_names)
    found: dict[str, str] = {}
    query = _DIGEST.format(clean=_lines())
    for start in range(0, len(names), _CHUNK):
        with _names_in_full(), connection.cursor() as cursor:
            cursor.execute(query, {"names": names[start : start + _CHUNK]})
            found.update(cursor.fetchall())
    return found


def outlines(schema_names: Iterable[str], tables: Sequence[str]) -> dict[str, str]:
    """One digest per schema of these tables' columns, constraints and indexes by name and kind; quick."""
    if not tables:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_OUTLINE, {"names": list(schema_names), "tables": list(tables)})
        return dict(cursor.fetchall())


def differences(schema_name: str, wanted: Sequence[str], tables: Sequence[str] = ()) -> list[str]:
    """What a schema lacks (“- …”) and has besides (“+ …”) of the wanted lines of `fingerprint`."""
    has = set(fingerprint(schema_name, tables))
    should = set(wanted)
    return [f"- {line}" for line in sorted(should - has)] + [f"+ {line}" for line in sorted(has - should)]
