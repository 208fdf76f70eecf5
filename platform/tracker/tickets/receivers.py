"""Municipalities come and go."""

from typing import Any

from django.db import transaction
from django.dispatch import receiver

from tenants.models import Move, Municipality
from tenants.signals import left, provisioned, removed
from tracker.tickets.leaving import farewell
from tracker.tickets.participating import participant_of


@receiver(provisioned)
def take_part(sender: object, municipality: Municipality, **kwargs: Any) -> None:
    """A new municipality takes part from its first day."""
    participant_of(municipality)


@receiver(removed)
def say_farewell(sender: object, schema_name: str, **kwargs: Any) -> None:
    """One that is deleted leaves what it counted for and takes its texts along."""
    with transaction.atomic():
        farewell(schema_name)


@receiver(left)
def forget_attempt(sender: object, schema_name: str, was_open: bool, **kwargs: Any) -> None:
    """One that moved to another cell stays in the pool; one that came here and was taken back has never been here."""
    town = Municipality.objects.get(schema_name=schema_name)
    if not was_open and not Move.objects.away(schema_name, town.created_at).exists():
        with transaction.atomic():
            farewell(schema_name)
