"""A municipality deleted: rooms above say what of theirs goes; what it counted for stays.

register(forget)    # forget(participant), within the transaction that deletes the municipality
"""

from collections.abc import Callable

from tracker.tickets.models import Participant

Forget = Callable[[Participant], object]
_forgetting: list[Forget] = []


def register(forget: Forget) -> None:
    """Called once, when the room's app is ready."""
    _forgetting.append(forget)


def forget_all(participant: Participant) -> None:
    """Have every room forget."""
    for forget in _forgetting:
        forget(participant)
