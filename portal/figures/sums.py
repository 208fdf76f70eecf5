"""The statements behind the figures: one for one's own over time, one for each offer, one for what is usual."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.core.cache import cache
from django.db import connection

from portal.figures.measures import CONTACTS, MEASURES, VIEWS, Measure
from portal.figures.periods import Period, Step
from portal.offers.models import Offer
from portal.offers.states import State
from portal.providers.models import Provider
from portal.providers.states import State as ProviderState
from portal.usage.models import DailyOfferAct, DailyOfferView, OfferMonth
from portal.usage.months import summed_until

# With fewer offers of others their figures could be guessed from the median.
FEWEST = 5
# What is usual is the same for a while: reading everybody's figures takes longer than one's own.
REMEMBERED_SECONDS = 600
_VIEWS, _ACTS = DailyOfferView._meta.db_table, DailyOfferAct._meta.db_table
_OFFERS, _PROVIDERS = Offer._meta.db_table, Provider._meta.db_table
_TOPICS = Offer.categories.through._meta.db_table


@dataclass(frozen=True, slots=True)
class Sums:
    """How often each thing was done: by the name of a measure, and by the act."""

    counts: Counter[str] = field(default_factory=Counter)

    def of(self, measure: Measure) -> int:
        """How often, of all acts that belong to it."""
        return self.counts[VIEWS.name] if measure is VIEWS else sum(self.counts[act] for act in measure.acts)


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual in a part of the period: by the name of a measure, for how many offers. Empty where there are too
    few; `near`: of offers that share a topic."""

    offers: int = 0
    near: bool = False
    medians: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Compared:
    """What is usual in each part, and in the whole period."""

    whole: Usual
    parts: list[Usual]


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An offer with its figures of the whole period, by the names of the measures."""

    pk: int
    title: str
    numbers: list[int]


def _used(where: str, days: str = "day BETWEEN %(first)s AND %(last)s") -> str:
    """Each day's counts: views and acts in one list, of the offers and days that are found so."""
    return (
        f"SELECT offer_id, day, '{VIEWS.name}' AS what, count FROM {_VIEWS} "  # noqa: S608 (all names are our own)
        f"WHERE ({days}) AND {where} "
        f"UNION ALL SELECT offer_id, day, act, count FROM {_ACTS} WHERE ({days}) AND {where}"
    )


def _columns() -> str:
    """A sum for each measure, named as it is."""
    return ", ".join(
        f"COALESCE(sum(count) FILTER (WHERE what IN ({', '.join(_quoted(each))})), 0)::int AS {each.name}"
        for each in MEASURES
    )


def _quoted(measure: Measure) -> list[str]:
    return [f"'{act.value}'" for act in measure.acts] or [f"'{measure.name}'"]


def over_time(offers: Sequence[int], period: Period) -> tuple[Sums, list[Sums]]:
    """What these offers came to in the whole period and in each part of it."""
    starts = [part.first for part in period.parts]
    whole, parts = Sums(), [Sums() for _start in starts]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT width_bucket(day, %(starts)s::date[]), what, sum(count)::int "  # noqa: S608 (all names are our own)
            f"FROM ({_used('offer_id = ANY(%(offers)s)')}) AS used GROUP BY 1, 2",
            {"starts": starts, "offers": list(offers), "first": period.first, "last": period.last},
        )
        for number, what, times in cursor.fetchall():
            whole.counts[what] += times
            parts[number - 1].counts[what] += times
    return whole, parts


def by_offer(
    offers: Sequence[int], period: Period, *, measure: Measure, at: int = 0, most: int | None
) -> list[OfferRow]:
    """These offers with their figures, those with most of one thing first; `most` of them from the place `at`."""
    names = ", ".join(f"COALESCE({each.name}, 0)" for each in MEASURES)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH used AS (SELECT offer_id, {_columns()} "  # noqa: S608 (all names are our own)
            f"FROM ({_used('offer_id = ANY(%(offers)s)')}) AS each GROUP BY offer_id) "
            f"SELECT o.id, o.title, {names} FROM {_OFFERS} AS o LEFT JOIN used ON used.offer_id = o.id "
            f"WHERE o.id = ANY(%(offers)s) ORDER BY COALESCE({measure.name}, 0) DESC, o.title_key, o.id "
            "LIMIT %(most)s OFFSET %(at)s",
            {"offers": list(offers), "first": period.first, "last": period.last, "most": most, "at": at},
        )
        return [OfferRow(pk, title, numbers) for pk, title, *numbers in cursor.fetchall()]


def usual(period: Period, *, own: Sequence[int], topics: Sequence[int] = ()) -> Compared:
    """What is usual for public offers of other organisations than one's `own`, of the same topics where there are
    enough of them. The statement for a period is remembered for a while."""
    of_what = f"{sorted(own)} {sorted(topics)} {period.first} {period.last} {period.step}"
    key = f"figures.usual:{sha256(of_what.encode()).hexdigest()}"
    found: list[tuple[Any, ...]] | None = cache.get(key)
    if found is None:
        found = _medians(period, own, topics)
        cache.set(key, found, REMEMBERED_SECONDS)
    rows = {number: rest for number, *rest in found}
    empty = [0] * (2 * (1 + len(MEASURES)))
    whole = rows.get(0, empty)
    near = bool(topics) and whole[0] >= FEWEST
    return Compared(
        _usual(whole, near=near),
        [_usual(rows.get(number, empty), near=near) for number in range(1, len(period.parts) + 1)],
    )


def _usual(row: Sequence[Any], *, near: bool) -> Usual:
    half = 1 + len(MEASURES)
    number, *medians = row[:half] if near else row[half:]
    if number < FEWEST:
        return Usual()
    return Usual(number, near, {each.name: float(value) for each, value in zip(MEASURES, medians, strict=True)})


# Who is compared in a part: what was public in it already and not over before it. Part 0 is the whole period. Months
# that are summed up are not read day by day.
_MEDIANS = """
WITH part AS (
    SELECT * FROM unnest(%(numbers)s::int[], %(firsts)s::date[], %(lasts)s::date[]) AS p(number, first, last)
),
other AS MATERIALIZED (
    SELECT o.id, (o.published_at AT TIME ZONE %(zone)s)::date AS since,
           (o.ends_at AT TIME ZONE %(zone)s)::date AS until,
           EXISTS (SELECT FROM {topics} AS t WHERE t.offer_id = o.id AND t.category_id = ANY(%(topics)s)) AS near
    FROM {offers} AS o JOIN {providers} AS p ON p.id = o.provider_id
    WHERE o.state = %(public)s AND o.hidden_at IS NULL AND p.state = %(public_provider)s
      AND o.provider_id <> ALL(%(own)s)
),
cut AS (
    SELECT offer_id, width_bucket(day, %(starts)s::date[]) AS number, {columns} FROM ({used}) AS each GROUP BY 1, 2
    UNION ALL
    SELECT offer_id, width_bucket(month, %(starts)s::date[]), views, contacts, bookmarks, calendar
    FROM {months} WHERE month BETWEEN %(month_first)s AND %(month_last)s
),
used AS MATERIALIZED (
    SELECT offer_id, COALESCE(number, 0) AS number, {sums}
    FROM cut GROUP BY GROUPING SETS ((offer_id, number), (offer_id))
)
SELECT part.number, {aggregates}
FROM part JOIN other ON other.since <= part.last AND (other.until IS NULL OR other.until >= part.first)
LEFT JOIN used ON used.offer_id = other.id AND used.number = part.number
GROUP BY part.number
"""
_DAYS = "day BETWEEN %(first)s AND %(head)s OR day BETWEEN %(tail)s AND %(last)s"


def _medians(period: Period, own: Sequence[int], topics: Sequence[int]) -> list[tuple[Any, ...]]:
    parts = period.parts
    starts: list[date] = [part.first for part in parts]
    statement = _MEDIANS.format(
        topics=_TOPICS,
        offers=_OFFERS,
        providers=_PROVIDERS,
        months=OfferMonth._meta.db_table,
        columns=_columns(),
        sums=", ".join(f"sum({each.name})::int AS {each.name}" for each in MEASURES),
        used=_used("TRUE", _DAYS),
        aggregates=", ".join(_aggregates("WHERE near") + _aggregates("WHERE TRUE")),
    )
    values: dict[str, Any] = {
        "numbers": list(range(len(parts) + 1)),
        "firsts": [period.first, *starts],
        "lasts": [period.last, *(part.last for part in parts)],
        "starts": starts,
        "zone": settings.TIME_ZONE,
        "topics": list(topics),
        "own": list(own),
        "public": State.PUBLISHED.value,
        "public_provider": ProviderState.PUBLISHED.value,
        "first": period.first,
        "last": period.last,
        **_without_summed(period),
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [tuple(row) for row in cursor.fetchall()]


def _without_summed(period: Period) -> dict[str, date]:
    """Which whole months are taken from their sums (`month_first` to `month_last`), and up to which day (`head`) and
    from which (`tail`) days are read one by one."""
    nothing = {"month_first": date.max, "month_last": date.min, "head": period.last, "tail": date.max}
    until = summed_until() if period.step is Step.MONTH else None
    if until is None:
        return nothing
    begin = period.first if period.first.day == 1 else period.first + relativedelta(months=1, day=1)
    end = until if until <= period.last else period.last + relativedelta(day=1) - timedelta(days=1)
    if end < begin:
        return nothing
    return {
        "month_first": begin,
        "month_last": end,
        "head": begin - timedelta(days=1),
        "tail": end + timedelta(days=1),
    }


def _aggregates(which: str) -> list[str]:
    """The number of offers and the median of each measure."""
    middle = "percentile_cont(0.5) WITHIN GROUP (ORDER BY COALESCE({name}, 0)) FILTER ({which})"
    return [f"count(*) FILTER ({which})", *(middle.format(name=each.name, which=which) for each in MEASURES)]


def ways_of(sums: Sums) -> dict[str, int]:
    """By which way somebody wanted to reach whoever offers it."""
    return {act: sums.counts[act] for act in CONTACTS.acts}
