"""What every schema has applied, read in one statement per 500 schemas, and which of them are alike."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.db import connection

from tenants.models import Municipality

Key = tuple[str, str]
_CHUNK = 500
_WITH_TABLE = """
    SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relname = 'django_migrations' AND c.relkind = 'r'
"""
_ONE = """
    SELECT %s, (SELECT string_agg(app || ' ' || name, ',' ORDER BY app, name) FROM {table} WHERE app = ANY(%s)),
        (SELECT app || '.' || name FROM {table} WHERE app = ANY(%s) ORDER BY id DESC LIMIT 1)
"""


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
    labels = tenant_labels()
    found: dict[str, tuple[frozenset[Key], str]] = {}
    # Alike schemas bring equal texts, which are taken apart once.
    known: dict[str | None, frozenset[Key]] = {None: frozenset()}
    with connection.cursor() as cursor:
        cursor.execute(_WITH_TABLE)
        there = {str(name) for (name,) in cursor.fetchall()}
        names = [name for name in schema_names if name in there]
        for start in range(0, len(names), _CHUNK):
            chunk = names[start : start + _CHUNK]
            parts = [_ONE.format(table=f"{connection.ops.quote_name(name)}.django_migrations") for name in chunk]
            cursor.execute(" UNION ALL ".join(parts), [value for name in chunk for value in (name, labels, labels)])
            for name, text, version in cursor.fetchall():
                if text not in known:
                    known[text] = frozenset((app, label) for app, label in map(str.split, text.split(",")))
                found[name] = (known[text], version or "")
    return found


def schemas() -> list[Schema]:
    """All municipalities' schemas, whatever state they are in: an archived one must be restorable, too."""
    rows = list(Municipality.objects.order_by("slug").values_list("schema_name", "wave"))
    applied = applied_in(name for name, _wave in rows)
    return [Schema(name, wave, *applied.get(name, (None, ""))) for name, wave in rows]
