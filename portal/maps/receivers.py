"""What a new municipality gets."""

from typing import Any

from django.dispatch import receiver

from portal.maps.models import MapSettings
from tenants.lifecycle.making import copy_rows
from tenants.models import Municipality
from tenants.signals import provisioned


@receiver(provisioned)
def fill_map_settings(municipality: Municipality, template: Municipality | None, **kwargs: Any) -> None:
    """The template's source of tiles, never its outline; else a map of shapes only."""
    if template is not None and copy_rows(MapSettings, template=template, into=municipality):
        MapSettings.objects.update(outline=None)
    else:
        MapSettings.load()
