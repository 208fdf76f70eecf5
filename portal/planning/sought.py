"""How often something was sought in a district. Who records searches registers here; until then nobody knows."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

# Asked for a topic (0: all) and two days: searches by district; one that may not be told is missing.
BySearch = Callable[[int, date, date], dict[int, float]]


@dataclass
class _Known:
    ask: list[BySearch] = field(default_factory=list)


_known = _Known()


def register(ask: BySearch) -> None:
    """Say who knows."""
    _known.ask.append(ask)


def by_district(category: int, first: date, last: date) -> dict[int, float]:
    """Searches by district; empty where nobody records them."""
    found: dict[int, float] = {}
    for ask in _known.ask:
        found |= ask(category, first, last)
    return found
