"""Keeping the index: who is in it, filling it, comparing it. What it holds, the database writes (migrations/0002)."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from neighbours.models import Agreement, IndexedTown
from tenants.models import Municipality

_FORGET = (
    # Whoever is just writing rows of it ends first, whoever comes later finds it gone.
    "SELECT public.neighbours_lock(%s)",
    "DELETE FROM neighbours_indexeddocument d USING neighbours_indexedoffer i "
    "WHERE d.offer_id = i.id AND i.municipality_id = %s",
    "DELETE FROM neighbours_indexedoffer WHERE municipality_id = %s",
    "DELETE FROM neighbours_indexedtown WHERE municipality_id = %s",
)


class Compared(NamedTuple):
    """A municipality and how many of its rows were wrong."""

    town: str
    wrong: int


def refresh(town: IndexedTown) -> int:
    """Make all rows of a municipality what they should be; how many were not. Whoever changes offers there meanwhile
    waits at the end of their transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT neighbours_refresh(%s, %s, NULL)", [town.pk, town.schema_name])
        return int(cursor.fetchone()[0])


@transaction.atomic
def fill(schema_name: str) -> int:
    """Bring the offers of a municipality into the index, or compare what is there: how many rows were wrong."""
    town = IndexedTown.objects.select_for_update(no_key=True).filter(schema_name=schema_name).first()
    if town is None:
        return 0
    changed, now = refresh(town), timezone.now()
    town.healed = changed if town.filled_at else 0
    town.filled_at = town.filled_at or now
    town.compared_at = now
    town.save()
    return town.healed


def settle() -> None:
    """Let the index follow now what this transaction changed, not at its end: for whoever looks in the same one."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS public.neighbours_settle IMMEDIATE")
        cursor.execute("SET CONSTRAINTS public.neighbours_settle DEFERRED")


def keep(*towns: Municipality) -> list[Municipality]:
    """Have the offers of these municipalities in the index from now on; those that are yet to be filled in."""
    found = []
    for town in towns:
        row, _fresh = IndexedTown.objects.get_or_create(
            municipality_id=town.pk, defaults={"schema_name": town.schema_name}
        )
        if row.filled_at is None:
            found.append(town)
    return found


def wanted(day: date) -> set[int]:
    """The municipalities whose offers somebody shows, or will: by number."""
    pairs = Agreement.objects.lasting(day).values_list("first", "second")
    return {number for pair in pairs for number in pair}


@transaction.atomic
def forget(numbers: Iterable[int]) -> None:
    """Take municipalities out of the index, at once."""
    with connection.cursor() as cursor:
        for number in numbers:
            for statement in _FORGET:
                cursor.execute(statement, [number])


def forget_without_agreement(day: date, among: Iterable[int] | None = None) -> list[int]:
    """Take out those that nobody shows any more; only `among` these, where they are given."""
    there = IndexedTown.objects.exclude(pk__in=wanted(day))
    gone = list((there if among is None else there.filter(pk__in=list(among))).values_list("pk", flat=True))
    forget(gone)
    return gone


def without_index(day: date) -> list[Municipality]:
    """Municipalities that have an agreement and are not in the index, or not yet filled in."""
    missing = Municipality.objects.filter(pk__in=wanted(day))
    there = IndexedTown.objects.filter(filled_at__isnull=False).values("pk")
    return list(missing.exclude(Q(pk__in=there)))
