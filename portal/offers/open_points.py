"""What must be settled of an offer before it is handed in, besides what its text lacks: rooms above say so.

`find(offer)` gives problems with whole sentences; `carry(source, copy)` takes what is open along to a copy. Both run
within the transaction of the change.
"""

from collections.abc import Callable

from portal.offers.models import Offer
from portal.revisions.kinds import Problem

_FIND: list[Callable[[Offer], list[Problem]]] = []
_CARRY: list[Callable[[Offer, Offer], None]] = []


def register(find: Callable[[Offer], list[Problem]], carry: Callable[[Offer, Offer], None]) -> None:
    """Called once, when the room's app is ready."""
    _FIND.append(find)
    _CARRY.append(carry)


def open_points(offer: Offer) -> list[Problem]:
    """Everything that is open."""
    return [problem for find in _FIND for problem in find(offer)]


def carry(source: Offer, copy: Offer) -> None:
    """Take what is open of an offer along to its copy."""
    for each in _CARRY:
        each(source, copy)
