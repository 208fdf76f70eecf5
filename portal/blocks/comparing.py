"""What differs between two states of a page's blocks, in words: block by block, each as its lines."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from core.html import plain_text
from portal.blocks.models import Document
from portal.media.models import MediaFile
from portal.pages.models import Page
from portal.pages.shapes import Block, Field, Shape, canonical, kind_of, markup_of, parts_of, pointers
from portal.providers.models import Provider
from portal.revisions.fielding import plain_difference
from portal.revisions.kinds import Difference

_LONGEST = 2_000
Names = dict[Shape, dict[int, str]]


def blocks_difference(old: Sequence[Block], new: Sequence[Block]) -> Difference:
    """One difference, whose lines are the blocks in their order."""
    before, after = canonical(list(old)), canonical(list(new))
    names = _names([*before, *after])
    sides = [tuple(_line(number, each, names) for number, each in enumerate(side, 1)) for side in (before, after)]
    return Difference("blocks", _("blocks"), "list", sides[0], sides[1])


def of_draft(page: Page, draft: Any) -> list[Difference]:
    """What a draft changes on its page."""
    found = [
        plain_difference(name, _column(name), getattr(page, name), getattr(draft, name))
        for name in ("title", "slug")
        if getattr(page, name) != getattr(draft, name)
    ]
    old, new = markup_of(page.stated), markup_of(draft.blocks)
    if old != new:
        found.append(plain_difference("body", _column("body"), old, new))
    if page.stated != draft.blocks:
        found.append(blocks_difference(page.stated, draft.blocks))
    return found


def _column(name: str) -> Any:
    return Page._meta.get_field(name)


def _names(blocks: list[Block]) -> Names:
    media, documents, providers = (pointers(blocks, shape) for shape in (Shape.PICTURE, Shape.DOCUMENT, Shape.PROVIDER))
    return {
        Shape.PICTURE: {
            row.pk: row.alt_text or f"{_('Picture')} {row.pk}" for row in MediaFile.objects.filter(pk__in=media)
        },
        Shape.DOCUMENT: dict(Document.objects.filter(pk__in=documents).values_list("pk", "name")),
        Shape.PROVIDER: dict(Provider.objects.filter(pk__in=providers).order_by().values_list("pk", "name")),
    }


def _line(number: int, block: Block, names: Names) -> str:
    kind = kind_of(block)
    said = [text for _name, field, value in parts_of(block) if (text := _said(field, value, names))]
    words = " · ".join(said)
    hidden = f" ({_('hidden')})" if block["hidden"] else ""
    label = str(kind.label) if kind is not None else ""
    return f"{number}. {label}{hidden}: {words[:_LONGEST]}{'…' if len(words) > _LONGEST else ''}"


def _said(field: Field, value: Any, names: Names) -> str:
    if field.shape in names:
        return names[field.shape].get(value, _("(not there any more)"))
    if field.shape == Shape.MARKUP:
        return plain_text(value)
    if field.shape == Shape.FLAG:
        return str(field.label)
    return str(value)
