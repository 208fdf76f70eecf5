"""Public holidays and school holidays of the federal states.

Public holidays come from the library `holidays`, for any year. School holidays are set by the states some years ahead:
they are rows of the shared schema, filled from this release's file or from one the operator has (`load`).
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from threading import Lock
from typing import TYPE_CHECKING, Any

from cachetools import TTLCache, cached
from django.db import transaction
from django.utils.translation import gettext as _

from core.lazy import lazy
from gazetteer.loading import Spot, distance_km
from gazetteer.models import STATES, Place, SchoolHoliday

if TYPE_CHECKING:
    import holidays
else:
    holidays = lazy("holidays")

# An operator loads new school holidays while processes run: they are asked for again after so many seconds.
_SECONDS = 60
_KEPT: "TTLCache[Any, tuple[Stretch, ...]]" = TTLCache(64, _SECONDS)
_HEAD = ["state", "first", "last", "name"]
_LONGEST_DAYS = 60
_NEAR = 0.25


class FreeDaysError(ValueError):
    """The message says which line of a file cannot be right."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """School holidays: their name, their first and their last day."""

    name: str
    first: date
    last: date


@lru_cache(maxsize=256)
def public_holidays(state: str, year: int) -> dict[date, str]:
    """The public holidays of a state in a year with their German names."""
    if state not in STATES:
        return {}
    found: Any = holidays.country_holidays("DE", subdiv=state, years=year, language="de")
    return dict(found)


@cached(_KEPT, lock=Lock())
def school_holidays(state: str) -> tuple[Stretch, ...]:
    """All school holidays of a state that are known, in order."""
    rows = SchoolHoliday.objects.filter(state=state).order_by("first_date")
    return tuple(Stretch(row.name, row.first_date, row.last_date) for row in rows)


@lru_cache(maxsize=512)
def state_at(latitude: float, longitude: float) -> str:
    """The state of the place that is nearest to a point; empty far from any."""
    spot: Spot = (latitude, longitude)
    around = Place.objects.filter(
        latitude__range=(latitude - _NEAR, latitude + _NEAR), longitude__range=(longitude - _NEAR, longitude + _NEAR)
    )
    best = min(around, key=lambda each: distance_km(spot, (each.latitude, each.longitude)), default=None)
    return best.state if best is not None else ""


def load(lines: Iterable[str]) -> int:
    """Replace what is known of the states and years of a CSV file (state,first,last,name); returns how many rows it
    has. FreeDaysError, and nothing changed, where a line cannot be right."""
    rows = _read(lines)
    with transaction.atomic():
        for state in {row.state for row in rows}:
            own = [row for row in rows if row.state == state]
            first, last = min(row.first_date for row in own), max(row.last_date for row in own)
            SchoolHoliday.objects.filter(state=state, last_date__gte=first, first_date__lte=last).delete()
        SchoolHoliday.objects.bulk_create(rows)
    forget()
    return len(rows)


def forget() -> None:
    """Forget what was asked before."""
    _KEPT.clear()
    state_at.cache_clear()


def _read(lines: Iterable[str]) -> list[SchoolHoliday]:
    table = list(csv.reader(lines))
    if not table or [each.strip().lower() for each in table[0]] != _HEAD:
        raise FreeDaysError(_("The first line must be: state,first,last,name"))
    rows = [_row(number, cells) for number, cells in enumerate(table[1:], 2) if cells]
    rows.sort(key=lambda row: (row.state, row.first_date))
    for one, other in pairwise(rows):
        if one.state == other.state and other.first_date <= one.last_date:
            raise FreeDaysError(_("%(one)s and %(other)s overlap.") % {"one": f"{one.state} {one}", "other": other})
    return rows


def _row(number: int, cells: list[str]) -> SchoolHoliday:
    try:
        state, first, last, name = (each.strip() for each in cells)
        row = SchoolHoliday(
            state=state, name=name, first_date=date.fromisoformat(first), last_date=date.fromisoformat(last)
        )
    except ValueError as error:
        raise _wrong(number, cells) from error
    if state not in STATES or not name or not 0 <= (row.last_date - row.first_date).days <= _LONGEST_DAYS:
        raise _wrong(number, cells)
    return row


def _wrong(number: int, cells: list[str]) -> FreeDaysError:
    told = _("Line %(number)d cannot be right: “%(line)s”. It should look like: SL,2027-06-28,2027-08-06,Sommerferien")
    return FreeDaysError(told % {"number": number, "line": ",".join(cells)})
