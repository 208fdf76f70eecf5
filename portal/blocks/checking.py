"""What is looked at before a draft goes online: what must be there, and what an attentive colleague would notice."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.html import check_length
from portal.blocks import gone
from portal.blocks.addresses import ALWAYS_THERE, refusal
from portal.blocks.models import Draft
from portal.pages.models import Page
from portal.pages.shapes import Block, Data, Field, kind_of, markup_of


@dataclass(frozen=True, slots=True)
class Problem:
    """A sentence on a block (or on the page: ""). `blocking`: it cannot go online like this."""

    block: str
    sentence: str
    blocking: bool = False


def problems(page: Page, draft: Draft) -> list[Problem]:
    """All there is to say, in the order of the page."""
    return [
        *_of_page(page, draft),
        *(found for each in draft.blocks for found in _of_block(each)),
        *broken(draft.blocks),
    ]


def _of_page(page: Page, draft: Draft) -> Iterator[Problem]:
    if draft.slug != page.slug and page.slug in ALWAYS_THERE:
        yield Problem("", _("The address of this page stays: the portal leads here by itself."), blocking=True)
    elif sentence := refusal(draft.slug, page):
        yield Problem("", sentence, blocking=True)
    if not any(not each["hidden"] and each["data"] for each in draft.blocks):
        yield Problem("", _("The page is empty. Please add a block."), blocking=True)
    try:
        check_length(markup_of(draft.blocks))
    except ValidationError as error:
        yield Problem("", error.messages[0], blocking=True)


def label_of(block: Block) -> str:
    """What editors call a block: its kind and how it begins."""
    kind = kind_of(block)
    return str(kind.label) if kind is not None else ""


def _of_block(block: Block) -> Iterator[Problem]:
    kind = kind_of(block)
    if kind is None:
        return
    said = {"block": label_of(block)}
    if block["hidden"]:
        yield Problem(block["id"], _("“%(block)s” is hidden: readers do not see it.") % said)
        return
    rows = block["data"].get("items", [])
    lacking = [*_lacking(kind.fields, block["data"]), *(name for row in rows for name in _lacking(kind.items, row))]
    if kind.items and kind.name != "network" and not rows:
        lacking.append(str(kind.item_label))
    if not block["data"]:
        yield Problem(block["id"], _("“%(block)s” is still empty.") % said, blocking=True)
    elif lacking:
        what = ", ".join(dict.fromkeys(lacking))
        yield Problem(block["id"], _("“%(block)s” lacks: %(what)s.") % {**said, "what": what}, blocking=True)


def _lacking(fields: tuple[Field, ...], data: Data) -> list[str]:
    """What must be there and is not; a picture needs words for those who do not see it."""
    found = [str(field.label) for field in fields if field.required and field.name not in data]
    if "picture" not in data:
        return found
    labels = {field.name: str(field.label) for field in fields}
    if "alt" in labels and not (data.get("alt") or data.get("plain")):
        found.append(labels["alt"])
    if "credit" not in data and labels["credit"] not in found:
        found.append(labels["credit"])
    return found


def broken(blocks: list[Block]) -> list[Problem]:
    """What points at something that is gone: readers do not see it, so it keeps nothing from going online."""
    lost = gone.of(blocks)
    return [
        Problem(each["id"], _("“%(block)s”: %(why)s") % {"block": label_of(each), "why": lost[each["id"]]})
        for each in blocks
        if each["id"] in lost
    ]
