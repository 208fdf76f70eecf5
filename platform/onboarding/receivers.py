"""What goes with a municipality that is deleted."""

from typing import Any

from django.dispatch import receiver

from onboarding.models import Application
from tenants.signals import removed


@receiver(removed)
def forget_application(schema_name: str, **kwargs: Any) -> None:
    """Its application names people, and its short name may be wished for again. What was accepted stays, as proof."""
    Application.objects.filter(municipality__schema_name=schema_name).delete()
