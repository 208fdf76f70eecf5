"""In which federal state the municipality lies, and when nobody works there."""

from datetime import date

from gazetteer.free_days import public_holidays, state_at
from portal.preferences.models import Preferences

_WEEKEND = 5


def state_here() -> str:
    """The federal state this municipality lies in: the one its editors chose, else that of the place nearest to its
    centre; empty without either."""
    return state_by(Preferences.current())


def state_by(names: Preferences) -> str:
    """The same by given rules."""
    if names.federal_state:
        return names.federal_state
    if names.latitude is None or names.longitude is None:
        return ""
    return state_at(names.latitude, names.longitude)


def is_working_day(day: date, state: str) -> bool:
    """Whether a town hall of the state works on a day: from Monday to Friday, but for public holidays."""
    return day.weekday() < _WEEKEND and day not in public_holidays(state, day.year)


def working_days_after(first: date, last: date, state: str) -> int:
    """How many working days there are after one day until another, which is included."""
    weeks, rest = divmod((last - first).days, 7)
    week = weeks * 5 + sum((first.weekday() + 1 + number) % 7 < _WEEKEND for number in range(rest))
    years = range(first.year, last.year + 1)
    free = [day for year in years for day in public_holidays(state, year) if day.weekday() < _WEEKEND]
    return week - sum(first < day <= last for day in free)
