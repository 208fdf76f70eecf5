"""Two or more municipalities with real commits, and releases to roll out to them."""

import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from tenants.models import Municipality
from tenants.rollout.release import replay
from tenants.rollout.services import Outcome, roll_out
from tenants.rollout.wish import Wish
from tenants.running.context import inside, inside_public
from tests.rollout.releases import package


class Silent:
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.waves: list[str] = []
        self.order: list[str] = []

    def begin(self, wave: str, total: int) -> None:
        self.waves.append(f"{wave} {total}")

    def advance(self, schema_name: str, error: str) -> None:
        self.order.append(schema_name)


@pytest.fixture
def release(own_database: None, settings: Any, tmp_path: Any) -> Iterator[Callable[..., None]]:
    """`release(usage={"0002_more": "migrations.AddField(…)"})`: the code has these migrations from now on."""
    before = list(sys.path)

    def now(**apps: dict[str, str]) -> None:
        settings.MIGRATION_MODULES = {app: package(tmp_path, app, more) for app, more in apps.items()}

    yield now
    sys.path[:] = before


@pytest.fixture
def rolled_out() -> Callable[..., Outcome]:
    """`rolled_out(wave="canary")`: what `manage rollout` does."""

    def go(*, resume: bool = False, report: Any = None, **wish: Any) -> Outcome:
        return roll_out(Wish(**wish), by="test", report=report or Silent(), resume=resume)

    return go


def towns(*slugs: str, wave: str = "rest") -> list[Municipality]:
    """More municipalities: schemas from the release's script, without pages."""
    with inside_public(), transaction.atomic():
        made = [Municipality.objects.create(slug=slug, schema_name=slug, name=slug, wave=wave) for slug in slugs]
        for slug in slugs:
            replay(slug)
    return made


def rows(schema_name: str, query: str) -> list[tuple[Any, ...]]:
    """What a query finds in a schema."""
    with inside(Municipality(schema_name=schema_name)), connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall() if cursor.description else []
