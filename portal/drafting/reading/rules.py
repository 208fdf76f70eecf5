"""When something takes place as rules of an offer, and why a date is asked and not believed."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FARTHEST = timedelta(days=800)


class Doubt(StrEnum):
    """Why a date is asked and not believed."""

    NO_YEAR = "no_year"
    PAST = "past"
    WEEKDAY = "weekday"
    BLURRED = "blurred"
    SEVERAL = "several"
    NO_CLOCK = "no_clock"
    CLOCKS = "clocks"
    FAR = "far"
    BARE = "bare"
    TEXT = "text"
    IMPOSSIBLE = "impossible"
    OFF = "off"


@dataclass(slots=True)
class When:
    """`kind` and `rules` as a snapshot of an offer has them; `said`: the lines it was read from."""

    kind: str
    rules: list[dict[str, Any]]
    doubts: set[Doubt] = field(default_factory=set)
    said: str = ""
    weekdays: tuple[int, ...] = ()


def doubts_of_days(rules: list[dict[str, Any]], today: date) -> set[Doubt]:
    """What is doubtful in any rules, whoever wrote them: over, far away, without a time."""
    doubts = set()
    last = max((rule["last_date"] or rule["first_date"]) for rule in rules)
    until = [rule["rrule"].rsplit("UNTIL=", 1)[1] for rule in rules if "UNTIL=" in rule["rrule"]]
    firsts = [rule["first_date"] for rule in rules if not rule["rrule"]]
    over = firsts and (min(firsts) < today.isoformat() or last < today.isoformat())
    if over or (until and min(until) < today.strftime("%Y%m%d")):
        doubts.add(Doubt.PAST)
    if last > (today + FARTHEST).isoformat():
        doubts.add(Doubt.FAR)
    if any(rule["start_time"] is None for rule in rules):
        doubts.add(Doubt.NO_CLOCK)
    return doubts


def rule_of(first: str, hours: tuple[Any, Any], *, last: str | None = None, rrule: str = "") -> dict[str, Any]:
    """A rule as a snapshot of an offer has it."""
    return {
        "first_date": first, "last_date": last, "start_time": hours[0], "end_time": hours[1] if hours[0] else None,
        "rrule": rrule, "exdates": [],
    }  # fmt: skip
