"""What the operator sees of all municipalities at a glance, read from the catalogue in one statement."""

from typing import Any

from django.db import connection

from tenants.context import inside_public
from tenants.models import Municipality

_SIZES = """
    SELECT n.nspname, sum(pg_total_relation_size(c.oid))::bigint
    FROM pg_namespace n JOIN pg_class c ON c.relnamespace = n.oid AND c.relkind = 'r'
    WHERE n.nspname = ANY(%s) GROUP BY n.nspname
"""


def _per_schema(statement: str, schema_names: list[str]) -> dict[str, Any]:
    """One value per schema, all schemas in one UNION ALL."""
    if not schema_names:
        return {}
    parts = [f"SELECT %s, ({statement.format(schema=connection.ops.quote_name(name))})" for name in schema_names]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), schema_names)
        return dict(cursor.fetchall())


def overview() -> list[dict[str, Any]]:
    """One dict per municipality: slug, name, domains, state, schema_version, offers, size_bytes."""
    with inside_public():
        municipalities = list(Municipality.objects.prefetch_related("domains").order_by("slug"))
        names = [each.schema_name for each in municipalities]
        with connection.cursor() as cursor:
            cursor.execute(_SIZES, [names])
            sizes = dict(cursor.fetchall())
        offers = _per_schema("SELECT count(*) FROM {schema}.offers_offer", names)
        versions = _per_schema(
            "SELECT app || '.' || name FROM {schema}.django_migrations ORDER BY id DESC LIMIT 1", names
        )
    return [
        {
            "slug": each.slug,
            "name": each.name,
            "domains": sorted(domain.domain for domain in each.domains.all()),
            "state": each.state,
            "schema_version": versions.get(each.schema_name, ""),
            "offers": offers.get(each.schema_name, 0),
            "size_bytes": int(sizes.get(each.schema_name, 0)),
        }
        for each in municipalities
    ]
