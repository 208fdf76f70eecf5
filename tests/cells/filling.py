"""One row at least in every table of a schema, made from what the database itself says of its columns.

Only what rules of the database demand beyond types, keys and lists of values is said by hand (`SAID`): a new table
whose rows obey such a rule gets its line there.
"""

import datetime
import json
import re
import uuid
from collections.abc import Callable
from typing import Any

import psycopg
from psycopg import sql

Link = psycopg.Connection[Any]
_COLUMNS = """
    SELECT a.attname, format_type(a.atttypid, NULL), a.attnotnull, a.atthasdef OR a.attidentity <> '',
           information_schema._pg_char_max_length(a.atttypid, a.atttypmod),
           (SELECT array_agg(pg_get_constraintdef(k.oid)) FROM pg_constraint k
            WHERE k.conrelid = c.oid AND k.contype = 'c' AND a.attnum = ANY(k.conkey)),
           (SELECT k.confrelid::regclass::text FROM pg_constraint k
            WHERE k.conrelid = c.oid AND k.contype = 'f' AND k.conkey = ARRAY[a.attnum] LIMIT 1)
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.oid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    ORDER BY a.attnum
"""
_TABLES = """
    SELECT c.relname FROM pg_class c
    WHERE c.relnamespace = %s::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> 'django_migrations'
    ORDER BY c.relname
"""
_LISTED = re.compile(r"ARRAY\[\(?'([^']+)'")
NOW = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
VALUES: dict[str, Any] = {
    **dict.fromkeys(("smallint", "integer", "bigint", "numeric", "double precision", "real"), 1),
    "boolean": False,
    "date": NOW.date(),
    "timestamp with time zone": NOW,
    "time without time zone": NOW.time(),
    "interval": datetime.timedelta(hours=1),
    "uuid": uuid.UUID(int=20),
    "json": {},
    "jsonb": {},
    "bytea": b"\0\xff",
    "inet": "127.0.0.1",
    "tsvector": "",
}
DAY, LATER = NOW.date(), NOW + datetime.timedelta(hours=1)
SAID: dict[str, dict[str, Any]] = {
    "accounts_actingsession": {"ends_at": LATER, "ended_at": NOW},
    "adoption_state": {"waiting_since": NOW},
    "feedback_case": {"state": "new", "page": "", "due_at": NOW},
    "imports_upload": {"fill": "", "state": "reading"},
    "news_newsitem": {"link": "", "link_label": ""},
    "newsletter_newsletter": {"slug": "rundbrief"},
    "pages_redirect": {"old_path": "/alt/", "new_path": "/neu/"},
    "planning_traveltime": {"to_place": "", "on_foot": 5},
    "planning_report_report": {"rhythm": "", "next_on": DAY},
    "planning_savedview": {"path": "/auswertung/"},
    "providers_openinghours": {"opens": NOW.time(), "closes": LATER.time()},
    "providers_provider": {"postcode": "66111", "precision": ""},
    "offers_offer": {"cost_kind": "free", "schedule_kind": "none"},
    "offers_location": {"postcode": "66111", "precision": ""},
    "offers_schedule": {"rrule": ""},
    "quality_pair": {"first_id": 1, "second_id": 2},
    "revisions_revision": {"state": "working", "waits_for": "", "decided_by_id": None},
    "taxonomy_alias": {"old": 1, "new": 2},
    "taxonomy_category": {"color": "", "image": ""},
    # Of shared tables.
    "announcements_announcement": {"roles": ["editor"]},
    "channels_hook": {"url": "https://ziel.example/"},
    "channels_outerissue": {"url": "https://anderswo.example/1"},
    "onboarding_application": {"state": "live", "made_at": NOW},
    "releases_deadline": {"due_on": DAY + datetime.timedelta(days=1)},
    "support_visit": {
        "state": "ended",
        "began_at": NOW,
        "ends_at": LATER,
        "ended_at": LATER,
        "ended_how": "operator",
        "account": 1,
    },
    "switches_setting": {"wave": ""},
    "tenants_move": {"ended_at": NOW, "slug": "andere"},
    "tickets_comment": {"about_id": None},
    "tickets_ticket": {"state": "new"},
    "webhooks_delivery": {"event": ""},
    "webhooks_hook": {"url": "https://ziel.example/"},
}


def fill(link: Link, schema: str) -> None:
    """Add a row where there is none, the tables that others point to first.

    Triggers rest: what is written is what comes to lie there.
    """
    link.execute("SET session_replication_role = replica")
    link.execute(sql.SQL("SET search_path = {}, public").format(sql.Identifier(schema)))
    tables = [name for (name,) in link.execute(_TABLES, [sql.Identifier(schema).as_string(link)]).fetchall()]
    _each([name for name in tables if not _some(link, schema, name)], lambda name: _add(link, schema, name, {}))


def fill_shared(link: Link, tables: set[str], known: dict[str, Any]) -> None:
    """Add a row to each of these tables of the shared schema; `known` says what columns, or keys to tables, have."""
    link.execute("SET session_replication_role = replica")
    link.execute("SET search_path = public")
    _each(sorted(tables), lambda name: _add(link, "public", name, known))


def _each(waiting: list[str], add: Callable[[str], str]) -> None:
    while waiting:
        trouble = {name: said for name in waiting if (said := add(name))}
        assert len(trouble) < len(waiting), trouble
        waiting = list(trouble)


def _some(link: Link, schema: str, table: str) -> bool:
    query = sql.SQL("SELECT 1 FROM {} LIMIT 1").format(sql.Identifier(schema, table))
    return link.execute(query).fetchone() is not None


def _add(link: Link, schema: str, table: str, known: dict[str, Any]) -> str:
    """Add one; empty, or what is in the way."""
    name, row, said = sql.Identifier(schema, table), dict[str, Any](), known | SAID.get(table, {})
    columns = link.execute(_COLUMNS, [name.as_string(link)]).fetchall()
    for column, kind, needed, given, longest, rules, target in columns:
        if column in said:
            row[column] = said[column]
        elif target is not None:
            found = known.get(target) or _first(link, target)
            if found is None and needed:
                return f"{column} needs a row of {target}"
            row[column] = found
        elif needed and not given:
            row[column] = _value(kind, longest, rules or [])
    return _inserted(link, name, row)


def _first(link: Link, table: str) -> Any:
    found = link.execute(f"SELECT * FROM {table} LIMIT 1").fetchone()
    return found[0] if found else None


def _inserted(link: Link, name: sql.Identifier, row: dict[str, Any]) -> str:
    values = [json.dumps(value) if isinstance(value, dict) else value for value in row.values()]
    names = sql.SQL(", ").join(map(sql.Identifier, row))
    places = sql.SQL(", ").join([sql.Placeholder()] * len(row))
    statement = sql.SQL("INSERT INTO {} ({}) VALUES ({})" if row else "INSERT INTO {} DEFAULT VALUES")
    try:
        with link.transaction():
            link.execute(statement.format(name, names, places), values)
    except psycopg.Error as error:
        return str(error)
    return ""


def _value(kind: str, longest: int | None, rules: list[str]) -> Any:
    listed = [found for rule in rules for found in _LISTED.findall(rule)]
    if listed:
        return [listed[0]] if kind.endswith("[]") else listed[0]
    if kind.endswith("[]"):
        return []
    return VALUES.get(kind, "wert"[: longest or 4])
