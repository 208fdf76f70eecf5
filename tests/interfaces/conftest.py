"""Tests ask far more in a minute than one network may; the one of the limit sets its own."""

import pytest

from portal.interfaces import limits


@pytest.fixture(autouse=True)
def without_a_limit(monkeypatch):
    monkeypatch.setattr(limits, "MOST", 10**9)
