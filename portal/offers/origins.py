"""Where offers come from that nobody types by hand: a registry, filled by the rooms above when the process starts.

Lists and forms of those who keep offers say it, so that nobody wonders who wrote a text at night.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from core.task_cards import Words


@dataclass(frozen=True, slots=True)
class Origin:
    """One sentence for the list, a longer one for the form, and the page of the source."""

    label: Words
    sentence: Words
    url: str


Tell = Callable[[Iterable[int]], dict[int, Origin]]
_tellers: list[Tell] = []


def register(tell: Tell) -> None:
    """`tell(pks)` gives the origins of those offers it knows, in one statement."""
    if tell not in _tellers:
        _tellers.append(tell)


def origins_of(pks: Iterable[int]) -> dict[int, Origin]:
    """The origins of some offers; most have none."""
    numbers = list(pks)
    found: dict[int, Origin] = {}
    for tell in _tellers:
        found |= tell(numbers) if numbers else {}
    return found
