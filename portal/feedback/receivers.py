"""What a new municipality gets."""

from typing import Any

from django.dispatch import receiver

from portal.feedback.models import AccessibilityStatement
from tenants.signals import provisioned


@receiver(provisioned)
def begin_statement(**kwargs: Any) -> None:
    """An accessibility statement that says nothing yet: each municipality answers for its own, none is copied."""
    AccessibilityStatement.load()
