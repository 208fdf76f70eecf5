"""The next dates in words: by the same expansion as the public page."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.offers.occurrences import expand
from portal.offers.presentation import occurrence_line, times_line
from portal.offers.rules import RuleError
from portal.offers.schedule_words import Times, schedule_sentences
from portal.offers.snapshot.checking import schedule_of

SHOWN = 5
FAR = timedelta(days=1500)


@dataclass(frozen=True, slots=True)
class Coming:
    """`days` are the next ones; `ends`: after them there is none; `free`: what falls out before the last of them."""

    days: tuple[str, ...] = ()
    ends: bool = False
    free: tuple[date, ...] = ()
    wrong: tuple[str, ...] = ()


def rules_in_words(rules: list[dict[str, Any]]) -> list[str]:
    """What the public page says of the rules."""
    dated = [schedule_of(rule) for rule in rules if rule["first_date"]]
    return schedule_sentences(dated, today=timezone.localdate())


def coming(rules: list[dict[str, Any]]) -> Coming:
    """The next days on which it takes place."""
    now, found, wrong, free = timezone.now(), [], list[str](), set[date]()
    for rule in rules:
        if not rule["first_date"]:
            continue
        try:
            schedule = schedule_of(rule)
            schedule.full_clean(exclude=["offer"], validate_unique=False, validate_constraints=True)
            found += expand(schedule, horizon=timezone.localdate(now) + FAR)
        except ValidationError as error:
            wrong += error.messages
        except RuleError as error:
            wrong.append(str(error))
        else:
            free.update(schedule.exdates)
    ahead = sorted((each for each in found if each.ends_at >= now), key=lambda each: (each.starts_at, each.ends_at))
    days = [list(group) for _day, group in groupby(ahead, key=lambda each: (each.first_date, each.last_date))]
    shown = days[:SHOWN]
    last = shown[-1][0].first_date if shown else timezone.localdate(now)
    out = tuple(sorted(each for each in free if timezone.localdate(now) <= each <= last))
    return Coming(tuple(map(_line, shown)), len(days) <= SHOWN, out, tuple(dict.fromkeys(wrong)))


def _line(group: list[Any]) -> str:
    if len(group) == 1:
        return occurrence_line(group[0])
    hours = times_line(Times(each.start_time, each.end_time) for each in group)
    # Several windows on one day: the day once, then all its hours.
    first = group[0]
    first.start_time = first.end_time = None
    return ", ".join(part for part in (occurrence_line(first), hours) if part)
