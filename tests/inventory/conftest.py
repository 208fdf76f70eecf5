"""The editors' browsers in Ahausen, and running a bulk action to its end."""

from collections.abc import Callable
from typing import Any

import pytest

from core.access import Role
from portal.inventory.bulk.engine import do_part
from portal.inventory.models import BulkRun
from tests.revisions.conftest import Cast, cast  # noqa: F401

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def desk(cast: Cast, visitor: Callable[[str], Any]) -> Any:  # noqa: F811
    """The browser of the editor."""
    client = visitor("ahausen")
    client.force_login(cast.editor, backend=BACKEND)
    return client


@pytest.fixture
def colleague(cast: Cast, visitor: Callable[[str], Any], person: Callable[..., Any], ahausen: Any) -> Any:  # noqa: F811
    """The browser of another editor."""
    client = visitor("ahausen")
    client.force_login(person(ahausen, Role.EDITOR, email="kollege@ahausen.example"), backend=BACKEND)
    return client


def finished(run: BulkRun) -> BulkRun:
    """The run after all its parts, as the worker does them one after the other."""
    run.refresh_from_db()
    while run.is_running:
        do_part(run=run.pk)
        run.refresh_from_db()
    return run


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().replace("\u2060", "").replace("\u00ad", "").split())
