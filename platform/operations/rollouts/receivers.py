"""What else happens tells this room."""

from typing import Any

from django.dispatch import receiver

from tenants.running import answers, server_errors
from tenants.signals import left, removed


@receiver(removed)
@receiver(left)
def forget_errors(sender: object, schema_name: str, **kwargs: Any) -> None:
    """A municipality is deleted, or moved to another cell; in the records of past rollouts its short name stays."""
    server_errors.forget(schema_name)
    answers.forget(schema_name)
