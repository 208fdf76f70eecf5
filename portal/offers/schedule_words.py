"""The rules of an offer's dates as sentences people say: “Every Tuesday, 16:00–17:30, until 30 June”."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, time, timedelta
from typing import NamedTuple

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from portal.offers.models import Schedule
from portal.offers.models.schedule import Off
from portal.offers.occurrences import readable
from portal.offers.rules import Rule

MOST_EXCEPTIONS = 8
WORKDAYS = (0, 1, 2, 3, 4)
# What goes on longer than that into the next day is told with both days.
NIGHT_ENDS = time(6)


class Times(NamedTuple):
    """A window on a day; without a beginning the time is unknown, without an end it is open."""

    start: time | None
    end: time | None


def enumerate_words(words: Sequence[str]) -> str:
    """“a, b and c”."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def _window(times: Times) -> str:
    if times.start is None:
        return ""
    start = time_format(times.start, "H:i")
    if times.end is None or times.end == times.start:
        return start
    return f"{start}–{time_format(times.end, 'H:i')}"


def times_line(windows: Iterable[Times]) -> str:
    """One or several windows of a day: “9:00–12:00 and 14:00–16:00”; empty where no time is known."""
    known = list(dict.fromkeys(filter(None, (_window(each) for each in windows))))
    return _("%(times)s (time of day)") % {"times": enumerate_words(known)} if known else ""


def _day(day: date) -> str:
    return date_format(day, _("d/m/Y"))


def is_night(first: date, last: date, times: Times) -> bool:
    """Whether it begins on one day and ends early the next: that is one evening for people, not two days."""
    begins, ends = times
    return begins is not None and ends is not None and ends < begins and ends <= NIGHT_ENDS and (last - first).days == 1


def goes_on(first: date, last: date, times: Times) -> bool:
    """Whether the hours are those of the first day's beginning and the last day's end, as of a camp, and not of each
    day."""
    begins, ends = times
    return last > first and begins is not None and ends is not None and ends < begins


def span_words(first: date, last: date, times: Times) -> str:
    """One date in full: a day, a night, two days, or a stretch of days, with the hours."""
    if last == first or is_night(first, last, times):
        days = date_format(first, _("l, F j, Y"))
    elif goes_on(first, last, times):
        return through_words(_day_named(first), _day_named(last), times)
    elif (last - first).days == 1:
        days = enumerate_words([_day_named(first), _day_named(last)])
    else:
        days = _("%(first)s to %(last)s") % {"first": _day(first), "last": _day(last)}
    return ", ".join(part for part in (days, times_line([times])) if part)


def through_words(first: str, last: str, times: Times) -> str:
    """“Sat, 14:00 to Sun, 12:00” from two days in words."""
    begins, ends = times_line([Times(times.start, None)]), times_line([Times(times.end, None)])
    return _("%(first)s to %(last)s") % {"first": f"{first}, {begins}", "last": f"{last}, {ends}"}


def _day_named(day: date) -> str:
    return date_format(day, _("D, d/m/Y"))


def _weekdays(rule: Rule) -> list[int]:
    return sorted({weekday for _which, weekday in rule.weekdays})


def _names(days: Sequence[int]) -> str:
    if len(days) > 2 and list(days) == list(range(days[0], days[-1] + 1)):
        return _("%(first)s to %(last)s") % {"first": WEEKDAYS[days[0]], "last": WEEKDAYS[days[-1]]}
    return enumerate_words([str(WEEKDAYS[day]) for day in days])


def _weekly(rule: Rule) -> str:
    days, interval = _weekdays(rule), rule.interval
    if interval == 1 and len(days) == 7:
        return _("Daily")
    if interval == 1:
        consecutive = len(days) > 2 and days[-1] - days[0] == len(days) - 1
        return _names(days) if consecutive else _("Every %(weekdays)s") % {"weekdays": _names(days)}
    return _("Every %(number)d weeks on %(weekdays)s") % {"number": interval, "weekdays": _names(days)}


def _daily(rule: Rule) -> str:
    if rule.weekdays:
        return _weekly(rule)
    return _("Daily") if rule.interval == 1 else _("Every %(number)d days") % {"number": rule.interval}


def _ordinal(number: int) -> str:
    known = {
        1: pgettext("ordinal", "first"),
        2: pgettext("ordinal", "second"),
        3: pgettext("ordinal", "third"),
        4: pgettext("ordinal", "fourth"),
        5: pgettext("ordinal", "fifth"),
        -1: pgettext("ordinal", "last"),
    }
    return known.get(number, pgettext("ordinal", "last but one") if number == -2 else f"{number}.")


def _monthly(rule: Rule) -> str:
    interval = rule.interval
    only = min(rule.positions, default=0)
    nth = [(which or only, weekday) for which, weekday in rule.weekdays]
    if nth and all(number for number, _weekday in nth):
        days = enumerate_words(
            [_("%(ordinal)s %(weekday)s") % {"ordinal": _ordinal(n), "weekday": WEEKDAYS[day]} for n, day in nth]
        )
    elif nth:
        days = _names(sorted(weekday for _number, weekday in nth))
    else:
        return _monthly_by_number(sorted(rule.month_days), interval)
    if interval == 1:
        return _("Every %(days)s of the month") % {"days": days}
    return _("Every %(days)s of the month, every %(number)d months") % {"number": interval, "days": days}


def _monthly_by_number(numbers: Sequence[int], interval: int) -> str:
    days = enumerate_words(
        [pgettext("of the month", "last day") if number == -1 else f"{number}." for number in numbers]
    )
    if interval == 1:
        return _("On the %(days)s of each month") % {"days": days}
    return _("On the %(days)s, every %(number)d months") % {"number": interval, "days": days}


def _yearly(rule: Rule) -> str:
    return _("Every year on %(day)s") % {"day": date_format(rule.first, _("F j"))}


_FREQUENCIES: dict[str, Callable[[Rule], str]] = {
    "DAILY": _daily,
    "WEEKLY": _weekly,
    "MONTHLY": _monthly,
    "YEARLY": _yearly,
}


def _repeated(schedule: Schedule, times: str, *, today: date) -> str:
    rule = readable(schedule)
    parts = [_FREQUENCIES[rule.freq](rule) if rule else _("Repeatedly"), times]
    if schedule.first_date > today:
        parts.append(_("from %(day)s") % {"day": _day(schedule.first_date)})
    # A count of repetitions is told as the day it ends on.
    last = (rule.until or rule.last_day()) if rule else None
    if last is not None:
        parts.append(_("until %(day)s") % {"day": _day(last)})
    parts.append(_holidays(schedule))
    parts.append(_exceptions(schedule, today=today))
    return ", ".join(part for part in parts if part)


def _holidays(schedule: Schedule) -> str:
    words = {
        frozenset({Off.PUBLIC}): _("not on public holidays"),
        frozenset({Off.SCHOOL}): _("not in the school holidays"),
        frozenset({Off.PUBLIC, Off.SCHOOL}): _("not on public holidays and not in the school holidays"),
    }
    return words.get(frozenset(map(Off, schedule.off)), "")


def _without(schedule: Schedule, day: date) -> str:
    reason = (schedule.reasons or {}).get(day.isoformat())
    return f"{_day(day)} ({reason})" if reason else _day(day)


def _exceptions(schedule: Schedule, *, today: date) -> str:
    ahead = sorted(day for day in schedule.exdates if day >= today)
    if not ahead:
        return ""
    words = [_without(schedule, day) for day in ahead[:MOST_EXCEPTIONS]]
    more = len(ahead) - len(words)
    if more:
        words.append(ngettext("%(number)d more day", "%(number)d more days", more) % {"number": more})
    return _("not on %(days)s") % {"days": enumerate_words(words)}


def _once(rules: Sequence[Schedule]) -> str:
    """A date without repetition: the same day or days, with one or several windows."""
    first, last = rules[0].first_date, rules[0].last_date or rules[0].first_date
    windows = [Times(rule.start_time, rule.end_time) for rule in rules]
    if len(rules) > 1:
        days = span_words(first, last, Times(None, None))
        return ", ".join(part for part in (days, times_line(windows)) if part)
    begins, ends = windows[0]
    if first == last and begins and ends and ends < begins:
        last = first + timedelta(days=1)
    return span_words(first, last, windows[0])


def schedule_sentences(schedules: Iterable[Schedule], *, today: date) -> list[str]:
    """One sentence per rule; rules that differ in their time of day only become one sentence with several windows."""
    groups: dict[tuple[object, ...], list[Schedule]] = {}
    for schedule in schedules:
        days = (schedule.first_date, schedule.last_date)
        key = (schedule.rrule, *days, tuple(sorted(schedule.exdates)), tuple(sorted(schedule.off)))
        groups.setdefault(key, []).append(schedule)
    sentences = []
    for rules in groups.values():
        times = times_line(Times(rule.start_time, rule.end_time) for rule in rules)
        sentences.append(_repeated(rules[0], times, today=today) if rules[0].rrule else _once(rules))
    return sentences
