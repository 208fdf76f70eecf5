"""What the operator sees of all municipalities at a glance: from the nightly figures, or live when asked for."""

from dataclasses import dataclass
from typing import Any

from tenants.models import Municipality, MunicipalityFigures
from tenants.running import figures, replica
from tenants.running.context import inside_public
from tenants.running.schema_states import version_in


@dataclass(frozen=True)
class _Now:
    """What is counted at once where no night has counted yet."""

    offers: int
    size_bytes: int
    schema_version: str
    measured_at: None = None


def _per_schema(statement: str, schema_names: list[str]) -> dict[str, Any]:
    """One value per schema, all schemas in one UNION ALL."""
    link = replica.reading_connection()
    parts = [f"SELECT %s, ({statement.format(schema=link.ops.quote_name(name))})" for name in schema_names]
    with link.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), schema_names)
        return dict(cursor.fetchall())


def _live(municipalities: list[Municipality]) -> dict[int, _Now]:
    """As they are now: offers and bytes from the replica where there is one, versions from the database itself; a few
    statements over all these schemas."""
    if not municipalities:
        return {}
    names = [each.schema_name for each in municipalities]
    with replica.from_replica():
        sizes = figures.database_bytes(replica.reading_connection(), names)
        offers = _per_schema("SELECT count(*) FROM {schema}.offers_offer", names)
    versions = version_in(names)
    return {
        each.pk: _Now(
            offers.get(each.schema_name, 0),
            sizes.get(each.schema_name, 0) + figures.file_bytes(each.schema_name),
            versions.get(each.schema_name, ""),
        )
        for each in municipalities
    }


def addresses() -> list[dict[str, Any]]:
    """One dict per municipality: slug, name, domains, state. Counts nothing: for starts, which must not wait for it."""
    with inside_public():
        return [_address(each) for each in _every()]


def _every() -> list[Municipality]:
    return list(Municipality.objects.prefetch_related("domains").order_by("slug"))


def _address(municipality: Municipality) -> dict[str, Any]:
    return {
        "slug": municipality.slug,
        "name": municipality.name,
        "domains": sorted(domain.domain for domain in municipality.domains.all()),
        "state": municipality.state,
    }


def overview(*, live: bool = False) -> list[dict[str, Any]]:
    """One dict per municipality: slug, name, domains, state, schema_version, offers, size_bytes, measured_at.

    Version, offers and size are those of the last night (the version also of the last rollout), and of this moment
    (measured_at None) for municipalities no night has seen yet, or for all where `live`.
    """
    with inside_public():
        municipalities = _every()
        nightly: dict[int, MunicipalityFigures] = {} if live else figures.latest(municipalities)
        # Figures of the release before have no version.
        known = {key: row for key, row in nightly.items() if row.schema_version}
        now = _live([each for each in municipalities if each.pk not in known])
    rows = []
    for each in municipalities:
        found: MunicipalityFigures | _Now = known.get(each.pk) or now[each.pk]
        rows.append(
            {
                **_address(each),
                "schema_version": found.schema_version,
                "offers": found.offers,
                "size_bytes": found.size_bytes,
                "measured_at": found.measured_at.isoformat(timespec="seconds") if found.measured_at else None,
            }
        )
    return rows
