"""One list of everything that waits, in few statements: the database sorts and counts names and times, and only the
lines of a page are told by their rooms."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from core.work import MOST_ITEMS, Item, Source
from portal.editorial.desk.ages import waits_longer

Place = tuple[datetime, str, int]


class Whose(StrEnum):
    """Which part of the list; the value is its name in the address."""

    ALL = ""
    MINE = "ich"
    NOBODYS = "niemand"
    WATCHED = "beobachtet"


# In the statements of a list `w` is what waits, `t` its ticket, `me` the person who asks.
CONDITIONS = {
    Whose.ALL: "TRUE",
    Whose.MINE: "t.assignee_id = me.person",
    Whose.NOBODYS: "t.assignee_id IS NULL",
    Whose.WATCHED: (
        "EXISTS (SELECT FROM editorial_ticket_watchers x WHERE x.ticket_id = t.id AND x.user_id = me.person)"
    ),
}
_FROM = (
    "FROM waiting w CROSS JOIN (SELECT %s::bigint AS person) me "
    "LEFT JOIN editorial_ticket t ON t.kind = w.kind AND t.item = w.pk"
)


def _glance(waiting: str, whose: Whose, *, newest: bool) -> str:
    """The statement of `WorkList.glance`: counts by source, then the lines of a page."""
    order = "DESC" if newest else "ASC"
    parts = ", ".join(f"{CONDITIONS[each]} AS part_{number}" for number, each in enumerate(Whose))
    sums = ", ".join(f"count(*) FILTER (WHERE part_{number})" for number, _each in enumerate(Whose))
    zeros = ", ".join("0" for _each in range(len(Whose) + 2))
    chosen = f"part_{list(Whose).index(whose)}"
    return (
        f"WITH waiting (source, kind, pk, since) AS ({waiting}), "  # noqa: S608 (only our own)
        f"cared AS MATERIALIZED (SELECT w.source, w.pk, w.since, {parts} {_FROM}) "
        f"(SELECT source, NULL::bigint, NULL::timestamptz, {sums}, count(*) FILTER (WHERE {chosen}), "
        f"count(*) FILTER (WHERE {chosen} AND since < %s) FROM cared GROUP BY source) "
        f"UNION ALL (SELECT source, pk, since, {zeros} FROM cared WHERE {chosen} AND (%s = '' OR source = %s) "
        f"ORDER BY since {order}, source {order}, pk {order} LIMIT %s OFFSET %s)"
    )


def _asking(rows: Callable[[], QuerySet[Any]]) -> tuple[str, Sequence[Any]]:
    """What a source asks."""
    statement, values = rows().order_by().query.sql_with_params()
    return statement, tuple(values)


@lru_cache(maxsize=200)
def _asking_alike(rows: Callable[[], QuerySet[Any]]) -> tuple[str, Sequence[Any]]:
    """The same of one that asks the same at any time and in every municipality; made once."""
    return _asking(rows)


@dataclass(frozen=True, slots=True)
class Line:
    """An item with the kind of work it is."""

    source: Source
    item: Item
    # As the database sorts by it.
    since: datetime

    @property
    def place(self) -> Place:
        """Where it stands in the list."""
        return self.since, self.source.kind, self.item.pk


@dataclass(frozen=True, slots=True)
class Counts:
    """How much waits: by part of the list, and of the chosen part by source; how much of it waits too long."""

    parts: dict[Whose, int]
    kinds: dict[str, int]
    late: int


@dataclass(slots=True)
class WorkList:
    """What waits for one person (their id) by certain sources; one statement for each question."""

    sources: Sequence[Source]
    person: int
    _few: dict[str, Sequence[Item]] = field(default_factory=dict)
    _made: list[tuple[str, list[Any]]] = field(default_factory=list)

    def page(
        self,
        whose: Whose = Whose.ALL,
        kind: str = "",
        *,
        start: int = 0,
        size: int = 25,
        newest: bool = False,
        after: Place | None = None,
    ) -> list[Line]:
        """The lines from `start` on, or those after a place. What was settled between two statements is left out."""
        order = "DESC" if newest else "ASC"
        conditions = [CONDITIONS[whose]]
        values: list[Any] = []
        if kind:
            conditions.append("w.source = %s")
            values.append(kind)
        if after is not None:
            conditions.append("(w.since, w.source, w.pk) > (%s, %s, %s)")
            values.extend(after)
        rows = self._ask(
            "w.source, w.pk, w.since",
            f"WHERE {' AND '.join(conditions)} "
            f"ORDER BY w.since {order}, w.source {order}, w.pk {order} LIMIT %s OFFSET %s",
            after=[*values, size, start],
        )
        return self._told(rows)

    def counts(self, whose: Whose = Whose.ALL, *, goal_days: int = 7) -> Counts:
        """How much waits, in one statement."""
        parts = ", ".join(f"count(*) FILTER (WHERE {CONDITIONS[each]})" for each in Whose)
        rows = self._ask(
            f"w.source, {parts}, count(*) FILTER (WHERE {CONDITIONS[whose]}), "
            f"count(*) FILTER (WHERE {CONDITIONS[whose]} AND w.since < %s)",
            "GROUP BY w.source",
            before=[waits_longer(goal_days)],
        )
        return self._counts(rows)

    @staticmethod
    def _counts(rows: Sequence[Sequence[Any]]) -> Counts:
        """Of rows by source that end with a number for each part, one of the chosen part, and one of its late items."""
        first = -2 - len(Whose)
        return Counts(
            parts={each: sum(row[first + number] for row in rows) for number, each in enumerate(Whose)},
            kinds={row[0]: row[-2] for row in rows if row[-2]},
            late=sum(row[-1] for row in rows),
        )

    def glance(
        self, whose: Whose, kind: str, *, start: int, size: int, newest: bool = False, goal_days: int = 7
    ) -> tuple[Counts, list[Line]]:
        """How much waits, and the lines from `start` on, in one statement: what waits is looked for once."""
        if not self.sources:
            return Counts(dict.fromkeys(Whose, 0), {}, 0), []
        waiting, given = self._waiting()
        limit = waits_longer(goal_days)
        with connection.cursor() as cursor:
            cursor.execute(
                _glance(waiting, whose, newest=newest), [*given, self.person, limit, kind, kind, size, start]
            )
            found = cursor.fetchall()
        counted = [row for row in found if row[1] is None]
        return self._counts(counted), self._told([row[:3] for row in found if row[1] is not None])

    def one(self, kind: str, pk: int) -> Line | None:
        """The item of this name, if it waits for this person."""
        asked = "WHERE w.kind = %s AND w.pk = %s LIMIT 1"
        return next(iter(self._told(self._ask("w.source, w.pk, w.since", asked, after=[kind, pk]))), None)

    def _ask(self, what: str, rest: str, *, before: Sequence[Any] = (), after: Sequence[Any] = ()) -> list[Any]:
        if not self.sources:
            return []
        waiting, given = self._waiting()
        with connection.cursor() as cursor:
            cursor.execute(
                f"WITH waiting (source, kind, pk, since) AS ({waiting}) SELECT {what} {_FROM} {rest}",
                [*given, *before, self.person, *after],
            )
            found: list[Any] = cursor.fetchall()
        return found

    def _waiting(self) -> tuple[str, list[Any]]:
        """What all sources ask, made once: that costs as much as asking."""
        if not self._made:
            asked = [self._select(source) for source in self.sources]
            named = zip(self.sources, asked, strict=True)
            given = [value for source, (_sql, values) in named for value in (source.kind, source.name, *values)]
            self._made.append((" UNION ALL ".join(statement for statement, _values in asked), given))
        return self._made[0]

    def _select(self, source: Source) -> tuple[str, Sequence[Any]]:
        head = "SELECT %s::text, %s::text, q.pk::bigint, q.since::timestamptz FROM"
        if source.rows is not None:
            inner, values = _asking(source.rows) if source.varies else _asking_alike(source.rows)
            return f"{head} ({inner}) q (pk, since)", values
        items = self._items(source)
        values = ([item.pk for item in items], [item.since for item in items])
        return f"{head} unnest(%s::bigint[], %s::timestamptz[]) q (pk, since)", values

    def _items(self, source: Source) -> Sequence[Item]:
        """The items of a source without rows, asked once."""
        if source.kind not in self._few and source.items is not None:
            self._few[source.kind] = source.items(MOST_ITEMS)
        return self._few.get(source.kind, ())

    def _told(self, rows: Sequence[tuple[str, int, datetime]]) -> list[Line]:
        """The lines of rows of the list, told by their rooms."""
        found: dict[tuple[str, int], Item] = {}
        for source in self.sources:
            keys = [pk for kind, pk, _since in rows if kind == source.kind]
            if keys:
                found |= {(source.kind, item.pk): item for item in self._tell(source, keys)}
        by_kind = {source.kind: source for source in self.sources}
        return [Line(by_kind[kind], found[kind, pk], since) for kind, pk, since in rows if (kind, pk) in found]

    def _tell(self, source: Source, keys: Iterable[int]) -> Sequence[Item]:
        wanted = list(keys)
        if source.tell is not None:
            return source.tell(wanted)
        return [item for item in self._items(source) if item.pk in wanted]
