"""Whole pictures that parts were cut from stay as long as a part is there, and what editors put into the library for
good."""

from portal.media.models import MediaFile
from portal.media.uses import KEPT, WHOLES, register


def _wholes() -> set[int]:
    cut = MediaFile.objects.filter(original__isnull=False)
    return set(cut.values_list("original_id", flat=True))


def _kept() -> set[int]:
    return set(MediaFile.objects.filter(kept=True).values_list("pk", flat=True))


register(WHOLES, _wholes)
register(KEPT, _kept)
