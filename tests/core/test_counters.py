"""Counting for all processes."""

import pytest
from django.core.cache import cache

from core.counters import counted

pytestmark = pytest.mark.django_db


def test_each_counts_from_the_first_on():
    assert [counted("limit:probe", 60), counted("limit:probe", 60, 5), counted("limit:other", 60)] == [1, 6, 1]


def test_whose_time_ends_between_begins_anew_and_is_no_fault(monkeypatch):
    counted("limit:probe", 60, 7)
    tries = []
    add = cache.add

    def ends(key, value, timeout):
        tries.append(key)
        if len(tries) == 1:
            # There is one, and it ends before it is counted.
            cache.delete(key)
            return False
        return add(key, value, timeout)

    monkeypatch.setattr(cache, "add", ends)
    assert counted("limit:probe", 60) == 1
    assert len(tries) == 2
