"""What a new municipality gets of the catalogue, and what happens when a release is issued."""

from typing import Any

from django.dispatch import receiver

from portal.taxonomy.adoption.models import Adopted, State
from portal.taxonomy.adoption.services import adopt
from portal.taxonomy.adoption.tasks import look_everywhere
from shared_categories import reading
from shared_categories.models import Kind
from shared_categories.signals import released
from tenants.lifecycle.making import copy_rows
from tenants.models import Municipality
from tenants.signals import provisioned


@receiver(provisioned)
def adopt_catalogue(municipality: Municipality, template: Municipality | None, **kwargs: Any) -> None:
    """Without a template all of the newest release, so that it starts with a tree; with one, what that remembers of the
    rows that are copied with their numbers (sentences of the editors' desk are not)."""
    if template is not None:
        for model in (State, Adopted):
            copy_rows(model, template=template, into=municipality)
        Adopted.objects.filter(kind=Kind.TEXT_BLOCK).delete()
        return
    newest = reading.newest()
    if newest is not None:
        adopt([code for code, value in newest.values.items() if not value.removed], by="provisioned")


@receiver(released)
def look_at_release(**kwargs: Any) -> None:
    """In the transaction of the release: nothing changes anywhere, but all who adopted something are told."""
    look_everywhere.defer()
