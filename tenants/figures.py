"""Nightly figures: each municipality counts itself in a job of its own and writes one row into a shared table.

Whoever wants an overview of all reads that table; nothing asks a thousand schemas while somebody waits. Rooms above
contribute their numbers without `tenants` knowing them: `register(Figure.OFFERS, count)`.
"""

import os
from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum

from django.db import connection
from django.db.models import Max, QuerySet
from django.utils import timezone

from accounts.models import User
from audit.models import Entry
from tenants.context import current_schema, inside_public
from tenants.models import Municipality, MunicipalityFigures
from tenants.storage import folder_of


class Figure(StrEnum):
    """The numbers that rooms contribute: columns of MunicipalityFigures."""

    OFFERS = "offers"
    PUBLISHED_OFFERS = "published_offers"
    PROVIDERS = "providers"


_counting: dict[Figure, Callable[[], int]] = {}

_DATABASE_BYTES = """
    SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint
    FROM pg_class WHERE relnamespace = %s::regnamespace AND relkind = 'r'
"""


class UnknownFigureError(RuntimeError):
    """Two rooms want to count the same figure, or nobody counts one."""


def register(figure: Figure, count: Callable[[], int]) -> None:
    """Say who counts a figure; `count` is called inside the municipality. Once per figure, at the start."""
    if figure in _counting:
        raise UnknownFigureError(f"“{figure}” is counted already.")
    _counting[figure] = count


def _count_all() -> dict[str, int]:
    missing = set(Figure) - set(_counting)
    if missing:
        raise UnknownFigureError(f"Nobody counts {', '.join(sorted(missing))}: call tenants.figures.register.")
    return {figure.value: count() for figure, count in _counting.items()}


def database_bytes(schema_name: str) -> int:
    """What the tables and indexes of a schema take on disk."""
    with connection.cursor() as cursor:
        cursor.execute(_DATABASE_BYTES, [connection.ops.quote_name(schema_name)])
        return int(cursor.fetchone()[0])


def file_bytes(schema_name: str) -> int:
    """What a municipality's stored files take."""
    total = 0
    for folder, _folders, names in os.walk(folder_of(schema_name)):
        for name in names:
            try:
                total += os.lstat(os.path.join(folder, name)).st_size  # noqa: PTH118 - as os.walk gives it
            except FileNotFoundError:
                # Removed while we were counting.
                continue
    return total


def measure(night: date) -> MunicipalityFigures:
    """Count the municipality we are inside and write its row for this night, over an earlier one of the same night."""
    schema_name = current_schema()
    numbers = {
        **_count_all(),
        "users": User.objects.filter(is_active=True).count(),
        "database_bytes": database_bytes(schema_name),
        "file_bytes": file_bytes(schema_name),
        "last_activity": Entry.objects.aggregate(last=Max("at"))["last"],
        "measured_at": timezone.now(),
    }
    with inside_public():
        row, _fresh = MunicipalityFigures.objects.update_or_create(
            municipality=Municipality.objects.get(schema_name=schema_name), night=night, defaults=numbers
        )
    return row


def unmeasured(night: date) -> "QuerySet[Municipality]":
    """Those without figures of this night, whatever their state; also after nights in which no worker ran."""
    return Municipality.objects.exclude(figures__night=night).order_by("slug")


def latest(municipalities: Iterable[Municipality]) -> dict[int, MunicipalityFigures]:
    """The newest figures of each municipality that was ever measured, by its key, in one query."""
    rows = (
        MunicipalityFigures.objects.filter(municipality__in=[each.pk for each in municipalities])
        .order_by("municipality_id", "-night")
        .distinct("municipality_id")
    )
    return {row.municipality_id: row for row in rows}
