"""Text of our rooms is cleaned where it enters: no model takes Django's own field by mistake."""

from django.apps import apps
from django.db import models

from core.fields import Cleaning

ROOMS = ("portal.", "theming.", "accounts.")
# What programs make and compare sign by sign: keys, digests, answers that are sent once more as they were.
MADE_BY_MACHINES = {
    *(f"machine_access.KeptAnswer.{name}" for name in ("body", "digest", "key", "kind")),
    *(f"tokens.Token.{name}" for name in ("beginning", "digest", "scope")),
    *(f"webhooks.Delivery.{name}" for name in ("error", "event", "message", "state")),
    "webhooks.Hook.sealed_secret",
}


def test_every_text_field_cleans_what_it_is_given():
    plain = {
        f"{table._meta.label}.{field.name}"
        for table in apps.get_models()
        if f"{table.__module__}.".startswith(ROOMS)
        for field in table._meta.local_concrete_fields
        if isinstance(field, models.CharField | models.TextField) and not isinstance(field, Cleaning)
    }
    # Slugs are made of letters that need no cleaning; whether the user's password is one is Django's business.
    assert {name for name in plain if not name.endswith((".slug", ".password"))} == MADE_BY_MACHINES
