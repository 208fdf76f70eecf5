"""An application as applicants send it, and one that was made into a portal."""

from typing import Any

import pytest

from onboarding import limits, making, services
from onboarding.models import Application
from portal.preferences.models import Preferences, SecondFactorRule
from tenants.models import Municipality
from tenants.running.context import inside, inside_public

GIVEN = {
    "name": "Kreisstadt Merzig",
    "federal_state": "SL",
    "official_key": "10042112",
    "person": "Sabine Thul",
    "office": "Hauptamt",
    "email": "thul@merzig.example",
    "phone": "06861 85-0",
    "slug": "merzig",
    "template": "",
    "words": "Start am besten im Dezember.",
}


def given(**changes: Any) -> dict[str, Any]:
    """What the form holds after it was filled in slowly enough."""
    signer = limits.TimestampSigner(salt="onboarding.limits")
    old = signer.sign("form")
    return {**GIVEN, limits.TOKEN: old, **changes}


@pytest.fixture
def unhurried(monkeypatch):
    """Nobody waits three seconds before they press the button."""
    monkeypatch.setattr(limits, "QUICKEST", limits.timedelta(0))


def applied(**changes: Any) -> Application:
    """An application whose address is confirmed."""
    with inside_public():
        application = services.apply(Application(**{**GIVEN, **changes}))
        services.confirm(application)
        application.refresh_from_db()
    return application


def made(**changes: Any) -> Application:
    """One whose portal is being set up."""
    application = applied(**changes)
    services.accept(application.pk, slug=application.slug, template=application.template, by="olga@platform.example")
    making.make(application.pk)
    with inside_public():
        application.refresh_from_db()
    without_second_factor(application.municipality)
    return application


def without_second_factor(town: Municipality) -> None:
    """As for the cast: these tests are about something else."""
    with inside(town):
        Preferences.objects.update(second_factor=SecondFactorRule.NOBODY)
