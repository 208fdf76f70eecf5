"""A municipality that is deleted takes leave of its neighbours."""

from typing import Any

from django.dispatch import receiver

from neighbours.services import say_farewell
from tenants.models import Municipality
from tenants.signals import removed


@receiver(removed)
def leave(sender: object, schema_name: str, **kwargs: Any) -> None:
    """In the same transaction: the index holds nothing of it from then on."""
    town = Municipality.objects.filter(schema_name=schema_name).first()
    if town is not None:
        say_farewell(town)
