"""One place that is told of everything that happens to tickets; rooms above listen: notices, feeds, webhooks.

    listen(on_happening)            # once, in the listener's AppConfig.ready
    tell(Happening(COMMENTED, ticket, by=viewer, details={"comment": comment}))

Told within the transaction that does it: who sends mail or asks a server defers a job. A happening with `only` is
internal: nobody but that participant and the operator may learn of it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tracker.tickets.models import Participant, Ticket, Viewer

REPORTED = "reported"
COMMENTED = "commented"  # details: comment
NOTED = "noted"  # internal; details: comment
STATE_CHANGED = "state_changed"  # details: old, new, reason
MERGED = "merged"  # ticket is the one that stays; details: source, moved
CONCERNED = "concerned"
SORTED = "sorted"  # details: changes (of kind, severity, area)
ESTIMATED = "estimated"
FINANCED = "financed"
ROLLED_OUT = "rolled_out"  # it has reached a municipality; details: participant, release


@dataclass(frozen=True, slots=True)
class Happening:
    """One event. `name` is one of the above or another room's own."""

    name: str
    ticket: Ticket
    by: Viewer
    details: dict[str, Any] = field(default_factory=dict)
    only: Participant | None = None


Listener = Callable[[Happening], object]
_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Have somebody told. Called once, when the room's app is ready."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell(happening: Happening) -> None:
    """Tell all of them."""
    for listener in _listeners:
        listener(happening)
