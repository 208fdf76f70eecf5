"""What a new municipality gets."""

from typing import Any

from django.dispatch import receiver

from portal.translation.models import Backend, LanguageSettings
from tenants.models import Municipality
from tenants.running.context import inside
from tenants.signals import provisioned


@receiver(provisioned)
def fill_languages(municipality: Municipality, template: Municipality | None, **kwargs: Any) -> None:
    """The template's languages, but never its translation service: that is paid for by somebody else."""
    offered = None
    if template is not None:
        with inside(template):
            offered = LanguageSettings.objects.values_list("offered", flat=True).first()
    chosen = {"offered": offered} if offered else {}
    LanguageSettings.objects.get_or_create(pk=1, defaults={"backend": Backend.NONE, **chosen})
