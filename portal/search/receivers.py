"""What a new municipality gets."""

from typing import Any

from django.dispatch import receiver

from portal.search.models import Synonyms
from portal.search.synonyms import STARTER
from tenants.lifecycle.making import copy_rows
from tenants.models import Municipality
from tenants.signals import provisioned


@receiver(provisioned)
def fill_synonyms(municipality: Municipality, template: Municipality | None, **kwargs: Any) -> None:
    """The template's words, else a starter list."""
    if template is None or not copy_rows(Synonyms, template=template, into=municipality):
        Synonyms.objects.bulk_create(Synonyms(words=list(words)) for words in STARTER)
