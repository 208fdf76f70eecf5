"""Whole pictures that parts were cut from stay as long as a part is there."""

from portal.media.models import MediaFile
from portal.media.uses import register


def _wholes() -> set[int]:
    cut = MediaFile.objects.filter(original__isnull=False)
    return set(cut.values_list("original_id", flat=True))


register("media.mediafile", _wholes)
