"""Short words for authors: schedules and variants of patterns without the ceremony of constructors."""

from __future__ import annotations

from types import MappingProxyType

from demo.content.types import (
    WEEKDAYS,
    Answer,
    Cost,
    Fact,
    Locality,
    ProviderSpec,
    ScheduleSpec,
    Variant,
    Venue,
    Weekday,
)


def _days(text: str) -> tuple[Weekday, ...]:
    return tuple(day for day in WEEKDAYS if day in text.split())


NO_DATE = ScheduleSpec("none")


def dates(count: int, day: str, window: str, *, gap: int = 7) -> ScheduleSpec:
    """`count` single dates on a weekday, `gap` days apart."""
    return ScheduleSpec("dates", _days(day), (window,), count, gap, movable=False)


def period(days: int) -> ScheduleSpec:
    """A span of days without times, as an exhibition or a registration period has it."""
    return ScheduleSpec("period", count=days)


def daily(days: int, window: str) -> ScheduleSpec:
    """The same hours on consecutive days from a Monday, as a holiday week has them."""
    return ScheduleSpec("daily", ("mo",), (window,), days, movable=False)


def weekly(days: str, *windows: str, weeks: int = 0, fixed: bool = False) -> ScheduleSpec:
    """Every week at the same hours; `fixed` keeps the author's weekdays, else they may be moved."""
    return ScheduleSpec("weekly", _days(days), windows, weeks, movable=not fixed)


def monthly(nth: int, day: str, window: str) -> ScheduleSpec:
    """The nth weekday of each month (-1: the last)."""
    return ScheduleSpec("monthly", _days(day), (window,), nth=nth, movable=False)


def v(
    *,
    ages: tuple[int | None, int | None] | None = None,
    cost: Cost | None = None,
    languages: tuple[str, ...] | None = None,
    audiences: tuple[str, ...] | None = None,
    schedules: tuple[ScheduleSpec, ...] | None = None,
    **slots: str,
) -> Variant:
    """A variant from plain keyword slots."""
    return Variant(MappingProxyType(slots), ages, cost, languages, audiences, schedules)


def place(
    key: str, name: str, where: str, district: str, postcode: str, town: str,
    point: tuple[float, float], *venues: tuple[str, str],
) -> Locality:  # fmt: skip
    """A locality with venues as (name, street and number)."""
    return Locality(key, name, where, district, postcode, town, *point, tuple(Venue(*venue) for venue in venues))


def org(  # noqa: PLR0913, PLR0917 (a line of a table, in the order in which one would introduce somebody)
    key: str, name: str, bei: str, carrier: str, locality: str, street: str, tagline: str, teaser: str,
    description: tuple[str, ...], programme: str, count: int, hours: str = "buero",
    facts: tuple[tuple[str, str], ...] = (), accessible: Answer = "yes", motif: str = "",
) -> ProviderSpec:  # fmt: skip
    """A provider; `programme` lists pattern keys, `key:0+2` allows only those of the pattern's variants."""
    return ProviderSpec(
        key,
        name,
        bei,
        carrier,
        locality,
        street,
        tagline,
        teaser,
        description,
        tuple(programme.split()),
        count,
        hours,
        tuple(Fact(*fact) for fact in facts),
        accessible,
        motif,
    )
