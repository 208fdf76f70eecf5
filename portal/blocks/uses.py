"""Which pictures and files are in use: on pages, in drafts, and in kept states (so what the bin keeps, too)."""

from collections.abc import Collection, Iterator
from datetime import timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.blocks.models import DAYS_UNUSED, Document, Draft
from portal.media import uses
from portal.pages.models import Page
from portal.pages.shapes import Block, Shape, canonical, parts_of, pointers
from portal.revisions.models import Revision

KIND = "page"


def _shown() -> Iterator[list[Block]]:
    """The blocks of all pages and drafts."""
    yield from Page.objects.exclude(blocks=[]).order_by().values_list("blocks", flat=True)
    yield from Draft.objects.exclude(blocks=[]).order_by().values_list("blocks", flat=True)


def _kept() -> Iterator[list[Block]]:
    """What pages said once."""
    kept = Revision.objects.filter(kind=KIND, content__has_key="blocks").order_by()
    for content in kept.values_list("content", flat=True):
        yield canonical(content["blocks"])


def _pointed(lists: Iterator[list[Block]], shape: Shape) -> set[int]:
    return {pk for blocks in lists for pk in pointers(blocks, shape)}


def used(shape: Shape) -> set[int]:
    """The numbers of all rows that any block points at."""
    return _pointed(_shown(), shape) | _pointed(_kept(), shape)


def places(ids: Collection[int]) -> Iterator[uses.Use]:
    """The pages and drafts that show one of these pictures, each once; two statements."""
    pages = Page.objects.exclude(blocks=[]).order_by("pk").only("title", "published", "blocks")
    for page in pages:
        what = _("Page") if page.published else _("Page that is not online")
        yield from _uses_in(page.blocks, ids, what, page.title, page.pk)
    for draft in Draft.objects.exclude(blocks=[]).order_by("pk").only("title", "page_id", "online_at", "blocks"):
        what = _("Draft of a page that goes online by itself") if draft.online_at else _("Draft of a page")
        yield from _uses_in(draft.blocks, ids, what, draft.title, draft.page_id)


def _uses_in(blocks: list[Block], ids: Collection[int], what: str, title: str, page: int) -> Iterator[uses.Use]:
    found: dict[int, str] = {}
    for block in blocks:
        for name, field, value in parts_of(block):
            if field.shape == Shape.PICTURE and value in ids:
                found[value] = found.get(value) or _alt_beside(block, name)
    url = reverse("blocks:edit", args=[page])
    yield from (uses.Use(pk, what, title, url, alt) for pk, alt in found.items())


def _alt_beside(block: Block, name: str) -> str:
    """What is said of a picture where it stands: in the block, or in its entry ("2.picture")."""
    number, dot, _name = name.partition(".")
    row: Any = block["data"]["items"][int(number)] if dot else block["data"]
    return str(row.get("alt", ""))


def remove_unused_documents() -> int:
    """Files no block has pointed at for thirty days; the nightly job. Returns how many."""
    now, kept = timezone.now(), used(Shape.DOCUMENT)
    with transaction.atomic():
        Document.objects.filter(pk__in=kept).update(unused_since=None)
        Document.objects.filter(unused_since__isnull=True).exclude(pk__in=kept).update(unused_since=now)
        over = now - timedelta(days=DAYS_UNUSED)
        gone = list(Document.objects.select_for_update().order_by("pk").filter(unused_since__lt=over))
        for row in gone:
            name = str(row.file)
            row.delete()
            transaction.on_commit(lambda name=name: default_storage.delete(name))  # type: ignore[misc]
    return len(gone)


uses.register("blocks", lambda: _pointed(_shown(), Shape.PICTURE))
uses.register(f"blocks{uses.HISTORY}", lambda: _pointed(_kept(), Shape.PICTURE))
uses.register_places(places)
