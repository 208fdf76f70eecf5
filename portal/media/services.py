"""Taking pictures into the library and out of it again."""

import hashlib
from datetime import datetime, timedelta
from typing import IO, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from portal.media.models import MediaFile
from portal.media.pictures import Box, Prepared, prepare
from portal.media.uses import image_models, used

DAYS = 30
BATCH = 500


def receive(
    upload: IO[bytes],
    *,
    by: Any,
    provider: Any = None,
    crop: Box | None = None,
    shape: float | None = None,
    alt_text: str = "",
    copyright: str = "",  # noqa: A002 - what the column is called
    permission: str = "",
) -> MediaFile:
    """A row of the library for an upload, made safe and small on the way; the same picture again is the same row.

    ValidationError, one whole sentence, where the file is refused. The file is written before the row: a transaction
    that fails afterwards leaves a file, which the nightly job finds.
    """
    texts = {"alt_text": alt_text, "copyright": copyright, "permission": permission}
    return _stored(prepare(upload, crop=crop, shape=shape), by=by, owner_id=provider.pk if provider else None, **texts)


def cropped(media: MediaFile, box: Box, *, by: Any, shape: float | None = None) -> MediaFile:
    """Another row with a part of a stored picture; the picture itself stays, so that another part can be cut later."""
    with default_storage.open(str(media.file)) as stored:
        found = prepare(stored, crop=box, shape=shape)
    texts = {name: getattr(media, name) for name in ("alt_text", "copyright", "permission")}
    row = _stored(found, by=by, owner_id=media.owner_id, **texts)
    if row.pk != media.pk and row.original_id is None:
        row.original, row.crop = media, [box.left, box.top, box.width, box.height]
        row.save(update_fields=["original", "crop"])
    return row


def digest_of(found: Prepared) -> str:
    """By which the same picture is known again."""
    return hashlib.sha256(found.content).hexdigest()


def _stored(found: Prepared, *, by: Any, owner_id: int | None, **texts: str) -> MediaFile:
    digest = digest_of(found)
    with transaction.atomic():
        _take_turns(digest)
        same = MediaFile.objects.filter(owner_id=owner_id, sha256=digest).first()
        if same is not None:
            return _told_more(same, texts)
        row = MediaFile(
            owner_id=owner_id,
            uploaded_by_id=by.pk if isinstance(by, Model) else None,
            width=found.width,
            height=found.height,
            bytes=len(found.content),
            sha256=digest,
            **texts,
        )
        row.file.save("picture.webp", ContentFile(found.content), save=False)
        row.save()
        return row


def _take_turns(digest: str) -> None:
    """Two uploads of one picture at once: the second waits and finds the first's row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || %s, 0))", [f"media {digest}"])


def _told_more(row: MediaFile, texts: dict[str, str]) -> MediaFile:
    """What nobody had said of the picture yet is kept; what is known stays."""
    new = [name for name, text in texts.items() if text and not getattr(row, name)]
    for name in new:
        setattr(row, name, texts[name])
    row.unused_since = None
    row.save(update_fields=[*new, "unused_since"])
    return row


def mark_unused(now: datetime | None = None) -> None:
    """Note since when nothing points at a file, and forget that where something does again."""
    ids = sorted(used())
    marked = MediaFile.objects.filter(unused_since__isnull=True)
    MediaFile.objects.filter(unused_since__isnull=False, pk__in=ids).update(unused_since=None)
    marked.exclude(pk__in=ids).update(unused_since=now or timezone.now())


def remove_unused(now: datetime | None = None) -> int:
    """Remove rows that nothing has pointed at for thirty days, and their files when that is certain."""
    before = (now or timezone.now()) - timedelta(days=DAYS)
    with transaction.atomic():
        expired = MediaFile.objects.select_for_update().filter(unused_since__lt=before).order_by("pk")
        rows = {row.pk: str(row.file) for row in expired}
        # Asked again under the lock: whoever uses one locks it first (`portal.media.snapshot.set_images`).
        gone = {pk: name for pk, name in rows.items() if pk not in used()} if rows else {}
        with connection.cursor() as cursor:
            # Django's own deletion would fetch every row again (django-tenants listens to it).
            cursor.execute("DELETE FROM media_mediafile WHERE id = ANY(%s)", [list(gone)])
        for name in gone.values():
            transaction.on_commit(lambda name=name: default_storage.delete(name))  # type: ignore[misc]
    return len(gone)


def complete() -> int:
    """Read the files that were there before the library: size and digest, by which doubles are found."""
    rows = list(MediaFile.objects.filter(bytes=0)[:BATCH])
    for row in rows:
        content = _content_of(str(row.file))
        digest = hashlib.sha256(content).hexdigest() if content else ""
        double = MediaFile.objects.filter(owner_id=row.owner_id, sha256=digest).exclude(pk=row.pk).exists()
        # A double keeps its row: something points at it already. It is only not offered as the one to find.
        MediaFile.objects.filter(pk=row.pk).update(bytes=max(1, len(content)), sha256="" if double else digest)
    return len(rows)


def _content_of(name: str) -> bytes:
    if not default_storage.exists(name):
        return b""
    with default_storage.open(name) as file:
        found: bytes = file.read()
        return found


def adopt_images() -> int:
    """Rows of the library for pictures that were stored without it: by a seed, or by the release before this one."""
    return sum(_adopted(model, owner) for model, owner in image_models())


def _adopted(model: Any, owner: str) -> int:
    images = list(model._default_manager.filter(media=None).exclude(image="").values("pk", "image", owner))
    for start in range(0, len(images), BATCH):
        chunk = images[start : start + BATCH]
        rows = _rows_for({each["image"]: each[owner] for each in chunk}, model)
        changed = [model(pk=each["pk"], media=rows[each["image"]]) for each in chunk]
        model._default_manager.bulk_update(changed, ["media"])
    return len(images)


def _rows_for(owners: dict[str, int | None], model: Any) -> dict[str, MediaFile]:
    there = {str(row.file): row for row in MediaFile.objects.filter(file__in=list(owners))}
    texts = {
        each.pop("image"): each
        for each in model._default_manager.filter(image__in=owners.keys() - there.keys()).values(
            "image", "alt_text", "copyright", "width", "height"
        )
    }
    new = [MediaFile(file=name, owner_id=owners[name], **fields) for name, fields in texts.items()]
    MediaFile.objects.bulk_create(new, batch_size=BATCH)
    return there | {str(row.file): row for row in new}
