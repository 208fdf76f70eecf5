"""Jobs for the tests."""

import time
from datetime import date

from django.db.models import F

from jobs.declare import job
from portal.usage.models import DailySearch


def _count(term: str) -> None:
    row, fresh = DailySearch.objects.get_or_create(day=date(2026, 1, 1), term=term, defaults={"count": 1})
    if not fresh:
        DailySearch.objects.filter(pk=row.pk).update(count=F("count") + 1)


@job()
def count_up(term: str) -> None:
    """One more."""
    _count(term)


@job()
def slow_count(term: str, seconds: float) -> None:
    """One more, taking its time in the middle of it."""
    _count(term)
    time.sleep(seconds)


@job()
def pass_on_late(term: str, seconds: float) -> None:
    """Queues another job at its very end, when nothing else is left to be done."""
    time.sleep(seconds)
    count_up.defer(term=term)


@job()
def fail_twice() -> None:
    """Does half of its work, then fails."""
    _count("halb")
    raise RuntimeError("not yet")


@job()
def pass_on_and_fail() -> None:
    """Queues another job, then fails: nothing of both is to stay."""
    count_up.defer(term="eins")
    count_up.defer_once(about="zwei", term="zwei")
    count_up.defer_many([{"term": "drei"}])
    count_up.defer_anew(term="vier")
    raise RuntimeError("not yet")


@job(retries=1)
def fail_for_good(word: str) -> None:
    """Fails with somebody's address in what it says; for good at its second attempt."""
    raise ValueError(f"nothing for {word}")
