"""What of a page can be translated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.pages.models import Page
from portal.pages.shapes import Block, Shape, parts_of, said_anew
from portal.translation.models import Format
from portal.translation.sources import Source, Text, texts_of

if TYPE_CHECKING:
    from portal.translation.texts import Shown

KIND = "seite"


def page_texts(page: Page) -> list[Text]:
    """Its title and what its blocks say."""
    if not page.blocks:
        return texts_of(KIND, page, ["title"], markup=["body"])
    return texts_of(KIND, page, ["title"]) + [
        Text(_place(page, block, name), value, Format.HTML if field.shape == Shape.MARKUP else Format.TEXT)
        for block in page.blocks
        if not block["hidden"]
        for name, field, value in parts_of(block)
        if field.spoken
    ]


def _place(page: Page, block: Block, name: str) -> str:
    return f"{KIND} {page.pk} {block['id']}.{name}"


def put_into(page: Page, translation: Shown) -> None:
    """The page in the language it is shown in; it must not be saved afterwards."""
    translation.put_into(page, ("title", "body"))
    if page.blocks and translation.texts:
        page.blocks = [_spoken(page, block, translation) for block in page.blocks]


def _spoken(page: Page, block: Block, translation: Shown) -> Block:
    return said_anew(block, lambda name, text: translation.texts.get(_place(page, block, name)) or text)


def page_source(pk: int) -> Source | None:
    """A public page by its id."""
    page = Page.objects.public().filter(pk=pk).first()
    return Source(page.get_absolute_url(), page_texts(page)) if page else None
