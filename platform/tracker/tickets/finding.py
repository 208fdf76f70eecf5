"""Search over tickets and whatever rooms above have texts of (the forum): one list, the best first.

register(find_in_forum)    # find_in_forum(question, viewer, most) -> list[Hit]
"""

from collections.abc import Callable
from dataclasses import dataclass

from tracker.tickets.models import Ticket, Viewer


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found; `ticket` where it is one. `weight` orders hits of all rooms, 0 to 1."""

    title: str
    url: str
    what: str
    weight: float
    ticket: Ticket | None = None


Find = Callable[[str, Viewer, int], list[Hit]]
_finders: list[Find] = []


def register(find: Find) -> None:
    """Called once, when the room's app is ready."""
    _finders.append(find)
