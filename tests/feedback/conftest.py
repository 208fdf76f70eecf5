"""Forms as a person fills them in: the page was opened a minute ago."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from portal.feedback.spam import new_token
from tenants.models import Municipality
from tenants.running.context import inside
from tests.factories import a_provider, an_offer
from theming.models import Theme


@pytest.fixture
def token(ahausen: Municipality) -> str:
    with inside(ahausen), time_machine.travel(timezone.now() - timedelta(minutes=1)):
        return new_token()


@pytest.fixture
def offer(ahausen: Municipality) -> Any:
    with inside(ahausen):
        Theme.objects.update(email="stadt@ahausen.example", phone="0123 45", portal_name="Portal Ahausen")
        provider = a_provider(name="Sprachhaus", email="haus@sprachhaus.example", phone="0681 12")
        return an_offer(provider=provider, title="Sprachcafé", contact_email="muster@sprachhaus.example")


@pytest.fixture
def portal(visitor: Callable[[str], Client]) -> Client:
    return visitor("ahausen")


@pytest.fixture
def letter(token: str) -> dict[str, str]:
    return {
        "message": "Guten Tag,\nist noch ein Platz frei?",
        "name": "Eva Muster",
        "email": "eva@example.org",
        "zeit": token,
        "homepage": "",
    }
