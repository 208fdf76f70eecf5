"""From rules to single occurrences.

The rules (RFC 5545) are the truth; occurrences are what one can search by day, weekday and time. They reach to a
horizon, which a nightly job moves on. Whether an offer is over does not depend on the horizon: `ends_at` is computed
from the rules.
"""

import logging
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from django.utils import timezone

from portal.offers import moments
from portal.offers.left_out import left_out
from portal.offers.models.schedule import Occurrence, Schedule
from portal.offers.rules import Rule, RuleError, read

logger = logging.getLogger(__name__)

HORIZON = timedelta(days=400)
# Far enough for any honest course, and a bound for rules such as FREQ=DAILY from the year 1990 on.
LONGEST_PAST = timedelta(days=400)


def rule_of(schedule: Schedule) -> Rule:
    """The repetition in local days. Raises RuleError."""
    return read(schedule.rrule, schedule.first_date)


def readable(schedule: Schedule) -> Rule | None:
    """The repetition for showing it; None, and a line in the log, where it is one that is not taken any more.

    Rows from before there were limits may hold such a rule. It must not take the page of all the others with it.
    """
    try:
        return rule_of(schedule)
    except RuleError:
        logger.exception("The dates of offer %s cannot be read: %r", schedule.offer_id, schedule.rrule)
        return None


def _days(schedule: Schedule, horizon: date) -> Iterator[date]:
    if not schedule.rrule:
        if schedule.first_date not in schedule.exdates:
            yield schedule.first_date
        return
    earliest = max(schedule.first_date, timezone.localdate() - LONGEST_PAST)
    except_on = left_out(schedule)
    yield from (day for day in rule_of(schedule).days(earliest, horizon) if day not in except_on)


def window(schedule: Schedule, day: date) -> tuple[datetime, datetime, date]:
    """Beginning, end and last local day of the occurrence that begins on a day."""
    start, end = moments.window(day, schedule.start_time, schedule.end_time, schedule.last_date)
    return start, end, end.date()


def expand(schedule: Schedule, *, horizon: date | None = None) -> list[Occurrence]:
    """The unsaved occurrences of one rule up to and including the horizon (a local day)."""
    until = horizon or (timezone.localdate() + HORIZON)
    return [_occurrence(schedule, day) for day in _days(schedule, until)]


def _occurrence(schedule: Schedule, day: date) -> Occurrence:
    start, end, last = window(schedule, day)
    return Occurrence(
        offer_id=schedule.offer_id,
        schedule=schedule,
        starts_at=start,
        ends_at=end,
        has_time=schedule.start_time is not None,
        first_date=day,
        last_date=last,
        # As the clocks show it that day: in the night of spring an hour may be missing.
        start_time=start.time() if schedule.start_time is not None else None,
        end_time=end.time() if schedule.end_time is not None else None,
    )


def _last_day(schedule: Schedule) -> date | None:
    """The first day of the rule's last occurrence; None for a rule without end."""
    if not schedule.rrule:
        return schedule.first_date
    rule = rule_of(schedule)
    if rule.is_open:
        return None
    return rule.last_day(left_out(schedule)) or schedule.first_date - timedelta(days=1)


def end_of(schedules: Iterable[Schedule]) -> datetime | None:
    """When the last of these rules' occurrences ends; None when one of them goes on without end, or none is given."""
    latest: datetime | None = None
    for schedule in schedules:
        day = _last_day(schedule)
        if day is None:
            return None
        end = window(schedule, day)[1]
        latest = end if latest is None or end > latest else latest
    return latest
