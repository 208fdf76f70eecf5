"""What a new municipality gets."""

from typing import Any

from django.dispatch import receiver

from portal.search.models import Synonyms
from portal.search.synonyms import STARTER
from shared_categories import reading
from shared_categories.models import Kind
from tenants.lifecycle.making import copy_rows
from tenants.models import Municipality
from tenants.signals import provisioned


@receiver(provisioned)
def fill_synonyms(municipality: Municipality, template: Municipality | None, **kwargs: Any) -> None:
    """The template's words, else those of the shared catalogue (which others enter), else a starter list."""
    if template is None and _are_shared():
        return
    if template is None or not copy_rows(Synonyms, template=template, into=municipality):
        Synonyms.objects.bulk_create(Synonyms(words=list(words)) for words in STARTER)


def _are_shared() -> bool:
    newest = reading.newest()
    return newest is not None and bool(newest.of_kind(Kind.SYNONYMS))
