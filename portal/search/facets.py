"""How many offers each option would give under the other filters.

An option is counted alone: as if it were the only one chosen in its group. So the number beside an option is always
what choosing just it gives, and options of one group can be compared.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time

import numpy as np

from portal.search.links import Mask
from portal.search.matching import distances as kilometres
from portal.search.matching import (
    everywhere,
    fitting_dates,
    flag_mask,
    of_age,
    searched_days,
    weekdays_of,
    with_dates,
    within,
)
from portal.search.parameters import WEEKDAYS
from portal.search.places import Area
from portal.search.results import Results


def _number(mask: Mask) -> int:
    return int(np.count_nonzero(mask))


def categories(results: Results) -> dict[int, int]:
    """Offers by category, those below it included."""
    return results.columns.categories.counts(results.others("categories"))


def target_groups(results: Results) -> dict[int, int]:
    """Offers by target group."""
    return results.columns.target_groups.counts(results.others("target_groups"))


def languages(results: Results) -> dict[str, int]:
    """Offers by language."""
    return results.columns.languages.counts(results.others("language"))


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
    circles = {one: Area(area.latitude, area.longitude, one, area.words) for one in km}
    return {one: _number(mask & within(results.columns, circle, far)) for one, circle in circles.items()}


def weekdays(results: Results) -> dict[str, int]:
    """Offers by weekday, under the chosen days and times.

    One table of offers × weekdays instead of seven masks: most dates have one day and so one weekday.
    """
    columns = results.columns
    search = replace(results.search, query=replace(results.search.query, weekdays=()))
    fits, mask = fitting_dates(columns, search), results.others("dates")
    begin, end = searched_days(columns, search)
    # What goes on after midnight still fits, but has no day left.
    places = np.flatnonzero(fits & mask[columns.dates.rows] & (begin <= end))
    rows, first, length = columns.dates.rows[places], weekdays_of(begin[places]), (end - begin)[places]
    table = np.zeros((columns.size, 7), bool)
    table[rows, first] = True
    longer = np.flatnonzero(length > 0)
    for step in range(1, min(6, int(length.max(initial=0))) + 1):
        reached = longer[length[longer] >= step]
        table[rows[reached], (first[reached] + step) % 7] = True
    table[columns.dateless & mask] = True
    numbers = np.count_nonzero(table, axis=0).tolist()
    return {name: numbers[number - 1] for name, number in WEEKDAYS.items()}


def spans(results: Results, days: Iterable[tuple[date | None, date | None]]) -> list[int]:
    """Offers from a first to a last day, under the chosen weekdays and times."""
    mask = results.others("dates")
    return [_number(mask & _dated(results, from_date=first, to_date=last)) for first, last in days]


def times(results: Results, windows: Iterable[tuple[time | None, time | None]]) -> list[int]:
    """Offers that begin and end within a time of day, under the chosen days."""
    mask = results.others("dates")
    return [_number(mask & _dated(results, from_time=first, to_time=last)) for first, last in windows]


def _dated(results: Results, **changes: object) -> Mask:
    query = replace(results.search.query, **changes)  # type: ignore[arg-type]
    return with_dates(results.columns, fitting_dates(results.columns, replace(results.search, query=query)))
