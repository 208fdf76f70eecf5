"""What every schema has applied, read in one statement per 500 schemas, and which of them are alike."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.db import connection
from psycopg import sql

from tenants.models import Municipality

Key = tuple[str, str]
_CHUNK = 500
_WITH_TABLE = """
    SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relname = 'django_migrations' AND c.relkind = 'r'
"""
# Without conditions and parameters: 1,000 of these are planned and sent as one statement.
_ONE = "SELECT {literal}, string_agg(app || '.' || name, ',' ORDER BY id) FROM {table}"


@dataclass(frozen=True)
class Schema:
    """One municipality's schema as the rollout sees it; `applied` is None where it has no tables at all."""

    schema_name: str
    wave: str
    applied: frozenset[Key] | None
    version: str


def tenant_labels() -> list[str]:
    """Labels of the apps whose tables stand in every municipality; other apps' migrations do nothing there."""
    return sorted(config.label for config in apps.get_app_configs() if config.name in settings.TENANT_APPS)


def applied_in(schema_names: Iterable[str]) -> dict[str, tuple[frozenset[Key], str]]:
    """For each schema its applied migrations of the municipalities' apps and the last of them as `app.name`.

    Schemas without Django's table are left out.
    """
    labels = set(tenant_labels())
    found: dict[str, tuple[frozenset[Key], str]] = {}
    # Alike schemas bring equal texts, which are taken apart once.
    known: dict[str, tuple[frozenset[Key], str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_WITH_TABLE)
        there = {str(name) for (name,) in cursor.fetchall()}
        names = [name for name in schema_names if name in there]
        for start in range(0, len(names), _CHUNK):
            cursor.execute(" UNION ALL ".join(_one(name) for name in names[start : start + _CHUNK]))
            for name, text in cursor.fetchall():
                if text not in known:
                    known[text] = _parsed(text or "", labels)
                found[name] = known[text]
    return found


def is_table(name: str) -> bool:
    """Whether the shared schema has this table; a later release's it does not have yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [f"public.{name}"])
        return bool(cursor.fetchone() == (True,))


def version_in(schema_names: Iterable[str]) -> dict[str, str]:
    """For each schema the last migration of the municipalities' apps, as `app.name`."""
    return {name: version for name, (_applied, version) in applied_in(schema_names).items()}


def _one(schema_name: str) -> str:
    literal = sql.Literal(schema_name).as_string(None)
    return _ONE.format(literal=literal, table=f"{connection.ops.quote_name(schema_name)}.django_migrations")


def _parsed(text: str, labels: set[str]) -> tuple[frozenset[Key], str]:
    """The migrations of the municipalities' apps in a list in the order they were applied, and the last of them."""
    keys = [(app, name) for app, _dot, name in (each.partition(".") for each in text.split(",")) if app in labels]
    return frozenset(keys), ".".join(keys[-1]) if keys else ""


def schemas() -> list[Schema]:
    """All municipalities' schemas, whatever state they are in: an archived one must be restorable, too."""
    rows = list(Municipality.objects.order_by("slug").values_list("schema_name", "wave"))
    applied = applied_in(name for name, _wave in rows)
    return [Schema(name, wave, *applied.get(name, (None, ""))) for name, wave in rows]
