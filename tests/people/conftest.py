"""A town with somebody of every kind, for helping a provider."""

import pytest

from tenants.running.context import inside
from tests.factories import a_provider, an_offer
from tests.people.cast import a_providers, an_account, enter


@pytest.fixture
def cast(ahausen):
    """An editor called Miriam, an administrator of a provider called Ines, and her offer."""
    with inside(ahausen):
        provider = a_provider(name="Lesepaten Malstatt")
        return {
            "miriam": an_account("miriam@amt.example", "editor"),
            "admin": an_account("admin@amt.example", "admin"),
            "planner": an_account("planung@amt.example", "planner"),
            "nobody": an_account("niemand@leute.example"),
            "ines": a_providers("ines@lesen.example", provider=provider),
            "offer": an_offer(provider=provider, title="Vorlesen"),
            "provider": provider,
        }


@pytest.fixture
def miriam(cast, visitor):
    return enter(visitor("ahausen"), cast["miriam"])
