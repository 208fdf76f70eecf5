"""From the demo's dates to the rules (RFC 5545) that offers keep."""

from datetime import date, timedelta

from demo.content.types import ScheduleSeed, SlotSeed
from portal.offers.models import Schedule

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def rules_of(schedule: ScheduleSeed) -> list[Schedule]:
    """The unsaved rules of an offer: one for each single date, else one for each time window."""
    if schedule.kind == "none" or schedule.start is None:
        return []
    if schedule.kind == "period":
        return [Schedule(first_date=schedule.start, last_date=schedule.end)]
    if schedule.kind == "dates":
        return [
            Schedule(first_date=slot.day or schedule.start, start_time=slot.start, end_time=slot.end)
            for slot in schedule.slots
        ]
    windows: dict[tuple[object, object], list[SlotSeed]] = {}
    for slot in schedule.slots:
        windows.setdefault((slot.start, slot.end), []).append(slot)
    return [_repeating(schedule, schedule.start, slots) for slots in windows.values()]


def _repeating(schedule: ScheduleSeed, start: date, slots: list[SlotSeed]) -> Schedule:
    days = sorted(slot.weekday for slot in slots if slot.weekday is not None)
    until = f";UNTIL={schedule.end:%Y%m%d}" if schedule.end else ""
    if schedule.kind == "daily":
        rule, first = f"FREQ=DAILY{until}", start
    elif schedule.kind == "weekly":
        rule = f"FREQ=WEEKLY;BYDAY={','.join(DAYS[day] for day in days)}{until}"
        first = min(_on_or_after(start, day) for day in days)
    else:
        rule = f"FREQ=MONTHLY;BYDAY={schedule.nth}{DAYS[days[0]]}{until}"
        first = _nth(start, days[0], schedule.nth)
    return Schedule(
        first_date=first,
        start_time=slots[0].start,
        end_time=slots[0].end,
        rrule=rule,
        exdates=[day for day in schedule.exceptions if schedule.kind != "weekly" or day.weekday() in days],
    )


def _on_or_after(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def _nth(month: date, weekday: int, nth: int) -> date:
    """The nth (-1: last) of a weekday in the month that begins on `month`."""
    if nth > 0:
        return _on_or_after(month, weekday) + timedelta(weeks=nth - 1)
    following = (month + timedelta(days=32)).replace(day=1)
    return _on_or_after(following, weekday) - timedelta(weeks=1)
