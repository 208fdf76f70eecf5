"""Files of the library without a row: what a transaction that failed after an upload left behind."""

from datetime import datetime, timedelta

from django.core.files.storage import default_storage
from django.utils import timezone

from portal.media.models import MediaFile

FOLDER = "mediafile"
# An upload's row is there within a request; a day is generous.
GRACE = timedelta(days=1)


def remove_orphans(now: datetime | None = None) -> int:
    """Remove files nobody has a row for, once they are a day old; returns how many."""
    names = {f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]}
    names -= set(MediaFile.objects.filter(file__startswith=f"{FOLDER}/").values_list("file", flat=True))
    before = (now or timezone.now()) - GRACE
    gone = [name for name in names if default_storage.get_modified_time(name) < before]
    for name in gone:
        default_storage.delete(name)
    return len(gone)
