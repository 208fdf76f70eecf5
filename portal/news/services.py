"""What editors do with news. Everything is one transaction and one line in the audit log."""

from typing import Any

from django.db import transaction

from audit.services import record
from portal.media.models import MediaFile
from portal.news.models import NewsItem
from portal.news.signals import begun


@transaction.atomic
def save(item: NewsItem, *, by: Any) -> NewsItem:
    """Add or change an item."""
    if item.picture_id is not None:
        # Locked, so that the nightly job does not throw away what is about to be shown.
        MediaFile.objects.select_for_update(no_key=True).filter(pk=item.picture_id).first()
    made = item.pk is None
    first = item.released and not NewsItem.objects.filter(released=True).exists()
    item.save()
    record("news.added" if made else "news.changed", item, by=by)
    if first:
        begun.send(NewsItem, by=by)
    return item


@transaction.atomic
def delete(item: NewsItem, *, by: Any) -> None:
    """Put an item into the bin."""
    record("news.deleted", item, by=by)
    item.delete()
