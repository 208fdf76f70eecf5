"""The next dates in words: by the same expansion as the public page, with what falls out and why."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby, islice
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.authoring.dates.asking import asked_of
from portal.offers.left_out import LeftOut, Reason, Why, left_out
from portal.offers.models import Occurrence, Schedule
from portal.offers.occurrences import expand, readable
from portal.offers.presentation import occurrence_line, times_line
from portal.offers.schedule_words import Times, schedule_sentences
from portal.offers.snapshot.checking import schedule_of, wrong_with

SHOWN = 5
FAR = timedelta(days=1500)
# So many stretches of left-out days are told; a year of school holidays is no help.
MOST_STRETCHES = 8


@dataclass(frozen=True, slots=True)
class Coming:
    """`days`: the next ones; `ends`: after them there is none; `skipped`: what falls out before the next but five, and
    why; `resumes`: that next one, where something falls out before it; `never`: all of them fall out; `asks`: what may
    be a mistake; `wrong`: what is one."""

    days: tuple[str, ...] = ()
    ends: bool = False
    skipped: tuple[str, ...] = ()
    resumes: str = ""
    never: bool = False
    asks: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()


def rules_in_words(rules: list[dict[str, Any]]) -> list[str]:
    """What the public page says of the rules."""
    dated = [schedule_of(rule) for rule in rules if rule["first_date"]]
    return schedule_sentences(dated, today=timezone.localdate())


def coming(rules: list[dict[str, Any]]) -> Coming:
    """The next days on which it takes place."""
    now, today = timezone.now(), timezone.localdate()
    schedules, found, wrong = list[Schedule](), list[Occurrence](), list[str]()
    for rule in rules:
        if not rule["first_date"]:
            continue
        sentence = wrong_with(rule)
        if sentence:
            wrong.append(sentence)
            continue
        schedule = schedule_of(rule)
        found += expand(schedule, horizon=today + FAR)
        schedules.append(schedule)
    ahead = sorted((each for each in found if each.ends_at >= now), key=lambda each: (each.starts_at, each.ends_at))
    days = [list(group) for _day, group in groupby(ahead, key=lambda each: (each.first_date, each.last_date))]
    told = _told(schedules, days, today)
    return replace(told, asks=asked_of(schedules, today), wrong=tuple(dict.fromkeys(wrong)))


def _told(schedules: list[Schedule], days: list[list[Occurrence]], today: date) -> Coming:
    shown, after = days[:SHOWN], days[SHOWN : SHOWN + 1]
    last = shown[-1][0].first_date if shown else today
    until = after[0][0].first_date if after else last + timedelta(days=400)
    free = _left_out(schedules, today, until)
    resumes = ""
    if after and any(day > last for day, _why in free):
        resumes = date_format(after[0][0].first_date, _("l, F j, Y"))
    return Coming(
        days=tuple(map(_line, shown)),
        ends=len(days) <= SHOWN,
        skipped=tuple(islice(_stretches(free), MOST_STRETCHES)),
        resumes=resumes,
        never=not days and bool(free),
    )


def _left_out(schedules: list[Schedule], since: date, until: date) -> list[tuple[date, Reason]]:
    """Days on which it would take place, with why it does not; in order, each once."""
    found: dict[date, Reason] = {}
    for schedule in schedules:
        without: LeftOut = left_out(schedule)
        rule = readable(schedule) if schedule.rrule else None
        days = without.days(rule, since, until) if rule else iter([schedule.first_date])
        for day in days:
            reason = without.reason(day)
            if reason is not None and since <= day <= until:
                found.setdefault(day, reason)
    return sorted(found.items(), key=lambda each: each[0])


def _stretches(free: list[tuple[date, Reason]]) -> Iterator[str]:
    """“22 to 31 December 2026 (Christmas holidays)”: days that follow one another for one reason are one stretch."""
    for (why, words), group in groupby(free, key=lambda each: (each[1].why, each[1].words)):
        days = [day for day, _reason in group]
        reason = (words or str(Why.GIVEN.label)) if why == Why.GIVEN else words
        if len(days) == 1:
            yield f"{_day(days[0])} ({reason})"
        else:
            span = _("%(first)s to %(last)s") % {"first": _day(days[0]), "last": _day(days[-1])}
            yield f"{span} ({reason})"


def _day(day: date) -> str:
    return date_format(day, _("D, F j, Y"))


def _line(group: list[Any]) -> str:
    if len(group) == 1:
        return occurrence_line(group[0])
    hours = times_line(Times(each.start_time, each.end_time) for each in group)
    # Several windows on one day: the day once, then all its hours.
    first = group[0]
    first.start_time = first.end_time = None
    return ", ".join(part for part in (occurrence_line(first), hours) if part)
