"""How often something was sought in a district. Who records searches registers here, a room above."""

from collections.abc import Callable
from dataclasses import dataclass, field

from portal.planning.asking import Asked

# Asked for a period and its topic, if one is chosen: searches by district; one that may not be told is missing.
BySearch = Callable[[Asked], dict[int, float]]


@dataclass
class _Known:
    ask: list[BySearch] = field(default_factory=list)


_known = _Known()


def register(ask: BySearch) -> None:
    """Say who knows."""
    _known.ask.append(ask)


def by_district(asked: Asked) -> dict[int, float]:
    """Searches by district; empty where nobody records them."""
    found: dict[int, float] = {}
    for ask in _known.ask:
        found |= ask(asked)
    return found
