"""One's own figures in the period, just before it, and a year before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.figures.periods import year_before
from portal.listing.spec import Cell
from portal.offers.choices import Accessibility, CostKind
from portal.planning import tables
from portal.planning.asking import Asked
from portal.planning.comparison.meanings import COMPARED
from portal.planning.demand.meanings import CONTACTS, NOTHING, ROUNDED, SEARCHES, VIEWS
from portal.planning.demand.rows import least
from portal.planning.demand.times import Told, told_of
from portal.planning.dimensions import narrowed
from portal.planning.facts import ACCESS, COSTS
from portal.planning.supply import OFFERS, PROVIDERS, offers_on, providers_on
from portal.planning.tables import Table
from portal.planning.words import signed
from portal.usage.few import Numbers, told_each
from portal.usage.models import CONTACTS as WAYS

_SOUGHT = ("filter", "filter0", "views", "act")


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of days, both included."""

    first: date
    last: date


def times_of(asked: Asked) -> tuple[Days, Days, Days]:
    """The period, as many days before it, and the same days a year before."""
    first, last = asked.period.first, asked.period.last
    long = (last - first).days + 1
    return (
        Days(first, last),
        Days(first - timedelta(days=long), first - timedelta(days=1)),
        Days(*year_before(first, last)),
    )


def table(asked: Asked) -> Table:
    """What there was and what was sought, in three times side by side."""
    times = times_of(asked)
    rows = [*_supply(asked, times), *_demand(asked, times)]
    heads = [
        _("Figure"), _("In the period"), _("Just before"), pgettext("a figure", "Change"), _("A year before"),
        _("Change to the year before"),
    ]  # fmt: skip
    about = (COMPARED, OFFERS, PROVIDERS, SEARCHES, NOTHING, VIEWS, CONTACTS, ROUNDED)
    notes = [_("Searches, views and contacts are those of the whole portal, whatever the filters.")]
    return Table("vergleich", _("Beside your own past"), heads, rows, about, notes=notes if asked.is_narrowed else [])


def _supply(asked: Asked, times: Sequence[Days]) -> list[Sequence[Cell]]:
    facts = asked.facts
    fits = narrowed(facts, asked)
    free, accessible = facts.costs == COSTS.index(CostKind.FREE), facts.access == ACCESS.index(Accessibility.YES)

    def of(mask: Any) -> Callable[[Days], int]:
        return lambda days: int((facts.public(days.first, days.last) & fits & mask).sum())

    counted: list[tuple[str, Callable[[Days], int]]] = [
        (str(OFFERS.label), lambda days: offers_on(facts, asked, days.first, days.last)),
        (_("of which free of charge"), of(free)),
        (_("of which barrier-free"), of(accessible)),
        (str(PROVIDERS.label), lambda days: providers_on(facts, asked, days.first, days.last)),
    ]
    return [
        _row(label, [count(days) if facts.knows(days.last) else None for days in times]) for label, count in counted
    ]


def _demand(asked: Asked, times: Sequence[Days]) -> list[Sequence[Cell]]:
    told = [told_of(replace(asked.period, first=days.first, last=days.last)) for days in times]
    whole = told[0]
    past = [_as_many(whole, whole.before), _as_many(whole, told[2])]
    now, *then = told_each(_SOUGHT, [whole.stretches, *(each.stretches if each is not None else [] for each in past)])
    rows: list[Sequence[Cell]] = []
    for label, kind, of in _sought():
        # Of a time of which nothing of the kind can be told: most likely it was not counted yet.
        before = [of(each) if each[kind] else None for each in then]
        rows.append(_row(label, [None if whole.is_empty else of(now), *before], least))
    return rows


def _as_many(whole: Told, other: Told | None) -> Told | None:
    """A time, where it can be told as completely as the period."""
    if other is None or whole.is_empty or other.is_empty:
        return None
    return other if _thirds(other) == _thirds(whole) else None


def _thirds(time: Told) -> int:
    months = (time.last.year - time.first.year) * 12 + time.last.month - time.first.month
    return 3 * months + _third(time.last) - _third(time.first)


def _third(day: date) -> int:
    return min(2, (day.day - 1) // 10)


def _sought() -> list[tuple[str, str, Callable[[Numbers], int]]]:
    return [
        (str(SEARCHES.label), "filter", lambda each: each["filter"].get("", 0)),
        (str(NOTHING.label), "filter0", lambda each: each["filter0"].get("", 0)),
        (str(VIEWS.label), "views", lambda each: each["views"].get("", 0)),
        (str(CONTACTS.label), "act", lambda each: sum(each["act"].get(way, 0) for way in WAYS)),
    ]


def _row(label: str, numbers: Sequence[int | None], said: Callable[[int], Cell] = int) -> list[Cell]:
    """`said`: how a number that is known is told."""
    now, before, year = (None if each is None else said(each) for each in numbers)
    return [label, now, before, _change(*numbers[:2]), year, _change(numbers[0], numbers[2])]


def _change(now: int | None, then: int | None) -> Cell:
    return None if now is None or then is None else signed(now - then)


tables.register("vergleich", table)
