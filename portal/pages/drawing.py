"""The blocks of a page, ready for `pages/_blocks.html`. How each is made ready is told by the room of the kinds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from portal.pages.shapes import TEXT, Block, whole_text


@dataclass(frozen=True, slots=True)
class Drawn:
    """A block as it is shown; `problem`: a sentence for editors why readers do not see it."""

    id: str
    kind: str
    template: str
    data: Any
    hidden: bool = False
    problem: str = ""


Maker = Callable[[list[Block], HttpRequest, bool], list[Drawn]]
_makers: list[Maker] = []


def made_by(maker: Maker) -> None:
    """Say how blocks are made ready. Called once, when the room of the kinds is ready."""
    _makers[:] = [maker]


def draw(blocks: list[Block], request: HttpRequest, *, all_of_them: bool = False) -> list[Drawn]:
    """What readers see of these blocks; editors see the hidden and the broken ones too, and why."""
    return _makers[0](blocks, request, all_of_them)


def stated(blocks: list[Block], body: str) -> list[Block]:
    """The blocks of a page: a page without any is one text."""
    return blocks or whole_text(body)


def is_one_text(blocks: list[Block]) -> bool:
    """Whether a page is nothing but one text, as all pages were before there were blocks."""
    return (
        len(blocks) == 1
        and blocks[0]["kind"] == TEXT
        and not blocks[0]["hidden"]
        and set(blocks[0]["data"]) <= {"html"}
    )
