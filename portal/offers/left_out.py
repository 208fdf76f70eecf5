"""The days on which a repeating offer does not take place: given one by one, and by the holidays of the state.

Here and nowhere else: the occurrences that search, calendar and feeds read, the calendar files, the export, the words
on the page and the structured data all ask `left_out`. Which days are holidays is asked anew each time: a rule says
“not on public holidays”, not a list of days, so that holidays which become known later are left out as well.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from django.db import models
from django.utils.translation import gettext_lazy as _

from gazetteer.free_days import Stretch, public_holidays, school_holidays
from gazetteer.models import STATES
from portal.offers.models.schedule import Off, Schedule
from portal.offers.rules import Rule
from portal.preferences.state import state_here


class Why(models.TextChoices):
    """Why a day is left out."""

    GIVEN = "given", _("entered by you")
    PUBLIC = "public", _("public holiday")
    SCHOOL = "school", _("school holidays")


@dataclass(frozen=True, slots=True)
class Reason:
    """`words`: the reason somebody gave, or the name of the holiday; may be empty."""

    why: Why
    words: str


class LeftOut:
    """The left-out days of a rule. `day in left_out(schedule)` costs no query where no holidays are left out."""

    def __init__(self, schedule: Schedule, state: str | None = None) -> None:
        self._given = frozenset(schedule.exdates)
        self._words = schedule.reasons or {}
        off = schedule.off if schedule.rrule else []
        self._state = (state_here() if state is None else state) if off else ""
        self._public = Off.PUBLIC in off
        self._school: tuple[Stretch, ...] = school_holidays(self._state) if Off.SCHOOL in off and self._state else ()

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.reason(day) is not None

    def reason(self, day: date) -> Reason | None:
        """Why a day is left out; None where it is not."""
        if day in self._given:
            return Reason(Why.GIVEN, self._words.get(day.isoformat(), ""))
        if self._public and (name := public_holidays(self._state, day.year).get(day)):
            return Reason(Why.PUBLIC, name)
        found = next((each.name for each in self._school if each.first <= day <= each.last), None)
        return Reason(Why.SCHOOL, found) if found is not None else None

    def days(self, rule: Rule, since: date, until: date) -> Iterator[date]:
        """The days of a rule that are left out, from one day to another."""
        return (day for day in rule.days(since, until) if day in self)


def left_out(schedule: Schedule) -> LeftOut:
    """What is left out of a rule in this municipality."""
    return LeftOut(schedule)


def state_name() -> str:
    """Its name as the state writes it."""
    return STATES.get(state_here(), "")


def known_until(today: date) -> date | None:
    """Until when the school holidays of the state are known; None where none are."""
    ahead = [each.last for each in school_holidays(state_here()) if each.last >= today] if state_here() else []
    return max(ahead, default=None)


def holidays_between(off: str, since: date, until: date) -> Iterable[date]:
    """All holidays of a kind in this municipality between two days."""
    state = state_here()
    if off == Off.PUBLIC:
        every = chain.from_iterable(public_holidays(state, year) for year in range(since.year, until.year + 1))
        return [day for day in every if since <= day <= until]
    stretches = [each for each in school_holidays(state) if each.last >= since and each.first <= until]
    days = (each.first + timedelta(days=at) for each in stretches for at in range((each.last - each.first).days + 1))
    return [day for day in days if since <= day <= until]
