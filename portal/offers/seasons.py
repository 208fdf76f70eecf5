"""Dates of an offer's text moved on: to a later end, or by a season. Texts in, texts out; nothing is saved here."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.offers.rules import RuleError, read
from portal.revisions.kinds import Content

PERIODS: dict[str, relativedelta] = {
    "4w": relativedelta(weeks=4),
    "3m": relativedelta(months=3),
    "6m": relativedelta(months=6),
    "1j": relativedelta(years=1),
}
"""By how much an offer may be extended, by the name it has in forms."""
SEASONS: dict[str, int] = {"jahr": 52, "halbjahr": 26}
"""By how many weeks a copy is moved: whole weeks, so that every weekday stays."""
# Dates that end within four weeks of the last one belong to the same end.
_TOGETHER = timedelta(days=28)
Rule = Mapping[str, Any]


def end_of_text(content: Content) -> date | None:
    """The last day of the dates as the text gives them; None where there is none or they go on without end."""
    ends = [_end(rule) for rule in content["schedules"] if rule["first_date"]]
    known = [day for day in ends if day is not None]
    return max(known) if known and len(known) == len(ends) else None


def why_not_longer(content: Content) -> str:
    """Why these dates have no end that could be moved, or ""."""
    if not content["schedules"]:
        return _("It has no dates.")
    end = end_of_text(content)
    if end is None:
        return _("It goes on without an end already.")
    if not any(_can_move(rule) and _belongs(rule, end) for rule in content["schedules"]):
        return _("Its dates are single days. Copy it into the next season, or add days in the form.")
    return ""


def longer_until(content: Content, period: str, *, today: date) -> date:
    """The new last day: the old one moved on; where that has passed already, from today on."""
    return max(end_of_text(content) or today, today) + PERIODS[period]


def extended(content: Content, until: date) -> Content:
    """The text with dates up to another last day. Rules that end together stay together. Twice is once.

    Raises ValidationError where there is no end to move.
    """
    if sentence := why_not_longer(content):
        raise ValidationError(sentence)
    end = end_of_text(content)
    if end is None or until <= end:
        return content
    by = until - end
    rules = [_with_end(rule, by) if _can_move(rule) and _belongs(rule, end) else rule for rule in content["schedules"]]
    return {**content, "schedules": rules}


def why_no_season(content: Content) -> str:
    """Why these dates cannot be moved into another season, or ""."""
    if not content["schedules"]:
        return _("It has no dates that could be moved.")
    if end_of_text(content) is None:
        return _("It goes on without an end, so it needs no copy.")
    return ""


def moved(content: Content, weeks: int, *, today: date) -> Content:
    """The text with all its dates in a later season: moved as often as it takes not to be over, weekdays kept.

    Days that were left out move along by whole years; by half a year they would be other people's holidays, so they go.
    """
    if sentence := why_no_season(content):
        raise ValidationError(sentence)
    end, step = end_of_text(content), timedelta(weeks=weeks)
    times = 1
    while end is not None and end + times * step < today:
        times += 1
    whole_years = weeks * times % SEASONS["jahr"] == 0
    return {**content, "schedules": [_moved(rule, times * step, keep=whole_years) for rule in content["schedules"]]}


def _moved(rule: Rule, by: timedelta, *, keep: bool) -> dict[str, Any]:
    def later(day: str | None) -> str | None:
        return (date.fromisoformat(day) + by).isoformat() if day else day

    free = [later(day) for day in rule["exdates"]] if keep else []
    until = _until(rule)
    rrule = _until_written(rule["rrule"], until + by) if until else rule["rrule"]
    days = {"first_date": later(rule["first_date"]), "last_date": later(rule["last_date"])}
    return {**rule, **days, "rrule": rrule, "exdates": free}


def _can_move(rule: Rule) -> bool:
    """Single days have no end of their own."""
    return bool(rule["rrule"] or rule["last_date"])


def _belongs(rule: Rule, end: date) -> bool:
    own = _end(rule)
    return own is not None and own >= end - _TOGETHER


def _end(rule: Rule) -> date | None:
    if not rule["rrule"]:
        return date.fromisoformat(rule["last_date"] or rule["first_date"])
    until = _until(rule)
    if until is not None:
        return until
    try:
        found = read(rule["rrule"], date.fromisoformat(rule["first_date"]))
    except RuleError:
        return None
    return None if found.is_open else found.last_day()


def _until(rule: Rule) -> date | None:
    """The day a repetition goes on until, where it says one."""
    if not rule["rrule"] or not rule["first_date"]:
        return None
    try:
        return read(rule["rrule"], date.fromisoformat(rule["first_date"])).until
    except RuleError:
        return None


def _with_end(rule: Rule, by: timedelta) -> dict[str, Any]:
    end = _end(rule)
    if end is None:
        return dict(rule)
    if rule["rrule"]:
        return {**rule, "rrule": _until_written(rule["rrule"], end + by)}
    return {**rule, "last_date": (end + by).isoformat()}


def _until_written(rrule: str, day: date) -> str:
    """The rule with this last day, instead of another one or a number of times."""
    parts = [part for part in rrule.split(";") if not part.startswith(("UNTIL=", "COUNT="))]
    return ";".join([*parts, f"UNTIL={day:%Y%m%d}"])
