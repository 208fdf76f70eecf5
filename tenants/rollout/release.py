"""The prepared script that makes a municipality's schema.

Running all migrations for each new municipality takes seconds and grows with every release; django-tenants' clone
searches the whole catalogue (shared/design/tenancy.md). So once per release `manage build_schema_script` runs the
migrations in a throw-away schema and writes down every statement that changed something; a new municipality replays
them in one round trip. (A dump would not do: PostgreSQL prints some constraints in a form that, read again, prints
differently.) `make check` refuses a release whose script does not belong to its migrations.
"""

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from tenants.refused import RefusedError
from tenants.running.context import inside_public, outside

SCRIPT = Path(__file__).parent / "schema" / "release.sql"
SCRATCH = "zz-schema-script"
_READS = ("SELECT", "SET ", "SHOW", "WITH")
# How Django begins the statement that drops a foreign key.
_DROPS_KEY = "SET CONSTRAINTS"


class StaleScriptError(RefusedError):
    """The script was made for other migrations than the code has."""


@cache
def migrations_digest() -> str:
    """A fingerprint of all migrations a municipality's schema has: their names and contents."""
    digest = hashlib.sha256()
    for name in settings.TENANT_APPS:
        config = next(config for config in apps.get_app_configs() if config.name == name)
        for path in sorted((Path(config.path) / "migrations").glob("[0-9]*.py")):
            digest.update(f"{config.label}/{path.name}".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def migrate_schema(schema_name: str) -> None:
    """Make a schema and run every migration in it: the slow way the script is checked against."""
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE SCHEMA "{schema_name}"')
    with outside():
        call_command("migrate_schemas", schema_name=schema_name, interactive=False, verbosity=0)


def drop_schema(schema_name: str) -> None:
    """Remove a schema with everything in it."""
    with connection.cursor() as cursor:
        cursor.execute(f'DROP SCHEMA IF EXISTS "{schema_name}" CASCADE')


class _Recorder:
    """Writes down the statements a connection executes, with their parameters, but not what only reads or sets."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def __call__(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
        text = str(sql).strip()
        changes = not text.upper().startswith(_READS) or text.upper().startswith(_DROPS_KEY)
        if changes and "django_migrations" not in text:
            bound = context["cursor"].cursor.mogrify(text, params) if params else text
            self.statements.append(bound.replace(" CONCURRENTLY", "").rstrip(";"))
        return execute(sql, params, many, context)


def _migrations_table(schema_name: str) -> str:
    """Django's own table and its rows: every migration counts as applied when the script has run."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT app, name FROM "{schema_name}".django_migrations ORDER BY id')
        rows = ",\n".join(f"('{app}', '{name}', now())" for app, name in cursor.fetchall())
    with connection.schema_editor(collect_sql=True) as editor:
        editor.create_model(MigrationRecorder(connection).Migration)
    table = "\n".join(line for line in editor.collected_sql if not line.startswith("--"))
    return f"{table}\nINSERT INTO django_migrations (app, name, applied) VALUES\n{rows};\n"


def build_script() -> str:
    """Run the migrations in a scratch schema and return the script that makes the same schema."""
    recorder = _Recorder()
    with outside():
        drop_schema(SCRATCH)
        try:
            with connection.execute_wrapper(recorder):
                migrate_schema(SCRATCH)
            body = _migrations_table(SCRATCH) + "".join(f"{each};\n" for each in recorder.statements[1:])
        finally:
            drop_schema(SCRATCH)
    if f'"{SCRATCH}"' in body:
        raise RuntimeError("A migration names its schema; it must leave that to the search path.")
    header = "-- Made by `manage build_schema_script` from the migrations; do not edit.\n"
    return f"{header}-- migrations: {migrations_digest()}\n{body}"


@cache
def load_script() -> str:
    """The script of this release. Raises StaleScriptError when it does not belong to the migrations."""
    script = SCRIPT.read_text(encoding="utf-8") if SCRIPT.exists() else ""
    if f"-- migrations: {migrations_digest()}\n" not in script:
        raise StaleScriptError(
            "tenants/rollout/schema/release.sql does not belong to the migrations of this release. "
            "Run `manage build_schema_script` and commit the result."
        )
    return script


def replay(schema_name: str) -> None:
    """Make a municipality's schema from the script, inside the caller's transaction, in one round trip."""
    script = load_script()
    # The caller may be inside of it already, where no statement is possible before it is there.
    with inside_public(), connection.cursor() as cursor:
        cursor.execute(f'CREATE SCHEMA "{schema_name}"')
        cursor.execute(f'SET LOCAL search_path = "{schema_name}", public')
        # Without parameters the server takes all statements at once.
        cursor.execute(script)
