"""What a schema consists of, as comparable lines: two schemas are identical when their lines are."""

from django.db import connection

_QUERIES = {
    "column": """
        SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
               a.attgenerated, a.attnum, pg_get_expr(d.adbin, d.adrelid)
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE c.relnamespace = %(schema)s::regnamespace AND c.relkind IN ('r', 'v', 'm', 'p')
          AND a.attnum > 0 AND NOT a.attisdropped""",
    "constraint": """
        SELECT c.relname, k.conname, pg_get_constraintdef(k.oid), k.condeferrable, k.condeferred, k.convalidated
        FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
        WHERE k.connamespace = %(schema)s::regnamespace""",
    "index": """
        SELECT tablename, indexname, indexdef, '' FROM pg_indexes WHERE schemaname = %(name)s""",
    "sequence": """
        SELECT sequencename, data_type::text, start_value, increment_by, max_value, cycle
        FROM pg_sequences WHERE schemaname = %(name)s""",
    "trigger": """
        SELECT c.relname, t.tgname, pg_get_triggerdef(t.oid), t.tgenabled
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE c.relnamespace = %(schema)s::regnamespace AND NOT t.tgisinternal""",
    "function": """
        SELECT p.proname, pg_get_functiondef(p.oid) FROM pg_proc p
        WHERE p.pronamespace = %(schema)s::regnamespace""",
    "migration": """SELECT app, name FROM {quoted}.django_migrations""",
}


def fingerprint(schema_name: str) -> list[str]:
    """Sorted lines on tables, columns, defaults, constraints, indexes, sequences, triggers, functions, migrations."""
    quoted = connection.ops.quote_name(schema_name)
    lines = []
    with connection.cursor() as cursor:
        # With an empty search path PostgreSQL prints every name with its schema, which is then cut off alike.
        cursor.execute("SET LOCAL search_path = ''" if connection.in_atomic_block else "SELECT 1")
        for kind, query in _QUERIES.items():
            cursor.execute(query.format(quoted=quoted), {"schema": quoted, "name": schema_name})
            lines += [f"{kind} {row}" for row in cursor.fetchall()]
    return sorted(line.replace(f"{quoted}.", "").replace(f"{schema_name}.", "") for line in lines)
