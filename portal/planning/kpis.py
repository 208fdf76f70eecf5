"""The most important figures, as tiles on the start page; each part of the room adds its own."""

from collections.abc import Callable
from dataclasses import dataclass

from portal.planning.asking import Asked


@dataclass(frozen=True, slots=True)
class Kpi:
    """A figure, its number and in a few words what it counts; `url` leads to more of it."""

    label: str
    value: str
    counts: str
    url: str = ""


_makers: list[tuple[int, Callable[[Asked], Kpi]]] = []


def register(maker: Callable[[Asked], Kpi], *, order: int) -> None:
    """Put a tile on the start page."""
    _makers.append((order, maker))


def tiles(asked: Asked) -> list[Kpi]:
    """All of them in their order."""
    return [maker(asked) for _order, maker in sorted(_makers, key=lambda pair: pair[0])]
