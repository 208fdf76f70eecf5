"""A municipality with very many offers, made quickly: a few hundred as they are, and copies of them."""

from django.db import connection

from portal.offers.models import Location, Occurrence, Offer, Schedule, SearchDocument
from portal.providers.models import Provider
from tenants.running.table_statistics import refresh_statistics
from tests.benchmarks import town

# So many real ones; their ids, and those of what belongs to them, are smaller than the distance between two copies.
REAL, APART = 250, 100_000
_OWN = {"id", "offer_id", "schedule_id", "provider_id"}


def fill(offers: int) -> None:
    """Inside the municipality of the caller."""
    town.fill(REAL, vacuum=False)
    copies = offers // REAL - 1
    links = (Offer.categories.through, Offer.target_groups.through)
    with connection.cursor() as cursor:
        for model in (Provider, Offer, *links, Location, Schedule, Occurrence, SearchDocument):
            table = model._meta.db_table
            names = [field.column for field in model._meta.concrete_fields]
            values = [f'"{name}" + step * {APART}' if name in _OWN else _value(table, name) for name in names]
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(map(_quoted, names))}) OVERRIDING SYSTEM VALUE "
                f"SELECT {', '.join(values)} FROM {table}, generate_series(1, {copies}) AS step"
            )
            if "id" in names:
                cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")
        refresh_statistics()
        cursor.execute("VACUUM ANALYZE")


def _value(table: str, name: str) -> str:
    return "title || ' ' || step" if (table, name) == ("offers_offer", "title") else _quoted(name)


def _quoted(name: str) -> str:
    return f'"{name}"'
