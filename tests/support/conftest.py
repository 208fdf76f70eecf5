"""An operator, and two people of Ahausen."""

import pytest

from core.access import Role
from tenants.running.context import inside, inside_public
from tests.people.cast import an_account


@pytest.fixture
def olga(db, person):
    """The operator's account, on the operator's side."""
    user = person(None, Role.OPERATOR, email="olga@betrieb.example")
    with inside_public():
        user.name = "Olga"
        user.save()
    return user


@pytest.fixture
def operator(olga, visitor):
    """Her browser on the operator's host."""
    client = visitor("")
    with inside_public():
        client.force_login(olga, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def anna(ahausen):
    """Who administers Ahausen."""
    with inside(ahausen):
        return an_account("anna@amt.example", "admin")


@pytest.fixture
def admin(anna, ahausen, visitor):
    """Her browser there."""
    client = visitor("ahausen")
    with inside(ahausen):
        client.force_login(anna, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
