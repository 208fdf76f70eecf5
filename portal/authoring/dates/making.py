"""The answers of the form as rules: as few as say it, in the spelling of `portal.offers.rules`."""

from datetime import date
from typing import Any

from portal.offers.choices import ScheduleKind
from portal.offers.rules import DAYS, read

__all__ = ["DAYS", "answers_to_rules"]
_NO_TIME = [(None, None)]


def answers_to_rules(answers: dict[str, Any]) -> list[dict[str, Any]]:
    """The rules of what somebody answered."""
    makers = {
        ScheduleKind.DATES: _once,
        ScheduleKind.PERIOD: _stretch,
        ScheduleKind.WEEKLY: _weekly,
        ScheduleKind.MONTHLY: _monthly,
    }
    make = makers.get(answers["kind"])
    return make(answers) if make else []


def _rule(first: str | None, hours: tuple[Any, Any], *, last: str | None = None, rrule: str = "") -> dict[str, Any]:
    return {
        "first_date": first,
        "last_date": last,
        "start_time": hours[0],
        "end_time": hours[1],
        "rrule": rrule,
        "exdates": [],
    }


def _once(answers: dict[str, Any]) -> list[dict[str, Any]]:
    return [_rule(day, (start, end)) for day, start, end in answers.get("days", [])]


def _stretch(answers: dict[str, Any]) -> list[dict[str, Any]]:
    first, last, start, end = answers.get("stretch") or (None,) * 4
    return [_rule(first, (start, end), last=last)] if any((first, last, start, end)) else []


def _weekly(answers: dict[str, Any]) -> list[dict[str, Any]]:
    """Days with the same hours share their rules."""
    groups: dict[tuple[Any, ...], list[int]] = {}
    for day, windows in sorted(answers.get("windows", {}).items()):
        groups.setdefault(tuple(windows) or tuple(_NO_TIME), []).append(day)
    found = []
    for windows, days in groups.items():
        names = ",".join(DAYS[day] for day in days)
        found += [_repeated(answers, f"FREQ=WEEKLY{_every(answers)};BYDAY={names}", hours) for hours in windows]
    return found


def _monthly(answers: dict[str, Any]) -> list[dict[str, Any]]:
    if answers.get("month_day") is not None:
        day = f"BYMONTHDAY={answers['month_day']}"
    elif answers.get("which") is None or answers.get("weekday") is None:
        return []
    else:
        day = f"BYDAY={answers['which']}{DAYS[answers['weekday']]}"
    hours = answers.get("hours") or _NO_TIME
    return [_repeated(answers, f"FREQ=MONTHLY{_every(answers)};{day}", each) for each in hours]


def _every(answers: dict[str, Any]) -> str:
    return f";INTERVAL={answers['interval']}" if answers.get("interval", 1) > 1 else ""


def _repeated(answers: dict[str, Any], rrule: str, hours: tuple[Any, Any]) -> dict[str, Any]:
    until = f";UNTIL={answers['until'].replace('-', '')}" if answers.get("until") else ""
    made = _rule(answers["first"], hours, rrule=rrule + until)
    rule = read(made["rrule"], date.fromisoformat(answers["first"]))
    free = map(date.fromisoformat, answers.get("free", []))
    made["exdates"] = sorted(each.isoformat() for each in free if next(rule.days(each, each), None))
    if answers.get("off"):
        made["off"] = list(answers["off"])
    why = {day: words for day, words in answers.get("reasons", {}).items() if day in made["exdates"] and words}
    return {**made, "reasons": why} if why else made
