"""What the operator sees of all municipalities at a glance: from the nightly figures, or live when asked for."""

from collections.abc import Iterable
from typing import Any

from tenants import figures, replica
from tenants.context import inside_public
from tenants.models import Municipality, MunicipalityFigures

_SIZES = """
    SELECT n.nspname, sum(pg_total_relation_size(c.oid))::bigint
    FROM pg_namespace n JOIN pg_class c ON c.relnamespace = n.oid AND c.relkind = 'r'
    WHERE n.nspname = ANY(%s) GROUP BY n.nspname
"""


def _per_schema(statement: str, schema_names: list[str]) -> dict[str, Any]:
    """One value per schema, all schemas in one UNION ALL."""
    if not schema_names:
        return {}
    link = replica.reading_connection()
    parts = [f"SELECT %s, ({statement.format(schema=link.ops.quote_name(name))})" for name in schema_names]
    with link.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), schema_names)
        return dict(cursor.fetchall())


def _live(municipalities: Iterable[Municipality]) -> dict[int, tuple[int, int]]:
    """Offers and bytes as they are now, in two statements over all schemas, from the replica where there is one."""
    keys = {each.schema_name: each.pk for each in municipalities}
    with replica.from_replica():
        with replica.reading_connection().cursor() as cursor:
            cursor.execute(_SIZES, [list(keys)])
            sizes = dict(cursor.fetchall())
        offers = _per_schema("SELECT count(*) FROM {schema}.offers_offer", list(keys))
    return {
        key: (offers.get(name, 0), int(sizes.get(name, 0)) + figures.file_bytes(name)) for name, key in keys.items()
    }


def overview(*, live: bool = False) -> list[dict[str, Any]]:
    """One dict per municipality: slug, name, domains, state, schema_version, offers, size_bytes, measured_at.

    Offers and size are those of the last night, and of this moment (measured_at None) for municipalities no night has
    seen yet, or for all where `live`.
    """
    with inside_public():
        municipalities = list(Municipality.objects.prefetch_related("domains").order_by("slug"))
        nightly: dict[int, MunicipalityFigures] = {} if live else figures.latest(municipalities)
        now = _live(each for each in municipalities if each.pk not in nightly)
        versions = _per_schema(
            "SELECT app || '.' || name FROM {schema}.django_migrations ORDER BY id DESC LIMIT 1",
            [each.schema_name for each in municipalities],
        )
    rows = []
    for each in municipalities:
        night = nightly.get(each.pk)
        offers, size = (night.offers, night.size_bytes) if night else now[each.pk]
        rows.append(
            {
                "slug": each.slug,
                "name": each.name,
                "domains": sorted(domain.domain for domain in each.domains.all()),
                "state": each.state,
                "schema_version": versions.get(each.schema_name, ""),
                "offers": offers,
                "size_bytes": size,
                "measured_at": night.measured_at.isoformat(timespec="seconds") if night else None,
            }
        )
    return rows
