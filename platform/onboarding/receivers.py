"""What goes with a municipality that is deleted, and what meets it again when it comes back from another cell."""

from typing import Any

from django.dispatch import receiver

from onboarding.models import Acceptance, Application
from tenants.models import Move, Municipality
from tenants.running.context import inside_public
from tenants.signals import arrived, removed


@receiver(removed)
def forget_application(schema_name: str, **kwargs: Any) -> None:
    """Its application names people, and its short name may be wished for again. What was accepted stays, as proof."""
    Application.objects.filter(municipality__schema_name=schema_name).delete()


@receiver(arrived)
def meet_again(schema_name: str, **kwargs: Any) -> None:
    """The application and the accepted papers stayed here; they are its own again, not a namesake's."""
    with inside_public():
        town = Municipality.objects.get(schema_name=schema_name)
        if not Move.objects.away(schema_name, town.created_at).exists():
            return
        Application.objects.filter(slug=schema_name, municipality=None, made_at__isnull=False).update(municipality=town)
        papers = Acceptance.objects.filter(slug=schema_name, municipality=None, accepted_at__gte=town.created_at)
        papers.update(municipality=town)
