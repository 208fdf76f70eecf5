"""Which offers fit: each filter as a mask over the columns of all public offers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from portal.maps.quads import lie_in
from portal.search.columns import Columns, Places
from portal.search.dates import Dates, Floats, Small
from portal.search.links import Mask
from portal.search.parameters import SearchQuery, Sort
from portal.search.places import EARTH_KM, Area
from portal.taxonomy.tree import Tree

_LATE = 50
"""What is “from 18 on” is for nearly everybody, what is “from 60 on” is not."""


@dataclass(frozen=True, slots=True)
class Search:
    """A search with everything it needs to be answered."""

    query: SearchQuery
    tree: Tree
    area: Area | None
    now: datetime
    # The municipality's own order where nobody chose one and nobody looks for words.
    usual: Sort = Sort.NEXT

    @property
    def sort(self) -> Sort:
        """The chosen order, else the most useful one."""
        return self.query.sort or (Sort.RELEVANCE if self.query.text else self.usual)

    @property
    def today(self) -> date:
        """The local day."""
        return timezone.localdate(self.now)


def alive(columns: Columns, search: Search) -> Mask:
    """Offers that are not over; open-ended ones never are."""
    return columns.ends >= search.now.timestamp()


def fitting(dates: Dates, search: Search) -> Mask:
    """The coming ones of some dates that fit by day, weekday and time of day."""
    query = search.query
    fits = dates.end_after(search.now.timestamp())
    if query.from_date:
        fits &= dates.last >= query.from_date.toordinal()
    if query.to_date:
        fits &= dates.first <= query.to_date.toordinal()
    if query.from_time or query.to_time:
        fits &= _in_time(dates, query)
    if query.weekdays:
        fits &= _on_weekdays(dates, search)
    return fits


def _on_weekdays(dates: Dates, search: Search) -> Mask:
    """Dates with one of the weekdays on a day that is searched for; a stretch of days counts day by day."""
    begin, end = searched_days(dates, search)
    length, weekday = end - begin, weekdays_of(begin)
    fits = np.zeros(len(begin), bool)
    for number in search.query.weekday_numbers:
        fits |= length >= days_until(number, weekday)
    return fits


def searched_days(dates: Dates, search: Search) -> tuple[Small, Small]:
    """First and last day of each date within what is searched for (past days do not count)."""
    query = search.query
    last = dates.last
    begin = np.maximum(dates.first, np.int32(max(search.today, query.from_date or search.today).toordinal()))
    end = np.minimum(last, np.int32(query.to_date.toordinal())) if query.to_date else last
    return begin, end


def weekdays_of(days: Small) -> NDArray[np.int8]:
    """Weekdays from 0 (Monday) of days as Python counts them."""
    weekdays: NDArray[np.int8] = ((days - 1) % 7).astype(np.int8)
    return weekdays


def days_until(number: int, weekdays: NDArray[np.int8]) -> NDArray[np.int8]:
    """Days from these weekdays (from 0) to the next of an ISO number: 0 to 6."""
    until: NDArray[np.int8] = (np.int8(number + 6) - weekdays) % np.int8(7)
    return until


def _in_time(dates: Dates, query: SearchQuery) -> Mask:
    """Dates that begin and end between two times of day; those without a time fit always."""
    fits, begins = np.ones(len(dates.rows), bool), dates.start_time
    if query.from_time:
        fits &= begins >= _seconds(query.from_time)
    if query.to_time:
        latest, ends = _seconds(query.to_time), dates.end_time
        fits &= (begins <= latest) & ((ends < 0) | ((ends <= latest) & (ends >= begins)))
    return (begins < 0) | fits


def _seconds(moment: object) -> int:
    return moment.hour * 3600 + moment.minute * 60 + moment.second  # type: ignore[attr-defined, no-any-return]


def _categories(columns: Columns, search: Search) -> Mask | None:
    chosen = search.query.categories
    return columns.categories.having(chosen) if chosen else None


def _target_groups(columns: Columns, search: Search) -> Mask | None:
    chosen = search.query.target_groups
    return columns.target_groups.having(chosen) if chosen else None


def everywhere(columns: Columns) -> Mask:
    """Offers that every district has: online, or for the whole area."""
    return columns.anywhere | ~columns.districts.linked


def _districts(columns: Columns, search: Search) -> Mask | None:
    chosen = search.query.districts
    return columns.districts.having(chosen) | everywhere(columns) if chosen else None


def distances(places: Places, area: Area) -> Floats:
    """Kilometres from the middle of the area to each place, as the crow flies (haversine); not a number: unknown."""
    lat, lon = np.radians(places.lat), np.radians(places.lon)
    here_lat, here_lon = np.radians(area.latitude), np.radians(area.longitude)
    half = np.sin((lat - here_lat) / 2) ** 2 + np.cos(here_lat) * np.cos(lat) * np.sin((lon - here_lon) / 2) ** 2
    km: Floats = 2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(half, 1.0)))
    return km


def within(columns: Columns, area: Area, km: Floats) -> Mask:
    """Offers within the circle or in the place of that name, those without any place that is known, or online."""
    places = columns.places
    near = km <= area.km
    near |= places.in_one_of(area.town_keys, area.postcode)
    fits = columns.anywhere.copy()
    located = np.zeros(columns.size, bool)
    located[places.rows[places.known]] = True
    fits |= ~located
    fits[places.rows[near]] = True
    return fits


def _area(columns: Columns, search: Search) -> Mask | None:
    return within(columns, search.area, distances(columns.places, search.area)) if search.area else None


def in_section(columns: Columns, section: str) -> Mask:
    """Which places lie in a part of the map."""
    return lie_in(section, columns.places.lat, columns.places.lon)


def _section(columns: Columns, search: Search) -> Mask | None:
    section = search.query.section
    if not section:
        return None
    mask = np.zeros(columns.size, bool)
    mask[columns.places.rows[in_section(columns, section)]] = True
    return mask


def with_dates(columns: Columns, fits: Mask) -> Mask:
    """Offers with a date that fits, and those without dates."""
    mask = columns.dateless.copy()
    mask[columns.dates.rows[fits]] = True
    return mask


def _dates(columns: Columns, search: Search) -> Mask | None:
    return with_dates(columns, fitting(columns.dates, search)) if search.query.asks_for_dates else None


def of_age(columns: Columns, age: int) -> Mask:
    """The offer's own ages decide; where it has none, the ages of its target groups; where they have none, all fit."""
    fits = (columns.min_age <= age) & ((columns.max_age < 0) | (columns.max_age >= age))
    own = (columns.min_age >= 0) | (columns.max_age >= 0)
    fitting = [
        key for key, (low, high) in columns.group_ages.items()
        if (low is None or low <= age) and (high is None or age <= high)
    ]  # fmt: skip
    by_group = columns.target_groups.having(fitting) | ~columns.target_groups.linked
    return np.where(own, fits, by_group)


def is_just_for(columns: Columns, age: int) -> Mask:
    """Of the offers that fit an age, those that were made for it: their ages have an end or begin late, or they are
    for groups of such ages and for no others."""
    apart = [
        key for key, (low, high) in columns.group_ages.items()
        if (low is not None and low > age) or (high is not None and age > high)
    ]  # fmt: skip
    narrow = [key for key, (low, high) in columns.group_ages.items() if high is not None or (low or 0) >= _LATE]
    groups = columns.target_groups
    own = (columns.min_age >= 0) | (columns.max_age >= 0)
    by_own = own & ((columns.max_age >= 0) | (columns.min_age >= _LATE))
    by_group = ~own & groups.having(narrow) & ~groups.having(apart)
    return of_age(columns, age) & (by_own | by_group)


def _age(columns: Columns, search: Search) -> Mask | None:
    return of_age(columns, search.query.age) if search.query.age is not None else None


def _language(columns: Columns, search: Search) -> Mask | None:
    code = search.query.language
    return columns.languages.having((code,)) if code else None


def extra_name(key: str) -> str:
    """The name of the mask of one of the municipality's own details."""
    return f"extra-{key}"


def _extras(columns: Columns, search: Search) -> dict[str, Mask]:
    """Several answers to one question widen the search, answers to several narrow it."""
    by_key: dict[str, list[str]] = {}
    for token in search.query.extras:
        by_key.setdefault(token.split("-")[0], []).append(token)
    return {extra_name(key): columns.extras.having(chosen) for key, chosen in by_key.items()}


def flag_mask(columns: Columns, name: str) -> Mask:
    """The offers of one of the yes-or-no filters, by the name of the query's field."""
    masks = {
        "free": columns.free,
        "accessible": columns.accessible,
        "volunteering": columns.volunteering,
        "online": columns.anywhere,
    }
    return masks[name]


FLAGS = ("free", "accessible", "volunteering", "online")
_FILTERS: dict[str, Callable[[Columns, Search], Mask | None]] = {
    "categories": _categories,
    "target_groups": _target_groups,
    "districts": _districts,
    "area": _area,
    "section": _section,
    "dates": _dates,
    "age": _age,
    "language": _language,
}


def masks_of(columns: Columns, search: Search) -> dict[str, Mask]:
    """A mask for each filter that is set, by its name."""
    found = {name: mask for name, narrow in _FILTERS.items() if (mask := narrow(columns, search)) is not None}
    found |= _extras(columns, search)
    return found | {name: flag_mask(columns, name) for name in FLAGS if getattr(search.query, name)}
