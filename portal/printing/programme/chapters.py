"""Entries divided into chapters. Each stands in full once; where it belongs elsewhere too, a line leads to it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from portal.printing.programme.entries import Entry
from portal.printing.programme.wording import period_line

REGULAR_FROM = 4
"""What takes place in so many weeks of the period is regular: it has its own chapter instead of a line each week."""
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading, the entries below it, and those that belong here as well but stand elsewhere."""

    title: str
    entries: tuple[Entry, ...] = ()
    also: tuple[Entry, ...] = ()
    note: str = ""


@dataclass(slots=True)
class _Growing:
    entries: list[Entry] = field(default_factory=list)
    also: list[Entry] = field(default_factory=list)


def by_place(
    entries: Iterable[Entry],
    titles: Mapping[int, str],
    places: Callable[[Entry], Sequence[int]],
    *,
    rest: str,
    note: str = "",
) -> list[Chapter]:
    """A chapter for each of these titles in their order, by what `places` says of an entry; `rest` is the last one."""
    growing: dict[int, _Growing] = {each: _Growing() for each in titles}
    others = []
    for entry in entries:
        mine = [each for each in places(entry) if each in growing]
        for at, place in enumerate(mine):
            (growing[place].also if at else growing[place].entries).append(entry)
        if not mine:
            others.append(entry)
    found = [
        Chapter(titles[each], tuple(one.entries), tuple(one.also))
        for each, one in growing.items()
        if one.entries or one.also
    ]
    return [*found, Chapter(rest, tuple(others), note=note)] if others else found


def by_week(entries: Iterable[Entry], period: tuple[date, date]) -> list[Chapter]:
    """A chapter for each week with a date, then what is regular, then what has no dates in the period."""
    first, last = period
    weeks: dict[date, _Growing] = {}
    regular, without = [], []
    for entry in entries:
        mondays = _mondays(entry, first, last)
        if not mondays:
            without.append(entry)
        elif len(mondays) >= REGULAR_FROM:
            regular.append(entry)
        for at, monday in enumerate(mondays if len(mondays) < REGULAR_FROM else ()):
            week = weeks.setdefault(monday, _Growing())
            (week.also if at else week.entries).append(entry)
    found = [
        Chapter(_week_title(monday, first, last), _in_order(weeks[monday].entries), tuple(weeks[monday].also))
        for monday in sorted(weeks)
    ]
    if regular:
        found.append(Chapter(_("Regularly"), tuple(regular), note=_("These offers take place in four or more weeks.")))
    if without:
        found.append(Chapter(_("Without a fixed date"), tuple(without)))
    return found


def _mondays(entry: Entry, first: date, last: date) -> list[date]:
    """The weeks of the period in which it takes place; never more are looked at than tell that it is regular."""
    found: dict[date, None] = {}
    for stretch in entry.dates:
        day = max(stretch.first, first)
        monday = day - timedelta(days=day.weekday())
        while monday <= min(stretch.last, last) and len(found) < REGULAR_FROM:
            found[monday] = None
            monday += WEEK
    return list(found)


def _in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda entry: (entry.dates[0].first, entry.key, entry.id)))


def _week_title(monday: date, first: date, last: date) -> str:
    """The days of a week, cut to the period."""
    return period_line(max(monday, first), min(monday + timedelta(days=6), last))
