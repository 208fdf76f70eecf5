"""What else stands on the start page: each part of the room adds a section of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from portal.planning.asking import Asked


@dataclass(frozen=True, slots=True)
class Section:
    """A template that draws what `make` gives (as `section`), below the tiles."""

    template: str
    make: Callable[[Asked], dict[str, Any]]
    order: int


_sections: list[Section] = []


def register(template: str, make: Callable[[Asked], dict[str, Any]], *, order: int) -> None:
    """Put a section on the start page."""
    _sections.append(Section(template, make, order))


def sections(asked: Asked) -> list[dict[str, Any]]:
    """All of them in their order, made."""
    ordered = sorted(_sections, key=lambda each: each.order)
    return [{"template": each.template, **each.make(asked)} for each in ordered]
