"""Moments of events: a day, or a time of a day on some clock."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from portal.offers.moments import zone

Moment = date | datetime
"""A day, or a time of a day; a time without a zone is ours."""


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when; without an end it is a moment, or one whole day."""

    start: Moment
    end: Moment | None = None


def instant(moment: datetime) -> datetime:
    """A moment as one of the world's; without a zone it is on our clocks."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone())).astimezone(UTC)


def day_of(moment: Moment) -> date:
    """The day of a moment, on its own clock."""
    return moment.date() if isinstance(moment, datetime) else moment


def ended(span: Span, start: Moment) -> Moment | None:
    """The end of another date that lasts as long as this one, on the clock."""
    if span.end is None:
        return None
    if isinstance(start, datetime) and isinstance(span.start, datetime) and isinstance(span.end, datetime):
        length = span.end.replace(tzinfo=None) - span.start.replace(tzinfo=None)
        if span.end.tzinfo != span.start.tzinfo:
            length = instant(span.end) - instant(span.start)
        return start + length
    if isinstance(start, datetime) or isinstance(span.start, datetime):
        return None
    return start + (span.end - span.start)


def instants(start: datetime, end: datetime) -> tuple[datetime, datetime]:
    """Beginning and end as moments of the world. What begins in an hour that is missing on its clocks and ends soon
    after (2:30 to 3:00 in the night of spring) lasts as long as it says."""
    begins, ends = instant(start), instant(end)
    if ends < begins and (length := end.replace(tzinfo=None) - start.replace(tzinfo=None)) > timedelta():
        ends = begins + length
    return begins, ends
