"""From rules to single occurrences.

The rules (RFC 5545) are the truth; occurrences are what one can search by day, weekday and time. They reach to a
horizon, which a nightly job moves on. Whether an offer is over does not depend on the horizon: `ends_at` is computed
from the rules.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr
from django.conf import settings
from django.utils import timezone

from portal.offers.models.schedule import Occurrence, Schedule

HORIZON = timedelta(days=400)
# Far enough for any honest course, and a bound for rules such as FREQ=DAILY from the year 1900 on.
LONGEST_PAST = timedelta(days=400)
MOST_PER_RULE = 1200


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


def rule_of(schedule: Schedule) -> rrule:
    """The repetition in local days."""
    rule = rrulestr(schedule.rrule, dtstart=datetime.combine(schedule.first_date, time()))
    if not isinstance(rule, rrule):
        raise TypeError("A schedule holds one RRULE, not a set.")
    return rule


def _days(schedule: Schedule, horizon: date) -> Iterator[date]:
    if not schedule.rrule:
        if schedule.first_date not in schedule.exdates:
            yield schedule.first_date
        return
    earliest = datetime.combine(max(schedule.first_date, timezone.localdate() - LONGEST_PAST), time())
    except_on = set(schedule.exdates)
    found = rule_of(schedule).between(earliest, datetime.combine(horizon, time()), inc=True)
    yield from (moment.date() for moment in found[:MOST_PER_RULE] if moment.date() not in except_on)


def window(schedule: Schedule, day: date) -> tuple[datetime, datetime, date]:
    """Beginning, end and last local day of the occurrence that begins on a day."""
    zone = _zone()
    last = schedule.last_date or day
    if schedule.start_time is None:
        return datetime.combine(day, time(), zone), datetime.combine(last, time(23, 59, 59), zone), last
    start = datetime.combine(day, schedule.start_time, zone)
    end_time = schedule.end_time or (schedule.start_time if schedule.last_date is None else time(23, 59, 59))
    if end_time < schedule.start_time and last == day:
        # A night out: the end is on the following day.
        last = day + timedelta(days=1)
    return start, datetime.combine(last, end_time, zone), last


def expand(schedule: Schedule, *, horizon: date | None = None) -> list[Occurrence]:
    """The unsaved occurrences of one rule up to and including the horizon (a local day)."""
    until = horizon or (timezone.localdate() + HORIZON)
    found = []
    for day in _days(schedule, until):
        start, end, last = window(schedule, day)
        found.append(
            Occurrence(
                offer_id=schedule.offer_id,
                schedule=schedule,
                starts_at=start,
                ends_at=end,
                has_time=schedule.start_time is not None,
                first_date=day,
                last_date=last,
                start_time=schedule.start_time,
                end_time=schedule.end_time,
            )
        )
    return found


def _last_day(schedule: Schedule) -> date | None:
    """The first day of the rule's last occurrence; None for a rule without end."""
    if not schedule.rrule:
        return schedule.first_date
    if not {"UNTIL", "COUNT"} & {part.partition("=")[0] for part in schedule.rrule.split(";")}:
        return None
    rule = rule_of(schedule)
    except_on = set(schedule.exdates)
    last = schedule.first_date - timedelta(days=1)
    for moment in rule:
        if moment.date() not in except_on:
            last = moment.date()
    return last


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
