"""Pictures that were uploaded for a draft and are in no look any more: it was discarded, or another was chosen."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.utils import timezone

from portal.appearance.drafts import KIND
from portal.history.look import PARTNERS
from portal.revisions.models import Revision
from theming.models import PartnerLogo, Theme

FOLDERS = tuple(str(table._meta.model_name) for table in (Theme, PartnerLogo))
# A draft names its picture within the request that stored it; a day is generous.
GRACE = timedelta(days=1)


def remove_unused(now: datetime | None = None) -> int:
    """Remove the files no draft, no earlier look and no published one names, once they are a day old; how many."""
    before = (now or timezone.now()) - GRACE
    kept = set(_named())
    gone = [
        name
        for folder in FOLDERS
        for file in default_storage.listdir(folder)[1]
        if (name := f"{folder}/{file}") not in kept and default_storage.get_modified_time(name) < before
    ]
    for name in gone:
        default_storage.delete(name)
    return len(gone)


def _named() -> Iterator[str]:
    for row in Theme.objects.all():
        yield from (str(getattr(row, each.name)) for each in Theme._meta.concrete_fields)
    yield from PartnerLogo.objects.values_list("image", flat=True)
    for content in Revision.objects.filter(kind=KIND).values_list("content", flat=True).iterator():
        yield from _in(content)


def _in(content: dict[str, Any]) -> Iterator[str]:
    yield from (value for value in content.values() if isinstance(value, str))
    yield from (each["image"] for each in content.get(PARTNERS, ()))
