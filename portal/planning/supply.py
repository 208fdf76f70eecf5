"""What there is: offers and organisations over time, and today's by each dimension."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.figures.periods import year_before
from portal.listing.spec import Cell
from portal.planning import kpis, tables
from portal.planning.asking import Asked, label_of, short_of
from portal.planning.charts import plot
from portal.planning.definitions import Definition, define
from portal.planning.dimensions import (
    DIMENSIONS,
    HOURS,
    OF_WEEK,
    Dimension,
    forgotten,
    hours_words,
    narrowed,
    uncounted,
    week_of,
    weekdays,
)
from portal.planning.facts import Facts
from portal.planning.frame import shown
from portal.planning.kpis import Kpi
from portal.planning.tables import Table
from portal.planning.words import number, signed

OFFERS = define(
    "angebote",
    gettext_lazy("Offers"),
    gettext_lazy(
        "Counted is each offer that could be seen by everybody for a moment at least on the day or in the time named. "
        "Drafts, what is paused, hidden or over do not count; an offer with ten dates counts once. What it is about is "
        "what it says today; of an offer that was deleted since only that it was there is known, so it is missing "
        "where filters are set."
    ),
    order=10,
)
PROVIDERS = define(
    "anbieter",
    gettext_lazy("Providers"),
    gettext_lazy(
        "Counted is each organisation with at least one offer that counts. Organisations without one do not count, "
        "even if their profile is public."
    ),
    order=20,
)
DATES = define(
    "termine",
    gettext_lazy("Dates of the week"),
    gettext_lazy(
        "Counted are the dates that begin in the week named, by weekday and hour of their beginning, of offers that "
        "count on the day asked for. An offer with three dates counts three times; dates without a time are told below."
    ),
    order=30,
)


def offers_on(facts: Facts, asked: Asked, first: date, last: date) -> int:
    """How many offers that fit the filters were public between two days."""
    return int((facts.public(first, last) & narrowed(facts, asked)).sum())


def providers_on(facts: Facts, asked: Asked, first: date, last: date) -> int:
    """How many organisations had such an offer."""
    return facts.providers(first, last, narrowed(facts, asked) if asked.is_narrowed else None)


def over_time(asked: Asked) -> Table:
    """Offers and organisations in each part of the period, beside the same part of the year before."""
    facts = asked.facts
    rows: list[Sequence[Cell]] = []
    fits = narrowed(facts, asked)
    for part in asked.period.parts:
        then = year_before(part.first, part.last)
        known = facts.knows(part.last)
        count = int((facts.public(part.first, part.last) & fits).sum()) if known else None
        before = int((facts.public(*then) & fits).sum()) if facts.knows(then[1]) else None
        providers = providers_on(facts, asked, part.first, part.last) if known else None
        rows.append([label_of(part, asked.period.step), count, before, providers])
    heads = [_("When"), _("Offers"), _("Offers a year before"), _("Providers")]
    note = _(
        "A year before: the same days of the year before, by their date; a whole month as a whole. Before this portal "
        "had its first offer nothing is known."
    )
    return Table("verlauf", _("Offers over time"), heads, rows, (OFFERS, PROVIDERS), notes=[note])


def summary(table: Table) -> str:
    """What the line shows: the first, the last and the highest number."""
    numbers = [(int(str(row[1])), str(row[0])) for row in table.rows if row[1] is not None]
    if not numbers:
        return _("Offers over time: of this time nothing is known, the first offer came later.")
    most, at = max(numbers)
    return _("Offers over time: %(first)s at the beginning, %(last)s at the end, most in %(when)s: %(most)s.") % {
        "first": number(numbers[0][0]),
        "last": number(numbers[-1][0]),
        "when": at,
        "most": number(most),
    }


def lines_of(table: Table) -> tuple[list[int | None], list[int | None]]:
    """The offers over time of such a table, and those a year before; None where nothing is known."""
    now, before = ([None if row[column] is None else int(str(row[column])) for row in table.rows] for column in (1, 2))
    return now, before


def development(asked: Asked) -> dict[str, Any]:
    """Offers over time as a page draws them: the line, and its table."""
    table = over_time(asked)
    now, before = lines_of(table)
    ticks = [short_of(part, asked.period.step) for part in asked.period.parts]
    return shown(table, asked, plot=plot(now, before, ticks), summary=summary(table))


def by(dimension: Dimension, asked: Asked) -> Table:
    """Offers of the day by one dimension, with those that state nothing and all together."""
    facts = asked.facts
    mask = facts.public(asked.day, asked.day) & narrowed(facts, asked)
    spread = dimension.spread(facts, asked)
    counts = spread.counts(mask)
    whole = int(mask.sum())
    rows: list[Sequence[Cell]] = [[value.label, count] for value, count in zip(spread.values, counts, strict=True)]
    missing = int((mask & ~spread.known).sum())
    ends: list[Sequence[Cell]] = [[_("not stated"), missing], [_("all offers, each once"), whole]]
    title = _("Offers by %(what)s") % {"what": dimension.label}
    notes = [str(dimension.note)] if dimension.note else []
    notes += [*uncounted(asked), *(forgotten(asked.day) if dimension.name in OF_WEEK else [])]
    return Table(dimension.name, title, [str(dimension.label), _("Offers")], rows, (OFFERS,), ends, notes)


def when(asked: Asked) -> Table:
    """Dates of the week by weekday and hour of their beginning."""
    facts = asked.facts
    mask = facts.public(asked.day, asked.day) & narrowed(facts, asked)
    week = week_of(facts, asked.day)
    kept = mask[week.rows]
    rows: list[Sequence[Cell]] = []
    for low, high in HOURS:
        at = kept & (week.hours >= low) & (week.hours < high)
        counts = [int((at & (week.weekdays == day)).sum()) for day in range(7)]
        rows.append([hours_words((low, high)), *counts, sum(counts)])
    untimed = int((kept & (week.hours < 0)).sum())
    note = _("Week from %(day)s on. Dates without a time of day: %(number)s.") % {
        "day": date_format(week.monday, "DATE_FORMAT"),
        "number": number(untimed),
    }
    heads = [_("Beginning"), *weekdays(), _("Together")]
    notes = [note, *uncounted(asked), *forgotten(asked.day)]
    return Table("wann", _("When something takes place"), heads, rows, (DATES,), notes=notes)


def _offers_tile(asked: Asked) -> Kpi:
    facts = asked.facts
    if not facts.knows(asked.day):
        return _untold(OFFERS, asked)
    count = offers_on(facts, asked, asked.day, asked.day)
    said = _("public on %(day)s") % {"day": date_format(asked.day, "DATE_FORMAT")}
    then = year_before(asked.day, asked.day)
    if facts.knows(then[1]):
        before = offers_on(facts, asked, *then)
        words = {"before": number(before), "change": signed(count - before)}
        said = _("%(said)s; a year before %(before)s (%(change)s)") % {"said": said, **words}
    return Kpi(str(OFFERS.label), number(count), said, _more(asked))


def _providers_tile(asked: Asked) -> Kpi:
    if not asked.facts.knows(asked.day):
        return _untold(PROVIDERS, asked)
    count = providers_on(asked.facts, asked, asked.day, asked.day)
    said = _("have at least one public offer on this day")
    return Kpi(str(PROVIDERS.label), number(count), said, _more(asked))


def _untold(figure: Definition, asked: Asked) -> Kpi:
    """The tile of a day of which nothing is known."""
    return Kpi(str(figure.label), number(None), _("not known: the first offer came later"), _more(asked))


def _more(asked: Asked) -> str:
    """Where the same offers are told by what they are, under the same filters."""
    return f"{reverse('planning:supply')}?{asked.query()}".rstrip("?")


kpis.register(_offers_tile, order=10)
kpis.register(_providers_tile, order=20)
tables.register("verlauf", over_time)
tables.register("wann", when)
for each in DIMENSIONS:
    tables.register(each.name, partial(by, each))
