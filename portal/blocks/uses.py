"""Which pictures and files are in use: on pages, in drafts, in kept states, and in the bin."""

from collections.abc import Iterator
from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from portal.blocks.models import DAYS_UNUSED, Document, Draft
from portal.media import uses
from portal.pages.models import Page
from portal.pages.shapes import Block, Shape, canonical, pointers
from portal.revisions.models import Revision

KIND = "page"


def _everything() -> Iterator[list[Block]]:
    yield from Page.objects.exclude(blocks=[]).order_by().values_list("blocks", flat=True)
    yield from Draft.objects.exclude(blocks=[]).order_by().values_list("blocks", flat=True)
    kept = Revision.objects.filter(kind=KIND, content__has_key="blocks").order_by()
    for content in kept.values_list("content", flat=True):
        yield canonical(content["blocks"])


def used(shape: Shape) -> set[int]:
    """The numbers of all rows that any block points at."""
    return {pk for blocks in _everything() for pk in pointers(blocks, shape)}


def remove_unused_documents() -> int:
    """Files no block has pointed at for thirty days; the nightly job. Returns how many."""
    now, kept = timezone.now(), used(Shape.DOCUMENT)
    with transaction.atomic():
        Document.objects.filter(pk__in=kept).update(unused_since=None)
        Document.objects.filter(unused_since__isnull=True).exclude(pk__in=kept).update(unused_since=now)
        over = now - timedelta(days=DAYS_UNUSED)
        gone = list(Document.objects.select_for_update().filter(unused_since__lt=over))
        for row in gone:
            name = str(row.file)
            row.delete()
            transaction.on_commit(lambda name=name: default_storage.delete(name))  # type: ignore[misc]
    return len(gone)


uses.register("blocks", lambda: used(Shape.PICTURE))
