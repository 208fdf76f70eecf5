"""Rows that hang on a row and are replaced as a list: what stays keeps its id, the rest in two statements."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import connection, models

_KNOWN = "_known_links"


def link_ids(row: Any, name: str) -> list[int]:
    """The numbers at the other end of a many-to-many relation, sorted; fetched relations cost no query."""
    known: dict[str, list[int]] = getattr(row, _KNOWN, {})
    if name in known:
        return known[name]
    if name in getattr(row, "_prefetched_objects_cache", {}):
        return sorted(each.pk for each in getattr(row, name).all())
    through, own, other = _through(row, name)
    return sorted(through._default_manager.filter(**{own: row.pk}).values_list(other, flat=True))


def fetch_links(rows: Sequence[Any], names: Sequence[str]) -> None:
    """Let `link_ids` know the relations of many rows, in a statement each and without the things at their ends."""
    by_pk = {row.pk: {name: list[int]() for name in names} for row in rows}
    for name in names:
        through, own, other = _through(rows[0], name) if rows else (None, "", "")
        if through is None:
            return
        pairs = through._default_manager.filter(**{f"{own}__in": list(by_pk)}).values_list(own, other)
        for pk, linked in pairs.order_by(own, other):
            by_pk[pk][name].append(linked)
    for row in rows:
        setattr(row, _KNOWN, by_pk[row.pk])


def set_links(row: Any, name: str, wanted: Sequence[int]) -> None:
    """Make the relation lead to exactly these."""
    through, own, other = _through(row, name)
    here = set(through._default_manager.filter(**{own: row.pk}).values_list(other, flat=True))
    gone, new = here - set(wanted), set(wanted) - here
    if gone:
        through._default_manager.filter(**{own: row.pk, f"{other}__in": gone}).delete()
    if new:
        through._default_manager.bulk_create(
            [through(**{own: row.pk, other: each}) for each in sorted(new)], ignore_conflicts=True
        )
    _forget(row, name)


def set_links_of_many(wanted: Sequence[tuple[Any, Sequence[int]]], name: str) -> None:
    """As `set_links` of each, in two statements for all; what they lead to now is known (`fetch_links`)."""
    here = [(row, set(link_ids(row, name)), set(numbers)) for row, numbers in wanted]
    gone = [(row.pk, each) for row, before, after in here for each in sorted(before - after)]
    new = [(row.pk, each) for row, before, after in here for each in sorted(after - before)]
    for row, _before, _after in here:
        _forget(row, name)
    if not (gone or new):
        return
    through, own, other = _through(wanted[0][0], name)
    if gone:
        named = connection.ops.quote_name
        with connection.cursor() as cursor:
            cursor.execute(
                f"DELETE FROM {named(through._meta.db_table)} AS link "  # noqa: S608  # quoted
                "USING unnest(%s::bigint[], %s::bigint[]) AS gone (own, other) "
                f"WHERE link.{named(own)} = gone.own AND link.{named(other)} = gone.other",
                [list(numbers) for numbers in zip(*gone, strict=True)],
            )
    through._default_manager.bulk_create([through(**{own: pk, other: each}) for pk, each in new], ignore_conflicts=True)


def existing(model: type[models.Model], wanted: Sequence[int]) -> set[int]:
    """Which of these rows are there; within a transaction they stay until its end.

    The lock is the one a key to the row takes anyway, only before instead of after we said that the row is there: who
    deletes or merges it waits for us, and we for them.
    """
    if not wanted:
        return set()
    name = connection.ops.quote_name
    table, key = name(model._meta.db_table), name(str(model._meta.pk.column))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key} FROM {table} WHERE {key} = ANY(%s) ORDER BY {key} FOR KEY SHARE",  # noqa: S608  # quoted
            [list(wanted)],
        )
        return {number for (number,) in cursor.fetchall()}


def set_children(
    row: Any,
    name: str,
    wanted: Sequence[dict[str, Any]],
    *,
    said: Callable[[Any], dict[str, Any]],
    make: Callable[[dict[str, Any], int], Any],
) -> list[Any]:
    """Make the children say `wanted`, in this order, and return those that are new (saved).

    `said` tells what a child says; a child that says what is wanted stays, with its id and all that hangs on it. Those
    with a `position` get their new one.
    """
    manager = getattr(row, name)
    _forget(row, name)
    found = _sorted_out(list(manager.all()), wanted, said=said, make=make)
    if found.gone:
        manager.filter(pk__in=[child.pk for child in found.gone]).delete()
    _move(manager, found.kept)
    made = manager.bulk_create(found.new) if found.new else []
    _forget(row, name)
    return list(made)


def set_children_of_many(
    wanted: Sequence[tuple[Any, Sequence[dict[str, Any]]]],
    name: str,
    *,
    said: Callable[[Any], dict[str, Any]],
    make: Callable[[Any, dict[str, Any], int], Any],
    remove: Callable[[list[int]], Any] | None = None,
) -> list[Any]:
    """As `set_children` of each row, in a few statements for all. Their children are fetched, and are fetched anew
    before they are read again. `remove`: how those go that nobody wants, instead of Django's way with its signals."""
    if not wanted:
        return []
    manager = wanted[0][0]._meta.get_field(name).related_model._default_manager
    gone: list[int] = []
    kept: list[tuple[int, Any]] = []
    new: list[Any] = []
    for row, said_now in wanted:
        there = list(getattr(row, name).all())
        found = _sorted_out(there, said_now, said=said, make=partial(make, row))
        gone += [child.pk for child in found.gone]
        kept += found.kept
        new += found.new
        _forget(row, name)
    if gone and remove:
        remove(gone)
    elif gone:
        manager.filter(pk__in=gone).delete()
    _move(manager, kept)
    return list(manager.bulk_create(new)) if new else []


def remove_rows(model: type[models.Model], numbers: Sequence[int]) -> None:
    """Delete rows to which nothing refers, telling nobody but the triggers: what they hang on is written anew."""
    name = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {name(model._meta.db_table)} WHERE {name(str(model._meta.pk.column))} = ANY(%s)",  # noqa: S608  # quoted
            [list(numbers)],
        )


@dataclass(frozen=True, slots=True)
class _Found:
    """Which children go, which stay and at which position, which are new."""

    gone: list[Any]
    kept: list[tuple[int, Any]]
    new: list[Any]


def _sorted_out(
    there: list[Any], wanted: Sequence[dict[str, Any]], *, said: Callable[[Any], Any], make: Callable[..., Any]
) -> _Found:
    left = list(there)
    kept: list[tuple[int, Any]] = []
    new: list[Any] = []
    for position, each in enumerate(wanted):
        same = next((child for child in left if said(child) == each), None)
        if same is None:
            new.append(make(each, position))
        else:
            left.remove(same)
            kept.append((position, same))
    return _Found(left, kept, new)


def _move(manager: Any, kept: list[tuple[int, Any]]) -> None:
    moved = [(position, child) for position, child in kept if getattr(child, "position", position) != position]
    for position, child in moved:
        child.position = position
    if moved:
        manager.bulk_update([child for _position, child in moved], ["position"])


def _through(row: Any, name: str) -> tuple[type[models.Model], str, str]:
    field = row._meta.get_field(name)
    return field.remote_field.through, f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"


def _forget(row: Any, name: str) -> None:
    getattr(row, _KNOWN, {}).pop(name, None)
    getattr(row, "_prefetched_objects_cache", {}).pop(name, None)
