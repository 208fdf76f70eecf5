"""What a new municipality gets."""

from typing import Any

from django.dispatch import receiver

from portal.preferences.models import Preferences, SecondFactorRule
from tenants.lifecycle.making import copy_rows
from tenants.models import Municipality
from tenants.signals import provisioned


@receiver(provisioned)
def fill_preferences(municipality: Municipality, template: Municipality | None, **kwargs: Any) -> None:
    """The template's rules, except for its place on the map and its terms of use; else the defaults."""
    # The first mail to the editor has asked for the rules already, and made the row.
    Preferences.objects.all().delete()
    if template is not None and copy_rows(Preferences, template=template, into=municipality):
        Preferences.objects.update(latitude=None, longitude=None, terms_version=0, terms_note="")
        # What suits a demonstration is no rule for a town.
        shown = Preferences.objects.filter(second_factor=SecondFactorRule.NOBODY)
        shown.update(second_factor=SecondFactorRule.EDITORS)
    else:
        Preferences.load()
