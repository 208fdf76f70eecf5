"""Nightly figures: each municipality counts itself in a job of its own and writes one row into a shared table.

Whoever wants an overview of all reads that table; nothing asks a thousand schemas while somebody waits. Rooms above
contribute their numbers without `tenants` knowing them: `register(Figure.OFFERS, count)`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db import connection
from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.utils import timezone

from accounts.models import User
from audit.models import Entry
from core.access import Permission, roles_with
from tenants.models import Municipality, MunicipalityFigures
from tenants.running.context import current_schema, inside_public
from tenants.running.schema_states import version_in
from tenants.running.storage import files


class Figure(StrEnum):
    """The numbers that rooms contribute: columns of MunicipalityFigures."""

    OFFERS = "offers"
    PUBLISHED_OFFERS = "published_offers"
    FREE_OFFERS = "free_offers"
    ACCESSIBLE_OFFERS = "accessible_offers"
    PROVIDERS = "providers"
    MAILS_SENT = "mails_sent"
    MAILS_BOUNCED = "mails_bounced"
    SPAN_DIFFERENCES = "span_differences"


_counting: dict[Figure, Callable[[], int]] = {}

_DATABASE_BYTES = """
    SELECT n.nspname, sum(pg_total_relation_size(c.oid))::bigint
    FROM pg_namespace n JOIN pg_class c ON c.relnamespace = n.oid AND c.relkind = 'r'
    WHERE n.nspname = ANY(%s) GROUP BY n.nspname
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
        raise UnknownFigureError(f"Nobody counts {', '.join(sorted(missing))}: call tenants.running.figures.register.")
    return {figure.value: count() for figure, count in _counting.items()}


def database_bytes(link: Any, schema_names: list[str]) -> dict[str, int]:
    """What the tables and indexes of these schemas take on disk, asked through `link`, a connection of Django's."""
    with link.cursor() as cursor:
        cursor.execute(_DATABASE_BYTES, [schema_names])
        return {str(name): int(size) for name, size in cursor.fetchall()}


def file_bytes(schema_name: str) -> int:
    """What a municipality's stored files take."""
    return files().total(schema_name)


def _last_editor() -> datetime | None:
    """When somebody of the editors was last there: what they did or, where that was nothing, when they signed in."""
    editors = User.objects.filter(is_active=True, roles__overlap=[str(role) for role in roles_with(Permission.DESK)])
    came = editors.aggregate(last=Max("last_login"))["last"]
    did = Entry.objects.filter(actor_id__in=editors.values("pk")).aggregate(last=Max("at"))["last"]
    return max((each for each in (came, did) if each is not None), default=None)


def measure(night: date) -> MunicipalityFigures:
    """Count the municipality we are inside and write its row for this night, over an earlier one of the same night."""
    schema_name = current_schema()
    numbers = {
        **_count_all(),
        "users": User.objects.filter(is_active=True).count(),
        "database_bytes": database_bytes(connection, [schema_name]).get(schema_name, 0),
        "file_bytes": file_bytes(schema_name),
        "last_activity": Entry.objects.aggregate(last=Max("at"))["last"],
        "last_editor_activity": _last_editor(),
        "schema_version": version_in([schema_name])[schema_name],
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


def newest() -> "QuerySet[MunicipalityFigures]":
    """The last row of each municipality that was ever measured: one look into the index for each, however many nights
    there are."""
    of_each = MunicipalityFigures.objects.filter(municipality=OuterRef("pk")).order_by("-night").values("pk")[:1]
    return MunicipalityFigures.objects.filter(pk__in=Municipality.objects.order_by().values_list(Subquery(of_each)))


def latest(municipalities: Iterable[Municipality]) -> dict[int, MunicipalityFigures]:
    """The newest figures of each municipality that was ever measured, by its key, in one query."""
    rows = newest().filter(municipality__in=[each.pk for each in municipalities])
    return {row.municipality_id: row for row in rows}


def note_versions(versions: Iterable[tuple[str, str]]) -> None:
    """Write (schema name, version) pairs into the newest figures: what a rollout did need not wait for the night."""
    alike = defaultdict(list)
    for schema_name, version in versions:
        alike[version].append(schema_name)
    for version, names in alike.items():
        rows = MunicipalityFigures.objects.filter(pk__in=newest().values("pk"), municipality__schema_name__in=names)
        rows.update(schema_version=version)
