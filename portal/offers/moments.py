"""Local times as moments, also in the two nights in which the clocks change. No tables.

In spring the hour from 2 to 3 does not exist, in autumn it comes twice. As RFC 5545 has it, a time that does not exist
is moved on by the hour that was left out (2:30 becomes 3:30), and one that comes twice is its first. An end stays what
it is on the clock; where that would not be after a beginning that was moved (2:45 to 3:15), the length is kept.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

_JUST = timedelta(seconds=1)
DAY_END = time(23, 59, 59)
"""The end of a day whose end nobody gave."""


def zone() -> ZoneInfo:
    """Where all municipalities are."""
    return ZoneInfo(settings.TIME_ZONE)


def at(day: date, clock: time) -> datetime:
    """A local time of a day as it exists."""
    return datetime.combine(day, clock, zone()).astimezone(UTC).astimezone(zone())


def window(day: date, start: time | None, end: time | None, last: date | None = None) -> tuple[datetime, datetime]:
    """Beginning and end of what begins on a day, `last` being the last day of what lasts for several.

    Without a beginning it is whole days. An end before the beginning is on the following day.
    """
    final = last or day
    if start is None:
        return at(day, time()), at(final, DAY_END)
    finish = end or (start if last is None else DAY_END)
    if finish < start and final == day:
        final = day + timedelta(days=1)
    begins, ends = at(day, start), at(final, finish)
    # In one zone Python compares the clocks, not the moments.
    if begins.time() != start and ends.astimezone(UTC) < begins.astimezone(UTC) + _JUST:
        length = datetime.combine(final, finish) - datetime.combine(day, start)
        ends = (begins.astimezone(UTC) + length).astimezone(zone())
    return begins, ends


def comes_twice(moment: datetime) -> bool:
    """Whether the clocks show the time of a local moment twice that day."""
    return moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()
