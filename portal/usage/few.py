"""What was sought, as it may be shown: no table lets anybody find out that fewer than five people did something.

- The smallest stretch of time is a third of a month that is over; what is told of it is a multiple of `LEAST`, rounded
  down. So fewer than five are none, and no difference of two tables is a single person.
- A longer stretch is the sum of what its parts tell. What its parts left out is added once it is at least five
  together, again rounded down, and only as long as that leaves at least four possible numbers for each part (`slack`:
  by how much the true number may be greater). Otherwise three parts that lack four each would tell that.
- Of a filter with any value no more is told than its values tell and leave open together, less `UNKNOWN`. Otherwise
  three districts that lack four each would tell that, too.
- A period is made of the longest stretches there are (`stretches`), and no others are ever told.

What two became one for (topics, districts, target groups) is summed up as that one, also where its parts were told of
two: else a part would count for both of them.

So whichever periods are compared, whoever sees all tables knows no more than the numbers of the stretches, and
for each thing and third of a month at least four numbers are possible. Other tables with several kinds of figures
(searches, those of them without a result; a topic, a topic in a district) are rounded alike, each by itself: none of
them is the sum of others.

`tests/usage/test_few.py` tries to find out more.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Min
from django.utils import timezone

from portal.offers.models import Location, Offer
from portal.preferences.models import Preferences
from portal.usage.merged import WHICH_TODAY
from portal.usage.models import (
    CONTACTS,
    DailyCategorySearch,
    DailyFilter,
    DailyOfferAct,
    DailyOfferView,
    DailySearch,
    Sought,
    Span,
)
from portal.usage.retention import KINDS, kept_since
from portal.usage.stretches import Stretch, begun, first_of, following, parts_of

LEAST = 5
# By how much the true number may be greater than what is told of it.
SLACK = LEAST - 1
# So many steps between the smallest and the largest possible number always remain.
UNKNOWN = 3

_TABLE = Sought._meta.db_table

# By kind, then by which one of it.
Numbers = dict[str, dict[str, int]]

_CONTACTS = ", ".join(f"'{act.value}'" for act in CONTACTS)
_TOPICS, _PLACES = Offer.categories.through._meta.db_table, Location._meta.db_table


def _counted(what: str, which: str, number: str, table: str) -> str:
    days = "day >= %(first)s AND day < %(end)s"
    return f"SELECT '{what}' AS what, {which} AS which, {number} AS n FROM {table} AS d WHERE {days}"  # noqa: S608 (our own names)


def _searched(what: str, which: str, table: str) -> list[str]:
    """Searches, and those without a result."""
    return [_counted(what, which, "count", table), _counted(f"{what}0", which, "nothing", table)]


def _of_offers(where: str, which: str, joined: str) -> list[str]:
    """Views and contacts of the offers with a topic or in a district."""
    views, acts = DailyOfferView._meta.db_table, DailyOfferAct._meta.db_table
    return [
        f"SELECT 'views.{where}', {which}, count FROM {views} AS d {joined} "  # noqa: S608 (our own names)
        "WHERE day >= %(first)s AND day < %(end)s",
        f"SELECT 'contacts.{where}', {which}, count FROM {acts} AS d {joined} "  # noqa: S608 (our own names)
        f"WHERE day >= %(first)s AND day < %(end)s AND act IN ({_CONTACTS})",
    ]


_PLACED = f"(SELECT DISTINCT offer_id, district_id FROM {_PLACES} WHERE district_id IS NOT NULL)"  # noqa: S608 (our own)
_FILTER = "CASE WHEN value = '' THEN name ELSE name || '=' || value END"
_EVERYTHING = " UNION ALL ".join(
    [
        *_searched("term", "left(term, 100)", DailySearch._meta.db_table),
        *_searched("topic", "category_id::text", DailyCategorySearch._meta.db_table),
        *_searched("filter", _FILTER, DailyFilter._meta.db_table),
        _counted("views", "''", "count", DailyOfferView._meta.db_table),
        _counted("act", "act", "count", DailyOfferAct._meta.db_table),
        *_of_offers("topic", "t.category_id::text", f"JOIN {_TOPICS} AS t ON t.offer_id = d.offer_id"),
        *_of_offers("district", "p.district_id::text", f"JOIN {_PLACED} AS p ON p.offer_id = d.offer_id"),
    ]
)
# `extra`: what the parts left out, as far as it may be told. The parts of the smallest stretches are the days, which
# tell nothing.
_SUM = f"""
WITH counted AS (
    SELECT what, {WHICH_TODAY} AS which, sum(n)::int AS n
    FROM (SELECT what, which, sum(n) AS n FROM ({_EVERYTHING}) AS every GROUP BY 1, 2) AS each GROUP BY 1, 2
),
whole AS (SELECT what, which, n AS total FROM counted WHERE n >= {LEAST}),
told AS (
    SELECT what, {WHICH_TODAY} AS which, sum(shown)::int AS shown,
           sum(slack)::int + {SLACK} * (%(number)s - count(DISTINCT first)::int) AS slack
    FROM {Sought._meta.db_table} AS parts WHERE span = %(part)s AND first = ANY(%(parts)s) AND what <> '' GROUP BY 1, 2
),
both_of AS (
    SELECT what, which, coalesce(told.shown, 0) AS shown, coalesce(told.slack, {SLACK} * %(number)s) AS slack,
           greatest(coalesce(whole.total, 0) - coalesce(told.shown, 0), 0) AS rest
    FROM whole FULL JOIN told USING (what, which)
),
alone AS (
    SELECT *, CASE WHEN %(number)s = 0 OR extra + {LEAST} <= slack - {UNKNOWN} THEN {SLACK} ELSE slack - extra END
           AS open
    FROM (SELECT *, CASE WHEN %(number)s = 0 THEN {LEAST} * (rest / {LEAST})
                    ELSE {LEAST} * (least(rest, slack - {UNKNOWN}) / {LEAST}) END AS extra FROM both_of) AS each
),
-- What the values of a filter tell together, and how much more they may be; those that are not told are so, too.
of_values AS (
    SELECT what, split_part(which, '=', 1) AS which, sum(shown)::int AS shown, sum(open)::int AS open
    FROM (
        SELECT what, which, shown + extra AS shown, open FROM alone
        UNION ALL SELECT what, which, 0, {SLACK} FROM counted AS c
        WHERE n BETWEEN 1 AND {SLACK}
            AND NOT EXISTS (SELECT FROM alone AS a WHERE (a.what, a.which) = (c.what, c.which))
    ) AS each WHERE what IN ('filter', 'filter0') AND position('=' IN which) > 0 GROUP BY 1, 2
),
more AS (
    SELECT what, which, alone.shown, alone.extra, alone.open, CASE WHEN v.what IS NULL THEN alone.extra
        ELSE greatest(0, least(alone.extra, v.shown + {LEAST} * ((v.open - {UNKNOWN}) / {LEAST}) - alone.shown)) END
        AS told
    FROM alone LEFT JOIN of_values AS v USING (what, which)
)
INSERT INTO {Sought._meta.db_table} (span, first, what, which, shown, slack)
SELECT %(span)s, %(first)s, what, which, shown + told, open + extra - told FROM more WHERE shown + told > 0
UNION ALL SELECT %(span)s, %(first)s, '', '', 0, 0
"""  # noqa: S608 (all names are our own)


def sum_sought() -> int:
    """Sum up what was sought in all stretches that are over and not done yet, the short ones first; returns how many.

    What was cut by the rule how long figures are kept is left out: it would be told twice, each time as another number.
    """
    today = timezone.localdate()
    since = kept_since(Preferences.load().figures_months, today=today)
    first = _oldest()
    if first is None:
        return 0
    done, made = finished(), 0
    for span in Span:
        for begin in begun(span, max(first_of(span, first), since or date.min), today):
            if following(span, begin) <= today and (span, begin) not in done:
                _sum(span, begin, done)
                done.add((span, begin))
                made += 1
    return made


def _oldest() -> date | None:
    days = (kind.objects.aggregate(oldest=Min("day"))["oldest"] for kind in KINDS)
    return min((day for day in days if day is not None), default=None)


@transaction.atomic
def _sum(span: Span, first: date, done: Collection[Stretch]) -> None:
    # Everybody knows that nothing was counted before the portal was there: such parts hide nothing.
    parts = [each for each in _parts(span, first) if (Span(span - 1), each) in done]
    values: dict[str, Any] = {
        "span": span.value, "first": first, "end": following(span, first),
        "part": span.value - 1, "parts": parts, "number": len(parts),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_SUM, values)


def _parts(span: Span, first: date) -> list[date]:
    return [] if span is Span.THIRD else parts_of(span, first)


def finished() -> set[Stretch]:
    """The stretches that can be told."""
    return {(Span(span), first) for span, first in Sought.objects.filter(what="").values_list("span", "first")}


def forget_sums() -> None:
    """Have all of it summed up anew in the night: old figures came from elsewhere."""
    Sought.objects.all().delete()


def told(what: Collection[str], stretches: Sequence[Stretch], *, which: Collection[str] | None = None) -> Numbers:
    """What may be shown of these kinds of figures in these stretches together: by kind, then by which one (`which`: of
    these alone). The one way for pages and files. One statement; multiples of `LEAST`, and only what is there."""
    found: Numbers = {each: {} for each in what}
    within, values = _within(stretches)
    only, these = _only(which)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT what, which, sum(shown)::int FROM {_TABLE} "  # noqa: S608 (all names are our own)
            f"WHERE {within} AND what = ANY(%s) {only} GROUP BY 1, 2",
            [*values, list(what), *these],
        )
        for kind, key, shown in cursor.fetchall():
            found[kind][key] = shown
    return found


def told_each(
    what: Collection[str], times: Sequence[Sequence[Stretch]], *, which: Collection[str] | None = None
) -> list[Numbers]:
    """The same for each of several times, in one statement for all."""
    found: list[Numbers] = [{each: {} for each in what} for _time in times]
    only, these = _only(which)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, what, which, sum(shown)::int "  # noqa: S608 (all names are our own)
            "FROM unnest(%s::int[], %s::int[], %s::date[]) AS s(number, span, first) "
            f"JOIN {_TABLE} USING (span, first) WHERE what = ANY(%s) {only} GROUP BY 1, 2, 3",
            [*_columns(times), list(what), *these],
        )
        for number, kind, key, shown in cursor.fetchall():
            found[number][kind][key] = shown
    return found


def told_most(what: Collection[str], stretches: Sequence[Stretch], most: int) -> Numbers:
    """As `told`, of so many with the largest numbers of each kind (of equal ones the first by their letters), and
    what the other kinds say of the same ones. Ten years have tens of thousands of words, and nobody reads them all."""
    found: Numbers = {each: {} for each in what}
    within, values = _within(stretches)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH sums AS MATERIALIZED (SELECT what, which, sum(shown)::int AS shown FROM {_TABLE} "  # noqa: S608 (all names are our own)
            f"WHERE {within} AND what = ANY(%s) GROUP BY 1, 2), "
            'ranked AS (SELECT which, row_number() OVER (PARTITION BY what ORDER BY shown DESC, which COLLATE "C") '
            "AS place FROM sums) "
            "SELECT what, which, shown FROM sums WHERE which IN (SELECT which FROM ranked WHERE place <= %s)",
            [*values, list(what), most],
        )
        for kind, key, shown in cursor.fetchall():
            found[kind][key] = shown
    return found


def anything_told(what: str, stretches: Sequence[Stretch]) -> bool:
    """Whether anything of a kind may be told of these stretches."""
    within, values = _within(stretches)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT EXISTS (SELECT FROM {_TABLE} WHERE {within} AND what = %s)",  # noqa: S608 (all names are our own)
            [*values, what],
        )
        return bool(cursor.fetchone()[0])


def _within(stretches: Sequence[Stretch]) -> tuple[str, list[Any]]:
    """A condition for the rows of some stretches, and its values. Span by span: so the database knows from its
    statistics how many there are. Of a join with a list it guesses too few, and reads and sorts the whole table."""
    by_span = {span: [first for each, first in stretches if each is span] for span in Span}
    given = {span: firsts for span, firsts in by_span.items() if firsts}
    conditions = " OR ".join("(span = %s AND first = ANY(%s))" for _span in given) or "FALSE"
    return f"({conditions})", [value for span, firsts in given.items() for value in (span.value, firsts)]


def _only(which: Collection[str] | None) -> tuple[str, list[list[str]]]:
    return ("", []) if which is None else ("AND which IN (SELECT unnest(%s::text[]))", [list(which)])


def _columns(times: Sequence[Sequence[Stretch]]) -> list[list[Any]]:
    """The number of each time, with span and first day of its stretches."""
    given = [(number, span.value, first) for number, each in enumerate(times) for span, first in each]
    return [list(column) for column in zip(*given, strict=True)] if given else [[], [], []]
