"""One prepared database per state of the code, cloned for every test process: nothing is migrated per test."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from portal.preferences.models import Preferences, SecondFactorRule
from tenants.lifecycle.making import create_municipality
from tenants.rollout.release import migrations_digest
from tenants.running import hosts
from tenants.running.context import inside
from tenants.running.listening import listener

CAST = (("ahausen", "Stadt Ahausen", "ahausen.localhost"), ("bedorf", "Gemeinde Bedorf", "bedorf.localhost"))
LOCK = 4711


def _maintenance() -> psycopg.Connection:
    params = connection.settings_dict
    return psycopg.connect(
        host=params["HOST"],
        port=params["PORT"],
        user=params["USER"],
        password=params["PASSWORD"],
        dbname="postgres",
        autocommit=True,
    )


def use(name: str) -> None:
    """Point Django's connection to another database."""
    hosts.forget()
    connection.close()
    connection.close_pool()
    connection.settings_dict["NAME"] = name
    settings.DATABASES["default"]["NAME"] = name
    connection.set_schema_to_public()


@cache
def _template_name() -> str:
    """Named after everything that decides what stands in it."""
    digest = hashlib.sha256(migrations_digest().encode())
    for room in ("platform", "tenants", "theming", "shared_categories", "portal"):
        for pattern in ("**/migrations/0*.py", "**/receivers.py", "gazetteer/loading.py", "gazetteer/data/*.gz"):
            for path in sorted((Path(settings.BASE_DIR) / room).glob(pattern)):
                digest.update(path.read_bytes())
    digest.update(Path(__file__).read_bytes())
    return f"test_template_{digest.hexdigest()[:12]}"


def _build(name: str, admin: psycopg.Connection) -> None:
    unfinished = f"{name}_unfinished"
    admin.execute(f'DROP DATABASE IF EXISTS "{unfinished}" WITH (FORCE)')
    admin.execute(f'CREATE DATABASE "{unfinished}" TEMPLATE template0')
    use(unfinished)
    call_command("prepare", verbosity=0)
    for slug, title, host in CAST:
        with inside(create_municipality(slug, name=title, host=host)):
            # Most tests are about something else; tests/accounts/test_second_factor.py has the rule as towns get it.
            Preferences.objects.update(second_factor=SecondFactorRule.NOBODY)
    use("postgres")
    admin.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')


def template() -> str:
    """The name of the prepared database; the first process that asks builds it, the others wait."""
    name = _template_name()
    with _maintenance() as admin:
        admin.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
            _build(name, admin)
    return name


@contextmanager
def clone(name: str) -> Iterator[str]:
    """A database of one's own, like the prepared one; dropped afterwards."""
    source = template()
    before = connection.settings_dict["NAME"]
    with _maintenance() as admin:
        admin.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        # File by file: block by block, through the log, takes twice the time in memory and as much on disk.
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}" STRATEGY FILE_COPY')
    use(name)
    try:
        yield name
    finally:
        use(before)
        with _maintenance() as admin:
            admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def point_to(where: dict[str, str]) -> None:
    """Have this process work on another server."""
    hosts.forget()
    listener.close()
    connection.close()
    connection.close_pool()
    for each in (connection.settings_dict, settings.DATABASES["default"]):
        each.update(where)
    connection.set_schema_to_public()
