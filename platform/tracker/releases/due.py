"""By when an error should be mended: whole working days after the day it was reported, the last of them included.

Saturdays, Sundays and the holidays of all states are no working days: reports come from the whole country.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from gazetteer.free_days import public_holidays
from gazetteer.models import STATES

_FIRST_DAY_OFF = 5


@lru_cache(maxsize=64)
def _everywhere(year: int) -> frozenset[date]:
    """The public holidays that all states have."""
    return frozenset.intersection(*(frozenset(public_holidays(state, year)) for state in STATES))


def is_working_day(day: date) -> bool:
    """Whether people work on this day in the whole country."""
    return day.weekday() < _FIRST_DAY_OFF and day not in _everywhere(day.year)


def after_working_days(day: date, number: int) -> date:
    """The last day of a time of so many working days that begins with this day, which does not count itself."""
    left = number
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day)
    return day


@dataclass(frozen=True, slots=True)
class Month:
    """How the due times that ended in a month were kept. `first` is its first day."""

    first: date
    kept: int
    all: int

    @property
    def percent(self) -> int:
        """Rounded down, so that 100 means all."""
        return self.kept * 100 // self.all if self.all else 100


def settled_on(due_on: date, met_on: date | None, today: date) -> date | None:
    """The day on which it was known whether a time was kept: it was met, or is over. None while it runs."""
    if met_on is not None:
        return min(met_on, due_on)
    return due_on if due_on < today else None


def months(times: Iterable[tuple[date, date | None]], today: date) -> list[Month]:
    """The record by months, oldest first; each time (due, met) counts once, in the month it was settled in."""
    counted: dict[date, list[bool]] = defaultdict(list)
    for due_on, met_on in times:
        settled = settled_on(due_on, met_on, today)
        if settled is not None:
            counted[settled.replace(day=1)].append(met_on is not None and met_on <= due_on)
    return [Month(first, sum(kept), len(kept)) for first, kept in sorted(counted.items())]
