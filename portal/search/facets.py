"""How many offers each option would give under the other filters.

An option is counted alone: as if it were the only one chosen in its group. So the number beside an option is always
what choosing just it gives, and options of one group can be compared.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time
from typing import Any

import numpy as np
from numpy.typing import NDArray

from portal.search.links import Mask
from portal.search.matching import distances as kilometres
from portal.search.matching import (
    everywhere,
    extra_name,
    fitting,
    flag_mask,
    of_age,
    searched_days,
    weekdays_of,
    within,
)
from portal.search.parameters import WEEKDAYS
from portal.search.results import Results


def _number(mask: Mask) -> int:
    return int(np.count_nonzero(mask))


def categories(results: Results) -> dict[int, int]:
    """Offers by category, those below it included."""
    return results.category_counts(results.others("categories"))


def target_groups(results: Results) -> dict[int, int]:
    """Offers by target group."""
    return results.group_counts(results.others("target_groups"))


def languages(results: Results) -> dict[str, int]:
    """Offers by language."""
    return results.columns.languages.counts(results.others("language"))


def extras(results: Results, key: str) -> dict[str, int]:
    """Offers by their answers to one of the municipality's own questions."""
    counts = results.columns.extras.counts(results.others(extra_name(key)))
    return {token: number for token, number in counts.items() if token.split("-")[0] == key}


def districts(results: Results, ids: Iterable[int]) -> dict[int, int]:
    """Offers by district; those for everywhere count in each."""
    mask, free = results.others("districts"), everywhere(results.columns)
    own = results.columns.districts.counts(mask & ~free)
    always = _number(mask & free)
    return {pk: always + own.get(pk, 0) for pk in ids}


def flags(results: Results, names: Iterable[str]) -> dict[str, int]:
    """Offers by yes-or-no filter."""
    return {name: _number(results.others(name) & flag_mask(results.columns, name)) for name in names}


def ages(results: Results, years: Iterable[int]) -> dict[int, int]:
    """Offers for people of these ages."""
    mask = results.others("age")
    return {age: _number(mask & of_age(results.columns, age)) for age in years}


def radii(results: Results, km: Iterable[int]) -> dict[int, int]:
    """Offers within these distances of the place searched for; empty where there is none."""
    area = results.search.area
    if area is None:
        return {}
    mask, far = results.others("area"), kilometres(results.columns.places, area)
    circles = {one: replace(area, km=one) for one in km}
    return {one: _number(mask & within(results.columns, circle, far)) for one, circle in circles.items()}


def weekdays(results: Results) -> dict[str, int]:
    """Offers by weekday, under the chosen days and times. A stretch of days counts on each."""
    dates, _starts = results.open_dates
    search = replace(results.search, query=replace(results.search.query, weekdays=()))
    begin, end = searched_days(dates, search)
    weekday, length = weekdays_of(begin), end - begin
    # What goes on after midnight still fits, but has no day left.
    bits = np.where(fitting(dates, search) & (length >= 0), _bit(weekday), np.uint16(0))
    longer = np.flatnonzero((length > 0) & (bits > 0))
    for step in range(1, min(6, int(length.max(initial=0))) + 1):
        reached = longer[length[longer] >= step]
        bits[reached] |= _bit((weekday[reached] + np.int8(step)) % np.int8(7))
    return dict(zip(WEEKDAYS, _offers_by_bit(results, bits, len(WEEKDAYS)), strict=True))


def spans(results: Results, days: Iterable[tuple[date | None, date | None]]) -> list[int]:
    """Offers from a first to a last day, under the chosen weekdays and times."""
    return _dated(results, [{"from_date": first, "to_date": last} for first, last in days])


def times(results: Results, windows: Iterable[tuple[time | None, time | None]]) -> list[int]:
    """Offers that begin and end within a time of day, under the chosen days."""
    return _dated(results, [{"from_time": first, "to_time": last} for first, last in windows])


def _dated(results: Results, changes: list[dict[str, Any]]) -> list[int]:
    """Offers under each of these changes to the search's days or times."""
    dates, _starts = results.open_dates
    bits = np.zeros(len(dates.rows), np.uint16)
    for number, change in enumerate(changes):
        changed = replace(results.search, query=replace(results.search.query, **change))
        bits |= np.left_shift(fitting(dates, changed).astype(np.uint16), np.uint16(number))
    return _offers_by_bit(results, bits, len(changes))


def _bit(numbers: NDArray[np.int8]) -> NDArray[np.uint16]:
    return np.left_shift(np.uint16(1), numbers.astype(np.uint16))


def _offers_by_bit(results: Results, bits: NDArray[np.uint16], size: int) -> list[int]:
    """How many offers have a date with each bit set, and those without dates: one walk through the dates for all."""
    always = _number(results.others("dates") & results.columns.dateless)
    dates, starts = results.open_dates
    by_offer = np.bitwise_or.reduceat(bits, starts) if len(dates.rows) else bits
    return [always + int(np.count_nonzero(by_offer & np.uint16(1 << number))) for number in range(size)]
