"""What editors do to the search."""

from typing import Any

from django.db import transaction

from audit.services import record
from portal.search.models import Synonyms


@transaction.atomic
def save_synonyms(group: Synonyms, *, by: Any) -> Synonyms:
    """Keep a new or changed group of words."""
    before = Synonyms.objects.filter(pk=group.pk).first() if group.pk else None
    group.full_clean()
    group.save()
    record("synonyms", group, by=by, changes={"words": [str(before or ""), str(group)]})
    return group


@transaction.atomic
def delete_synonyms(group: Synonyms, *, by: Any) -> None:
    """Forget a group of words."""
    record("synonyms.removed", group, by=by, changes={"words": [str(group), ""]})
    group.delete()
