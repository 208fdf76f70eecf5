"""Adds counts to the figures of their days, in one statement for all that a municipality's visitors did.

Bounded: what a visitor only claims (an act, an id) must be there, and of what anybody can type (words, values of
filters) a day has room for `MOST_A_DAY` different ones.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, Literal

from django.db import connection, models

from portal.offers.models import Offer
from portal.offers.states import State
from portal.taxonomy.aliases import moved
from portal.taxonomy.models import Category, District, TargetGroup
from portal.usage.models import DailyCategorySearch, DailyFilter, DailyOfferAct, DailyOfferView, DailySearch

Found = Literal["", "nothing", "few", "many"]
# Of an offer also what was done with it, of a filter its name and its value; else the one column's value.
Which = int | str | tuple[int | str, str]
# On which day, which one of a kind, and what was found.
Counts = Counter[tuple[date, Which, Found]]

MOST_A_DAY = 5_000
FOUND = ("nothing", "few", "many")
# What is counted, and the columns that say which one, with their types.
COLUMNS: dict[type[models.Model], dict[str, str]] = {
    DailyOfferView: {"offer_id": "bigint"},
    DailyOfferAct: {"offer_id": "bigint", "act": "text"},
    DailySearch: {"term": "text"},
    DailyCategorySearch: {"category_id": "bigint"},
    DailyFilter: {"name": "text", "value": "text"},
}
KINDS = tuple(COLUMNS)
_SEARCHES = (DailySearch, DailyCategorySearch, DailyFilter)
# Filters whose values are ids, those of two at once with a colon between them.
IDS: dict[str, tuple[type[models.Model], ...]] = {
    "zielgruppe": (TargetGroup,),
    "ortsteil": (District,),
    "kategorie+ortsteil": (Category, District),
}


def add_up(counts: dict[type[models.Model], Counts]) -> None:
    """All of them, always in the same order, so that two processes never wait in a ring."""
    parts: list[str] = []
    values: list[Any] = []
    for kind in KINDS:
        if rows := _rows(kind, counts.get(kind, Counter())):
            parts.append(f"{kind._meta.db_table}_added AS ({_statement(kind)})")
            values += [list(part) for part in zip(*rows, strict=True)]
            values += [rows[-1][0]] if kind in _SEARCHES else []
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(f"WITH {', '.join(parts)} SELECT", values)


def _rows(kind: type[models.Model], counts: Counts) -> list[tuple[Any, ...]]:
    """Day, which one, how often, and for a search how often each was found; what old links ask for is counted for what
    they lead to."""
    today = _today(kind, counts)
    summed: dict[tuple[date, Which], Counter[str]] = defaultdict(Counter)
    for (day, which, found), number in counts.items():
        summed[day, today(which)].update({"count": number, found: number})
    names = ("count", *(FOUND if kind in _SEARCHES else ()))
    return [
        (day, *(which if isinstance(which, tuple) else (which,)), *(numbers[name] for name in names))
        for (day, which), numbers in sorted(summed.items(), key=lambda row: row[0])
    ]


def _today(kind: type[models.Model], counts: Counts) -> Any:
    """What something is called today, where two became one."""
    if not counts or kind not in (DailyCategorySearch, DailyFilter):
        return lambda which: which
    if kind is DailyCategorySearch:
        categories = moved(Category)
        return lambda which: categories.get(which, which)
    lists = {model: moved(model) for model in {each for models_ in IDS.values() for each in models_}}

    def filter_today(which: tuple[str, str]) -> tuple[str, str]:
        name, value = which
        if name not in IDS or not value:
            return which
        ids = zip(IDS[name], map(int, value.split(":")), strict=True)
        return name, ":".join(str(lists[model].get(pk, pk)) for model, pk in ids)

    return filter_today


def _statement(kind: type[models.Model]) -> str:
    table = kind._meta.db_table
    numbers = ("count", *(FOUND if kind in _SEARCHES else ()))
    types = {"day": "date", **COLUMNS[kind], **dict.fromkeys(numbers, "int")}
    names, once = ", ".join(types), ", ".join(("day", *COLUMNS[kind], "source"))
    given = ", ".join(f"%s::{each}[]" for each in types.values())
    added = ", ".join(f"{each} = {table}.{each} + EXCLUDED.{each}" for each in numbers)
    rows = f"unnest({given}) AS new({names})"
    if kind in _SEARCHES:
        same = " AND ".join(f"t.{name} = new.{name}" for name in ("day", *COLUMNS[kind]))
        rows = (
            f"(SELECT *, row_number() OVER (PARTITION BY known) AS place FROM (SELECT new.*, "  # noqa: S608 (our own)
            f"EXISTS (SELECT FROM {table} AS t WHERE {same} AND t.source = '') AS known FROM {rows}) AS new) AS new"
        )
    return (
        f"INSERT INTO {table} ({names}, source) "  # noqa: S608 (all names are our own)
        f"SELECT {names}, '' FROM {rows} WHERE {_KNOWN.get(kind, 'TRUE')} "
        f"ON CONFLICT ({once}) DO UPDATE SET {added}"
    )


def _there(model: type[models.Model], pk: str) -> str:
    return f"EXISTS (SELECT FROM {model._meta.db_table} AS t WHERE t.id = {pk})"


def _room(kind: type[models.Model]) -> str:
    """Whether it stands in the table already, or the day has room for it."""
    table = kind._meta.db_table
    return f"(known OR (SELECT count(*) FROM {table} WHERE day = %s::date) + place <= {MOST_A_DAY})"  # noqa: S608 (our own)


def _are_known(name: str, of: Iterable[type[models.Model]]) -> str:
    ids = (_there(model, f"split_part(value, ':', {place})::bigint") for place, model in enumerate(of, 1))
    return f"WHEN name = '{name}' AND value <> '' THEN {' AND '.join(ids)}"


# A page that was served proves that its offer is there; a browser that tells of a click proves nothing.
_KNOWN: dict[type[models.Model], str] = {
    DailyOfferAct: f"EXISTS (SELECT FROM {Offer._meta.db_table} AS o "
    f"WHERE o.id = offer_id AND o.state = '{State.PUBLISHED.value}')",
    DailySearch: _room(DailySearch),
    DailyCategorySearch: _room(DailyCategorySearch),
    DailyFilter: f"CASE {' '.join(_are_known(*each) for each in IDS.items())} ELSE {_room(DailyFilter)} END",
}
