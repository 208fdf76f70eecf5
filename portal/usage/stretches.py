"""Thirds of months, months, quarters and years: the only stretches of time in which what people sought is told.

Whoever could choose any days would see the one search of a day as the difference of two tables. So there are these, one
inside the other, and every longer time is put together of them.
"""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from portal.usage.models import Span

Stretch = tuple[Span, date]
_THIRDS = (1, 11, 21)
_MONTHS = {Span.MONTH: 1, Span.QUARTER: 3, Span.YEAR: 12}


def first_of(span: Span, day: date) -> date:
    """The first day of the stretch in which a day lies."""
    if span is Span.THIRD:
        return day.replace(day=max(first for first in _THIRDS if first <= day.day))
    months = _MONTHS[span]
    return day.replace(month=(day.month - 1) // months * months + 1, day=1)


def following(span: Span, first: date) -> date:
    """The first day of the next one."""
    if span is Span.THIRD and first.day < _THIRDS[-1]:
        return first + timedelta(days=10)
    return first.replace(day=1) + relativedelta(months=_MONTHS.get(span, 1))


def last_of(span: Span, first: date) -> date:
    """The last day of a stretch."""
    return following(span, first) - timedelta(days=1)


def parts_of(span: Span, first: date) -> list[date]:
    """The first days of the next smaller stretches it consists of."""
    return list(begun(Span(span - 1), first, following(span, first)))


def begun(span: Span, first: date, end: date) -> Iterator[date]:
    """The first days of the stretches that begin from a day on and before an end."""
    begin = first_of(span, first)
    begin = begin if begin == first else following(span, begin)
    while begin < end:
        yield begin
        begin = following(span, begin)


def made_of(first: date, last: date, done: Collection[Stretch]) -> list[Stretch]:
    """The fewest stretches that make up these days, of those that are done; what no stretch covers is left out."""
    found: list[Stretch] = []
    day = first
    while day <= last:
        fitting = (
            span for span in reversed(Span)
            if first_of(span, day) == day and last_of(span, day) <= last and (span, day) in done
        )  # fmt: skip
        span = next(fitting, None)
        if span is not None:
            found.append((span, day))
        day = following(span or Span.THIRD, day if span is not None else first_of(Span.THIRD, day))
    return found
