"""Mails and browsers for the people of a club in Ahausen."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from tests.revisions.conftest import Cast, cast  # noqa: F401

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def browser_of(visitor: Callable[[str], Any]) -> Callable[[User], Any]:
    """`browser_of(cast.member)`: that person's browser, signed in."""

    def made(user: User) -> Any:
        client = visitor("ahausen")
        client.force_login(user, backend=BACKEND)
        return client

    return made
