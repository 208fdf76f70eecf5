"""Forgetting readings that nobody needs any more, with their files."""

from datetime import datetime, timedelta

from django.core.files.storage import default_storage
from django.utils import timezone

from portal.drafting.models import Reading

KEPT = timedelta(days=90)
BATCH = 500


def tidy(now: datetime | None = None) -> int:
    """Forget old readings; their proposals stay with the drafts. Returns how many."""
    gone = list(Reading.objects.filter(created_at__lt=(now or timezone.now()) - KEPT).order_by("pk")[:BATCH])
    for reading in gone:
        remove_files(reading)
        reading.delete()
    return len(gone)


def remove_files(reading: Reading) -> None:
    """All files of a reading."""
    folder = reading.file("").rstrip("/")
    for name in default_storage.listdir(folder)[1]:
        default_storage.delete(f"{folder}/{name}")
