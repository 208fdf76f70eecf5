"""The municipality's lists and what it took of the catalogue, read as the engine wants them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from core.ordering import name_key
from portal.taxonomy.adoption.engine.town import NAME, PARENT, Base, Link, Town
from portal.taxonomy.adoption.kinds import kinds
from portal.taxonomy.adoption.models import Adopted, Proposal
from shared_categories.reading import Snapshot

# What links remember, read once for all municipalities: each some hundred bytes.
MOST_KEPT = 2048


@dataclass
class Loaded:
    """`places`: the numbers rows have in their order, by kind and row."""

    town: Town
    places: dict[str, dict[int, int]] = field(default_factory=dict)


def load(*, held: bool = False) -> Loaded:
    """Everything, in one statement. `held`: in a transaction that has the lock, to be changed."""
    with connection.cursor() as cursor:
        cursor.execute(*_asked(held))
        told = {name: json.loads(rows or "[]") for name, rows in cursor.fetchall()}
    found = Loaded(Town())
    for each in kinds():
        rows = sorted(told[each.kind], key=lambda row: (row.get(each.position, 0), _key(row.get(NAME, "")), row["pk"]))
        found.places[each.kind] = {row["pk"]: row.get(each.position, 0) for row in rows}
        found.town.rows[each.kind] = {}
        found.town.order[each.kind] = {}
        for row in rows:
            found.town.put(each.kind, each.row(row))
    found.town.links = {
        row["code"]: Link(row["code"], row["kind"], row["object_id"], dict(_bases(row["text"]))) for row in told[_LINKS]
    }
    found.town.refused = frozenset((row["code"], row["object_id"]) for row in told[_REFUSED])
    return found


# By places, then by names, then by numbers; the names are much the same everywhere.
_key = lru_cache(maxsize=MOST_KEPT)(name_key)
_LINKS, _REFUSED = "links", "refused"


@cache
def _asked(held: bool) -> tuple[str, tuple[Any, ...]]:
    """The statement: all lists as JSON, each by its name. The same everywhere, so put together once."""
    lists: dict[str, QuerySet[Any, Any]] = {each.kind: each.rows(held=held) for each in kinds()}
    lists[_LINKS] = Adopted.objects.annotate(text=Cast("base", TextField())).values("code", "kind", "object_id", "text")
    lists[_REFUSED] = Proposal.objects.exclude(refused_at=None).values("code", "object_id")
    parts: list[str] = []
    given: list[Any] = []
    for name, rows in lists.items():
        statement, parameters = rows.query.sql_with_params()
        parts.append(f"SELECT %s, (SELECT json_agg(row)::text FROM ({statement}) AS row)")  # noqa: S608 - Django made it
        given += [str(name), *parameters]
    return " UNION ALL ".join(parts), tuple(given)


@lru_cache(maxsize=MOST_KEPT)
def _bases(text: str) -> Mapping[str, Base]:
    """Read what `written` wrote: places are pairs. Many took the same; nobody may change it."""
    return {
        name: Base(tuple(value) if name == PARENT else value, release)
        for name, (value, release) in json.loads(text).items()
    }


def written(bases: Mapping[str, Base]) -> dict[str, Any]:
    """What a link remembers, as JSON."""
    return {name: [list(base.value) if name == PARENT else base.value, base.release] for name, base in bases.items()}


def look_for_uses(town: Town, releases: Iterable[Snapshot]) -> None:
    """On which of the rows that may have to go something hangs: asked only where the catalogue let go of something."""
    gone: dict[str, set[int]] = {}
    for code in {value.code for release in releases for value in release.values.values() if value.removed}:
        row = town.row_of(code)
        if row is not None:
            gone.setdefault(town.links[code].kind, set()).add(row.pk)
    town.used = frozenset((each.kind, pk) for each in kinds() if each.kind in gone for pk in each.used(gone[each.kind]))


def codes_of(kind: str) -> dict[int, str]:
    """The entry of each row that has one: for whoever compares municipalities."""
    rows = Adopted.objects.filter(kind=kind, object_id__isnull=False).values_list("object_id", "code")
    return {pk: code for pk, code in rows if pk is not None}
