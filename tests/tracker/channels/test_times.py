"""When webhooks are tried again and mails come."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from courier.backoff import PAUSES, is_given_up, next_try
from tracker.channels.rhythm import Rhythm, due

NOW = datetime(2026, 11, 29, 10, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def test_a_webhook_is_tried_for_three_days_with_growing_pauses():
    moments, at = [], NOW
    while (following := next_try(len(moments) + 1, at)) is not None:
        moments.append(following - at)
        at = following
    assert moments == list(PAUSES) == sorted(PAUSES)
    assert timedelta(days=3) < at - NOW < timedelta(days=4)
    assert next_try(0, NOW) is None


@pytest.mark.parametrize(
    ("first", "last", "given_up"),
    [
        (timedelta(days=6), timedelta(days=6), False),
        (timedelta(days=6), timedelta(days=5, hours=13), False),
        (timedelta(days=6), timedelta(days=5), True),
        (timedelta(days=4), timedelta(hours=1), False),
    ],
)
def test_an_address_ends_only_by_two_failures_far_apart(first, last, given_up):
    assert is_given_up(NOW - first, NOW - last, NOW) is given_up


@pytest.mark.parametrize(
    ("rhythm", "after", "told"),
    [
        (Rhythm.AT_ONCE, datetime(2026, 11, 29, 3), datetime(2026, 11, 29, 3)),
        (Rhythm.DAILY, datetime(2026, 11, 29, 6, 29), datetime(2026, 11, 29, 6, 30)),
        (Rhythm.DAILY, datetime(2026, 11, 29, 6, 30), datetime(2026, 11, 30, 6, 30)),
        (Rhythm.WEEKLY, datetime(2026, 11, 29, 12), datetime(2026, 11, 30, 6, 30)),
        (Rhythm.WEEKLY, datetime(2026, 11, 30, 6, 30), datetime(2026, 12, 7, 6, 30)),
        (Rhythm.DAILY, datetime(2026, 10, 24, 7), datetime(2026, 10, 25, 6, 30)),
    ],
)
def test_mails_come_before_people_begin_to_work(rhythm, after, told):
    assert due(rhythm, after.replace(tzinfo=BERLIN)) == told.replace(tzinfo=BERLIN)
