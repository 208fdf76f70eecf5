"""The networks of professionals: blocks of pages that are online."""

from dataclasses import dataclass
from typing import Any

from core.html import plain_text
from portal.pages.models import Page
from portal.pages.shapes import Block, kind_of
from theming.head import shortened

KIND = "network"


@dataclass(frozen=True, slots=True)
class Network:
    """One network, and the page it stands on."""

    page: Page
    key: str
    data: dict[str, Any]

    @property
    def url(self) -> str:
        """Where readers find it."""
        return f"{self.page.get_absolute_url()}#b-{self.key}"

    @property
    def join_url(self) -> str:
        """Where somebody asks to take part; empty where the portal does not ask."""
        return f"/fachkraefte/mitmachen/{self.key}/" if self.data["join"] else ""

    @property
    def about(self) -> str:
        """How its text begins."""
        return shortened(plain_text(self.data["html"]))


def _is_whole(block: Block) -> bool:
    return block["kind"] == KIND and not block["hidden"] and {"title", "name"} <= block["data"].keys()


def _said(block: Block) -> dict[str, Any]:
    """What it says; what it does not say is empty."""
    kind = kind_of(block)
    return {**{each.name: "" for each in (kind.fields if kind is not None else ())}, **block["data"]}


def networks() -> list[Network]:
    """All that readers see, in the order of their pages; one statement."""
    pages = Page.objects.public().filter(blocks__contains=[{"kind": KIND}]).order_by("position", "pk")
    return [
        Network(page, block["id"], _said(block))
        for page in pages.only("slug", "title", "blocks")
        for block in page.blocks
        if _is_whole(block)
    ]


def network(key: str) -> Network | None:
    """The one with this key that somebody can ask to take part in."""
    pages = Page.objects.public().filter(blocks__contains=[{"kind": KIND, "id": key}]).order_by("position", "pk")
    found = (
        Network(page, key, _said(block))
        for page in pages
        for block in page.blocks
        if block["id"] == key and _is_whole(block)
    )
    return next((each for each in found if each.join_url), None)
