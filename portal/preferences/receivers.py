"""What a new municipality gets."""

from typing import Any

from django.dispatch import receiver

from portal.preferences.models import Preferences
from tenants.lifecycle.making import copy_rows
from tenants.models import Municipality
from tenants.signals import provisioned


@receiver(provisioned)
def fill_preferences(municipality: Municipality, template: Municipality | None, **kwargs: Any) -> None:
    """The template's rules, except for its place on the map; else the defaults."""
    if template is not None and copy_rows(Preferences, template=template, into=municipality):
        Preferences.objects.update(latitude=None, longitude=None)
    else:
        Preferences.load()
