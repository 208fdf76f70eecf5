"""When a webhook that did not arrive is tried again, and when an address is given up.

An address ends only after it has failed for five days and failed again half a day after its first failure: a server
that is down over a weekend, or one bad answer after five quiet days, ends nothing (as Svix does it).
"""

from datetime import datetime, timedelta

PAUSES = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
ENDS_AFTER = timedelta(days=5)
SECOND_FAILURE = timedelta(hours=12)


def next_try(attempts: int, now: datetime) -> datetime | None:
    """The moment of the next attempt after so many; None when there is none."""
    return now + PAUSES[attempts - 1] if 0 < attempts <= len(PAUSES) else None


def is_given_up(first_failure: datetime, last_failure: datetime, now: datetime) -> bool:
    """Whether an address that has answered nothing right since its first failure is left alone from now on."""
    return now - first_failure >= ENDS_AFTER and last_failure - first_failure >= SECOND_FAILURE
