"""Rules as answers of the form, where the form can express them; what it cannot stays as it is.

Whether it can is not guessed: the answers are made into rules again, and both must mean the same.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from portal.authoring.dates.making import DAYS, answers_to_rules
from portal.offers.choices import ScheduleKind
from portal.offers.rules import RuleError, read
from portal.revisions.kinds import Content

KEEP = "so"
_KINDS = {ScheduleKind.NONE, ScheduleKind.DATES, ScheduleKind.PERIOD, ScheduleKind.WEEKLY, ScheduleKind.MONTHLY}
Answers = dict[str, Any]


def answers_of(said: Content) -> Answers:
    """What the form shows of the dates: its own answers, or that they stay as they are."""
    kind, rules = said["schedule_kind"], said["schedules"]
    if kind not in _KINDS:
        return {"kind": KEEP}
    if not rules:
        return {"kind": kind}
    try:
        answers = _READ[kind](rules) if kind in _READ else None
        if answers is not None and meaning(answers_to_rules({"kind": kind, **answers})) == meaning(rules):
            return {"kind": kind, **answers}
    except (RuleError, ValueError, KeyError, TypeError):
        # A rule of other times, or one nobody can read.
        return {"kind": KEEP}
    return {"kind": KEEP}


def meaning(rules: Iterable[dict[str, Any]]) -> set[tuple[Any, ...]]:
    """What rules mean, however they are put together: each weekday with each window by itself."""
    return {each for rule in rules for each in _meanings(rule)}


def _meanings(rule: dict[str, Any]) -> list[tuple[Any, ...]]:
    hours = (rule["start_time"], rule["end_time"])
    if not rule["rrule"]:
        return [(rule["first_date"], rule["last_date"], *hours, tuple(rule["exdates"]), _besides(rule))]
    parts = parts_of(rule["rrule"])
    key = "BYMONTHDAY" if "BYMONTHDAY" in parts else "BYDAY"
    found = []
    for name in parts[key].split(","):
        single = read(";".join(f"{key}={value}" for key, value in {**parts, key: name}.items()),
                      date.fromisoformat(rule["first_date"]))  # fmt: skip
        free = [each for each in map(date.fromisoformat, rule["exdates"]) if next(single.days(each, each), None)]
        why = {day.isoformat(): rule["reasons"].get(day.isoformat()) for day in free} if "reasons" in rule else {}
        found.append((single.freq, single.interval, key, name, single.first_day(), single.until, *hours, tuple(free),
                      _besides({**rule, "reasons": why})))  # fmt: skip
    return found


def _besides(rule: dict[str, Any]) -> tuple[Any, ...]:
    reasons = tuple(sorted((day, words) for day, words in rule.get("reasons", {}).items() if words))
    return tuple(sorted(rule.get("off", ()))), reasons


def parts_of(rrule: str) -> dict[str, str]:
    """FREQ=WEEKLY;BYDAY=TU as its parts."""
    return dict(part.split("=", 1) for part in rrule.split(";"))


def _once(rules: list[dict[str, Any]]) -> Answers | None:
    if any(rule["rrule"] or rule["last_date"] or rule["exdates"] for rule in rules):
        return None
    return {"days": [(rule["first_date"], rule["start_time"], rule["end_time"]) for rule in rules]}


def _stretch(rules: list[dict[str, Any]]) -> Answers | None:
    rule, *more = rules
    if more or rule["rrule"] or rule["exdates"]:
        return None
    return {"stretch": (rule["first_date"], rule["last_date"], rule["start_time"], rule["end_time"])}


def _common(rules: list[dict[str, Any]], freq: str) -> Answers | None:
    """What all rules of a repetition must share to be one answer."""
    parts = [parts_of(rule["rrule"]) for rule in rules]
    known = {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "UNTIL"}
    if any(each.get("FREQ") != freq or set(each) - known for each in parts):
        return None
    if len({(each.get("INTERVAL"), each.get("UNTIL")) for each in parts}) != 1:
        return None
    if len({tuple(sorted(rule.get("off", ()))) for rule in rules}) != 1:
        return None
    until = parts[0].get("UNTIL")
    return {
        "interval": int(parts[0].get("INTERVAL", 1)),
        "first": min(rule["first_date"] for rule in rules),
        "until": f"{until[:4]}-{until[4:6]}-{until[6:8]}" if until else None,
        "free": sorted({each for rule in rules for each in rule["exdates"]}),
        "off": sorted(rules[0].get("off", ())),
        "reasons": {day: words for rule in rules for day, words in rule.get("reasons", {}).items()},
    }


def _weekly(rules: list[dict[str, Any]]) -> Answers | None:
    common = _common(rules, "WEEKLY")
    if common is None:
        return None
    windows: dict[int, list[tuple[Any, Any]]] = {}
    for rule in rules:
        # Without a weekday the first day says it: the form asks for weekdays.
        for name in parts_of(rule["rrule"])["BYDAY"].split(","):
            windows.setdefault(DAYS.index(name), []).append((rule["start_time"], rule["end_time"]))
    return {**common, "windows": windows}


def _monthly(rules: list[dict[str, Any]]) -> Answers | None:
    common, parts = _common(rules, "MONTHLY"), [parts_of(rule["rrule"]) for rule in rules]
    days = {(each.get("BYDAY", ""), each.get("BYMONTHDAY", "")) for each in parts}
    if common is None or len(days) != 1:
        return None
    ((day, number),) = days
    hours = [(rule["start_time"], rule["end_time"]) for rule in rules]
    if number and not day:
        return {**common, "month_day": int(number), "hours": hours} if -1 <= int(number) <= 31 else None
    return {**common, "which": int(day[:-2]), "weekday": DAYS.index(day[-2:]), "hours": hours}


_READ: dict[str, Any] = {
    ScheduleKind.DATES: _once,
    ScheduleKind.PERIOD: _stretch,
    ScheduleKind.WEEKLY: _weekly,
    ScheduleKind.MONTHLY: _monthly,
}
