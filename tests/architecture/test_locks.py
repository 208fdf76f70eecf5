"""The watch over locks (tests/locks.py) sees what it is there for."""

import pytest
from django.db import transaction

from accounts.models import User
from tests import locks

pytestmark = pytest.mark.django_db


@pytest.fixture
def _rows_are_locked_in_one_order() -> None:
    """Here they are not."""


def _ways():
    rows = User.objects.select_for_update()
    yield "unordered", lambda: list(rows.filter(is_active=True)), True
    yield "by another column", lambda: list(rows.order_by("email")), True
    yield "by more than the key", lambda: list(rows.order_by("email", "pk")), True
    yield "backwards", lambda: list(rows.order_by("-pk")), True
    yield "only some columns", lambda: list(rows.values_list("email")), True
    yield "by the key", lambda: list(rows.order_by("pk")), False
    yield "the keys by the key", lambda: list(rows.order_by("pk").values_list("pk", flat=True)), False
    yield "some by the key", lambda: list(rows.order_by("pk")[:5]), False
    yield "one", lambda: rows.filter(pk=1).first(), False
    yield "one that must be there", lambda: rows.get(email="a@example.org"), False
    yield "nobody waits", lambda: list(User.objects.select_for_update(skip_locked=True)), False
    yield "weaker", lambda: list(User.objects.select_for_update(no_key=True, of=("self",))), True


@pytest.mark.parametrize(("lock", "wrong"), [way[1:] for way in _ways()], ids=[way[0] for way in _ways()])
def test_rows_locked_in_any_order_are_noticed(lock, wrong):
    with locks.watched() as found, transaction.atomic():
        User.objects.create(email="a@example.org")
        lock()
    assert len(found) == wrong
