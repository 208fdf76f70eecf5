"""The time a page tells of: whole thirds of months, and as many before for comparison."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.figures.periods import Period
from portal.usage.few import finished
from portal.usage.models import Span
from portal.usage.stretches import Stretch, begun, first_of, following, last_of, made_of


@dataclass(frozen=True)
class Months:
    """A month as far as it lies in the time, with what it is made of."""

    first: date
    stretches: Sequence[Stretch]
    begin: date
    end: date

    @property
    def label(self) -> str:
        """“November 2026”, “1 to 20 November 2026”."""
        if self.begin == self.first and self.end == last_of(Span.MONTH, self.first):
            return date_format(self.first, "F Y")
        return _("%(first)s to %(last)s") % {
            "first": date_format(self.begin, "j."),
            "last": date_format(self.end, "j. F Y"),
        }

    @property
    def short(self) -> str:
        return date_format(self.first, "M y")


@dataclass(frozen=True)
class Told:
    """The thirds of months of a period that can be told, from `first` to `last`; no days where there are none."""

    first: date
    last: date
    done: frozenset[Stretch]

    @property
    def is_empty(self) -> bool:
        return self.last < self.first

    @cached_property
    def stretches(self) -> list[Stretch]:
        """The longest stretches that make it up."""
        return made_of(self.first, self.last, self.done)

    @cached_property
    def before(self) -> "Told | None":
        """As many thirds of months just before; None where not all of them can be told."""
        number = len(list(begun(Span.THIRD, self.first, following(Span.THIRD, self.last)))) if not self.is_empty else 0
        begin = self.first
        for _third in range(number):
            begin = first_of(Span.THIRD, begin - timedelta(days=1))
        thirds = list(begun(Span.THIRD, begin, self.first))
        if not thirds or any((Span.THIRD, each) not in self.done for each in thirds):
            return None
        return Told(begin, self.first - timedelta(days=1), self.done)

    @cached_property
    def months(self) -> list[Months]:
        """Its months; the first and the last may be cut."""
        if self.is_empty:
            return []
        begins = begun(Span.MONTH, first_of(Span.MONTH, self.first), following(Span.THIRD, self.last))
        return [self._month(begin) for begin in begins]

    def _month(self, first: date) -> Months:
        begin, end = max(first, self.first), min(last_of(Span.MONTH, first), self.last)
        return Months(first, made_of(begin, end, self.done), begin, end)

    @property
    def label(self) -> str:
        """“1 December 2025 to 20 November 2026”; of no days there is none."""
        return _("%(first)s to %(last)s") % {
            "first": date_format(self.first, "DATE_FORMAT"),
            "last": date_format(self.last, "DATE_FORMAT"),
        }


def told_of(period: Period) -> Told:
    """What of a period can be told. One statement."""
    done = frozenset(finished())
    thirds = [first for span, first in done if span is Span.THIRD]
    first = first_of(Span.THIRD, period.first)
    first = first if first == period.first else following(Span.THIRD, first)
    within = [each for each in thirds if first <= each and last_of(Span.THIRD, each) <= period.last]
    if not within:
        return Told(first, first - timedelta(days=1), done)
    return Told(min(within), last_of(Span.THIRD, max(within)), done)
