"""The dates of schema.org: with and without time, with and without a zone."""

import re
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from portal.drafting.reading.rules import DAYS, Doubt, When, rule_of
from portal.drafting.web.nodes import Node, first, listed, text_of

HERE = ZoneInfo("Europe/Berlin")
_SHORT_ZONE = re.compile(r"([+-]\d\d)(\d\d)$")
_NIGHT = time(6)
_WEEKDAY = re.compile(r"(monday|tuesday|wednesday|thursday|friday|saturday|sunday)", re.IGNORECASE)
_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_EVERY = re.compile(r"^P(\d{1,2})([DWM])$")
Moment = tuple[date, str | None]


def moment_of(value: Any) -> Moment | None:
    """A day and, where it is said, the time of day here; None for what is no date."""
    said = _SHORT_ZONE.sub(r"\1:\2", text_of(value).replace("Z", "+00:00").replace(" ", "T", 1))
    try:
        if len(said) == 10:
            return date.fromisoformat(said), None
        found = datetime.fromisoformat(said)
        # A year that no calendar of ours has, moved over its edge by the zone.
        local = found.astimezone(HERE) if found.tzinfo else found
    except (ValueError, OverflowError):
        return None
    return local.date(), local.strftime("%H:%M")


def when_of(nodes: list[Node]) -> When | None:
    """When events that are one offer take place: each its own dates, or the repetition that is said."""
    schedules = [each for node in nodes for each in listed(node.get("eventSchedule")) if isinstance(each, dict)]
    repeated = next((found for each in schedules if (found := _repeated(each)) is not None), None)
    return repeated or _each_once(nodes)


def _each_once(nodes: list[Node]) -> When | None:
    rules: list[dict[str, Any]] = []
    kinds = set()
    for node in nodes:
        start, end = moment_of(node.get("startDate")), moment_of(node.get("endDate"))
        if start is None:
            continue
        kind, rule = _once(start, end)
        kinds.add(kind)
        if rule not in rules:
            rules.append(rule)
    if not rules:
        return None
    found = When(
        "period" if kinds == {"period"} and len(rules) == 1 else "dates",
        sorted(rules, key=lambda rule: (rule["first_date"], rule["start_time"] or "")),
    )
    if "period" in kinds and len(rules) > 1:
        found.doubts.add(Doubt.SEVERAL)
    return found


def _once(start: Moment, end: Moment | None) -> tuple[str, dict[str, Any]]:
    day, begins = start
    last, ends = end or (day, None)
    if begins == "00:00" and ends in {None, "00:00", "23:59"}:
        # Midnight is how calendars say that nobody gave a time.
        begins = ends = None
    if last <= day or _is_next_morning(day, last, ends):
        same = last == day and ends == begins
        return "dates", rule_of(day.isoformat(), (begins, None if same or last < day else ends))
    return "period", rule_of(day.isoformat(), (begins, ends), last=last.isoformat())


def _is_next_morning(day: date, last: date, ends: str | None) -> bool:
    return (last - day).days == 1 and ends is not None and time.fromisoformat(ends) <= _NIGHT


def _repeated(schedule: Node) -> When | None:
    every = _EVERY.match(text_of(schedule.get("repeatFrequency")))
    if every is None:
        return None
    starts = moment_of(schedule.get("startDate"))
    days = [
        DAYS[_NAMES.index(name.lower())]
        for each in listed(schedule.get("byDay"))
        for name in _WEEKDAY.findall(text_of(each))
    ]
    number, unit = int(every[1]), every[2]
    if unit == "D" and number % 7 == 0:
        number, unit = number // 7, "W"
    if unit != "W" or not (days or starts) or not 1 <= number <= 4:
        return None
    names = ",".join(each for each in DAYS if each in (days or [DAYS[starts[0].weekday()]] if starts else days))
    until = moment_of(schedule.get("endDate"))
    rule = f"FREQ=WEEKLY{f';INTERVAL={number}' if number > 1 else ''};BYDAY={names}" + (
        f";UNTIL={until[0]:%Y%m%d}" if until else ""
    )
    hours = (_clock(schedule.get("startTime")) or (starts[1] if starts else None), _clock(schedule.get("endTime")))
    found = When("weekly", [rule_of(starts[0].isoformat() if starts else "", hours, rrule=rule)])
    if listed(schedule.get("exceptDate")):
        found.doubts.add(Doubt.SEVERAL)
    return found


def _clock(value: Any) -> str | None:
    found = re.match(r"T?([01]\d|2[0-3]):([0-5]\d)", text_of(first(value)))
    return f"{found[1]}:{found[2]}" if found else None
