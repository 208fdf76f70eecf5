"""`/readyz` while the database is away: one wait for a connection, not one for each part."""

import pytest
from django.db import OperationalError
from django.test import RequestFactory

from core import health


@pytest.fixture
def asked(monkeypatch):
    """Which parts were asked; the database itself does not answer."""
    seen = []

    def part(name):
        return lambda: seen.append(name) or True

    def away():
        seen.append("database")
        raise OperationalError("the pool has nothing to give")

    monkeypatch.setattr(health, "_checks", {})
    monkeypatch.setattr(health, "_database", away)
    health.register_check("jobs", part("jobs"))
    health.register_check("files", part("files"), asks_database=False)
    return seen


def test_what_asks_the_database_is_not_asked_while_that_is_away(asked):
    answer = health.HealthMiddleware(lambda request: None)(RequestFactory().get("/readyz"))
    assert answer.status_code == 503
    assert b'"database": false, "jobs": false, "files": true' in answer.content
    assert asked == ["database", "files"]
