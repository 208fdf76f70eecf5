"""Another picture in the place of one that is shown: the row keeps its number, so everything that points at it shows
the new one at once, what was said in older texts included. Who withdraws their consent to a photo needs no less.

The file itself is a new one with a new name (nothing under its old address ever changes); the old one goes.
"""

from io import BytesIO
from typing import IO, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from audit.services import record
from portal.media.models import MediaFile
from portal.media.pictures import Box, Prepared, prepare
from portal.media.services import digest_of
from portal.media.uses import image_models
from theming.images import forget_scaled_of


def replace(media: MediaFile, upload: IO[bytes], *, by: Any) -> MediaFile:
    """Put what was uploaded in the place of a picture and of all parts cut from it. ValidationError, one sentence,
    where the file is refused."""
    whole = prepare(upload)
    with transaction.atomic():
        row = MediaFile.objects.select_for_update().get(pk=media.pk)
        if digest_of(whole) == row.sha256:
            return row
        parts = list(MediaFile.objects.select_for_update().filter(original=row).order_by("pk"))
        gone = [_put(row, whole)]
        gone += [_put(part, _same_part(part, whole)) for part in parts]
        record("media.replaced", row, by=by)
        transaction.on_commit(lambda: _remove(gone))
    return row


def _same_part(part: MediaFile, whole: Prepared) -> Prepared:
    """The same part of another picture, in the same shape."""
    shape = part.width / part.height if part.height else None
    return prepare(BytesIO(whole.content), crop=Box(*part.crop) if part.crop else None, shape=shape)


def _put(row: MediaFile, found: Prepared) -> str:
    """Give a row another file; the name of its old one."""
    old, digest = str(row.file), digest_of(found)
    double = MediaFile.objects.filter(owner_id=row.owner_id, sha256=digest).exclude(pk=row.pk).exists()
    row.width, row.height, row.bytes = found.width, found.height, len(found.content)
    # One of two alike is found by its digest, as everywhere.
    row.sha256 = "" if double else digest
    row.file.save("picture.webp", ContentFile(found.content), save=False)
    row.save()
    for model, _owner in image_models():
        model._default_manager.filter(media_id=row.pk).update(image=str(row.file), width=row.width, height=row.height)
    return old


def _remove(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)
        forget_scaled_of(name)
