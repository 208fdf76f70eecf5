"""From an address to the days it asks for, cut into days, weeks or months.

Whatever cannot be understood is left out, and a sentence on the page says so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from dateutil.relativedelta import relativedelta
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SPAN, STEP, FIRST, LAST, MEASURE = "zeitraum", "je", "von", "bis", "was"
# More parts than that are no picture any more, and no table that somebody reads.
MOST_PARTS = 100
LONGEST_YEARS = 10
# No portal is older, and from the first years there are nothing can be taken away.
FIRST_KNOWN = date(1990, 1, 1)
Known = TypeVar("Known", bound=StrEnum)


class Step(StrEnum):
    """How long a part is."""

    DAY = "tag"
    WEEK = "woche"
    MONTH = "monat"


STEPS = {Step.DAY: gettext_lazy("days"), Step.WEEK: gettext_lazy("weeks"), Step.MONTH: gettext_lazy("months")}
_COARSER = {Step.DAY: Step.WEEK, Step.WEEK: Step.MONTH}


class Span(StrEnum):
    """How far back one looks."""

    DAYS_30 = "30-tage"
    DAYS_90 = "90-tage"
    YEAR = "12-monate"
    YEARS_3 = "36-monate"
    OWN = "eigener"


SPANS = {
    Span.DAYS_30: gettext_lazy("the last 30 days"),
    Span.DAYS_90: gettext_lazy("the last 90 days"),
    Span.YEAR: gettext_lazy("the last 12 months"),
    Span.YEARS_3: gettext_lazy("the last three years"),
    Span.OWN: gettext_lazy("from a day to a day"),
}
_USUAL_STEP = {Span.DAYS_30: Step.DAY, Span.DAYS_90: Step.WEEK, Span.YEAR: Step.MONTH, Span.YEARS_3: Step.MONTH}


@dataclass(frozen=True, slots=True)
class Part:
    """A day, a week or a month of the period, as far as it lies in it."""

    first: date
    last: date
    label: str
    # Below a picture there is little room.
    short: str


@dataclass(frozen=True, slots=True)
class Period:
    """The days asked for. `notes` say what of the address was not understood or not possible."""

    span: Span
    step: Step
    first: date
    last: date
    # Only what the address says, so that a link follows today's date.
    query: str
    notes: list[str] = field(default_factory=list)

    @property
    def parts(self) -> list[Part]:
        """In their order."""
        return [_part(first, last, self.step) for first, last in _cut(self.first, self.last, self.step)]

    @property
    def label(self) -> str:
        """“1 November 2026 to 28 November 2026”."""
        return _("%(first)s to %(last)s") % {"first": _long(self.first), "last": _long(self.last)}


def read(given: Mapping[str, str], *, today: date) -> Period:
    """The period that the parameters of an address ask for."""
    notes: list[str] = []
    first, last = _day(given, FIRST, notes), _day(given, LAST, notes)
    span = _known(given, SPAN, Span, notes)
    if span is None:
        span = Span.OWN if first or last else Span.DAYS_30
    if span is Span.OWN:
        begin, end = _own(first, last, today, notes)
    else:
        begin, end = _begin(span, today), today
    wanted = _known(given, STEP, Step, notes)
    step = _fitting(wanted or _USUAL_STEP.get(span, Step.DAY), begin, end)
    if wanted and step is not wanted:
        notes.append(
            _("The period is too long for %(wanted)s. You see %(shown)s.")
            % {"wanted": STEPS[wanted], "shown": STEPS[step]}
        )
    asked = {SPAN: span, STEP: step if wanted else ""}
    if span is Span.OWN:
        asked |= {FIRST: begin.isoformat(), LAST: end.isoformat()}
    return Period(span, step, begin, end, urlencode({name: value for name, value in asked.items() if value}), notes)


def year_before(first: date, last: date) -> tuple[date, date]:
    """The same days a year before; whole months as whole months, so that February has its 29th day."""
    begin, end = first - relativedelta(years=1), last - relativedelta(years=1)
    is_whole = first.day == 1 and last == _end(last, Step.MONTH)
    return begin, _end(end, Step.MONTH) if is_whole else end


def _known(given: Mapping[str, str], name: str, kind: type[Known], notes: list[str]) -> Known | None:
    value = given.get(name, "")
    if not value or value in set(kind):
        return kind(value) if value else None
    notes.append(_("We do not know “%(value)s” and left it out.") % {"value": value[:40]})
    return None


def _day(given: Mapping[str, str], name: str, notes: list[str]) -> date | None:
    value = given.get(name, "").strip()
    if not value:
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        day = date.min
    if day >= FIRST_KNOWN:
        return day
    notes.append(_("“%(value)s” is no date we understand, and was left out.") % {"value": value[:40]})
    return None


def _own(first: date | None, last: date | None, today: date, notes: list[str]) -> tuple[date, date]:
    """The days from one to the other; what is missing is filled in, the future cut off."""
    end = min(last or today, today)
    begin = first or end - timedelta(days=29)
    if last and first and first > last:
        begin, end = last, min(first, today)
        notes.append(_("The first day was after the last one. We swapped them."))
    if begin > today:
        begin, end = today, today
        notes.append(_("These days are still to come. You see today."))
    earliest = end - relativedelta(years=LONGEST_YEARS)
    if begin < earliest:
        begin = earliest
        notes.append(_("You see the last %(number)d years.") % {"number": LONGEST_YEARS})
    return begin, end


def _begin(span: Span, today: date) -> date:
    if span is Span.DAYS_30:
        return today - timedelta(days=29)
    if span is Span.DAYS_90:
        return today - timedelta(days=89)
    return today.replace(day=1) - relativedelta(months=11 if span is Span.YEAR else 35)


def _fitting(step: Step, first: date, last: date) -> Step:
    while step in _COARSER and (last - first).days // (1 if step is Step.DAY else 7) >= MOST_PARTS:
        step = _COARSER[step]
    return step


def _cut(first: date, last: date, step: Step) -> Iterator[tuple[date, date]]:
    """The first and the last day of each part."""
    begin = first
    while begin <= last:
        end = min(_end(begin, step), last)
        yield begin, end
        begin = end + timedelta(days=1)


def _end(day: date, step: Step) -> date:
    """The last day of the week or month in which a day lies."""
    if step is Step.DAY:
        return day
    if step is Step.WEEK:
        return day + timedelta(days=6 - day.weekday())
    return day + relativedelta(day=31)


def _part(first: date, last: date, step: Step) -> Part:
    short = date_format(first, _("M j"))
    if step is Step.DAY:
        return Part(first, last, date_format(first, _("D, N j, Y")), short)
    if step is Step.WEEK:
        return Part(first, last, _("%(first)s to %(last)s") % {"first": short, "last": _middle(last)}, short)
    whole = first.day == 1 and last == _end(last, step)
    month = date_format(first, "F Y")
    since = _("%(month)s (%(first)s to %(last)s)") % {
        "month": month,
        "first": short,
        "last": date_format(last, _("M j")),
    }
    return Part(first, last, month if whole else since, date_format(first, "M y"))


def _middle(day: date) -> str:
    return date_format(day, _("M j, Y"))


def _long(day: date) -> str:
    return date_format(day, _("F j, Y"))
