"""What a new municipality gets."""

from typing import Any

from django.dispatch import receiver

from portal.start.defaults import compose
from portal.start.models import Entry, Section
from tenants.lifecycle.making import copy_file, copy_rows
from tenants.models import Municipality
from tenants.signals import provisioned


@receiver(provisioned)
def fill_start_page(municipality: Municipality, template: Municipality | None, **kwargs: Any) -> None:
    """The template's start page with its pictures, else the usual one."""
    if template is None or not copy_rows(Section, template=template, into=municipality):
        compose(Section, Entry)
        return
    copy_rows(Entry, template=template, into=municipality)
    for name in Entry.objects.exclude(image="").values_list("image", flat=True):
        copy_file(name, template=template, into=municipality)
