"""What editors do with pictures of the library. Everything is one transaction and one line in the audit log."""

from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from portal.media.models import MediaFile
from portal.media.services import receive
from portal.media.uses import KEPT, places, used
from theming.images import forget_scaled_of

TEXTS = ("alt_text", "copyright", "permission")


def put_in(upload: IO[bytes], texts: dict[str, str], *, by: Any) -> tuple[MediaFile, bool]:
    """A picture of the municipality for the library, and whether it was there before. ValidationError with a sentence
    where the file is refused."""
    with transaction.atomic():
        row = receive(
            upload,
            by=by,
            alt_text=texts["alt_text"],
            copyright=texts["copyright"],
            permission=texts["permission"],
        )
        was_there = row.kept
        if not was_there:
            row.kept = True
            row.save(update_fields=["kept"])
            record("media.added", row, by=by)
    return row, was_there


@transaction.atomic
def describe(media: MediaFile, texts: dict[str, str], *, by: Any) -> MediaFile:
    """What is said of a picture, for whoever uses it from now on."""
    row = MediaFile.objects.select_for_update().get(pk=media.pk)
    changed = [name for name in TEXTS if name in texts and getattr(row, name) != texts[name]]
    for name in changed:
        setattr(row, name, texts[name])
    if changed:
        row.save(update_fields=changed)
        record("media.described", row, by=by, changes={name: texts[name] for name in changed})
    return row


def family(media: MediaFile) -> list[int]:
    """A picture and the parts cut from it."""
    return [media.pk, *MediaFile.objects.filter(original=media).values_list("pk", flat=True)]


@transaction.atomic
def delete(media: MediaFile, *, by: Any) -> None:
    """Remove a picture and its file for good. ValidationError while something shows it, or a kept text does."""
    row = MediaFile.objects.select_for_update().get(pk=media.pk)
    ids = family(row)
    if places(ids) or set(ids) & used(but=KEPT):
        raise ValidationError(
            _("This picture is still used, by something public, a draft or a kept version. Replace it instead.")
        )
    record("media.deleted", row, by=by)
    name = str(row.file)
    row.delete()
    transaction.on_commit(lambda: _remove(name))


def _remove(name: str) -> None:
    default_storage.delete(name)
    forget_scaled_of(name)
