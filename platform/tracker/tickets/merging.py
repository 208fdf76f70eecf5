"""What moves when a ticket is merged into another one; rooms above say how their rows move.

    register(Mover("stimmen", move))

`move(source, target)` moves the room's rows within the running transaction (both tickets are locked) and says what
came along: `Moved(count, ngettext_lazy("%(count)s vote", "%(count)s votes", "count"))`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from core.task_cards import Words
from tracker.tickets.models import Ticket


@dataclass(frozen=True, slots=True)
class Moved:
    """How many of something came along; `words` has %(count)s in it."""

    count: int
    words: Words

    def __str__(self) -> str:
        return str(self.words % {"count": self.count})


@dataclass(frozen=True, slots=True)
class Mover:
    """One room's way of moving."""

    key: str
    move: Callable[[Ticket, Ticket], list[Moved]]
    order: int = 50


_movers: list[Mover] = []


def register(mover: Mover) -> None:
    """Add a way. Called once, when the room's app is ready."""
    if any(each.key == mover.key for each in _movers):
        raise ValueError(f"There is a mover {mover.key} already.")
    _movers.append(mover)
    _movers.sort(key=lambda each: each.order)


def move_all(source: Ticket, target: Ticket) -> list[Moved]:
    """Have every room move what it keeps."""
    return [moved for mover in _movers for moved in mover.move(source, target) if moved.count]
